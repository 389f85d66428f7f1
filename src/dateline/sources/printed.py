"""What a report prints about itself at its head and foot: byline, dateline, agency, outlet, title."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from dateline.sources.datelines import (
    AGENCY,
    CANONICAL,
    Dateline,
    canonical_agency,
    dateline_at,
    full_dateline_in,
    is_section_label,
)
from dateline.sources.dates import DATE
from dateline.sources.published import FOOT, HEAD
from dateline.sources.wordlists import alternatives, load

#: Characters of the head in which a dateline is looked for: it stands below headline, outlet and
#: date.
DATELINE_HEAD = 600

#: Longest first line taken for a title.
MAX_TITLE = 200

_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
_BETWEEN = r"(?:\s|,\s|\s?/\s?|\sand\s|\swith\s|\sin\s)"
_NAMES = rf"{_NAME}(?:{_BETWEEN}(?:[a-z]{{2}}\s|al-|el-)?{_NAME}){{0,11}}"
_BYLINE = re.compile(
    r"^(?:By|BY|Byline:|Written by|Reported by|Compiled by)\s+"
    rf"(?P<who>{_NAMES}|an?\s[a-z][\w ]{{3,40}}|the\s[\w ]{{3,40}})"
    r"[ \t]*(?=$|[|·•;–—]|,\s|\s-\s|\r)",
    re.MULTILINE,
)
_REPORTS = re.compile(
    rf"(?:^|(?<=[.!?\"”]\s))(?P<who>{_NAME}(?:\s{_NAME}){{1,2}})\s+reports(?:\sfrom\s[^.\n]{{2,40}})?[.:]?\s*$",
    re.M,
)
_REPORTING_BY = re.compile(
    rf"(?<!dditional\s)\b(?:Reporting|Writing)\s+by\s+(?P<who>{_NAMES})", re.IGNORECASE
)
_SLASHED = re.compile(rf"(?<=[.!?\"”])\s+(?P<who>{_NAME}(?:\s{_NAME})?(?:\s?/\s?{_NAME}(?:\s{_NAME})?)+)\s*$")

_LIST = rf"{AGENCY}(?:(?:\s?/\s?|,\s|\sand\s|,\sand\s){AGENCY}){{0,3}}"
_ANY = f"(?:{_LIST}(?:(?:,|\\sand)\\s[Aa]gencies)?|[Aa]gencies)"
_BRACKETED = re.compile(
    rf"\((?:[Ww]ith\s|[Ss]ource:?\s)?(?P<who>{_ANY})\)|\([Ss]ource:\s(?P<source>[A-Z][^()\n]{{2,60}})\)"
)
_DASHED = re.compile(rf"[-–—]{{1,2}}\s?(?P<who>{_ANY})\W*$")
_SOURCE = re.compile(rf"\bSource:?\s(?P<who>{_ANY})")
_CONTRIBUTED = re.compile(rf"(?P<who>{_ANY})[^.\n]{{0,30}}\scontributed\sto\sthis\s(?:report|story|article)")
_STANDARDS = re.compile(r"Our\sStandards:\s?The\s(?P<who>Thomson\sReuters)")
_OWN_LINE = re.compile(rf"[ \t]*(?P<who>{_LIST})[ \t]*$")
_SENTENCE_END = re.compile(r"(?:^|[.!?\n][\"”’')]*)\s*$")
_HEAD_LINE = re.compile(rf"^[ \t(]*(?P<who>{_LIST})[ \t)]*$", re.MULTILINE)
_BEFORE_DATE = re.compile(rf"(?<![\w-])(?P<who>{AGENCY})\s*$")
_AFTER_DATE = re.compile(rf"[^\n]{{0,24}}?\b(?P<who>{AGENCY})\s+-\s")

_OUTLET_WORD = re.compile(rf"\b(?:{alternatives(load('outlets')['words'])})\b", re.IGNORECASE)
_OUTLETS = {name.casefold(): name for name in load("outlets")["names"]}
_NOT_OUTLETS = frozenset(load("outlets")["not_names"])
_TAGLINE = re.compile(r"\s+[-–—|]\s+[a-z].*$|\s+[|•·].*$")
_TIME = re.compile(r"\s*(?:at\s)?\d{3,4}\s?(?:[AP]M)?(?:\sUTC\S*)?\s*")


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says of itself; each None where it does not."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    agency: str | None = None


def read_printed(text: str, date_end: int | None = None, date_start: int | None = None) -> Printed:
    """Title, outlet, byline, dateline and agency printed at the head or the foot of ``text``.

    ``date_start`` and ``date_end`` bound the printed date of publication, beside which texts that
    lost their line breaks have their agency and dateline.
    """
    head = text[:HEAD]
    dateline = find_dateline(text, date_end)
    title = _title(text)
    return Printed(
        title=title,
        outlet=_outlet(head, title),
        byline=_byline(head, text),
        dateline=dateline,
        agency=_agency(text, dateline, date_start, date_end),
    )


def find_dateline(text: str, date_end: int | None = None) -> Dateline | None:
    """The dateline of ``text``: at its start, at a line's start or after the printed date in its head."""
    starts = [len(text) - len(text.lstrip())]
    starts += [match.end() for match in re.compile(r"[\r\n][ \t]*(?=\S)").finditer(text, 0, DATELINE_HEAD)]
    after_date = None
    if date_end is not None and date_end < DATELINE_HEAD:
        time = _TIME.match(text, date_end)
        after_date = time.end() if time and time.end() > date_end else date_end
        after_date += len(text[after_date : after_date + 3]) - len(text[after_date : after_date + 3].lstrip())
        starts.append(after_date)
    for start in starts:
        found = dateline_at(text, start, stripped=start == after_date)
        if found and not is_section_label(text, found):
            return found
    return full_dateline_in(text, 0, min(len(text), HEAD))


