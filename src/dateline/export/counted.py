"""Which events a dataset of incidents counts, and how what it leaves out is told.

As in every total of Dateline: acts that happened, single incidents, no background.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.records import Event, Scope, Status

LISTED_UP_TO = 200
"""Ids that one note lists; it says how many more there are (a sheet stays a sheet at 50,000 events)."""

_WHY = {
    Status.PREVENTED: "told as prevented",
    Status.PLANNED: "told as planned",
    Status.POSSIBLE: "told as only possible",
    Status.DENIED: "said not to have happened",
}


def counted(events: Iterable[Event]) -> tuple[list[Event], list[str]]:
    """The events that count, in order, and one note for each reason why others were left out."""
    kept: list[Event] = []
    out: dict[str, list[str]] = {}
    for event in events:
        why = _left_out(event)
        if why:
            out.setdefault(why, []).append(event.event_id)
        else:
            kept.append(event)
    return kept, [left_out(ids, why) for why, ids in sorted(out.items())]


def left_out(ids: Sequence[str], why: str) -> str:
    """A note on events that a file does not hold.

    >>> left_out(["e1", "e2"], "without a date")
    'Left out, 2 events without a date: e1, e2.'
    """
    return f"Left out, {number(len(ids), 'event')} {why}: {listed(ids)}."


def listed(ids: Sequence[str]) -> str:
    """Ids in one line, at most :data:`LISTED_UP_TO`."""
    more = len(ids) - LISTED_UP_TO
    return ", ".join(ids[:LISTED_UP_TO]) + (f" and {more} more" if more > 0 else "")


def number(n: int, noun: str) -> str:
    """A count with its noun: "1 event", "2 events"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _left_out(event: Event) -> str | None:
    if event.status is not Status.HAPPENED:
        return _WHY[event.status]
    if event.scope is not Scope.SINGLE:
        return "told as several incidents summed"
    return "told as background to others" if event.old else None
