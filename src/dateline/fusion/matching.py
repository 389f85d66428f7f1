"""A run's events against a list of incidents that somebody already has.

An event and an incident are one where day and place agree, and the dead do not speak against it. Each pair
gets points by the table below; the best pairs are taken first, each event and incident once. Incidents
without an event are missing, events without an incident new.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dateline.fusion.days import Days, ordinal
from dateline.fusion.names import alike
from dateline.fusion.where import is_point, km_between, place_name
from dateline.records import Event, Place, Record

NEEDED = 3.0
"""Points from which a pair is taken."""
DAYS = {0: 2.0, 1: 1.0, 2: 0.0}
"""Points by days apart; further apart is another incident."""
KM = ((5.0, 2.0), (30.0, 1.0), (60.0, 0.0))
"""Points up to a distance; further apart is another place."""
SAME_NAME = 1.5
"""Points for a place of like name where one of the two has no point."""
DEAD = 1.0
"""Points where the dead agree, taken off where one count is more than twice the other."""


class Incident(NamedTuple):
    """One row of the list. ``row``: its number in the file, the header being 1; ``day`` an ISO date."""

    row: int
    id: str
    day: str | None
    place: Place | None
    words: str
    killed: int | None


class Match(Record, frozen=True):
    """An incident with its event, an incident without one (missing) or an event without one (new)."""

    state: str
    row: int | None
    incident: str | None
    event_id: str | None
    points: float | None
    reasons: tuple[str, ...]


def match(incidents: Sequence[Incident], events: Sequence[Event]) -> list[Match]:
    """Every incident in its order, then the events that none of them is."""
    pairs = []
    on_day = _by_day(events)
    for at, incident in enumerate(incidents):
        for number in sorted(on_day.get(ordinal(incident.day) or 0, ())):
            event = events[number]
            points, reasons = compare(incident, event)
            if points >= NEEDED:
                pairs.append((-points, -len(event.reports), at, number, reasons))
    taken: dict[int, tuple[int, float, tuple[str, ...]]] = {}
    used: set[int] = set()
    for negative, _, at, number, reasons in sorted(pairs):
        if at not in taken and number not in used:
            taken[at] = (number, -negative, reasons)
            used.add(number)
    found = []
    for at, incident in enumerate(incidents):
        if at in taken:
            number, points, reasons = taken[at]
            found.append(
                Match(
                    "matched", incident.row, incident.id, events[number].event_id, round(points, 1), reasons
                )
            )
        else:
            found.append(Match("missing", incident.row, incident.id, None, None, (_why_missing(incident),)))
    new = [event for number, event in enumerate(events) if number not in used]
    return found + [Match("new", None, None, event.event_id, None, ()) for event in new]


def compare(incident: Incident, event: Event) -> tuple[float, tuple[str, ...]]:
    """Points for an incident and an event being one, and what gave them; below 0 where they cannot be."""
    days, day = _days(event), ordinal(incident.day)
    if days is None or day is None:
        return -1.0, ()
    apart = days.gap(Days(day, day))
    if apart not in DAYS:
        return -1.0, ()
    where, said = _where(incident, event.place)
    if where < 0:
        return -1.0, ()
    points, reasons = DAYS[apart] + where, [f"{apart} days apart" if apart else "the same day", said]
    if incident.killed is not None and event.killed is not None:
        low, high = event.killed.min or 0, event.killed.max
        if low <= incident.killed and (high is None or incident.killed <= high):
            points, reasons = points + DEAD, [*reasons, "the dead agree"]
        elif (shown := event.killed.best or low) and not shown / 2 <= incident.killed <= shown * 2:
            points, reasons = points - DEAD, [*reasons, f"{incident.killed} dead in the list, {shown} here"]
    return points, tuple(reasons)


def _by_day(events: Sequence[Event]) -> dict[int, set[int]]:
    """For each day the positions of the events that an incident of that day may be."""
    found: dict[int, set[int]] = {}
    for number, event in enumerate(events):
        if days := _days(event):
            for day in range(days.first - max(DAYS), days.last + max(DAYS) + 1):
                found.setdefault(day, set()).add(number)
    return found


def _days(event: Event) -> Days | None:
    first, last = ordinal(event.date.from_), ordinal(event.date.to)
    if last is None:
        return None
    found = Days(last if first is None else first, last)
    return found if found.fine else None


def _where(incident: Incident, place: Place | None) -> tuple[float, str]:
    listed = incident.place
    if place is None or (listed is None and not incident.words):
        return -1.0, ""
    if listed is not None and is_point(listed) and is_point(place):
        assert listed.lat is not None and listed.lon is not None
        assert place.lat is not None and place.lon is not None
        km = km_between((listed.lat, listed.lon), (place.lat, place.lon))
        points = next((points for most, points in KM if km <= most), -1.0)
        return points, "the same place" if km <= KM[0][0] else f"{km:.0f} km apart"
    names = [incident.words, *([listed.name] if listed and listed.name else [])]
    if any(alike(name, place_name(place)) for name in names):
        return SAME_NAME, "a place of like name"
    return -1.0, ""


def _why_missing(incident: Incident) -> str:
    if ordinal(incident.day) is None:
        return "no day in the list that can be read"
    if incident.place is None:
        return "its place is not in the gazetteer, and no event has a like name on that day"
    return "no event within two days and 60 km"
