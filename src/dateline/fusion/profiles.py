"""What one or several claims of a report say together, in the form in which they are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.fusion.constraints import Marks, marks_of
from dateline.fusion.days import Days, ordinal, stated_days, together
from dateline.fusion.facts import ReportFacts
from dateline.fusion.names import folded
from dateline.fusion.tolls import total
from dateline.fusion.where import fineness, finest, place_name
from dateline.records import (
    ActorKind,
    ActorMention,
    Claim,
    EventType,
    HarmKind,
    PlaceMention,
    Scope,
)


class Party(NamedTuple):
    """An actor or target to compare: by id, by country and kind, or by name."""

    name: str
    id: str | None
    country: str | None
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Profile:
    """One incident as one report tells it.

    ``order`` is the place of a claim among the report's claims; ``published`` an ordinal day;
    ``first`` and ``last`` are where its first and last sentences start.
    """

    report_id: str
    claim_ids: tuple[str, ...]
    types: frozenset[EventType]
    scope: Scope
    old: bool
    days: Days | None
    published: int | None
    places: tuple[PlaceMention, ...]
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    harm: dict[HarmKind, tuple[int | None, int | None]]
    weapons: frozenset[str]
    sites: frozenset[str]
    triggers: frozenset[str]
    first: int
    last: int
    order: int
    marks: tuple[Marks, ...]
    same_as: frozenset[str] = field(default_factory=frozenset)


def profile_of(claims: Sequence[Claim], facts: ReportFacts | None, order: int = 0) -> Profile:
    """What ``claims``, all of one report and one incident, say together; ``claims`` by trigger."""
    return Profile(
        report_id=claims[0].report_id,
        claim_ids=tuple(sorted(claim.claim_id for claim in claims)),
        types=frozenset(claim.type for claim in claims),
        scope=claims[0].scope,
        old=claims[0].old,
        days=together(days for claim in claims if (days := together(stated_days(claim)))),
        published=ordinal(facts.published) if facts else None,
        places=_places(claims),
        actors=_parties(party for claim in claims for party in claim.actors),
        targets=_parties(party for claim in claims for party in claim.targets),
        harm=_harm(claims),
        weapons=frozenset(w.category or folded(w.text) for claim in claims for w in claim.weapons),
        sites=frozenset(s.category or folded(s.text) for claim in claims for s in claim.sites),
        triggers=frozenset(folded(claim.trigger.text) for claim in claims),
        first=min(claim.sentence.start for claim in claims),
        last=max(claim.sentence.start for claim in claims),
        order=order,
        marks=_marks(claims),
        same_as=frozenset(other for claim in claims for other in claim.same_as),
    )


def _marks(claims: Sequence[Claim]) -> tuple[Marks, ...]:
    """The distinct marks of the claims, in the order told."""
    if len(claims) == 1:
        return (marks_of(claims[0]),)
    return tuple(dict.fromkeys(marks_of(claim) for claim in claims))


def _places(claims: Sequence[Claim]) -> tuple[PlaceMention, ...]:
    """The distinct places at the finest precision that any of the claims gives, as told."""
    named = [place for claim in claims for place in finest(claim.places)]
    found: dict[object, PlaceMention] = {}
    for place in finest(named):
        key = place.geonameid or (folded(place_name(place)), fineness(place), place.country)
        found.setdefault(key, place)
    return tuple(found.values())


def _parties(mentions: Iterable[ActorMention]) -> tuple[Party, ...]:
    found: dict[Party, None] = {}
    for mention in mentions:
        name = folded(mention.name or mention.text)
        found.setdefault(Party(name, mention.id, mention.country, mention.kind))
    return tuple(found)


def _harm(claims: Sequence[Claim]) -> dict[HarmKind, tuple[int | None, int | None]]:
    """For each harm kind the first total that gives a number."""
    found: dict[HarmKind, tuple[int | None, int | None]] = {}
    for claim in claims:
        if not claim.harm:
            continue
        for kind in {harm.kind for harm in claim.harm}:
            figure = total(claim, kind)
            if kind not in found and figure is not None and (figure.min, figure.max) != (None, None):
                found[kind] = (figure.min, figure.max)
    return found
