"""Inside one report: which of its claims tell of one incident."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.fusion.blocking import pairs_in_report
from dateline.fusion.clustering import agglomerate
from dateline.fusion.comparing import Setting, score_inside
from dateline.fusion.facts import ReportFacts
from dateline.fusion.profiles import profile_of
from dateline.fusion.settings import comparison
from dateline.records import Claim


def incidents_of(claims: Sequence[Claim], facts: ReportFacts | None) -> list[list[Claim]]:
    """The claims of one report, grouped by incident; all in the order of the text."""
    ordered = sorted(claims, key=lambda claim: (claim.trigger.start, claim.trigger.end, claim.claim_id))
    profiles = [profile_of([claim], facts, order) for order, claim in enumerate(ordered)]
    setting = Setting.of(profiles)
    points = {
        (one, two): score_inside(profiles[one], profiles[two], setting)
        for one, two in pairs_in_report(profiles)
    }
    clusters = agglomerate([p.marks for p in profiles], points, comparison().thresholds.inside)
    return [[ordered[at] for at in cluster] for cluster in clusters]
