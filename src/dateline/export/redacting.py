"""What would give a private person away in free text: found by form, never by understanding.

The redactor errs towards taking out. It finds contact data, numbers, coordinates, quoted words, and words
in capitals that no list of ours knows; it cannot know that "the only baker of the village" is somebody. So a
text that went through it is still free text, and whoever lets it out takes a risk (``--accept-risk``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import phonenumbers

from dateline.errors import InstallationError

_EMAIL = re.compile(r"[\w.+-]+ ?(?:@|\[at\]|\(at\)) ?[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|(?:[\w-]+\.)+(?:com|org|net|info|io|me))/\S+"
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{1,}")
_COORDINATES = re.compile(
    r"-?\d{1,3}\.\d{3,}°?\s*[NS]?\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}°?\s*[EW]?"
    r"|\d{1,3}\s*°\s*\d{1,2}\s*['′’](?:\s*[\d.]+\s*[\"″”])?\s*[NSEW](?:[,; ]+\d{1,3}\s*°\s*\d{1,2}\s*['′’]"
    r"(?:\s*[\d.]+\s*[\"″”])?\s*[NSEW])?"
)
_DIGITS = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\s()./-]{0,2}\d){6,}(?![\w%])")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|(?:1\d{3}|20\d\d)\s?[-–]\s?(?:1\d{3}|20\d\d)"
)
# Letters and at least two digits in one code: "SY-4471-KD", "N° 02-114-887", "A1234567".
_CODE = re.compile(r"\b(?=[A-Z0-9-]*\d[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_SHORT_CODE = re.compile(r"[A-Z]{1,3}-?\d{1,3}[A-Z]?|\d{1,3}(?:MM|KM|AM|PM|TH|ST|ND|RD)")
_QUOTE = re.compile(r"“[^”\n]+”|\"[^\"\n]+\"|«[^»\n]+»|(?<!\w)‘[^’\n]+’(?!\w)|(?<!\w)'[^'\n]{12,}'(?!\w)")
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_](?:[\w'’ʼ‘-]*\w)?\.?")
_AGE = re.compile(r",? (?:\(?aged? )?\(?\d{1,2}\)?(?=[,.;)]| years| and|$)")
_END = re.compile(r"[.!?…:\n“\"]\s*$|^\s*$")
_BETWEEN = re.compile(r"[ \u00a0]+|-")
QUOTED_WORDS = 3
"""Quotes of fewer words are names of things ("Euphrates Shield"), not what somebody said."""
LARGE = 20_000
"""A town of so many people is meant where its name stands alone; a smaller one only after "in" and such."""


@dataclass(frozen=True)
class Redaction:
    """``text[start:end]``, what it is taken for, and why it goes."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def why(self) -> str:
        """Why words of this kind go."""
        return str(_data()["why"][self.kind])


