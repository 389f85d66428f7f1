"""Dates as printed: finding ``June 14, 2017``, ``14 June 2017``, ``14-06-2016``, ``2017-06-14`` in words.

Only whole dates count (day, month and four-digit year); what they date is :mod:`published`'s
business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from dateline.sources.wordlists import alternatives, load

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS: dict[str, int] = load("calendar")["months"]
_NUMBER_OF = {name.casefold(): number for name, number in _MONTHS.items()}

#: A month's name, as printed or in capitals; an abbreviation may have a stop.
MONTH = f"(?:{alternatives([*_MONTHS, *(name.upper() for name in _MONTHS)])})\\.?"
_DAYS: list[str] = load("calendar")["weekdays"]["names"]
WEEKDAY = f"(?:{alternatives([*_DAYS, *(name.upper() for name in _DAYS)])})\\.?"

# Glued forms are common where a text lost its punctuation: "Oct 042017", "21.08.2013Get short URL".
DATE = re.compile(
    rf"(?<![\w.])(?:(?P<weekday>{WEEKDAY})\b,?\s+)?(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*-\s*|\s+)(?:of\s+)?(?P<m1>{MONTH}),?(?:\s*-\s*|\s+)(?P<y1>\d{{4}})"
    rf"|(?P<m2>{MONTH})\s+(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)|(?P<d2g>\d{{2}}))(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{2})(?P=s3)(?P<d3>\d{2})"
    r"|(?P<n1>\d{1,2})(?P<s4>[-/.])(?P<n2>\d{1,2})(?P=s4)(?P<y4>\d{4})"
    r")(?!\d)"
)


class PrintedDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date in print: its words and place, and its readings as ISO dates, the preferred one first.

    ``readings`` has two entries only for a numeric date whose day and month can be swapped;
    ``order`` then says how the first was read (``day first``), and is empty for all other forms.
    """

    words: str
    start: int
    end: int
    readings: tuple[str, ...]
    order: str = ""
    weekday: bool = False
    numeric: bool = False


def find_dates(text: str) -> Iterator[PrintedDate]:
    """All whole dates in ``text``, in order; impossible ones (31 June) are passed over."""
    for match in DATE.finditer(text):
        found = _read(match)
        if found is not None:
            yield found


def read_date(words: str) -> PrintedDate | None:
    """The date that ``words`` begin with, as metadata gives it (``2017-06-10T08:15:00+03:00``), else None.

    The day is the one written; its time zone is not shifted.
    """
    words = words.strip()
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", words)
    if match:
        value = _iso(match[1], match[2], match[3])
        if value is None:
            return None
        return PrintedDate(words=match[0], start=0, end=match.end(), readings=(value,))
    for found in find_dates(words):
        return found if found.start == 0 else None
    return None


def _read(match: re.Match[str]) -> PrintedDate | None:
    """The date a match of DATE stands for, or None when no calendar has it."""
    part = match.groupdict()
    order = ""
    readings: list[str | None]
    if part["y1"]:
        readings = [_iso(part["y1"], _month(part["m1"]), part["d1"])]
    elif part["y2"]:
        readings = [_iso(part["y2"], _month(part["m2"]), part["d2"] or part["d2g"])]
    elif part["y3"]:
        readings = [_iso(part["y3"], part["m3"], part["d3"])]
    else:
        day_first = _iso(part["y4"], part["n2"], part["n1"])
        month_first = _iso(part["y4"], part["n1"], part["n2"])
        readings = [day_first, month_first]
        order = "day first" if day_first else "month first"
    possible = tuple(dict.fromkeys(reading for reading in readings if reading))
    if not possible:
        return None
    return PrintedDate(
        words=match[0].strip(),
        start=match.start(),
        end=match.end(),
        readings=possible,
        order=order,
        weekday=part["weekday"] is not None,
        numeric=part["y4"] is not None or part["y3"] is not None,
    )


def _month(name: str) -> str:
    return str(_NUMBER_OF[name.rstrip(".").casefold()])


def _iso(year: str, month: str, day: str) -> str | None:
    """The ISO date, or None when there is no such day or the year is out of range."""
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
