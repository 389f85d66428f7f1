"""Datelines: the place and agency that open a report's lead, ``BEIRUT, June 9 (Reuters) -``."""

from __future__ import annotations

import re

import msgspec

from dateline.sources.dates import MONTH, WEEKDAY
from dateline.sources.wordlists import alternatives, load

_AGENCIES: dict[str, list[str]] = load("agencies")["agencies"]
CANONICAL = {form: name for name, forms in _AGENCIES.items() for form in forms}

#: Any agency's name in a form that is printed as a credit.
AGENCY = f"(?:{alternatives(form for form in CANONICAL if form.casefold() != 'agencies')})"

_NOT_PLACES = frozenset(load("datelines")["not_places"])
_PLACES: list[str] = load("datelines")["places"]

# Letters with marks count as letters: "İSTANBUL", "São Paulo".
_DAY_NAME = re.compile(rf"(?:{WEEKDAY}|{MONTH})(?!\w)")
_UPPER = r"[A-ZÀ-ÖØ-ÞĞİŞ]"
_LOWER = r"[a-zß-öø-ÿğış'’]"
_CAPS_WORD = rf"(?:[Aa]l-|ST\.\ )?{_UPPER}(?:{_UPPER}|['’.-](?={_UPPER}))+(?:(?<=\.{_UPPER})\.)?"
_CAPS = rf"(?:{_CAPS_WORD}(?:[ /]{_CAPS_WORD}){{0,3}})"
_TITLE_WORD = rf"(?:[Aa]l-)?{_UPPER}{_LOWER}{{1,20}}(?:-{_UPPER}?{_LOWER}{{1,20}}){{0,2}}"
_TITLE = rf"(?:{_TITLE_WORD}(?:[ /](?:{_TITLE_WORD}|el|al|de|ez)){{0,3}})"
_REGION = rf"(?P<region>,\ (?!{MONTH}\ \d){_UPPER}[\w.'’-]{{1,20}}(?:\ {_UPPER}[\w.'’-]{{1,20}}){{0,2}})"
_DAY = rf"(?:,?\ ?(?P<day>{MONTH}\ \d{{1,2}}(?:,?\ \d{{4}})?|\d{{1,2}}\ {MONTH}(?:,?\ \d{{4}})?))"
_DASH = r"(?:\s*(?:--|[-–—―－])\s*)"
_SPACED_DASH = r"(?:\s+(?:--?|[–—―])\s+|\s?[–—―－]{1,2}\s?|\s?--\s?)"

#: With an agency in brackets, or with a day, before the dash: no other text looks so.
FULL = re.compile(
    rf"(?P<place>(?P<caps>{_CAPS})|{_TITLE}){_REGION}?{_DAY}?,?\s?\((?P<agency>[^()\n]{{2,40}})\)(?P<dash>{_DASH})?"
)
_DAYED = re.compile(
    rf"(?P<place>{_CAPS}|{_TITLE}){_REGION}?{_DAY}(?:,?\s(?P<agency>{AGENCY}))?{_SPACED_DASH}"
)
_COMMA = re.compile(
    rf"(?P<place>{_CAPS}|{_TITLE}){_REGION}?,?\s(?P<agency>{AGENCY}){_DASH}(?=\S)"
    rf"|(?P<place2>{_CAPS_WORD}(?:\ {_CAPS_WORD})?),\s(?P<agency2>[A-Z]{{2,6}}){_SPACED_DASH}(?=\S)"
)
_BARE = re.compile(
    rf"(?P<place>{_CAPS}|(?:{alternatives(_PLACES)})){_REGION}?{_SPACED_DASH}(?=[\"“‘']?[A-ZÀ-Þ0-9])"
)
_KNOWN = alternatives([*_PLACES, *(place.upper() for place in _PLACES)])
_GLUED = re.compile(rf"(?P<place>(?:{_KNOWN})(?:[ /](?:{_KNOWN}))?)-\ ")
_COLON = re.compile(rf"(?P<place>{_KNOWN}){_REGION}?:\s(?=[A-ZÀ-Þ0-9\"“])")
_LAST_KNOWN = re.compile(rf"(?<=\s)(?:{alternatives(place.upper() for place in _PLACES)})$")
_STRIPPED = re.compile(
    rf"(?P<place>{alternatives(place.upper() for place in _PLACES)})(?:\s*:)?\s(?=[A-Z0-9\"“])"
)
_HINT = re.compile(r"[-(:–—―－]")
_SHOUTED_START = re.compile(rf"(?<![A-Za-z'’-])(?={_CAPS_WORD}[ ,/(])|(?<=[a-z]{{3}})(?={_CAPS_WORD}[ ,/(])")


