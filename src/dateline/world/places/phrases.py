"""How the words for a place are read: the name in them, and what the other words want of it.

"Aleppo province" names Aleppo and wants a first-level division; "25 km west of Raqqa" names Raqqa
and means another point. :func:`readings` lists every way to read such words, the fullest name first.
The vocabulary stands in ``data/place_words.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from dateline.world.places.keys import fold
from dateline.world.quantities import cardinal

WORDS = Path(__file__).parents[1] / "data" / "place_words.tsv"
COUNTRIES = WORDS.with_name("countries.tsv")

BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
"""Compass words and their bearing in degrees."""

_KM = {"km": 1.0, "kms": 1.0, "kilometers": 1.0, "kilometres": 1.0, "kilometer": 1.0, "kilometre": 1.0,
       "miles": 1.609, "mile": 1.609, "mi": 1.609}  # fmt: skip
_UNITS = "|".join(sorted(_KM, key=len, reverse=True))
_SIDE = r"(?P<side>(?:north|south)[ -]?(?:east|west)|north|south|east|west)(?P<ern>ern)?(?P<ward>wards?)?"
_DISTANCE = re.compile(
    rf"(?:(?:about|around|some|roughly|nearly|just|only|over)\s+)?(?P<number>\d+(?:[.,]\d+)?|[a-z]+(?:-[a-z]+)?)\s*-?"
    rf"(?P<unit>{_UNITS})\.?\s+(?:(?:to\s+the\s+)?{_SIDE}\s+)?(?:of|from|outside|away\s+from|off)\s+",
    re.IGNORECASE,
)
_SIDE_OF = re.compile(
    rf"(?:just\s+)?(?:to\s+the\s+|in\s+the\s+|the\s+)?{_SIDE}\s+of\s+(?:the\s+)?", re.IGNORECASE
)
_NEAR = re.compile(
    r"(?:just\s+)?(?:near|close to|outside(?: of)?|around|next to|not far from|off|beyond|nearby|"
    r"at the gates of|(?:on\s+)?the (?:edge|outskirts|border) of|outskirts of)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_SIDE_BEFORE = re.compile(rf"(?:the\s+)?{_SIDE}(?:most)?[\s-]+", re.IGNORECASE)
_SIDE_AFTER = re.compile(rf"(?:'s?)?\s+{_SIDE}$", re.IGNORECASE)
_PARTS_OF_SIDE = frozenset(
    "and the of in its outside city s north south east west northern southern eastern western"
    " northeast northwest southeast southwest northeastern northwestern southeastern southwestern".split()
)
_PAIR = re.compile(
    r"(?:the\s+)?(?:(?P<kind>area|road|highway|region|border)s?\s+|half\s?way\s+|midway\s+)?"
    r"(?:that\s+)?(?:lies\s+)?(?:between|linking|connecting|(?<=road )from|(?<=highway )from)\s+"
    r"(?P<one>.+?)\s+(?:and|with|to)\s+(?P<other>.+)"
    r"|(?:the\s+)?(?P<from>\w[\w'’ ]+?)\s*[-–—]\s*(?P<to>\w[\w'’ -]+?)\s+(?:international\s+)?"
    r"(?:road|highway|motorway|route|axis)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:(?:,|,? (?:and|or)) [^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,2}){0,6} ([a-z]+s)\b"
)
_TRIM = ' \t\r\n"“”„«»()[],.;:!?…'


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read place words.

    ``name``: what to look up; ``wanted``: city, admin1, admin2, district, countryside, area, site, road
    or "" when the words do not say; ``side``: a compass word for a part of the place, or with ``away``
    for a point outside it; ``km``: distance from it, or None; ``within``: words after a comma or "in".
    """

    name: str
    wanted: str = ""
    side: str = ""
    away: bool = False
    km: float | None = None
    within: str = ""
    peeled: int = 0


def _words() -> Iterator[list[str]]:
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("\t")]


@lru_cache(maxsize=1)
def _other_forms() -> dict[str, str]:
    """Folded words that are also written short, to their other form: "st" to "saint" and back."""
    pairs = [(short, full) for short, where, full in _words() if where == "short"]
    return dict(pairs) | {full: short for short, full in pairs}


