"""How alike the reports of a corpus sound: ``python -m training.distinct corpus``.

Type–token ratio (mean over windows of 100 words), five-word phrases that stand in more than one report, and
the nearest pair of reports.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from training.texts import nearness, phrases


@dataclass(frozen=True)
class Variety:
    """Figures over ``reports`` reports of ``words`` words; ``repeated`` of ``phrases`` stand in several."""

    reports: int
    words: int
    type_token: float
    phrases: int
    repeated: int
    nearest: float


def variety(texts: list[str]) -> Variety:
    """Measure ``texts``; ``nearest`` is the largest share of shared phrases among all pairs, 0 to 1."""
    said = [phrases(t) for t in texts]
    counts = Counter(p for one in said for p in one)
    ratios, words = [], 0
    for text in texts:
        here = re.findall(r"\w+", text.lower())
        words += len(here)
        ratios += [len(set(here[i : i + 100])) / 100 for i in range(0, len(here) - 99, 100)]
    return Variety(
        reports=len(texts),
        words=words,
        type_token=sum(ratios) / max(1, len(ratios)),
        phrases=len(counts),
        repeated=sum(n > 1 for n in counts.values()),
        nearest=max((nearness(one, said[:k]) for k, one in enumerate(said)), default=0.0),
    )


def texts_of(folder: Path) -> list[str]:
    """The texts of every ``*.reports.jsonl`` in ``folder``."""
    lines = [x for p in sorted(folder.glob("*.reports.jsonl")) for x in p.read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    print(variety(texts_of(Path(sys.argv[1]))))
