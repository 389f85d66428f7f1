"""Count, report by report, what was found: the numbers that every figure is a quotient of.

Counts of several reports add up to the counts of all of them, which is what makes drawing reports anew
(:mod:`dateline.evaluation.intervals`) cheap. Figures are micro-averaged: a value on a coded claim that met
no gold claim is false, and a value on a gold claim that was missed is missed.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from dateline.evaluation.gold import GoldClaim
from dateline.evaluation.matching import Meeting
from dateline.evaluation.roles import READINGS, ROLES
from dateline.records import Claim

Key = tuple[str, str, str]
"""Group of figures, figure, and what is counted: found, coded, gold; right, of."""
Tally = Counter[Key]

BINS = 10
"""Confidence is checked in ten bins of equal width, each against its middle."""


def tally(meeting: Meeting) -> Tally:
    """Everything that is counted of one report."""
    counts: Tally = Counter()
    pairs = meeting.pairs
    golds = [gold for gold, _ in pairs] + meeting.missed
    coded = [claim for _, claim in pairs] + meeting.spurious
    typed = sum(gold.type == claim.type for gold, claim in pairs)
    for name, found in (("claim found", len(pairs)), ("claim found and typed", typed)):
        _rate(counts, "rates", name, found, len(coded), len(golds))
    _types(counts, meeting)
    _links(counts, meeting)
    _confidence(counts, meeting)
    for gold, claim in pairs:
        _readings(counts, gold, claim)
    units: list[tuple[GoldClaim | None, Claim | None]] = [
        *pairs,
        *((gold, None) for gold in meeting.missed),
        *((None, claim) for claim in meeting.spurious),
    ]
    for role in ROLES:
        for one, other in units:
            found = len(role.pairs(one, other)) if one and other else 0
            _rate(
                counts,
                "rates",
                role.name,
                found,
                len(role.coded(other)) if other else 0,
                len(role.gold(one)) if one else 0,
            )
    return counts


def _rate(counts: Tally, group: str, name: str, found: int, coded: int, gold: int) -> None:
    for part, number in (("found", found), ("coded", coded), ("gold", gold)):
        counts[group, name, part] += number


def _share(counts: Tally, name: str, right: bool) -> None:
    counts["shares", name, "right"] += right
    counts["shares", name, "of"] += 1


def _types(counts: Tally, meeting: Meeting) -> None:
    """Types over all claims; statuses over those that met."""
    for gold, claim in meeting.pairs:
        for group, name, other in (("types", gold.type, claim.type), ("statuses", gold.status, claim.status)):
            _rate(counts, group, name.value, name == other, 0, 1)
            _rate(counts, group, other.value, 0, 1, 0)
    for gold in meeting.missed:
        _rate(counts, "types", gold.type.value, 0, 0, 1)
    for claim in meeting.spurious:
        _rate(counts, "types", claim.type.value, 0, 1, 0)


def _links(counts: Tally, meeting: Meeting) -> None:
    """Pairs of claims on one incident, among the claims that met."""
    for (one, coded_one), (other, coded_other) in combinations(meeting.pairs, 2):
        gold = one.event == other.event
        coded = coded_one.event_id is not None and coded_one.event_id == coded_other.event_id
        if gold or coded:
            _rate(counts, "rates", "same incident (pairs)", gold and coded, coded, gold)


def _confidence(counts: Tally, meeting: Meeting) -> None:
    """How often a claim of each bin of confidence was found and typed rightly."""
    told = [(claim, gold.type == claim.type) for gold, claim in meeting.pairs]
    for claim, right in told + [(claim, False) for claim in meeting.spurious]:
        bin_ = str(min(BINS - 1, int(BINS * claim.confidence)))
        counts["calibration", bin_, "right"] += right
        counts["calibration", bin_, "of"] += 1


def _readings(counts: Tally, gold: GoldClaim, claim: Claim) -> None:
    _share(counts, "status", gold.status == claim.status)
    _share(counts, "scope", gold.scope == claim.scope)
    _share(counts, "old", gold.old == claim.old)
    _share(counts, "attributed or not", bool(gold.source) == bool(claim.attribution))
    for reading in READINGS:
        for one, other in reading.role.pairs(gold, claim):
            if reading.gold(one):
                _share(counts, reading.name, reading.right(one, other))
