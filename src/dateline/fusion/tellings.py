"""Steps 1 to 3 of fusing: the incidents that reports tell of, and which of them are compared by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from dateline.fusion.blocking import pairs_across_reports
from dateline.fusion.comparing import features_across, may_cross
from dateline.fusion.facts import ReportFacts
from dateline.fusion.incidents import incidents_of
from dateline.fusion.overlap import between, like_worded, shared_text
from dateline.fusion.profiles import Profile
from dateline.fusion.settings import comparison, grades
from dateline.records import Claim


class Tellings:
    """The incidents of all reports (``incidents``), and the pairs of them to compare (``pairs``: i < j).

    ``shares``: pairs of reports that share text, with how much.
    """

    def __init__(
        self,
        claims: Sequence[Claim],
        facts: Mapping[str, ReportFacts],
        note: Callable[[str], None] = lambda words: None,
    ) -> None:
        """``claims`` by report and place in the text; ``note`` is told where not all could be compared."""
        told_of = [facts[r] for r in dict.fromkeys(claim.report_id for claim in claims) if r in facts]
        self.shares = shared_text(told_of, grades().agency_share)
        self._wording = like_worded(told_of, comparison().wording.some)
        self._copied = grades().copied_share
        self.incidents: list[Profile] = []
        for report_id, told in groupby(claims, key=lambda claim: claim.report_id):
            self.incidents += incidents_of(list(told), facts.get(report_id))
        copies = [pair for pair, share in self.shares.items() if share >= self._copied]
        found = pairs_across_reports(self.incidents, copies, self._wording, note)
        self.pairs = [(i, j) for i, j in found if may_cross(self.incidents[i], self.incidents[j])]

    def features(self, one: int, two: int) -> list[str]:
        """The features of a pair of incidents of different reports, by their positions."""
        first, second = self.incidents[one], self.incidents[two]
        share = between(self.shares, first.report_id, second.report_id)
        likeness = between(self._wording, first.report_id, second.report_id)
        return features_across(first, second, share if share >= self._copied else 0.0, likeness)
