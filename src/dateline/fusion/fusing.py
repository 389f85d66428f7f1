"""Fuse: claims to events, in six steps.

    1. incidents   the claims of a report that tell of one incident   tellings, incidents
    2. pairs       incidents of different reports that may be one     blocking, overlap, wording
    3. compare     points for each pair, by named features            comparing
    4. cluster     join what is alike, never what contradicts         clustering, constraints
    5. reconcile   one shown value a field, with its rule             reconciling, tolls, conflicts
    6. grade       independent origins, grade, reasons                origins, grading

Pure and independent of the order of its input: claims are sorted by report, place in the text and
id before anything is compared, and every tie is settled by that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from dateline.fusion.clustering import agglomerate
from dateline.fusion.comparing import points_of
from dateline.fusion.conflicts import conflicts_of
from dateline.fusion.facts import ReportFacts, facts_by_id
from dateline.fusion.grading import grade_of
from dateline.fusion.identity import Earlier, Identity, identities
from dateline.fusion.origins import Shares, origins_of
from dateline.fusion.reconciling import (
    date_of,
    parties_of,
    place_of,
    place_rank,
    status_of,
    type_of,
)
from dateline.fusion.settings import comparison
from dateline.fusion.tellings import Tellings
from dateline.fusion.tolls import figures_of, toll
from dateline.records import Claim, Event, HarmKind, Report


def fuse(
    claims: Iterable[Claim],
    reports: Mapping[str, ReportFacts] | Iterable[Report],
    earlier: Earlier | None = None,
    note: Callable[[str], None] = lambda words: None,
) -> tuple[list[Claim], list[Event]]:
    """The claims with their ``event_id``, by id, and the events, by date, place and id.

    Every claim is in exactly one event. ``claims`` are resolved claims with distinct ids;
    ``reports`` the reports they come from, or their facts by id (lighter: see
    :func:`dateline.fusion.facts_of`). A claim of a report that is not among them is fused without
    outlet and publication date. ``earlier``: the events of an earlier run, whose ids are kept
    (:mod:`.identity`). ``note`` is told where so many incidents lay together that not all were compared.
    """
    facts = facts_by_id(reports)
    ordered = sorted(claims, key=lambda c: (c.report_id, c.trigger.start, c.trigger.end, c.claim_id))
    claim_of = {claim.claim_id: claim for claim in ordered}
    tellings = Tellings(ordered, facts, note)
    events = []
    event_of: dict[str, str] = {}
    told_with = _told_with(tellings.shares)
    found = [
        sorted(claim_id for at in cluster for claim_id in tellings.incidents[at].claim_ids)
        for cluster in clusters(tellings)
    ]
    for members, identity in zip(found, identities(found, earlier or {}), strict=True):
        event = _event([claim_of[claim_id] for claim_id in members], facts, told_with, identity)
        events.append(event)
        event_of.update(dict.fromkeys(members, event.event_id))
    events.sort(key=_event_order)
    return [_with_event(claim_of[claim_id], event_of[claim_id]) for claim_id in sorted(claim_of)], events


def clusters(tellings: Tellings) -> Iterator[list[int]]:
    """Step 4: the positions of the incidents of each event."""
    points = {pair: points_of(tellings.features(*pair)) for pair in tellings.pairs}
    marks = [incident.marks for incident in tellings.incidents]
    yield from agglomerate(marks, points, comparison().thresholds.across)


def _event(
    claims: Sequence[Claim], facts: Mapping[str, ReportFacts], shares: Shares, identity: Identity
) -> Event:
    """Steps 5 and 6: the event that ``claims``, sorted by id, tell of."""
    origin_of = origins_of(claims, facts, shares)
    kind, status = type_of(claims), status_of(claims)
    grade, reasons = grade_of(claims, kind, status, origin_of)
    outlets = {facts[report].outlet for report in origin_of if report in facts}
    figures = figures_of(claims)
    tolls = {harm: toll(harm, told, origin_of, facts) for harm, told in figures.items()}
    return Event(
        event_id=identity.event_id,
        type=kind,
        types=tuple(sorted({claim.type for claim in claims})),
        status=status,
        scope=claims[0].scope,
        old=all(claim.old for claim in claims),
        date=date_of(claims, origin_of, facts),
        place=place_of(claims, origin_of),
        actors=parties_of(actor for claim in claims for actor in claim.actors),
        targets=parties_of(target for claim in claims for target in claim.targets),
        killed=tolls.get(HarmKind.KILLED),
        injured=tolls.get(HarmKind.INJURED),
        displaced=tolls.get(HarmKind.DISPLACED),
        detained=tolls.get(HarmKind.DETAINED),
        abducted=tolls.get(HarmKind.ABDUCTED),
        missing=tolls.get(HarmKind.MISSING),
        trapped=tolls.get(HarmKind.TRAPPED),
        claims=tuple(claim.claim_id for claim in claims),
        reports=tuple(sorted(origin_of)),
        outlets=tuple(sorted(outlet for outlet in outlets if outlet)),
        origins=len(set(origin_of.values())),
        grade=grade,
        reasons=reasons,
        conflicts=conflicts_of(claims, figures, origin_of),
        came_from=identity.came_from,
    )


def _told_with(shares: Mapping[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    """The shares of text by report, both ways."""
    found: dict[str, dict[str, float]] = {}
    for (one, two), share in shares.items():
        found.setdefault(one, {})[two] = share
        found.setdefault(two, {})[one] = share
    return found


def _event_order(event: Event) -> tuple[object, ...]:
    date = event.date
    return (
        date.from_ is None and date.to is None,
        date.from_ or date.to or "",
        date.to or "~",
        place_rank(event.place),
        event.event_id,
    )


def _with_event(claim: Claim, event: str) -> Claim:
    return claim if claim.event_id == event else msgspec.structs.replace(claim, event_id=event)
