"""What one or several claims of a report say together, in the form in which they are compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from dateline.fusion.constraints import Marks, marks_of
from dateline.fusion.days import Days, days_of, ordinal, together
from dateline.fusion.facts import ReportFacts
from dateline.fusion.names import folded
from dateline.fusion.tolls import totals
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


class Profile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One incident as one report tells it.

    ``order`` is the place of its first claim among the report's claims; ``published`` an ordinal
    day; ``people`` the family names of persons who did or suffered it; ``sentence`` is where its
    first sentence starts; ``harm`` the first total of each kind that gives a number.
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
    people: frozenset[str]
    sentence: int
    order: int
    marks: tuple[Marks, ...]
    same_as: frozenset[str]

    def linked(self, other: Profile) -> bool:
        """Whether the tagger ties claims of the two, either way."""
        return not (self.same_as.isdisjoint(other.claim_ids) and other.same_as.isdisjoint(self.claim_ids))


def profile_of(claim: Claim, facts: ReportFacts | None, order: int) -> Profile:
    """What one claim says; ``order`` is its place among the claims of its report."""
    return Profile(
        report_id=claim.report_id,
        claim_ids=(claim.claim_id,),
        types=frozenset((claim.type,)),
        scope=claim.scope,
        old=claim.old,
        days=days_of(claim),
        published=ordinal(facts.published) if facts else None,
        places=_distinct(finest(claim.places)),
        actors=tuple(dict.fromkeys(map(_party, claim.actors))),
        targets=tuple(dict.fromkeys(map(_party, claim.targets))),
        harm={
            kind: (figure.min, figure.max)
            for kind, figure in totals(claim).items()
            if (figure.min, figure.max) != (None, None)
        },
        weapons=frozenset(weapon.category or folded(weapon.text) for weapon in claim.weapons),
        sites=frozenset(site.category or folded(site.text) for site in claim.sites),
        triggers=frozenset((folded(claim.trigger.text),)),
        people=frozenset(filter(None, map(_family_name, (*claim.actors, *claim.targets)))),
        sentence=claim.sentence.start,
        order=order,
        marks=(marks_of(claim),),
        same_as=frozenset(claim.same_as),
    )


def joined(told: Sequence[Profile]) -> Profile:
    """What profiles of one incident, all of one report and in the order told, say together."""
    first = told[0]
    if len(told) == 1:
        return first
    harm: dict[HarmKind, tuple[int | None, int | None]] = {}
    for profile in told:
        harm = profile.harm | harm
    return Profile(
        report_id=first.report_id,
        claim_ids=tuple(sorted(claim_id for profile in told for claim_id in profile.claim_ids)),
        types=frozenset().union(*(profile.types for profile in told)),
        scope=first.scope,
        old=first.old,
        days=together(profile.days for profile in told if profile.days),
        published=first.published,
        places=_distinct(finest(place for profile in told for place in profile.places)),
        actors=tuple(dict.fromkeys(actor for profile in told for actor in profile.actors)),
        targets=tuple(dict.fromkeys(target for profile in told for target in profile.targets)),
        harm=harm,
        weapons=frozenset().union(*(profile.weapons for profile in told)),
        sites=frozenset().union(*(profile.sites for profile in told)),
        triggers=frozenset().union(*(profile.triggers for profile in told)),
        people=frozenset().union(*(profile.people for profile in told)),
        sentence=min(profile.sentence for profile in told),
        order=first.order,
        marks=tuple(dict.fromkeys(mark for profile in told for mark in profile.marks)),
        same_as=frozenset().union(*(profile.same_as for profile in told)),
    )


def _distinct(places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Each place once, as first told."""
    found: dict[object, PlaceMention] = {}
    for place in places:
        key = place.geonameid or (folded(place_name(place)), fineness(place), place.country)
        found.setdefault(key, place)
    return tuple(found.values())


def _family_name(mention: ActorMention) -> str | None:
    """The last word of a full personal name, folded; None for "a man" and for bodies."""
    words = [word for word in mention.text.split() if word[0].isupper()]
    if mention.kind is not ActorKind.PERSON or mention.id or len(words) < 2:
        return None
    return folded(words[-1]) or None


def _party(mention: ActorMention) -> Party:
    return Party(folded(mention.name or mention.text), mention.id, mention.country, mention.kind)
