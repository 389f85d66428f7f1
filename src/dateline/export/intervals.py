"""Dates of events as the field's datasets ask for them: a first and a last day, and how many lie between."""

from __future__ import annotations

import datetime
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
    first, last = _day(date.from_), _day(date.to)
    if first and last:
        return Days(min(first, last), max(first, last), open=False)
    end = first or last
    return Days(end, end, open=True) if end else None


def _day(iso: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
