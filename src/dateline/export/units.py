"""ACLED's unit of counting: the same actors on the same day in the same place."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from dateline import codebook
from dateline.export.counted import left_out
from dateline.export.intervals import Days, days
from dateline.export.sentences import named
from dateline.records import Event, Place

_MONTH = 31


class Unit(NamedTuple):
    """What one row of ACLED's is: event type, day, place, and both sides' names."""

    event_type: str
    day: datetime.date
    place: tuple[object, ...]
    actors: tuple[str, ...]


class Dated(NamedTuple):
    """An event with what a row needs of it: its days, its place, and ACLED's type."""

    event: Event
    days: Days
    place: Place
    type: codebook.AcledType


def fitting(events: Iterable[Event]) -> tuple[list[Dated], list[str]]:
    """The events that ACLED's shape can hold, and notes on those that it cannot."""
    kept: list[Dated] = []
    out: dict[str, list[str]] = {}
    for event in events:
        when, place = days(event.date), event.place
        if when is None:
            out.setdefault("without a date", []).append(event.event_id)
        elif when.length > _MONTH:
            out.setdefault("dated no closer than a month", []).append(event.event_id)
        elif place is None or not (place.name or place.country_name):
            out.setdefault("without a place", []).append(event.event_id)
        else:
            kinds = [a.kind for a in event.actors], [a.kind for a in event.targets]
            kept.append(Dated(event, when, place, codebook.acled(event.type, *kinds)))
    return kept, [left_out(ids, why) for why, ids in sorted(out.items())]


def units_of(events: Iterable[Dated]) -> list[list[Dated]]:
    """Events that share ACLED's unit together, the one to show first.

    Where no side is named, or no single day, nothing says that two events share them: they stand alone.
    """
    units: dict[object, list[Dated]] = {}
    for one in events:
        units.setdefault(_unit(one) or one.event.event_id, []).append(one)
    return [sorted(unit, key=_weight) for unit in units.values()]


def _unit(one: Dated) -> Unit | None:
    names = tuple(sorted({a.name or "" for a in named((*one.event.actors, *one.event.targets))}))
    p = one.place
    place = (p.geonameid,) if p.geonameid is not None else (p.name, p.admin1, p.country)
    if not names or one.days.open or one.days.length > 1:
        return None
    return Unit(one.type.event_type, one.days.first, place, names)


def _weight(one: Dated) -> tuple[int, int, str]:
    """The most telling type first, then most origins."""
    return (-codebook.types()[one.event.type].specific, -one.event.origins, one.event.event_id)
