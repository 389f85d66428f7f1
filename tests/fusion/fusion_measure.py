"""Same-incident pairs inside a report, against the annotations that the claims come from too.

usage: python tests/fusion/fusion_measure.py train|dev

Counts as ``shared/tools/score_claims.py`` does: pairs of claims of one report that share an event.
"""

from __future__ import annotations

import sys
from itertools import combinations

import fusion_gold

from dateline.fusion import fuse


def pair_figures(part: str) -> tuple[float, float, float]:
    """Precision, recall and F of same-incident pairs over all reports of ``train`` or ``dev``."""
    right = found = wanted = 0
    for facts, claims, events in fusion_gold.reports(part):
        event_of = dict(zip((c.claim_id for c in claims), events, strict=True))
        fused, _ = fuse(claims, {facts.id: facts})
        for one, two in combinations(fused, 2):
            ours = one.event_id == two.event_id
            theirs = event_of[one.claim_id] == event_of[two.claim_id]
            right, found, wanted = right + (ours and theirs), found + ours, wanted + theirs
    return right / found, right / wanted, 2 * right / (found + wanted)


if __name__ == "__main__":
    sys.stdout.write("P {:.3f} R {:.3f} F {:.3f}".format(*pair_figures(sys.argv[1])) + "\n")
