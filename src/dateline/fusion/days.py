"""Intervals of days: from ISO dates to numbers, what several say together, and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dateline.records import Claim

LONGEST_FINE = 7
"""Days; a longer interval dates an act coarsely ("in June")."""


class Days(NamedTuple):
    """An interval of days as ordinals of the Gregorian calendar, both ends included."""

    first: int
    last: int

    @property
    def one(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    @property
    def fine(self) -> bool:
        """Whether it is a week or less."""
        return self.last - self.first < LONGEST_FINE

    def meets(self, other: Days) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def gap(self, other: Days) -> int:
        """Days from the end of one to the start of the other; 0 when they meet."""
        return max(0, self.first - other.last, other.first - self.last)

    def months(self) -> tuple[tuple[int, int], ...]:
        """Year and month of each month that the interval touches."""
        (year, month), last = self.month(), Days(self.last, self.last).month()
        found = []
        while (year, month) <= last:
            found.append((year, month))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return tuple(found)

    def month(self) -> tuple[int, int]:
        """Year and month of the first day."""
        first = date.fromordinal(self.first)
        return first.year, first.month


@lru_cache(maxsize=16_384)
def ordinal(iso: str | None) -> int | None:
    """The ordinal of an ISO date; None for None or what is no date."""
    if iso is None:
        return None
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return None


def iso(day: int) -> str:
    """The ISO date of an ordinal."""
    return date.fromordinal(day).isoformat()


def days_of(claim: Claim) -> Days | None:
    """What the words of ``claim`` say together; None where they give no interval with both ends."""
    found = []
    for said in claim.dates:
        first, last = ordinal(said.from_), ordinal(said.to)
        if first is not None and last is not None and first <= last:
            found.append(Days(first, last))
    return together(found)


def together(intervals: Iterable[Days]) -> Days | None:
    """What the intervals say of one act: where all meet, that part; else first to last.

    "On Sunday … in June" is that Sunday; "on Sunday and on Tuesday" is Sunday to Tuesday.
    """
    listed = list(intervals)
    if len(listed) < 2:
        return listed[0] if listed else None
    first, last = max(d.first for d in listed), min(d.last for d in listed)
    if first <= last:
        return Days(first, last)
    return Days(min(d.first for d in listed), max(d.last for d in listed))