def _title(text: str) -> str | None:
    """The first line, when it is a headline: short, no sentence, and not the only line."""
    stripped = text.lstrip()
    line, _, rest = stripped.partition("\n")
    line = line.strip()
    if not rest.strip() or not 3 <= len(line) <= MAX_TITLE or line[-1] in ".,;:":
        return None
    if DATE.match(line) or _BYLINE.match(line) or dateline_at(line, 0):
        return None
    return line


def _outlet(head: str, title: str | None) -> str | None:
    """The outlet's name on a line of its own right above the byline or the date of publication."""
    lines = [line.strip() for line in head.splitlines() if line.strip()][:7]
    for above, line in pairwise(lines):
        has_date = DATE.search(line) is not None and len(line) <= 80
        if not (has_date or _BYLINE.match(line)) or (above == title == lines[0]):
            continue
        found = outlet_name(above)
        if found:
            return found
    return None


def outlet_name(line: str) -> str | None:
    """The outlet a line names, without its tag line; None when nothing shows that it is an outlet's."""
    name = _TAGLINE.sub("", line).strip()
    folded = name.casefold()
    if not 2 <= len(name) <= 60 or len(name.split()) > 6 or name[-1] in ".?!:;," or folded in _NOT_OUTLETS:
        return None
    if folded in _OUTLETS:
        known: str = _OUTLETS[folded]
        return known
    if name in CANONICAL:
        return CANONICAL[name]
    if DATE.search(name) or _BYLINE.match(name) or any(character.isdigit() for character in name):
        return None
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 3]
    capital = sum(1 for word in words if word[0].isupper())
    if _OUTLET_WORD.search(line) and 3 * capital >= 2 * len(words):
        return name
    return name if name.isupper() and folded.startswith("the ") else None


def _byline(head: str, text: str) -> str | None:
    """Who wrote it: a byline at the head, or ``Reporting by`` and names at the foot."""
    foot = text[-FOOT:]
    for pattern, where in (
        (_BYLINE, head),
        (_REPORTS, head),
        (_REPORTING_BY, foot),
        (_REPORTS, foot),
        (_SLASHED, foot),
    ):
        match = pattern.search(where)
        if match:
            return " ".join(match["who"].split())
    match = _BYLINE.search(foot)
    return " ".join(match["who"].split()) if match else None


def _agency(text: str, dateline: Dateline | None, date_start: int | None, date_end: int | None) -> str | None:
    """The agency a report is credited to: in its dateline, beside its date, on a head line, at its foot."""
    if dateline is not None and dateline.agency:
        return dateline.agency
    if date_start is not None and date_start < HEAD:
        match = _BEFORE_DATE.search(text[max(0, date_start - 40) : date_start])
        if match:
            return canonical_agency(match["who"])
    if date_end is not None and date_end < HEAD:
        match = _AFTER_DATE.match(text[date_end : date_end + 60])
        if match:
            return canonical_agency(match["who"])
    match = _HEAD_LINE.search(text[:HEAD]) if "\n" in text[:HEAD] else None
    return _names(match["who"]) if match else _credit_at_foot(text[-FOOT:])


def _credit_at_foot(foot: str) -> str | None:
    """The agency credited in a text's last characters."""
    for match in _BRACKETED.finditer(foot):
        if match["source"]:
            return str(match["source"])
        if _SENTENCE_END.search(foot[: match.start()]) or not foot[match.end() :].strip(" .\r\n\t"):
            return _names(match["who"])
    last = foot.rstrip().rpartition("\n")[2] if "\n" in foot.rstrip() else ""
    for pattern, where in (
        (_DASHED, foot[-60:]),
        (_SOURCE, foot),
        (_CONTRIBUTED, foot if "contributed" in foot else ""),
        (_STANDARDS, foot),
    ):
        found = pattern.search(where)
        if found:
            return _names(found["who"])
    own = _OWN_LINE.match(last)
    return _names(own["who"]) if own else None


def _names(credit: str) -> str:
    """The agencies of a credit, by their usual names, joined with ``; ``."""
    names = [
        canonical_agency(words)
        for words in re.split(r"\s?/\s?|,\s(?:and\s)?|\sand\s", credit)
        if words.strip()
    ]
    return "; ".join(dict.fromkeys(names))
