"""Count in how many reports each word stands: ``src/dateline/fusion/data/common_words.tsv``.

``python scripts/common_words.py`` reads the invented reports of ``corpus/`` and, where it is there, the
training split of ``../shared/data/annotated`` (never the dev split). Counts of words only: no sentence can
be read back from them. Fusion weighs what two reports share by it: a word that few reports have says more.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from dateline.fusion.names import folded

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/dateline/fusion/data/common_words.tsv"
FEWEST = 3
"""Words of fewer reports are left out: they count as new."""


def main() -> None:
    """Write the table."""
    paths = [*(ROOT / "corpus").glob("*.reports.jsonl")]
    paths += [ROOT.parent / "shared/data/annotated/train.reports.jsonl"]
    counts: Counter[str] = Counter()
    reports = 0
    for path in sorted(p for p in paths if p.exists()):
        for line in path.read_text(encoding="utf-8").splitlines():
            counts.update(set(folded(json.loads(line)["text"]).split()))
            reports += 1
    kept = sorted((-n, word) for word, n in counts.items() if n >= FEWEST)
    lines = ["# word, and in how many of the reports it stands (scripts/common_words.py)", f"\t{reports}"]
    lines += [f"{word}\t{-n}" for n, word in kept]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(kept)} words of {reports} reports")


if __name__ == "__main__":
    main()
