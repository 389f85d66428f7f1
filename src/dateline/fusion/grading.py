"""How well an event is supported: a grade by rule, with its reasons in plain words.

Modelled on the grades of Airwars (their public site code): *confirmed* when a belligerent has
accepted responsibility, *contested* with competing claims of responsibility, *fair* with two or
more credible sources, *weak* with one. Sources must not depend on each other (Every Casualty,
requirement 9). A grade is a proposal and says nothing of what rules cannot see. Definitions:
``data/grades.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from dateline.fusion.names import folded
from dateline.fusion.settings import grades
from dateline.records import (
    ActorKind,
    ActorMention,
    Attribution,
    Claim,
    Denies,
    EventType,
    Grade,
    Scope,
    Stance,
    Status,
)

_OWNS = (Stance.ADMITS, Stance.CLAIMS_RESPONSIBILITY)


def grade_of(
    claims: Sequence[Claim], kind: EventType, status: Status, origin_of: Mapping[str, int]
) -> tuple[Grade | None, tuple[str, ...]]:
    """The grade of an event and why; (None, reasons) where the rule has no say."""
    table = grades()
    silent = _no_say(claims, kind, status)
    if silent:
        return None, (silent,)
    origins = len(set(origin_of.values()))
    owned, contests = _owned(claims), _contests(claims, kind, origin_of)
    support = _support(len(origin_of), origins)
    if contests:
        return Grade.CONTESTED, (*contests, *owned, support)
    if owned:
        return Grade.CONFIRMED, (*owned, support)
    if origins >= table.fair_origins:
        return Grade.FAIR, (support,)
    return Grade.WEAK, (support,)


def denials(claims: Sequence[Claim], what: Denies) -> list[str]:
    """Ids of the claims in which a speaker denies the act (or its doer).

    A party that admits the act elsewhere in the event has taken its own denial back.
    """
    found = []
    for claim in claims:
        against = _denying(claim, what)
        if against:
            denied = any(not _taken_back(said, claims) for said in against)
        else:
            denied = what == Denies.OCCURRENCE and claim.status == Status.DENIED
        if denied:
            found.append(claim.claim_id)
    return sorted(found)


def rivals(claims: Sequence[Claim], origin_of: Mapping[str, int]) -> dict[str, list[str]]:
    """Parties of different sides that different origins name as the doer of a one-sided act.

    By name, each with the claims that name it; empty where there are none. Two parties that one
    claim names together are partners. Only parties whose side is known count.
    """
    one_sided = grades().one_sided
    named: dict[str, list[Claim]] = {}
    shown: dict[str, ActorMention] = {}
    for claim in claims:
        if claim.type not in one_sided:
            continue
        for actor in claim.actors:
            key = actor.id or f"{actor.country} {actor.kind.value}"
            if _has_side(actor):
                named.setdefault(key, []).append(claim)
                if key not in shown or (actor.name or actor.text) < (shown[key].name or shown[key].text):
                    shown[key] = actor
    found: set[str] = set()
    for one, two in combinations(sorted(named), 2):
        if not _different_sides(shown[one], shown[two]):
            continue
        first, second = ({claim.claim_id for claim in named[key]} for key in (one, two))
        origins = [{origin_of[claim.report_id] for claim in named[key]} for key in (one, two)]
        if first.isdisjoint(second) and not (origins[0] <= origins[1] and origins[1] <= origins[0]):
            found |= {one, two}
    by_name = {(shown[key].name or shown[key].text, key): key for key in found}
    return {name: sorted(c.claim_id for c in named[key]) for (name, _), key in sorted(by_name.items())}


def _no_say(claims: Sequence[Claim], kind: EventType, status: Status) -> str | None:
    if status != Status.HAPPENED:
        return f"not graded: told as {status.value}, not as having happened"
    if claims[0].scope == Scope.REPEATED:
        return "not graded: several incidents summed, not one"
    if kind not in grades().graded_types:
        return f"not graded: the grades do not speak of {kind.value.replace('_', ' ')}"
    return None


def _support(reports: int, origins: int) -> str:
    if reports == 1:
        return "one report"
    if origins == 1:
        return f"{reports} reports with one origin between them"
    if origins == reports:
        return f"{reports} reports, each with an origin of its own"
    return f"{reports} reports with {origins} independent origins"


def _owned(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Reasons for *confirmed*: a named doer who admits the act or claims responsibility."""
    actors = [actor for claim in claims for actor in claim.actors]
    reasons: dict[str, None] = {}
    for claim in claims:
        for said in claim.attribution:
            if said.stance not in _OWNS:
                continue
            if any(_is_actor(said, actor) for actor in actors):
                deed = "admits it" if said.stance == Stance.ADMITS else "claims responsibility"
                reasons.setdefault(f"{_speaker(said)}, named as the doer, {deed}")
    return tuple(sorted(reasons))


