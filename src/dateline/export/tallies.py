"""What the plots count: events by week and type, and the reported killed by week, actor or place.

Data alone; :mod:`.plots` draws it, :mod:`.captions` says what it is. It comes from events only, so that a
tally of public events cannot tell more than these do.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from dateline.export.counted import counted
from dateline.export.deaths import deaths
from dateline.export.intervals import days
from dateline.export.tables import table
from dateline.records import DatePrecision, Event, HarmState, Interval

_WEEK = 7
OTHER = "other"
"""Stands in a :class:`Count` for the types beyond those shown by name."""
_COARSE = (DatePrecision.MONTH, DatePrecision.SEASON, DatePrecision.YEAR)


class Kind(StrEnum):
    """The plots there are; titles and captions are in ``data/plots.toml``."""

    EVENTS = "events"
    KILLED = "killed"
    ACTORS = "actors"
    PLACES = "places"


class LeftOut(StrEnum):
    """Why an event is in no bar; the words for each are in ``data/plots.toml``."""

    NOT_COUNTED = "not_counted"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    NO_END = "no_end"
    COARSE = "coarse"
    NO_ACTOR = "no_actor"
    NO_PLACE = "no_place"


class Count(NamedTuple):
    """How many events of a type fall into the week that begins on ``week`` (a Monday, ISO)."""

    week: str
    type: str
    events: int


class Span(NamedTuple):
    """The reported killed of one week (its Monday, ISO), actor or place, added up.

    ``open``: some account gives no upper bound, so ``high`` is the sum of the highest numbers given.
    """

    group: str
    low: int
    high: int
    open: bool


@dataclass(frozen=True)
class Tally:
    """What one plot shows, and what it leaves out.

    ``counts`` (of EVENTS) and ``spans`` (of the others) are its bars. ``weeks``: the Mondays from the first
    bar to the last without a gap, empty where bars are no weeks. ``events``: how many events were added up;
    ``latest``: of how many of these only the latest day they may fall on is known; ``groups``: how many
    weeks, actors or places have events, also those beyond the ones shown; ``left_out``: events by reason.
    """

    kind: Kind
    counts: tuple[Count, ...] = ()
    spans: tuple[Span, ...] = ()
    weeks: tuple[str, ...] = ()
    events: int = 0
    latest: int = 0
    groups: int = 0
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)


def tally(kind: Kind, events: Sequence[Event]) -> Tally:
    """Count ``events`` for one plot: single incidents that happened and are no background."""
    kept, _ = counted(events)
    out = Counter({LeftOut.NOT_COUNTED: len(events) - len(kept)})
    barred: list[tuple[Event, tuple[str, ...]]] = []
    for event in kept:
        groups = _groups(kind, event)
        if isinstance(groups, LeftOut):
            out[groups] += 1
        else:
            barred.append((event, groups))
    names = {name for _, groups in barred for name in groups}
    by_week = kind in (Kind.EVENTS, Kind.KILLED)
    spans = () if kind is Kind.EVENTS else _spans(barred)
    if not by_week:
        spans = sorted(spans, key=lambda one: (-one.high, one.group))[: table("plots")["groups_shown"]]
    return Tally(
        kind,
        counts=tuple(_counts(barred)) if kind is Kind.EVENTS else (),
        spans=tuple(spans),
        weeks=weeks_between(names) if by_week else (),
        events=len(barred),
        latest=sum(event.date.from_ is None for event, _ in barred) if by_week else 0,
        groups=len(names),
        left_out={why: n for why, n in out.items() if n},
    )


def week_of(date: Interval) -> str | LeftOut:
    """The Monday (ISO) of the week of a date's last day, or why the date belongs to no week.

    One told as a month, a season or a year, or as a range of more than a week, belongs to none: in the week
    of its last day it would make a peak that nobody told of.
    """
    known = days(date)
    if known is None:
        return LeftOut.NO_DATE
    if date.precision in _COARSE or (known.length > _WEEK and date.precision is not DatePrecision.WEEK):
        return LeftOut.COARSE
    if date.to is None:
        return LeftOut.NO_END
    return (known.last - datetime.timedelta(days=known.last.weekday())).isoformat()


def weeks_between(mondays: Iterable[str]) -> tuple[str, ...]:
    """Every Monday (ISO) from the first of ``mondays`` to the last; empty without any."""
    found = sorted(map(datetime.date.fromisoformat, mondays))
    if not found:
        return ()
    number = (found[-1] - found[0]).days // _WEEK
    return tuple((found[0] + datetime.timedelta(weeks=n)).isoformat() for n in range(number + 1))


def _groups(kind: Kind, event: Event) -> tuple[str, ...] | LeftOut:
    """The bars that an event counts in, or why it counts in none."""
    if kind is not Kind.EVENTS and _dead(event) is None:
        return LeftOut.NO_NUMBER
    if kind is Kind.ACTORS:  # those known by an id alone: other names are words of reports
        named = {actor.name for actor in event.actors if actor.id and actor.name}
        return tuple(sorted(named)) or LeftOut.NO_ACTOR
    if kind is Kind.PLACES:
        place = event.place
        parts = [one for one in (place.admin1, place.country_name) if one] if place else []
        return (", ".join(parts),) if parts else LeftOut.NO_PLACE
    week = week_of(event.date)
    return week if isinstance(week, LeftOut) else (week,)


def _counts(barred: Iterable[tuple[Event, tuple[str, ...]]]) -> list[Count]:
    """Events by week and type, in order; the rarest types are :data:`OTHER`."""
    found = [(week, event.type.value) for event, weeks in barred for week in weeks]
    often = Counter(kind for _, kind in found)
    shown = sorted(often, key=lambda kind: (-often[kind], kind))[: table("plots")["types_shown"]]
    number = Counter((week, kind if kind in shown else OTHER) for week, kind in found)
    return [Count(week, kind, n) for (week, kind), n in sorted(number.items())]


def _spans(barred: Iterable[tuple[Event, tuple[str, ...]]]) -> list[Span]:
    """The ranges of killed by group, in the order of their names."""
    found: dict[str, Span] = {}
    for event, groups in barred:
        low, high, is_open = _dead(event) or (0, 0, False)
        for name in groups:
            so_far = found.get(name, Span(name, 0, 0, open=False))
            found[name] = Span(name, so_far.low + low, so_far.high + high, so_far.open or is_open)
    return sorted(found.values())


def _dead(event: Event) -> tuple[int, int, bool] | None:
    """The lowest and the highest number of dead told, and whether an upper bound is missing; None: no number.

    "Nobody was killed" is a number.
    """
    if event.killed is not None and event.killed.state is HarmState.NONE:
        return 0, 0, False
    found = deaths(event.killed)
    return (found.low, found.high, found.open) if found else None
