"""Sixty invented reports with private people planted in them, for the leak test.

All words are ours; names are made of syllables, so that no list and no gazetteer knows them. Seeded: the same
reports every time. What is planted stands in texts, and in titles, bylines, outlets, addresses, ids and file
names, which a run keeps too.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

_SYLLABLES = tuple(
    "vo qai thu zeb rim oth dju fae mok yul sce hax wiv guz pel nuk jor bex cim lav ogg tyn urb fos".split()
)
# Names that people really bear, many of which are towns too; paired at random, nobody is meant.
_GIVEN = """
Ahmad Fatima Hassan Maryam Yusuf Layla Omar Noura Khalid Amina Ibrahim Zahra Ali Huda Mustafa Salma Ivan Olena
Petro Iryna Mykola Halyna Musa Hauwa Abubakar Zainab Bashir Aye Kyaw Thida Jean Marie-Claire Emmanuel Grace
""".split()
_FAMILY = """
al-Hassan al-Ahmad Haddad Khoury al-Masri al-Jabouri al-Dulaimi Barzani Kovalenko Petrenko Shevchenko Bondar
Ibrahim Abdullahi Danjuma Okafor Win Tun Htwe Mukendi Kabongo Osman al-Zein Nasser Salim Karim al-Shami Yousef
""".split()
_TOWNS = ("Idlib", "Aleppo", "Mosul", "Raqqa", "Homs", "Saraqib", "Tal Afar", "Hama", "Douma", "Palmyra")
_ARMED = ("Islamic State militants", "government forces", "Turkish jets", "fighters of the Free Syrian Army")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SITES = ("shelter", "camp", "clinic", "orphanage", "safe house")

_VICTIM = (
    "{a}, {age}, a baker, was killed when a shell hit a house in {town} on {day}, his cousin {b} said.",
    "An air strike on {town} on {day} killed {n} people, among them {a}, {age}, and wounded {b}.",
    "Gunmen abducted {a} and her daughter {b} from their home in {town} on {day}.",
    "{armed} shot dead {a} at a checkpoint near {town} on {day}; his brother {b} was arrested.",
    "Police in {town} detained the teacher {a} on {day}, according to her lawyer {b}.",
    "A roadside bomb killed the driver {a} outside {town} on {day}, {b} told the outlet.",
)
_SPEAKER = (
    "{c} denied that the shelling of {town} on {day} had happened.",
    '"{quote}," said {c}, who lives in the next street of {town}.',
    "{c}, a commander, claimed responsibility for the attack on {town}.",
    "“{quote},” {c} recalled, and wept.",
    "According to {c}, {n} people were injured when warplanes bombed the market of {town}.",
    "{c} accused {armed} of burning the houses of {town} on {day}.",
)
_SHELTER = (
    "{armed} shelled the {shelter} {site} in {town} on {day}, killing {n} displaced people.",
    "Families who fled {town} are sheltering in the {shelter} {site}, where {d} hands out bread.",
    "Rockets hit {shelter}, a {site} north of {town}, and {m} patients were injured, {d} said.",
    "On {day} a drone struck the {site} known as {shelter} in {town}; the nurse {d} was wounded.",
)
_CONTACT = (
    "Relatives may call {phone} or write to {handle}.",
    "The family can be reached by telephone at {phone}; {handle} keeps the list of the dead.",
    "{handle} posted the video. For news of the missing ring {phone}.",
)
_PLACE = (
    "Troops raided {e} village and arrested {n} men there on {day}.",
    "Clashes broke out in the quarter of {e} on {day}, and {n} fighters were killed.",
    "A car bomb exploded in {e} Street on {day}, killing {n} civilians.",
    "{armed} captured the hamlet of {e} on {day}.",
)
_KNOWN = (
    "The Syrian Observatory for Human Rights said {n} people were killed in {town} on {day} by {armed}.",
    "Islamic State claimed responsibility for a bombing in {town} on {day} that killed {n} people.",
    "Staffan de Mistura condemned the attack on {town}, in which {n} civilians died on {day}.",
    "The White Helmets said {n} people were killed by shelling in {town} on {day}.",
)
_QUOTES = (
    "we lay under the {thing} until the {other} stopped burning",
    "my {thing} is still out there beside the {other}",
    "nobody came for the {thing}, not even for the {other}",
    "I counted every {thing} twice and then the {other} fell",
)
_THINGS = (
    "stairs",
    "sewing table",
    "fig tree",
    "water tank",
    "bread oven",
    "red door",
    "goat shed",
    "cradle",
)
_OUTLETS = ("Reuters", "AFP", "Al Jazeera")


@dataclass
class Planted:
    """What was planted, by kind; ``in_texts`` holds what stands in the texts of reports."""

    names: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    handles: list[str] = field(default_factory=list)
    shelters: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    in_texts: list[str] = field(default_factory=list)

    def strings(self) -> list[str]:
        """All strings that no public file may hold."""
        return [*self.names, *self.words, *self.phones, *self.handles, *self.shelters, *self.quotes]


class _Maker:
    """Makes what is planted, each string once."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.planted = Planted()
        self._made: set[str] = set()

    def word(self) -> str:
        """A word like a name that no language has, and no other word of ours holds."""
        while True:
            word = "".join(self.random.sample(_SYLLABLES, 3)).capitalize()
            if word not in self._made:
                self._made.add(word)
                return word

    def person(self, *, text: bool = True) -> str:
        """A full name: one in three as people bear them; of the others the family name is a plant too."""
        if self.random.random() < 1 / 3:
            return self._borne(text=text)
        family = self.word()
        first = self.random.choice((self.word(), f"Abu {self.word()}", self.word(), self.word()))
        name = f"{first} {self.random.choice(('', '', 'al-', 'bin '))}{family}"
        self.planted.names.append(name)
        self.planted.words.append(family)
        if text:
            self.planted.in_texts += [name]
        return name

    def _borne(self, *, text: bool) -> str:
        while True:
            name = f"{self.random.choice(_GIVEN)} {self.random.choice(_FAMILY)}"
            if name not in self._made:
                break
        self._made.add(name)
        self.planted.names.append(name)
        if text:
            self.planted.in_texts.append(name)
        return name

    def keep(self, kind: str, text: str) -> str:
        """Put a string of some kind on the list of what stands in texts."""
        getattr(self.planted, kind).append(text)
        self.planted.in_texts.append(text)
        return text