def _contests(claims: Sequence[Claim], kind: EventType, origin_of: Mapping[str, int]) -> tuple[str, ...]:
    reasons: dict[str, None] = {}
    ids = {what: set(denials(claims, what)) for what in (Denies.OCCURRENCE, Denies.ACTOR)}
    for claim in claims:
        for what, words in (
            (Denies.OCCURRENCE, "that it happened"),
            (Denies.ACTOR, "having done it"),
        ):
            if claim.claim_id not in ids[what]:
                continue
            speakers = _denying(claim, what)
            for said in speakers:
                doer = any(_is_actor(said, actor) for c in claims for actor in c.actors)
                denied = words if what == Denies.OCCURRENCE or doer else "that the named doer did it"
                reasons.setdefault(f"{_speaker(said)} denies {denied}")
            if not speakers:
                reasons.setdefault("one account denies that it happened")
    accused = rivals(claims, origin_of) if kind in grades().one_sided else {}
    if accused:
        reasons.setdefault(f"different parties are named as the doer: {', '.join(accused)}")
    return tuple(sorted(reasons))


def _denying(claim: Claim, what: Denies) -> list[Attribution]:
    return [said for said in claim.attribution if said.stance == Stance.DENIES and said.denies == what]


def _taken_back(denial: Attribution, claims: Sequence[Claim]) -> bool:
    """Whether the speaker of a denial owns the act in one of the claims."""
    return any(
        said.stance in _OWNS and _one_speaker(denial, said) for claim in claims for said in claim.attribution
    )


def _speaker(said: Attribution) -> str:
    words = said.who.text if said.who and folded(said.who.text) not in grades().pronouns else None
    return said.name or words or "a speaker who is not named"


def _is_actor(said: Attribution, actor: ActorMention) -> bool:
    """Whether a speaker is the actor: by id; by country and kind where one has no id; by name."""
    if said.id is not None and actor.id is not None:
        return said.id == actor.id
    if said.name is not None and actor.name is not None and folded(said.name) == folded(actor.name):
        return True
    return (
        said.country is not None
        and (said.country, said.kind) == (actor.country, actor.kind)
        and said.kind in grades().armed_kinds
    )


def _one_speaker(one: Attribution, two: Attribution) -> bool:
    if one.id is not None or two.id is not None:
        return one.id == two.id
    return one.name is not None and two.name is not None and folded(one.name) == folded(two.name)


def _has_side(actor: ActorMention) -> bool:
    armed = actor.kind in grades().armed_kinds
    return armed and (actor.id is not None or actor.country is not None)


def _different_sides(one: ActorMention, two: ActorMention) -> bool:
    """Whether two armed parties are of different sides.

    They are when they are of different countries, or one is of a state and the other of none.
    Bodies of one state are one side. Two armed groups of one country are different when both are
    known by id. A coalition is a side of its own.
    """
    if one.id is not None and one.id == two.id:
        return False
    sides = [_side(actor) for actor in (one, two)]
    if sides[0] != sides[1]:
        return None not in (sides[0][1], sides[1][1]) or sides[0][0] != sides[1][0]
    return one.id is not None and two.id is not None and sides[0][0] == "group"


def _side(actor: ActorMention) -> tuple[str, str | None]:
    if actor.kind in grades().state_kinds:
        return "state", actor.country
    if actor.kind == ActorKind.COALITION:
        return "coalition", None
    return "group", actor.country
