"""The arithmetic of intervals: days, weeks, months, seasons, years, and the parts of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from dateline.records import DatePrecision


class Days(NamedTuple):
    """An interval under construction; None is an unknown end."""

    start: date | None
    end: date | None
    precision: DatePrecision
    rule: str


ONE_DAY = timedelta(days=1)
UNRESOLVED = DatePrecision.UNRESOLVED
DAY, RANGE, WEEK = DatePrecision.DAY, DatePrecision.RANGE, DatePrecision.WEEK
MONTH, SEASON, YEAR = DatePrecision.MONTH, DatePrecision.SEASON, DatePrecision.YEAR
OPEN = DatePrecision.OPEN


def unresolved(why: str) -> Days:
    """No interval, and why there is none."""
    return Days(None, None, UNRESOLVED, why)


def one_day(day: date, rule: str) -> Days:
    """The day by itself."""
    return Days(day, day, DAY, rule)


def whole_month(year: int, month: int, rule: str) -> Days:
    """From the first of the month to its last day."""
    last = monthrange(year, month)[1]
    return Days(date(year, month, 1), date(year, month, last), MONTH, rule)


def whole_year(year: int, rule: str) -> Days:
    """From 1 January to 31 December."""
    return Days(date(year, 1, 1), date(year, 12, 31), YEAR, rule)


def whole_week(monday: date, rule: str) -> Days:
    """From a Monday to the Sunday after it."""
    return Days(monday, monday + timedelta(days=6), WEEK, rule)


def whole_season(year: int, first: int, rule: str) -> Days:
    """Three months from ``first``; a winter starts in the December of ``year``."""
    return Days(date(year, first, 1), months_on(date(year, first, 1), 3) - ONE_DAY, SEASON, rule)


def months_on(day: date, months: int) -> date:
    """The same day ``months`` later (earlier if negative), or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted(day: date, number: float, unit: str) -> date:
    """``day`` moved by ``number`` units; hours count as begun days."""
    if unit in ("month", "year", "decade"):
        return months_on(day, round(number * {"month": 1, "year": 12, "decade": 120}[unit]))
    if unit in ("hour", "minute", "second", "moment"):
        begun = -(-abs(number) // 24) if unit == "hour" else 0
        return day + timedelta(days=int(begun if number > 0 else -begun))
    per_unit = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}[unit]
    return day + timedelta(days=round(number * per_unit))


def on_day(year: int, month: int, day: int, rule: str) -> Days:
    """One day of the calendar; unresolved when there is no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]):
        return unresolved("no such day")
    return one_day(date(year, month, day), rule)


_PARTS: dict[DatePrecision, dict[str, tuple[int, int]]] = {  # first and last of its days or months
    WEEK: {"early": (1, 3), "start": (1, 3), "mid": (3, 4), "late": (5, 7), "end": (5, 7)},
    MONTH: {
        "early": (1, 10),
        "start": (1, 10),
        "mid": (11, 20),
        "late": (21, 31),
        "end": (25, 31),
    },
    YEAR: {
        "early": (1, 4),
        "start": (1, 1),
        "mid": (6, 7),
        "late": (10, 12),
        "end": (12, 12),
        "first half of": (1, 6),
        "second half of": (7, 12),
        "first quarter of": (1, 3),
        "second quarter of": (4, 6),
        "third quarter of": (7, 9),
        "fourth quarter of": (10, 12),
        "last quarter of": (10, 12),
    },
    SEASON: {"early": (1, 1), "start": (1, 1), "mid": (2, 2), "late": (3, 3), "end": (3, 3)},
}
"""As the annotators read them: 19 of 24 "early <year>" end in April; "end of June": the 25th on."""
_DECADE_PARTS = {"early": (1, 4), "mid": (5, 7), "late": (8, 10)}


def narrowed(first: date, last: date, days: Days, which: str) -> Days:
    """The part of ``days`` that "early", "mid", "late" … mean; all of it where no part is known."""
    rule = f"{which.removesuffix(' of')} in the {days.precision}"
    if days.precision is RANGE and days.rule == "10 years":
        low, high = _DECADE_PARTS.get(which, (1, 10))
        year = first.year - 1
        first, last = date(year + low, 1, 1), date(year + high, 12, 31)
        return Days(first, last, RANGE, f"{which} in the decade")
    part = _PARTS.get(days.precision, {}).get(which)
    if part is None:
        return days
    low, high = part
    if days.precision in (YEAR, SEASON):
        start, end = months_on(first, low - 1), months_on(first, high) - ONE_DAY
    else:
        start, end = first + timedelta(days=low - 1), first + timedelta(days=high - 1)
    if start > last:
        return days
    return Days(start, min(end, last), RANGE, rule)
