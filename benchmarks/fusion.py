"""How well reports of one incident are brought together. ``python -m benchmarks.fusion [fakes] [gva]``.

**fakes**: pairs of reports on one province published on one day (FA-KES). ``fakes_incidents.jsonl`` holds
their ids and the labels of one reader, a language model that read the reports' first 520 to 640 characters
and did not know what Dateline makes of them; also those of a second (one session read 66 groups, another
the other 67), which read them whole and knew nothing of the first's labels. Over 359 pairs the two agree at
F .982 and Cohen's kappa .917. A pair is found when the two share an event that is one incident and
news. The points of ``fusion/data/comparison.toml`` were fitted on the half marked ``fit`` (``python -m
training.fusion``); the half marked ``report`` is the test.

**gva**: 1,557 reports of 800 shootings in the United States (``../shared/data/gva``). Nothing was fitted on
them. B³ (Bagga and Baldwin 1998) over reports, which are one cluster where they share an event; ``without
claims`` joins reports by their wording alone. A toll that nobody tells counts as 0.
"""

from __future__ import annotations

import datetime
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from dateline.fusion import facts_of
from dateline.fusion.overlap import like_worded
from dateline.fusion.settings import comparison
from dateline.pipeline import code_to
from dateline.records import DatePrecision, Event, HarmKind, Report, Scope

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data"
LABELS = Path(__file__).with_name("fakes_incidents.jsonl")

Pair = tuple[str, str]


def pairs(found: Iterable[Sequence[str]]) -> set[Pair]:
    """Pairs of ids, each in order."""
    return {(min(one, two), max(one, two)) for one, two in found}


def fakes(folder: Path) -> None:
    """Print the table of the labelled pairs."""
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    wanted = {report for group in labels for report in group["reports"]}
    path = folder / "fakes.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for line in (DATA / "fakes/reports.jsonl").read_text(encoding="utf-8").splitlines():
            if json.loads(line)["id"] in wanted:
                file.write(line + "\n")
    code_to([str(path)], folder / "fakes")
    ours = {
        pair
        for event in _events(folder / "fakes")
        if not event.old and (event.scope is Scope.SINGLE or event.date.precision is DatePrecision.DAY)
        for pair in combinations(sorted(event.reports), 2)
    }
    print(f"{len(wanted)} reports of shared/data/fakes in {len(labels)} groups\n")
    print(f"{'pairs of reports on one incident':44}{'P':>7}{'R':>7}{'F':>7}{'gold':>7}{'found':>7}")
    for half in ("report", "fit"):
        here = [group for group in labels if group["half"] == half]
        asked = {pair for group in here for pair in combinations(sorted(group["reports"]), 2)}
        gold = pairs(pair for group in here for pair in group["same"])
        unsure = pairs(pair for group in here for pair in group["unsure"])
        _row(f"{half} half, all {len(asked)}", gold, ours & asked)
        _row(f"{half} half, without {len(unsure)} unsure", gold - unsure, (ours & asked) - unsure)
    twice = [group for group in labels if "same_by_second" in group]
    first, second = (pairs(p for g in twice for p in g[name]) for name in ("same", "same_by_second"))
    _row(f"second reader against the first, {len(twice)} groups", first, second)


def _row(name: str, gold: set[Pair], found: set[Pair]) -> None:
    right = len(gold & found)
    p, r = right / max(1, len(found)), right / max(1, len(gold))
    f = 2 * right / max(1, len(found) + len(gold))
    print(f"{name:44}{p:7.3f}{r:7.3f}{f:7.3f}{len(gold):7}{len(found):7}")


