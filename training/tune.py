"""Choose the decoder's thresholds on the dev set and write them into ``card.json``.

``python -m training.tune`` (needs ../shared). Dev may be tuned on, never trained on; figures on dev are
therefore figures on the set that chose these few numbers, and the model card says so. One threshold after the
other, twice round, keeps the value with the best sum of found F, typed F, mean role F and half the
same-incident F. Then confidence is fitted: two numbers that make it a probability; the calibration error
printed is of reports left out of the fit, in five folds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from dateline.claims import claims_of
from dateline.evaluation.evaluating import compare, read_reports
from dateline.evaluation.figures import Figures
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import meet
from dateline.fusion import facts_of, fuse
from dateline.records import Claim, Report
from dateline.tagger import WEIGHTS, Thresholds, sentences
from dateline.tagger.decode import decode, logit
from dateline.tagger.encoder import Encoder
from dateline.world import resolve

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
GRID = {
    "trigger_eagerness": (-0.2, 0.0, 0.2),
    "span_eagerness": (0.0, 0.4, 0.8, 1.2, 1.6),
    "link": (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "counted": (0.2, 0.3, 0.5),
    "said": (0.2, 0.3, 0.5),
    "incident": (0.25, 0.4, 0.5, 0.6, 0.7, 0.8),
}
FOLDS = 5


def main() -> None:
    """Sweep, print, write."""
    parser = argparse.ArgumentParser(prog="python -m training.tune", description=main.__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--dry", action="store_true", help="score the thresholds as they are, write nothing")
    given = parser.parse_args()
    card = json.loads((given.weights / "card.json").read_text(encoding="utf-8"))
    best = replace(Thresholds(**card.get("thresholds", {})))
    dev = Dev(Encoder(given.weights, threads=2))
    top = worth(dev.figures(best), best)
    if given.dry:
        return
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                if value != getattr(best, name):
                    other = replace(best, **{name: value})
                    if (now := worth(dev.figures(other), other)) > top + 1e-9:
                        top, best = now, other
    best = replace(best, **dev.confidence(best))
    worth(dev.figures(best), best)
    card["thresholds"] = asdict(best)
    (given.weights / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def worth(figures: Figures, thresholds: Thresholds) -> float:
    """The sum that is made as large as can be."""
    f = {name: rate.f or 0.0 for name, rate in figures.rates.items()}
    found, typed, same = (f[n] for n in ("claim found", "claim found and typed", "same incident (pairs)"))
    roles = figures.mean_role_f.value or 0.0
    print(
        f"found {found:.3f} typed {typed:.3f} roles {roles:.3f} incident {same:.3f} "
        f"calibration error {figures.calibration_error.value or 0:.3f} {asdict(thresholds)}",
        flush=True,
    )
    return found + typed + roles + 0.5 * same


class Dev:
    """The dev reports, read once; decoding them anew is quick."""

    def __init__(self, encoder: Encoder) -> None:
        annotated = SHARED / "data/annotated"
        by_id = read_reports(str(annotated / "dev.reports.jsonl"))
        self.gold = read_gold(annotated / "dev.gold.jsonl", {r.id: r.text for r in by_id.values()})
        self.reports = [by_id[i] for i in sorted(self.gold)]
        self.link = encoder.link
        self.readings = [(r, encoder.read(r.text), sentences(r.text)) for r in self.reports]

    def claims(self, thresholds: Thresholds) -> list[Claim]:
        """Fused claims of all reports."""
        claims: list[Claim] = []
        for report, reading, bounds in self.readings:
            claims += resolve(report, claims_of(report, decode(reading, self.link, thresholds), bounds))
        return fuse(claims, {r.id: facts_of(r) for r in self.reports})[0]

    def figures(self, thresholds: Thresholds) -> Figures:
        """What ``dateline evaluate`` says of them."""
        return compare(self.reports, self.gold, self.claims(thresholds)).figures

    def confidence(self, thresholds: Thresholds) -> dict[str, float]:
        """Slope and offset that make confidence a probability."""
        plain = replace(thresholds, confidence_slope=1.0, confidence_offset=0.0)
        by_report = self._told(self.claims(plain))
        errors = []
        for fold in range(FOLDS):
            kept = [t for n, told in enumerate(by_report) if n % FOLDS != fold for t in told]
            slope, offset = fit(kept)
            left = [t for n, told in enumerate(by_report) if n % FOLDS == fold for t in told]
            here = replace(plain, confidence_slope=slope, confidence_offset=offset)
            errors += [(here.confidence(score), right) for score, right in left]
        print(f"calibration error on reports left out: {error_of(errors):.3f}")
        slope, offset = fit([t for told in by_report for t in told])
        return {"confidence_slope": round(slope, 3), "confidence_offset": round(offset, 3)}

    def _told(self, claims: list[Claim]) -> list[list[tuple[float, bool]]]:
        """(confidence, found and typed) of every claim, by report."""
        of: Callable[[Report], list[Claim]] = lambda r: [c for c in claims if c.report_id == r.id]  # noqa: E731
        found = []
        for report in self.reports:
            meeting = meet(report.id, report.text, self.gold[report.id], of(report))
            told = [(c.confidence, g.type == c.type) for g, c in meeting.pairs]
            found.append(told + [(c.confidence, False) for c in meeting.spurious])
        return found


def fit(told: list[tuple[float, bool]], steps: int = 50) -> tuple[float, float]:
    """Slope and offset of a logistic regression of ``right`` on the logit of ``score`` (Platt 1999)."""
    x = np.stack([[logit(s) for s, _ in told], np.ones(len(told))], axis=1)
    right = np.array([float(r) for _, r in told])
    weights = np.zeros(2)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (right - p))
        weights = weights + step / max(1.0, float(np.abs(step).max()))
    return float(weights[0]), float(weights[1])


def error_of(told: list[tuple[float, bool]], bins: int = 10) -> float:
    """Mean distance of a bin's middle from the share that is right in it."""
    by_bin: dict[int, list[bool]] = {}
    for score, right in told:
        by_bin.setdefault(min(bins - 1, int(bins * score)), []).append(right)
    far = sum(abs(sum(v) / len(v) - (b + 0.5) / bins) * len(v) for b, v in by_bin.items())
    return far / max(1, len(told))


if __name__ == "__main__":
    main()
