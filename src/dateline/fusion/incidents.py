"""Inside one report: which of its claims tell of one incident."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.fusion.blocking import pairs_in_report
from dateline.fusion.clustering import agglomerate
from dateline.fusion.comparing import Setting, score_inside
from dateline.fusion.facts import ReportFacts
from dateline.fusion.profiles import Profile, joined, profile_of
from dateline.fusion.settings import comparison
from dateline.records import Claim


def incidents_of(claims: Sequence[Claim], facts: ReportFacts | None) -> list[Profile]:
    """The incidents that one report tells of, by first claim; ``claims`` in the order of its text."""
    told = [profile_of(claim, facts, order) for order, claim in enumerate(claims)]
    setting = Setting.of(told)
    points = {(one, two): score_inside(told[one], told[two], setting) for one, two in pairs_in_report(told)}
    clusters = agglomerate([one.marks for one in told], points, comparison().thresholds.inside)
    return [joined([told[at] for at in cluster]) for cluster in clusters]
