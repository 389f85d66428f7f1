"""Why claims are one event, and why the nearest other event is not this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.fusion.comparing import Setting, features_inside, may_cross, points_of, score_inside
from dateline.fusion.constraints import Marks, any_forbidden
from dateline.fusion.facts import ReportFacts, facts_by_id
from dateline.fusion.profiles import Profile, profile_of
from dateline.fusion.settings import comparison, reasons
from dateline.fusion.tellings import Tellings
from dateline.records import Claim, Record, Report


class Reason(Record, frozen=True):
    """One thing that speaks for (points above 0) or against two tellings being one incident."""

    feature: str
    words: str
    points: float


class Tie(Record, frozen=True):
    """Two tellings held against each other: the claims of each, the points, and what gave them."""

    claims: tuple[str, ...]
    others: tuple[str, ...]
    points: float
    reasons: tuple[Reason, ...]


class Nearest(Record, frozen=True):
    """The other event that comes nearest: its id, the strongest tie to it, and why it is apart."""

    event_id: str | None
    tie: Tie
    why: str


class Explanation(Record, frozen=True):
    """Why an event is one.

    ``inside``: for each claim joined to another of its own report, its strongest tie there; ``across``: the
    ties between reports, strongest first; ``needed``: the mean points that join incidents of two reports.
    """

    event_id: str
    inside: tuple[Tie, ...]
    across: tuple[Tie, ...]
    needed: float
    nearest: Nearest | None


def explain(
    event_id: str, claims: Iterable[Claim], reports: Mapping[str, ReportFacts] | Iterable[Report]
) -> Explanation | None:
    """Explain one event of a run; None when no claim has this ``event_id``.

    ``claims``: all fused claims of the run; ``reports``: theirs, or their facts by id. All are compared
    again, as in fusing.
    """
    ordered = sorted(claims, key=lambda c: (c.report_id, c.trigger.start, c.trigger.end, c.claim_id))
    event_of = {claim.claim_id: claim.event_id for claim in ordered}
    if event_id not in event_of.values():
        return None
    facts = facts_by_id(reports)
    tellings = Tellings(ordered, facts)
    mine = {at for at, told in enumerate(tellings.incidents) if event_of[told.claim_ids[0]] == event_id}
    across = [_across(tellings, *pair) for pair in tellings.pairs if mine.issuperset(pair)]
    return Explanation(
        event_id=event_id,
        inside=tuple(_inside(ordered, facts, [tellings.incidents[at] for at in sorted(mine)])),
        across=tuple(sorted(across, key=lambda tie: (-tie.points, tie.claims, tie.others))),
        needed=comparison().thresholds.across,
        nearest=_nearest(tellings, mine, event_of),
    )


def _across(tellings: Tellings, one: int, two: int) -> Tie:
    features = tellings.features(one, two)
    first, second = tellings.incidents[one], tellings.incidents[two]
    return Tie(
        claims=first.claim_ids,
        others=second.claim_ids,
        points=round(points_of(features), 1),
        reasons=_reasons(features, comparison().across),
    )


def _reasons(features: Sequence[str], points: Mapping[str, float]) -> tuple[Reason, ...]:
    """What counted, the weightiest first."""
    words = reasons().features
    found = [Reason(name, words[name], points[name]) for name in features if points[name]]
    return tuple(sorted(found, key=lambda reason: (-abs(reason.points), reason.feature)))


def _inside(
    ordered: Sequence[Claim], facts: Mapping[str, ReportFacts], incidents: Sequence[Profile]
) -> Iterable[Tie]:
    """For each claim of an incident but its first: the strongest tie to an earlier one of it."""
    for incident in incidents:
        told = [claim for claim in ordered if claim.report_id == incident.report_id]
        known = facts.get(incident.report_id)
        profiles = [profile_of(claim, known, order) for order, claim in enumerate(told)]
        setting = Setting.of(profiles)
        members = [profile for profile in profiles if profile.claim_ids[0] in incident.claim_ids]
        for at, later in enumerate(members[1:], 1):
            earlier = max(members[:at], key=lambda one: score_inside(one, later, setting))
            features = features_inside(earlier, later, setting)
            yield Tie(
                claims=earlier.claim_ids,
                others=later.claim_ids,
                points=round(score_inside(earlier, later, setting), 1),
                reasons=_reasons(features, comparison().inside),
            )


def _nearest(tellings: Tellings, mine: set[int], event_of: Mapping[str, str | None]) -> Nearest | None:
    """The other event with the strongest tie to one of ``mine``, whether the two were compared or not."""
    incidents = tellings.incidents
    best: tuple[float, int, int] | None = None
    for inner in sorted(mine):
        for outer, other in enumerate(incidents):
            if outer in mine or other.report_id == incidents[inner].report_id:
                continue
            if may_cross(incidents[inner], other):
                found = (points_of(tellings.features(inner, outer)), inner, outer)
                best = found if best is None or found[0] > best[0] else best
    if best is None or best[0] <= 0:
        return None
    _, inner, outer = best
    event = event_of[incidents[outer].claim_ids[0]]
    theirs = {at for at, told in enumerate(incidents) if event_of[told.claim_ids[0]] == event}
    return Nearest(event_id=event, tie=_across(tellings, inner, outer), why=_why(tellings, mine, theirs))


def _why(tellings: Tellings, mine: set[int], theirs: set[int]) -> str:
    """Why two events are apart: a rule, or what their incidents' points come to."""
    rule = any_forbidden(_marks(tellings, mine), _marks(tellings, theirs))
    if rule:
        return reasons().rules[rule]
    compared = [
        points_of(tellings.features(*pair))
        for pair in tellings.pairs
        if mine.intersection(pair) and theirs.intersection(pair)
    ]
    if not compared:
        return "no block of time, place and kind of act holds both"
    mean, needed = sum(compared) / len(compared), comparison().thresholds.across
    return f"{mean:.1f} points on average between what was compared; {needed:g} are needed"


def _marks(tellings: Tellings, incidents: Iterable[int]) -> list[Marks]:
    return [mark for at in incidents for mark in tellings.incidents[at].marks]