def gva(folder: Path) -> None:
    """Print B³ and the tolls of what was fused right."""
    rows = [
        json.loads(line) for line in (DATA / "gva/reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    incident_of = {row["id"]: row["incident"] for row in rows}
    code_to([str(DATA / "gva/reports.jsonl")], folder / "gva")
    events = _events(folder / "gva")
    texts = (_record(line, Report) for line in (folder / "gva/reports.jsonl").open("rb"))
    alike = like_worded(map(facts_of, texts), comparison().wording.much)
    print(f"\n{len(rows)} reports of shared/data/gva, {len(set(incident_of.values()))} incidents\n")
    print(f"{'B³ over reports':44}{'P':>7}{'R':>7}{'F':>7}")
    clusters = _joined(incident_of, (event.reports for event in events))
    for name, found in (
        ("with claims", clusters),
        ("without claims, wording alone", _joined(incident_of, alike)),
        ("each report by itself", _joined(incident_of, ())),
    ):
        print(f"{name:44}" + "".join(f"{figure:7.3f}" for figure in b_cubed(incident_of, found)))
    _tolls(incident_of, clusters, events)


def b_cubed(incident_of: dict[str, str], clusters: Sequence[frozenset[str]]) -> tuple[float, float, float]:
    """Precision, recall and F: for each report how much of its cluster, and of its incident, is right."""
    cluster_of = {report: cluster for cluster in clusters for report in cluster}
    members = _members(incident_of)
    precision = recall = 0.0
    for report, incident in incident_of.items():
        right = len(cluster_of[report] & members[incident])
        precision += right / len(cluster_of[report])
        recall += right / len(members[incident])
    p, r = precision / len(incident_of), recall / len(incident_of)
    return p, r, 2 * p * r / (p + r)


def _members(incident_of: dict[str, str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for report, incident in incident_of.items():
        members[incident].add(report)
    return members


def _joined(reports: Iterable[str], groups: Iterable[Sequence[str]]) -> list[frozenset[str]]:
    """Reports as clusters: two are in one where some group holds both, and so on."""
    cluster_of = {report: {report} for report in reports}
    for group in groups:
        together = set().union(*(cluster_of[report] for report in group))
        cluster_of.update(dict.fromkeys(together, together))
    return [frozenset(cluster) for cluster in {id(c): c for c in cluster_of.values()}.values()]


def _tolls(incident_of: dict[str, str], clusters: Sequence[frozenset[str]], events: Sequence[Event]) -> None:
    truth = {
        row["incident"]: row
        for row in map(json.loads, (DATA / "gva/incidents.jsonl").read_text(encoding="utf-8").splitlines())
    }
    whole = {frozenset(members): i for i, members in _members(incident_of).items() if len(members) > 1}
    right = {cluster: whole[cluster] for cluster in clusters if whole.get(cluster) in truth}
    good = {HarmKind.KILLED: 0, HarmKind.INJURED: 0, "both": 0}
    for cluster, incident in right.items():
        inside = [event for event in events if set(event.reports) <= cluster and event.scope is Scope.SINGLE]
        main = max(inside, key=lambda e: (len(e.reports), len(e.claims), e.event_id), default=None)
        exact = [
            _best(main, kind) == int(truth[incident][kind]) for kind in (HarmKind.KILLED, HarmKind.INJURED)
        ]
        good[HarmKind.KILLED] += exact[0]
        good[HarmKind.INJURED] += exact[1]
        good["both"] += all(exact)
    told = sum(1 for incident in whole.values() if incident in truth)
    print(
        f"\nincidents of several reports: {told} with a truth row, {len(right)} fused right; exact of these:"
    )
    for kind, count in good.items():
        print(f"  {kind:42}{count / max(1, len(right)):7.3f}")


def _best(event: Event | None, kind: HarmKind) -> int | None:
    toll = getattr(event, kind) if event else None
    return 0 if toll is None or (toll.best is None and toll.min is None) else toll.best


def _events(folder: Path) -> list[Event]:
    return [_record(line, Event) for line in (folder / "events.jsonl").open("rb")]


def _record(line: bytes, kind: type[Any]) -> Any:
    return msgspec.json.decode(line, type=kind)


def main() -> None:
    """Run what is named, or both."""
    if not DATA.is_dir():
        print("skipped: no data (../shared/data)")
        return
    print(datetime.date.today())
    with tempfile.TemporaryDirectory() as made:
        for part in sys.argv[1:] or ("fakes", "gva"):
            {"fakes": fakes, "gva": gva}[part](Path(made))


if __name__ == "__main__":
    main()
