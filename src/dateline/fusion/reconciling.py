"""The value shown for each field of an event, and the rule that chose it. Tolls: :mod:`.tolls`.

Disagreement is resolved by rule, never by blending (Every Casualty,
``how-do-casualty-recorders-deal-with-disagreement-between-sources``); what was not chosen stays
in the claims and, where it contradicts, in the event's conflicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.fusion.days import Days, days_of, iso, ordinal
from dateline.fusion.facts import ReportFacts
from dateline.fusion.names import folded
from dateline.fusion.settings import comparison
from dateline.fusion.where import (
    FINENESS,
    as_place,
    fineness,
    finest,
    inside,
    place_name,
    same_spot,
)
from dateline.records import (
    Actor,
    ActorMention,
    Claim,
    DatePrecision,
    EventType,
    Interval,
    Place,
    PlaceMention,
    PlacePrecision,
    Status,
)

OriginOf = Mapping[str, int]
"""For a report the number of its origin."""

_STATUS_ORDER = (Status.HAPPENED, Status.PREVENTED, Status.POSSIBLE, Status.DENIED, Status.PLANNED)
"""An act that one account tells as done and another doubts or denies is shown as done, and
contested."""


def type_of(claims: Sequence[Claim]) -> EventType:
    """The type told most often; generic types only where no other is told. Ties: alphabetical."""
    told = [claim.type for claim in claims]
    generic = comparison().naming.generic
    return min(set(told), key=lambda kind: (kind in generic, -told.count(kind), kind.value))


def status_of(claims: Sequence[Claim]) -> Status:
    """The most real of the statuses told."""
    told = {claim.status for claim in claims}
    return next(status for status in _STATUS_ORDER if status in told)


def date_of(claims: Sequence[Claim], origin_of: OriginOf, facts: Mapping[str, ReportFacts]) -> Interval:
    """When it happened: the days that all dated accounts share.

    Where accounts do not meet, those that meet the one most origins support (ties: the earliest)
    are intersected and the rest left to the conflicts. Without any date words only the end is
    known: the earliest publication (rule ``report_bound``); publication never stands in for a
    date (requirement 38).
    """
    dated = [(claim, days) for claim in claims if (days := days_of(claim)) is not None]
    if dated:
        whole = {days for _, days in dated}

        def support(days: Days) -> tuple[int, int, int]:
            backing = {origin_of[claim.report_id] for claim, other in dated if other.meets(days)}
            return (-len(backing), days.first, days.last)

        shown = min(whole, key=support)
        for days in sorted(whole):
            if days.meets(shown):
                shown = Days(max(shown.first, days.first), min(shown.last, days.last))
        return Interval(
            from_=iso(shown.first),
            to=iso(shown.last),
            precision=_precision(shown, dated),
            rule="stated",
        )
    half_open = _half_open(claims)
    if half_open is not None:
        return half_open
    published = [facts[report].published for report in origin_of if report in facts]
    known = [day for day in published if day and ordinal(day) is not None]
    if not known:
        return Interval(precision=DatePrecision.UNRESOLVED)
    return Interval(to=min(known)[:10], precision=DatePrecision.OPEN, rule="report_bound")


def place_of(claims: Sequence[Claim], origin_of: OriginOf) -> Place | None:
    """Where it happened: the finest place that most origins support.

    An origin supports a place it names, and each wider one that holds it; so a town told by one
    origin and its province told by another make the town the finest place of that province. Among
    places named, one that the gazetteer knows goes before one it does not (a reader can check it on a
    map; the other name stays among the conflicts); then the one with the most origins behind it or
    around it wins, then the finest, then the one with the most claims, then by name.
    """
    named = [(claim, place) for claim in claims for place in finest(claim.places)]
    if not named:
        return None
    distinct: list[PlaceMention] = []
    backing: list[set[str]] = []
    for claim, place in named:
        for at, known in enumerate(distinct):
            if same_spot(place, known) and fineness(place) == fineness(known):
                backing[at].add(claim.claim_id)
                break
        else:
            distinct.append(place)
            backing.append({claim.claim_id})

    def rank(at: int) -> tuple[object, ...]:
        place = distinct[at]
        agreeing = {
            origin_of[claim.report_id]
            for claim, other in named
            if other is place or same_spot(other, place) or inside(place, other)
        }
        unlocated = place.geonameid is None and place.lat is None
        return (unlocated, -len(agreeing), fineness(place), -len(backing[at]), place_name(place))

    return as_place(distinct[min(range(len(distinct)), key=rank) if len(distinct) > 1 else 0])


def parties_of(mentions: Iterable[ActorMention]) -> tuple[Actor, ...]:
    """The distinct actors (or targets) named: by id, else by name; most named first, then by name.

    Of mentions that are one party the first with an id, else the most frequent name, speaks for it.
    """
    counts: dict[str, int] = {}
    shown: dict[str, Actor] = {}
    for mention in mentions:
        name = mention.name or mention.text
        key = f"id {mention.id}" if mention.id else f"name {folded(name)}"
        counts[key] = counts.get(key, 0) + 1
        actor = Actor(name=name, id=mention.id, country=mention.country, kind=mention.kind)
        if key not in shown or _order(actor) < _order(shown[key]):
            shown[key] = actor
    return tuple(shown[key] for key in sorted(shown, key=lambda key: (-counts[key], key)))


def _order(actor: Actor) -> tuple[str, str, str]:
    return (actor.name or "", actor.country or "~", actor.kind.value)


def _precision(shown: Days, dated: Sequence[tuple[Claim, Days]]) -> DatePrecision:
    """``day`` for one day; else what the words for that very interval were; else ``range``."""
    if shown.one:
        return DatePrecision.DAY
    told = {
        said.precision
        for claim, _ in dated
        for said in claim.dates
        if (said.from_, said.to) == (iso(shown.first), iso(shown.last))
    }
    return min(told) if told else DatePrecision.RANGE


def _half_open(claims: Sequence[Claim]) -> Interval | None:
    """The tightest of the dates with one known end ("since Sunday"); None without any."""
    known = [said for claim in claims for said in claim.dates]
    starts = [said.from_ for said in known if said.from_ and not said.to]
    ends = [said.to for said in known if said.to and not said.from_]
    if not starts and not ends:
        return None
    first, last = max(starts, default=None), min(ends, default=None)
    if first and last and first > last:
        last = None
    return Interval(from_=first, to=last, precision=DatePrecision.OPEN, rule="stated")


def place_rank(place: Place | None) -> tuple[object, ...]:
    """How events of one date are ordered by place: by country, then name; unknown places last."""
    if place is None:
        return (1, "", "", 0)
    wide = FINENESS[PlacePrecision.COUNTRY] if place.precision is None else FINENESS[place.precision]
    return (0, place.country or "", folded(place.name or ""), wide)
