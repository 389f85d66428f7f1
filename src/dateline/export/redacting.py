"""What would give a private person away in free text: found by form, never by understanding.

The redactor errs towards taking out. It finds contact data, numbers, coordinates, quoted words, and words
in capitals that no list of ours knows; it cannot know that "the only baker of the village" is somebody. So a
text that went through it is still free text, and whoever lets it out takes a risk (``--accept-risk``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import phonenumbers

from dateline.export.private_names import PrivateNames
from dateline.export.tables import table

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
SHORTEST_NUMBER = 7
"""Digits; a shorter number leads to nobody ("300000 people", "12 2016")."""
QUOTED_WORDS = 3
"""Quotes of fewer words are names of things ("Euphrates Shield"), not what somebody said."""


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
        return str(table("redaction")["why"][self.kind])


class Redactor:
    """Finds what has to go.

    ``is_known``: whether a list knows a name as public (actors, outlets, nations). ``population``: people
    living in the largest place of a name, None where no list has it.
    """

    def __init__(self, is_known: Callable[[str], bool], population: Callable[[str], int | None]) -> None:
        self._names = PrivateNames(is_known, population)

    def redact(self, text: str) -> str:
        """The text with ``[kind]`` in place of what goes."""
        return redacted(text, self.find(text))

    def find(self, text: str) -> list[Redaction]:
        """What has to go, in order; what overlaps goes as one, of the kind found first."""
        taken: list[tuple[int, int, str]] = []
        for start, end, kind in self._found(text):
            clashes = [t for t in taken if start < t[1] and t[0] < end]
            whole = (min([start, *(t[0] for t in clashes)]), max([end, *(t[1] for t in clashes)]))
            taken = [t for t in taken if t not in clashes]
            taken.append((*whole, clashes[0][2] if clashes else kind))
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
        yield from self._names.find(text)

    def _phones(self, text: str) -> Iterator[tuple[int, int, str]]:
        for region in (None, *table("redaction")["regions"]):
            for match in phonenumbers.PhoneNumberMatcher(text, region):
                if not _is_plain(match.raw_string):
                    yield match.start, match.end, "phone"
        for found in _DIGITS.finditer(text):
            if not _is_plain(found[0]):
                digits = sum(c.isdigit() for c in found[0])
                yield (*found.span(), "phone" if 7 <= digits <= 15 else "number")


def _is_plain(number: str) -> bool:
    """Whether digits are a number with thousands, a date or a span of years: nothing to hide."""
    bare = number.strip()
    if sum(c.isdigit() for c in bare) < SHORTEST_NUMBER:
        return True
    return _GROUPED.fullmatch(bare) is not None or _DATE.fullmatch(bare) is not None


def redacted(text: str, found: Iterable[Redaction]) -> str:
    """The text with ``[kind]`` in place of what was ``found`` in it."""
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], f"[{one.kind}]"]
        at = one.end
    return "".join([*parts, text[at:]])


def report(found: Iterable[Redaction]) -> list[str]:
    """What would go, a line each: kind, words, why."""
    return [f"{one.kind}: {one.text!r} ({one.why})" for one in found]
