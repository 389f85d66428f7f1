"""Dates of events as the field's datasets ask for them: a first and a last day, and how many lie between."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from dateline.records import Interval


class Days(NamedTuple):
    """The days an act may fall on, both included; ``open``: words give one end only, which is then both."""

    first: datetime.date
    last: datetime.date
    open: bool

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def days(date: Interval) -> Days | None:
    """The days of an interval; None where neither end is known, or the ends are no dates."""
    first, last = day(date.from_), day(date.to)
    if first and last:
        return Days(min(first, last), max(first, last), open=False)
    end = first or last
    return Days(end, end, open=True) if end else None


def coverage(published: Iterable[str | None]) -> dict[str, int]:
    """How many reports were published on each day, by ISO day in order; those without a date are left out."""
    found = Counter(known.isoformat() for one in published if (known := day((one or "")[:10])))
    return dict(sorted(found.items()))


def day(iso: str | None) -> datetime.date | None:
    """The day of an ISO date; None where there is none, or it is no date."""
    try:
        return datetime.date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