def spellings(name: str) -> tuple[str, ...]:
    """``name``, and what it is with its first word written short or in full: "Mt. Hermon", "mount Hermon"."""
    first, blank, rest = name.partition(" ")
    other = _other_forms().get(fold(first))
    return (name, f"{other} {rest}") if blank and other else (name,)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[dict[str, str], dict[str, str]]:
    """Folded words that may stand before a name and after it, each with the kind they want."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for word, where, wanted in _words():
        wanted = "" if wanted == "-" else wanted
        if where in ("before", "both"):
            before[word] = wanted
        if where in ("after", "both"):
            after[word] = wanted
    for line in COUNTRIES.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) > 3:  # "the Syrian city of Aleppo"
            before.update((fold(word), "") for word in cells[3].split("|") if word.strip())
    return before, after


def is_name(words: str) -> bool:
    """Whether ``words`` hold more than generic and compass words ("the eastern countryside" does not)."""
    before, after = vocabulary()
    folded = fold(words)
    people = folded.removesuffix(" capital")
    if people != folded and people in before and before[people] == "" and people != "the":
        return True  # "the Syrian capital" names Damascus
    return any(w not in _PARTS_OF_SIDE and w not in before and w not in after for w in folded.split(" "))


def two_ends(words: str) -> tuple[str, str, bool] | None:
    """The two names in "between Homs and Hama" or "the Homs-Palmyra road", and whether it is a road."""
    found = _PAIR.fullmatch(words.strip(_TRIM))
    if not found:
        return None
    if found["one"]:
        return found["one"], found["other"], (found["kind"] or "").lower() in ("road", "highway")
    return found["from"], found["to"], True


def said_after(text: str) -> str:
    """The word that tells what all names of a list are, or "": "provinces" after "Hama, Homs and Idlib".

    ``text``: what follows one of the names.
    """
    found = _LIST.match(text)
    return found[1] if found and vocabulary()[1].get(found[1]) in ("admin1", "admin2") else ""


@lru_cache(maxsize=8192)
def readings(words: str) -> tuple[Reading, ...]:
    """All ways to read ``words``, the one that takes most of them as the name first."""
    found: list[Reading] = []
    start = Reading(words.strip(_TRIM))
    queue = [start]
    seen = set()
    while queue and len(found) < 24:
        reading = queue.pop(0)
        if not reading.name or reading in seen:
            continue
        seen.add(reading)
        if is_name(reading.name):
            found.append(reading)
        elif reading.peeled or " " not in reading.name:
            continue
        queue += _shorter(reading)
    found.sort(key=lambda r: r.peeled)
    return tuple(found)


def _shorter(reading: Reading) -> list[Reading]:
    """The readings that take one thing more off the name."""
    name, out = reading.name, []

    def take(rest: str, cost: int, **changes: object) -> None:
        rest = rest.strip(_TRIM)
        if rest and rest != name:
            out.append(replace(reading, name=rest, peeled=reading.peeled + cost, **changes))  # type: ignore[arg-type]

    if (m := _DISTANCE.match(name)) and (far := _number(m["number"])) is not None:
        km = far * _KM[m["unit"].lower()]
        take(name[m.end() :], 1, km=km, side=_side(m["side"]), away=True)
        return out
    if m := _SIDE_OF.match(name):
        away = not m["ern"]
        take(name[m.end() :], 1, side=_side(m["side"]), away=away)
        return out
    if m := _NEAR.match(name):
        take(name[m.end() :], 1, away=True)
        return out
    if name[-2:] in ("'s", "’s"):
        take(name[:-2], 0)
    before, after = vocabulary()
    tokens = name.split()
    plain = fold(tokens[0]) not in before and tokens[0] != "Rural"
    if reading.wanted in ("countryside", "suburb") and plain:
        out.append(
            replace(reading, name="Rural " + name, peeled=reading.peeled - 1)
        )  # a division of its own, for some
    for size in (3, 2, 1):
        if len(tokens) > size:
            if (key := fold(" ".join(tokens[-size:]))) in after:
                take(" ".join(tokens[:-size]), len(key), wanted=reading.wanted or after[key])
            if (key := fold(" ".join(tokens[:size]))) in before:
                cost = len(key) if before[key] else 0
                take(" ".join(tokens[size:]), cost, wanted=reading.wanted or before[key])
    if len(tokens) > 1 and (m := _SIDE_BEFORE.match(name)):
        rest = name[m.end() :]
        what = before.get(fold(rest.partition(" ")[0]))
        # "northern Syrian province of Aleppo", "northern city of Idlib": the side is not the name's
        whole = what in ("", "city", "admin1") and " " in rest
        take(rest, len(m[0]), side="" if whole else reading.side or _side(m["side"]))
    if len(tokens) > 1 and (m := _SIDE_AFTER.search(name)):
        take(name[: m.start()], len(m[0]), side=reading.side or _side(m["side"]))
    if not reading.within:
        for mark in (", ", " in ", " of ", " ("):
            head, found, tail = name.partition(mark)
            if found and mark != " of ":
                take(head, len(tail), within=tail.strip(_TRIM))
            if found and mark in (" in ", " of "):  # an unnamed or unknown part of a named place
                last = fold(head.rpartition(" ")[2])
                kind = before.get(last)
                if mark == " of " and (kind == "city" or last == "suburb") and is_name(head):
                    take(tail, 100, wanted="city")  # "the Damascus suburb of Douma" is Douma
                else:
                    take(tail, 100 + len(head), wanted="area", within=" ")
    if len(tokens) == 1 and "-" in name and reading.wanted == "road":
        take(name.split("-")[0], 100)
    if len(name) > 4 and name[-1] == "s" and name[-2] not in "su'’":
        take(name[:-1], 50)  # a possessive whose apostrophe was lost: "Aleppos"
    return out


def _number(words: str) -> float | None:
    return float(words.replace(",", ".")) if words[0].isdigit() else cardinal(words.lower())


def _side(words: str | None) -> str:
    return words.lower().replace(" ", "").replace("-", "") if words else ""
