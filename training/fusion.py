"""Fit the points by which incidents of different reports are compared. ``python -m training.fusion``.

Reads the ``fit`` half of ``benchmarks/fakes_incidents.jsonl`` and the texts of ``../shared/data/fakes``.
What is labelled is a pair of reports, what is compared a pair of incidents, so that the pair of reports
stands for its best pair of incidents (multiple-instance learning, Dietterich 1997): logistic regression on
that pair's features, pulled towards the points set by hand (``PULL``), since 180 pairs cannot set forty
numbers. Prints the points and writes them into the ``[across]`` table of ``fusion/data/comparison.toml``,
rounded to .1.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import defaultdict
from itertools import combinations
from math import exp, log1p
from pathlib import Path

import msgspec

from dateline.fusion import facts_of
from dateline.fusion.profiles import Profile
from dateline.fusion.settings import comparison
from dateline.fusion.tellings import Tellings
from dateline.pipeline import code_to
from dateline.records import Claim, Report, Scope

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "benchmarks/fakes_incidents.jsonl"
FAKES = ROOT.parent / "shared/data/fakes/reports.jsonl"
TABLE = ROOT / "src/dateline/fusion/data/comparison.toml"
PULL = 0.05
"""Weight of the squared distance from the points set by hand, beside the mean log loss of a pair."""
STEPS, RATE = 400, 0.5

Candidates = list[list[str]]
"""For a pair of reports the features of each pair of their incidents that is compared."""


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(prog="python -m training.fusion", description=main.__doc__)
    parser.add_argument("--dry", action="store_true", help="print the points, write nothing")
    given = parser.parse_args()
    groups = [
        g for g in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()) if g["half"] == "fit"
    ]
    told = list(_told(groups))
    threshold = comparison().thresholds.across
    start = dict(comparison().across)
    points = fit(told, start, threshold)
    print(f"{len(told)} pairs of reports, {sum(y for _, y in told)} on one incident")
    for name, these in (("by hand", start), ("fitted", points)):
        loss, right = _loss(told, these, threshold), _right(told, these, threshold)
        print(f"{name:8} log loss {loss:.3f}, right {right:.3f}")
    for name in points:
        if points[name] != start[name]:
            print(f"{name:24}{start[name]:6.1f} -> {points[name]:5.1f}")
    if not given.dry:
        write(points)


def fit(told: list[tuple[Candidates, bool]], start: dict[str, float], threshold: float) -> dict[str, float]:
    """Points, rounded to .1, that tell the pairs apart; those no pair has stay as they are."""
    points = dict(start)
    seen = {name for candidates, _ in told for found in candidates for name in found} | {"base"}
    for _ in range(STEPS):
        slope: dict[str, float] = defaultdict(float)
        for candidates, same in told:
            if candidates:
                best = max(candidates, key=lambda found: _points(found, points))
                error = _chance(_points(best, points) - threshold) - same
                for name in (*best, "base"):
                    slope[name] += error / len(told)
        for name in seen:
            points[name] -= RATE * (slope[name] + 2 * PULL * (points[name] - start[name]) / len(seen))
    return {name: round(value, 1) for name, value in points.items()}


def _points(found: list[str], points: dict[str, float]) -> float:
    return points["base"] + sum(points[name] for name in found)


def _chance(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _loss(told: list[tuple[Candidates, bool]], points: dict[str, float], threshold: float) -> float:
    total = 0.0
    for candidates, same in told:
        score = max((_points(found, points) for found in candidates), default=-30.0) - threshold
        total += log1p(exp(-score if same else score))
    return total / len(told)


def _right(told: list[tuple[Candidates, bool]], points: dict[str, float], threshold: float) -> float:
    right = 0
    for candidates, same in told:
        best = max((_points(found, points) for found in candidates), default=-30.0)
        right += (best >= threshold) == same
    return right / len(told)


def _told(groups: list[dict[str, list[str]]]) -> list[tuple[Candidates, bool]]:
    """Each pair of reports of the groups: what is compared, and whether they tell of one incident."""
    wanted = {report for group in groups for report in group["reports"]}
    with tempfile.TemporaryDirectory() as made:
        path, out = Path(made) / "fakes.jsonl", Path(made) / "out"
        lines = FAKES.read_text(encoding="utf-8").splitlines()
        path.write_text(
            "\n".join(line for line in lines if json.loads(line)["id"] in wanted), encoding="utf-8"
        )
        code_to([str(path)], out)
        reports = [msgspec.json.decode(line, type=Report) for line in (out / "reports.jsonl").open("rb")]
        claims = [msgspec.json.decode(line, type=Claim) for line in (out / "claims.jsonl").open("rb")]
    claims.sort(key=lambda c: (c.report_id, c.trigger.start, c.trigger.end, c.claim_id))
    tellings = Tellings(claims, {report.id: facts_of(report) for report in reports})
    compared: dict[tuple[str, str], Candidates] = {}
    for one, two in tellings.pairs:
        first, second = tellings.incidents[one], tellings.incidents[two]
        if not (first.old or second.old) and all(_one_day(incident) for incident in (first, second)):
            pair = tuple(sorted((first.report_id, second.report_id)))
            compared.setdefault(pair, []).append(tellings.features(one, two))  # type: ignore[arg-type]
    told = []
    for group in groups:
        same = {tuple(sorted(pair)) for pair in group["same"]}
        for pair in combinations(sorted(group["reports"]), 2):
            told.append((compared.get(pair, []), pair in same))
    return told


def _one_day(incident: Profile) -> bool:
    """Whether it is one incident, or what one day brought."""
    return incident.scope is Scope.SINGLE or (incident.days is not None and incident.days.one)


def write(points: dict[str, float]) -> None:
    """Put the points into their table, the remarks beside them left as they are."""
    head, mark, table = TABLE.read_text(encoding="utf-8").partition("[across]\n")
    for name, value in points.items():
        key = re.escape(name if name == "base" else f'"{name}"')
        table = re.sub(rf"(?m)^({key}\s*=\s*)-?[\d.]+", rf"\g<1>{value}", table)
    TABLE.write_text(head + mark + table, encoding="utf-8")


if __name__ == "__main__":
    main()