#: Characters a dateline may take, its dash and the lead's first letter included.
MAX_DATELINE = 160

#: Characters a place, its region and its day may take before the bracket with the agency.
MAX_PLACE = 70


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """A dateline: its place and agency as printed, and where it stands.

    ``full`` when it has an agency or a day beside the place, so that it is a dateline for sure.
    """

    place: str
    agency: str | None
    start: int
    end: int
    full: bool


def canonical_agency(words: str) -> str:
    """The usual name of an agency; the words themselves when the list does not have them."""
    words = " ".join(words.split())
    return CANONICAL.get(words, words)


def dateline_at(text: str, at: int, *, stripped: bool = False) -> Dateline | None:
    """The dateline that begins at offset ``at`` of ``text``, or None.

    ``stripped`` also takes a known place in capitals before a sentence without any dash, as texts
    have it that lost their punctuation.
    """
    if not text[at : at + 1].isalpha() or not _HINT.search(text, at, at + MAX_PLACE + 60):
        return None if not stripped else _stripped_at(text, at)
    end = min(len(text), at + MAX_DATELINE)
    full = FULL.match(text, at, end)
    if full and _is_sure(full):
        return _made(full, full=True)
    for pattern, sure in ((_DAYED, True), (_COMMA, True), (_BARE, False), (_GLUED, False)):
        match = pattern.match(text, at, end)
        if match and _is_place(_place(match)):
            return _made(match, full=sure)
    if stripped:
        return _stripped_at(text, at)
    if at > 0:  # not at the start, where "Homs: ..." can be a headline
        match = _COLON.match(text, at, end)
        if match:
            return _made(match, full=False)
    return None


def _stripped_at(text: str, at: int) -> Dateline | None:
    """A known place in capitals that opens a sentence at ``at``, or None."""
    match = _STRIPPED.match(text, at, at + MAX_DATELINE)
    return _made(match, full=False) if match else None


def full_dateline_in(text: str, begin: int, end: int) -> Dateline | None:
    """The first place in capitals with an agency in brackets between ``begin`` and ``end``, wherever.

    Texts that lost their line breaks have the headline run into it.
    """
    bracket = text.find("(", begin, end)
    while bracket >= 0:
        for start in _SHOUTED_START.finditer(text, max(begin, bracket - MAX_PLACE), bracket):
            match = FULL.match(text, start.end(), min(len(text), bracket + MAX_PLACE))
            if match and match["caps"] and match.start("agency") == bracket + 1 and _is_sure(match):
                known = _LAST_KNOWN.search(match["place"])  # an abbreviation before it ends the headline
                if known:
                    match = FULL.match(text, match.start() + known.start(), match.endpos) or match
                return _made(match, full=True)
        bracket = text.find("(", bracket + 1, end)
    return None


def is_section_label(text: str, dateline: Dateline) -> bool:
    """Whether a bare dateline is one of several labels in a bulletin (``HOMS - ...``, ``IDLIB - ...``)."""
    if dateline.full:
        return False
    labels = 0
    for line in re.finditer(r"^(?=[A-Z])", text, re.MULTILINE):
        if _BARE.match(text, line.start()):
            labels += 1
            if labels >= 3:
                return True
    return False


def _is_sure(match: re.Match[str]) -> bool:
    """Whether a match of FULL is a dateline: brackets alone can also hold an abbreviation or an alias."""
    known = " ".join(match["agency"].split()) in CANONICAL
    if not _is_place(match["place"]) or not match["agency"][:1].isalpha():
        return False
    if match["dash"]:
        return known or bool(match["day"]) or (bool(match["caps"]) and match["agency"][:1].isupper())
    return known and bool(match["caps"]) and len(match["place"]) > 3


def _place(match: re.Match[str]) -> str:
    """The place words of a match."""
    words: str | None = match["place"] or match.groupdict().get("place2")
    return words or ""


def _is_place(words: str) -> bool:
    """Whether words before a dash can be a place: not a label in capitals, not an agency's name."""
    return (
        words.strip(" .") not in _NOT_PLACES
        and words not in CANONICAL
        and len(words) > 2
        and not _DAY_NAME.match(words)
    )


def _made(match: re.Match[str], *, full: bool) -> Dateline:
    """The dateline of a match."""
    groups = match.groupdict()
    agency = groups.get("agency") or groups.get("agency2")
    place = _place(match).strip(" ,-") + (groups.get("region") or "")
    return Dateline(
        place=place,
        agency=canonical_agency(agency) if agency else None,
        start=match.start(),
        end=match.end(),
        full=full,
    )