class Redactor:
    """Finds what has to go.

    ``is_known``: whether a list knows a name as public (actors, outlets, nations). ``population``: people
    living in the largest place of a name, None where no list has it.
    """

    def __init__(self, is_known: Callable[[str], bool], population: Callable[[str], int | None]) -> None:
        self._is_known, self._population = is_known, population
        self._words = {name: frozenset(listed) for name, listed in _data().items() if name != "why"}
        self._sites = sorted(_data()["shelters"], key=len, reverse=True)

    def redact(self, text: str) -> str:
        """The text with ``[kind]`` in place of what goes."""
        parts, at = [], 0
        for found in self.find(text):
            parts += [text[at : found.start], f"[{found.kind}]"]
            at = found.end
        return "".join([*parts, text[at:]])

    def find(self, text: str) -> list[Redaction]:
        """What has to go, in order and without overlap; of two that overlap the first kind below stands."""
        taken: list[tuple[int, int, str]] = []
        for start, end, kind in self._found(text):
            clashes = [t for t in taken if start < t[1] and t[0] < end]
            if not clashes:
                taken.append((start, end, kind))
        return [Redaction(start, end, text[start:end], kind) for start, end, kind in sorted(taken)]

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        points = [found.span() for found in _COORDINATES.finditer(text)]
        for found in _QUOTE.finditer(text):
            begins_in_a_point = any(start < found.start() < end for start, end in points)  # 35° 56' 3" N
            if len(found[0].split()) > QUOTED_WORDS and not begins_in_a_point:
                yield (*found.span(), "quote")
        for kind, pattern in (("email", _EMAIL), ("address", _ADDRESS), ("handle", _HANDLE)):
            for found in pattern.finditer(text):
                end = found.start() + len(found[0].rstrip(".,;:!?)"))
                yield found.start(), end, kind
        for start, end in points:
            yield start, end, "coordinates"
        yield from self._phones(text)
        for found in _CODE.finditer(text):
            if not _SHORT_CODE.fullmatch(found[0]):
                yield (*found.span(), "number")
        yield from self._names(text)

    def _phones(self, text: str) -> Iterator[tuple[int, int, str]]:
        for region in (None, *_data()["regions"]):
            for match in phonenumbers.PhoneNumberMatcher(text, region):
                if not _is_plain(match.raw_string):
                    yield match.start, match.end, "phone"
        for found in _DIGITS.finditer(text):
            if not _is_plain(found[0]):
                digits = sum(c.isdigit() for c in found[0])
                yield (*found.span(), "phone" if 7 <= digits <= 15 else "number")

    # ------------------------------------------------------------ names

    def _names(self, text: str) -> Iterator[tuple[int, int, str]]:
        for run in self._runs(text):
            shelter = self._shelter(text, run)
            if shelter:
                yield shelter
                continue
            for start, end in self._unknown(text, run):
                yield start, end, "name"

    def _runs(self, text: str) -> Iterator[list[re.Match[str]]]:
        """Words in capitals that stand beside each other, with small particles between them."""
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(text):
            between = text[run[-1].end() : word.start()] if run else ""
            joins = bool(run) and _BETWEEN.fullmatch(between) is not None
            if run and (not joins or (run[-1][0].endswith(".") and len(run[-1][0]) > 4)):
                yield self._trimmed(run)
                run = []
            capital = (
                any(part[:1].isupper() for part in re.split(r"[-'’ʼ‘]", word[0])) and word[0][0].isalpha()
            )
            small = self._words["particles"] | self._words["links"]
            if capital or (run and word[0].lower() in small):
                run.append(word)
            elif run:
                yield self._trimmed(run)
                run = []
        if run:
            yield self._trimmed(run)

    def _trimmed(self, run: list[re.Match[str]]) -> list[re.Match[str]]:
        while run and run[-1][0].islower():
            run = run[:-1]
        return run

    def _shelter(self, text: str, run: Sequence[re.Match[str]]) -> tuple[int, int, str] | None:
        """The name of a place of shelter: "the Dar al-Amal shelter", "a cellar known as Beit Nur"."""
        start, end = run[0].start(), run[-1].end() - run[-1][0].endswith(".")
        before, after = text[max(0, start - 40) : start].lower(), text[end : end + 16].lower()
        words = [word[0].lower().rstrip(".") for word in run]
        if words[0] in self._words["starters"] and _END.search(text[:start]):
            start, words = (run[1].start(), words[1:]) if len(run) > 1 else (start, [])
        named = re.search(
            rf"\b(?:{'|'.join(self._sites)})s? (?:(?:called|named|known as|of|at) (?:the )?)?(?:“|\")?$",
            before,
        )
        follows = re.match(rf"[”\"]? (?:{'|'.join(self._sites)})\b", after)
        inside = any(word in self._sites for word in words[1:])
        if not words or not (named or follows or inside):
            return None
        whole = text[start:end]
        if self._is_known(whole) or (not inside and not follows and self._is_place(text, whole, start)):
            return None
        return start, end, "shelter"

    def _unknown(self, text: str, run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """The parts of a run that are names no list knows."""
        words = list(run)
        opens = _END.search(text[: words[0].start()]) is not None
        if opens and words[0][0].lower().rstrip(".") in self._words["starters"]:
            words = words[1:]
        marks: list[tuple[str, list[re.Match[str]]]] = []
        while words:
            size = next((n for n in range(len(words), 0, -1) if self._kind(text, words[:n])), 1)
            marks.append((self._kind(text, words[:size]) or "unknown", words[:size]))
            words = words[size:]
        kinds = [kind for kind, _ in marks]
        group: list[re.Match[str]] = []
        for at, (kind, part) in enumerate(marks):
            beside = {*kinds[max(0, at - 1) : at], *kinds[at + 1 : at + 2]}
            lone_place = kind == "place" and len(part) == 1 and bool(beside & {"unknown", "title", "place"})
            aged = kind == "place" and len(part) == 1 and self._is_person(text, part)
            aged = aged and not self._is_placed(text, part[0].start())
            if kind in ("unknown", "title") or lone_place or aged:
                group += part
            elif group:
                yield from self._person(text, group)
                group = []
        if group:
            yield from self._person(text, group)

    def _person(self, text: str, group: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """A name without the title before it, which may stay; a title alone is none."""
        while group and group[0][0].lower().rstrip(".") in self._words["titles"] and len(group) > 1:
            if group[0][0].lower() in ("abu", "abou", "umm", "um"):
                break
            group = group[1:]
        if len(group) == 1 and group[0][0].lower().rstrip(".") in self._words["titles"]:
            return
        opens = _END.search(text[: group[0].start()]) is not None
        plain = group[0][0].lower()
        # The first word of a sentence alone is a name where it speaks or is aged, or stands nowhere small.
        alone = len(group) == 1 and opens and not self._is_person(text, group)
        if alone and re.search(rf"\b{re.escape(plain)}\b", text):
            return
        yield group[0].start(), group[-1].end() - group[-1][0].endswith(".")

    def _kind(self, text: str, words: Sequence[re.Match[str]]) -> str | None:
        whole = text[words[0].start() : words[-1].end()]
        plain = whole.rstrip(".")
        if len(words) == 1:
            lower = plain.lower()
            if plain in self._words["links"]:
                return "link"
            if lower in self._words["titles"]:
                return "title"
            if lower in self._words["offices"]:
                return "office"
            if plain.isupper() and 2 <= len(plain) <= 5 and self._is_known(plain):
                return "known"
            if lower in self._words["starters"]:
                return "office"
            opening, mark, rest = plain.partition("-")  # "US-led", "Turkish-backed"
            if mark and rest.islower() and self._is_known(opening):
                return "known"
        if self._is_known(plain) or self._is_known(plain.replace(".", "")):
            return "known"
        return "place" if self._is_place(text, plain, words[0].start()) else None

    def _is_place(self, text: str, name: str, start: int) -> bool:
        people = self._population(name)
        if people is None:
            return False
        return self._is_placed(text, start) or people >= LARGE or " " in name

    def _is_placed(self, text: str, start: int) -> bool:
        """Whether "in", "near" or such stands before a name."""
        before = re.findall(r"[a-z]+", text[max(0, start - 16) : start].lower())
        return bool(before) and before[-1] in self._words["before_places"]

    def _is_person(self, text: str, words: Sequence[re.Match[str]]) -> bool:
        after = text[words[-1].end() : words[-1].end() + 24]
        following = re.match(r",? ?([a-z]+)", after)
        speaks = following is not None and following[1] in self._words["speaking"]
        return speaks or _AGE.match(after) is not None


def _is_plain(number: str) -> bool:
    """Whether digits are a number with thousands, a date or a span of years: nothing to hide."""
    bare = number.strip()
    return _GROUPED.fullmatch(bare) is not None or _DATE.fullmatch(bare) is not None


def report(found: Iterable[Redaction]) -> list[str]:
    """What would go, a line each: kind, words, why."""
    return [f"{one.kind}: {one.text!r} ({one.why})" for one in found]


@cache
def _data() -> Mapping[str, Any]:
    try:
        text = (resources.files("dateline.export") / "data/redaction.toml").read_text("utf-8")
        loaded: Mapping[str, Any] = msgspec.toml.decode(text)
        return loaded
    except (OSError, msgspec.DecodeError) as error:
        raise InstallationError(
            f"export/data/redaction.toml is missing or damaged ({error}): install Dateline again"
        ) from error