def plant(folder: Path, reports: int = 60, seed: int = 7) -> Planted:
    """Write ``reports`` reports below ``folder``, as .txt, .html and .jsonl, and an actors file."""
    maker = _Maker(seed)
    rows, own = [], []
    (folder / "in").mkdir(parents=True)
    for number in range(reports):
        text = _text(maker, number)
        outlet, title, byline, url = _about(maker, number)
        day = f"2017-06-{1 + number % 28:02}"
        slug = maker.person(text=False).lower().replace(" ", "-")
        if number % 3 == 0:
            fields = {"id": f"interview-{slug}", "text": text, "outlet": outlet, "published": day}
            rows.append(fields | {"title": title, "byline": byline, "url": url})
        elif number % 3 == 1:
            head = f"{title}\n{outlet}\n{day}\n\n"
            (folder / "in" / f"interview-{slug}.txt").write_text(head + text, encoding="utf-8")
        else:
            page = _page(title, byline, outlet, url, day, text)
            (folder / "in" / f"interview-{slug}.html").write_text(page, encoding="utf-8")
        own.append(f'[[actor]]\nid = "{slug}"\nname = "{maker.person(text=False)}"\nkind = "person"\n')
    (folder / "in" / "reports.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    unreadable = maker.person(text=False).replace(" ", "_")
    (folder / "in" / f"{unreadable}.txt").write_bytes(b"\x00\x01\x02" * 100)
    people = [name for name in maker.planted.in_texts if name in maker.planted.names][:20]
    own += [
        f'[[actor]]\nid = "own-{n}"\nname = "{name}"\nkind = "militia"\n' for n, name in enumerate(people)
    ]
    (folder / "own.toml").write_text("\n".join(own), encoding="utf-8")
    return maker.planted


def _text(maker: _Maker, number: int) -> str:
    pick = maker.random
    slots = {
        "town": _TOWNS[number // 2 % len(_TOWNS)],
        "day": _DAYS[number // 2 % len(_DAYS)],
        "armed": pick.choice(_ARMED),
        "n": pick.randint(3, 40),
        "m": pick.randint(3, 9),
        "age": pick.randint(18, 80),
        "site": pick.choice(_SITES),
        **{letter: maker.person() for letter in "abcd"},
        "e": maker.keep("words", maker.word()),
        "shelter": maker.keep("shelters", f"{pick.choice(('Dar', 'Beit', 'Nur'))} {maker.word()}"),
        "phone": maker.keep("phones", _phone(pick)),
        "handle": maker.keep("handles", f"@{maker.word().lower()}_{pick.randint(10, 99)}"),
    }
    things = pick.sample(_THINGS, 2)
    mark = maker.word().lower()
    said = pick.choice(_QUOTES).format(thing=things[0], other=f"{mark} {things[1]}")
    slots["quote"] = maker.keep("quotes", said)
    chosen = [pick.choice(pool) for pool in (_VICTIM, _SHELTER, _CONTACT, _PLACE, _KNOWN)]
    chosen += [_SPEAKER[1], pick.choice(_SPEAKER)]
    pick.shuffle(chosen)
    used = " ".join(chosen)
    left = [slots[letter] for letter in "abcde" if f"{{{letter}}}" not in used]
    closing = f"Also named by neighbours: {', '.join(map(str, left))}." if left else ""
    return " ".join(sentence.format(**slots) for sentence in chosen) + (f" {closing}" if closing else "")


def _about(maker: _Maker, number: int) -> tuple[str, str, str, str]:
    """Outlet, title, byline and address: every fourth outlet is a known one."""
    outlet = _OUTLETS[number % 3] if number % 4 == 0 else f"{maker.person(text=False)} Letters"
    title = f"Night in the cellar of {maker.person(text=False)}"
    byline = f"By {maker.person(text=False)}"
    slug = maker.person(text=False).lower().replace(" ", "-")
    return outlet, title, byline, f"https://example.org/people/{slug}?by={number}"


def _phone(pick: random.Random) -> str:
    digits = "".join(str(pick.randint(0, 9)) for _ in range(6))
    return pick.choice(
        (f"+963 944 {digits[:3]} {digits[3:]}", f"0944-{digits}", f"(0944) {digits[:2]} {digits[2:]}")
    )


def _page(title: str, byline: str, outlet: str, url: str, day: str, text: str) -> str:
    return (
        f'<html><head><title>{title}</title><meta property="og:site_name" content="{outlet}">'
        f'<meta name="author" content="{byline}"><link rel="canonical" href="{url}">'
        f'<meta property="article:published_time" content="{day}"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
