"""Number words to ranges, on annotated reports. ``python -m benchmarks.harm [--errors]``.

The gold's own spans of ``../shared/data/annotated`` (counts and people, as its annotators marked them) go
through the harm stage's rules, without the tagger: how many get the gold's bounds, and how many whose nouns
tell a civilian standing the gold's. Train served to set the readings; dev is only reported. A count told for
two kinds of harm has no bounds by the codebook, where annotators often gave some: those are shown apart.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dateline.records import Harm, HarmKind, Span
from dateline.world.harm import parts_of_names, read_harm
from dateline.world.people import standing_of

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data/annotated"


class Told(NamedTuple):
    """One harm entry of the gold, its text, its spans and whether another kind has the same count."""

    gold: dict[str, Any]
    text: str
    count: Span | None
    who: Span | None
    shared: bool


def told(part: str) -> Iterator[list[Told]]:
    """The harm entries of each report."""
    lines = (DATA / f"{part}.reports.jsonl").read_text("utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    for line in (DATA / f"{part}.gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        text, found = texts[gold["id"]], []
        for claim in gold["claims"]:
            at = _nth(text, claim["trigger"], claim.get("n", 1))
            for harm in claim["harm"]:
                count = _nearest(text, harm["count"], at)
                who = _nearest(text, harm["who"], count.start if count else at)
                kinds = {h["kind"] for h in claim["harm"] if h["count"] and h["count"] == harm["count"]}
                if count or who:
                    found.append(Told(harm, text, count, who, {"killed", "injured"} <= kinds))
        yield found


def _nth(text: str, words: str, n: int) -> int:
    at = -1
    for _ in range(n):
        at = text.find(words, at + 1)
    return max(at, 0)


def _nearest(text: str, words: str, at: int) -> Span | None:
    """The occurrence of ``words`` nearest to ``at``."""
    if not words:
        return None
    starts = [i for i in range(len(text)) if text.startswith(words, i)]
    nearest = min(starts, key=lambda i: abs(i - at), default=None)
    return Span.of(text, nearest, nearest + len(words)) if nearest is not None else None


def read(one: Told, names: frozenset[str]) -> Harm:
    """The entry as Dateline reads its words."""
    harm = Harm(kind=HarmKind(one.gold["kind"]), count=one.count, who=one.who)
    return read_harm(harm, one.text, names)


def main() -> None:
    """Print the table."""
    if not DATA.is_dir():
        print("skipped: no data (../shared/data/annotated)")
        return
    print(f"{datetime.date.today()}  python -m benchmarks.harm\n")
    print(f"{'gold spans given':32}{'number':>8}{'right':>8}")
    for part in ("train", "dev"):
        right: Counter[str] = Counter()
        of: Counter[str] = Counter()
        for report in told(part):
            names = parts_of_names(s for one in report for s in (one.count, one.who) if s)
            for one in report:
                found = read(one, names)
                bounds = (found.min, found.max) == (one.gold["min"], one.gold["max"])
                group = "two kinds, one count" if one.shared else "count" if one.count else "people, no count"
                of[group] += 1
                right[group] += bounds
                if not bounds and part == "train" and "--errors" in sys.argv:
                    print(f"    {one.gold}: {found.min}, {found.max} ({found.rule})")
                standing = standing_of(one.who.text) if one.who else None
                if standing:
                    of["standing told by a noun"] += 1
                    right["standing told by a noun"] += standing == one.gold["civilian"]
        for group in ("count", "people, no count", "two kinds, one count", "standing told by a noun"):
            print(f"{part + ', ' + group:32}{of[group]:8}{right[group] / of[group] if of[group] else 0:8.3f}")


if __name__ == "__main__":
    main()
