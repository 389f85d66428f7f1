"""How well reports run together are told apart. ``python -m benchmarks.splitting``.

Files of two to six reports of several paragraphs with a single newline between them and between their
paragraphs, headlines sometimes dropped: our own (``corpus/``) and, where ../shared is, the documents of
re3d. The reports are halved by their ids; the weights are trained on one half (``python -m
training.cohesion``), the figures are of the other. A boundary counts where a report begins exactly there.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dateline.sources.split import split

ROOT = Path(__file__).resolve().parent.parent
CORPUS, RE3D = ROOT / "corpus", ROOT.parent / "shared/data/re3d"
GVA = ROOT.parent / "shared/data/gva/reports.jsonl"
FILES, SEED = 200, 2026


class Document(NamedTuple):
    """A report: its key, its headline where that stands apart, its paragraphs."""

    key: str
    headline: str | None
    paragraphs: tuple[str, ...]


class Scores(NamedTuple):
    """F of the boundaries, precision and recall; the share of single reports left whole; how many of each."""

    f: float
    precision: float
    recall: float
    whole: float
    boundaries: int
    singles: int


def documents(re3d: Path = RE3D) -> list[Document]:
    """Our own reports and, where ``re3d`` is, its documents."""
    found = []
    for path in sorted(CORPUS.glob("batch_*.reports.jsonl")):
        for row in _lines(path):
            key = f"c:{path.name[5:7]}{row['id']}"
            found.append(Document(key, None, paragraphs(row["text"])))
    for path in sorted(re3d.glob("*/documents.json")):
        for row in _lines(path):
            found.append(Document(f"r:{row['_id']}", row.get("title"), paragraphs(row["text"])))
    return found


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of ``text``, whatever newlines part them."""
    return tuple(p.strip() for p in re.split(r"[\r\n]+", text) if p.strip())


def half(found: Sequence[Document], which: int) -> list[Document]:
    """The half ``which`` (0: for training, 1: for the figures), by the digest of the key."""
    return [d for d in found if int(hashlib.sha256(d.key.encode()).hexdigest(), 16) % 2 == which]


def run_together(rng: random.Random, pool: Sequence[Document]) -> tuple[list[str], list[int]]:
    """The paragraphs of two to six documents of ``pool``, and the indices where each begins."""
    lines: list[str] = []
    begins: list[int] = []
    for document in rng.sample(pool, rng.randint(2, 6)):
        own = list(document.paragraphs)
        if document.headline and rng.random() < 0.5:
            own.insert(0, document.headline)
        elif not document.headline and len(own) > 2 and _is_headline(own[0]) and rng.random() < 0.5:
            del own[0]
        begins.append(len(lines))
        lines += own
    return lines, begins


def measure(pool: Sequence[Document], files: int = FILES, seed: int = SEED) -> Scores:
    """The scores of ``dateline.sources.split`` on ``files`` made of ``pool``, and on each of it alone.

    Raises AssertionError where a cut falls inside a paragraph.
    """
    rng = random.Random(seed)
    several = [d for d in pool if len(d.paragraphs) > 1]
    right = told = true = 0
    for _ in range(files):
        lines, begins = run_together(rng, several)
        found = _cuts(lines)
        gold = set(begins[1:])
        right, told, true = right + len(found & gold), told + len(found), true + len(gold)
    whole = sum(not _cuts(d.paragraphs) for d in several)
    precision, recall = right / max(1, told), right / max(1, true)
    f = 2 * right / max(1, told + true)
    return Scores(f, precision, recall, whole / len(several), true, len(several))


def _cuts(lines: Sequence[str]) -> set[int]:
    """The indices of the paragraphs at which ``split`` begins a report, the first aside."""
    text = "\n".join(lines)
    at, starts = 0, {}
    for number, line in enumerate(lines):
        starts[at] = number
        at += len(line) + 1
    begins = [part.start for part in split(text)]
    assert all(begin in starts for begin in begins), "a cut inside a paragraph"
    return {starts[begin] for begin in begins} - {0}


def _is_headline(line: str) -> bool:
    return len(line) < 100 and not line.endswith(".")


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def articles(gva: Path = GVA) -> list[str]:
    """The articles on shootings of gva that have several paragraphs: long, of another subject."""
    if not gva.exists():
        return []
    return [row["text"] for row in _lines(gva) if "\n" in row["text"]]


def main() -> None:
    """Print the scores on the half that is for figures, together and by where the reports are from."""
    pool = half(documents(), 1)
    for name, sub in (
        ("all", pool),
        ("own", [d for d in pool if d.key.startswith("c:")]),
        ("re3d", [d for d in pool if d.key.startswith("r:")]),
    ):
        if len(sub) < 6:
            print(f"{name}: no data")
            continue
        s = measure(sub)
        print(
            f"{name}: F {s.f:.3f} (precision {s.precision:.3f}, recall {s.recall:.3f}) on {s.boundaries} "
            f"boundaries; {s.whole:.3f} of {s.singles} single reports whole"
        )

    texts = articles()
    if texts:
        whole = sum(len(split(text)) == 1 for text in texts) / len(texts)
        print(f"gva: {whole:.3f} of {len(texts)} articles whole")


if __name__ == "__main__":
    main()
