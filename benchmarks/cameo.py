"""Source and target spans as other people annotate them (CAMEO, ConfliBERT's sentences), zero-shot.

``python -m benchmarks.cameo`` needs ../shared/data/cameo. Their sources and targets stand in sentences of all
kinds, talks and trade too; Dateline codes armed conflict only, so that the rows for material conflict (class
4) are those to look at. A span is found exactly, or where it shares a word. Development and comparison only.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.claims import claims_of
from dateline.sources import report_of
from dateline.tagger import Tagger, sentences

CAMEO = Path(__file__).resolve().parent.parent.parent / "shared/data/cameo"
MATERIAL_CONFLICT = "4"

Bounds = tuple[int, int]


def annotated() -> Iterator[tuple[str, dict[str, list[Bounds]]]]:
    """Each sentence as text, and the bounds of its sources (S) and targets (T)."""
    blocks = (CAMEO / "cameo_ner.train.txt").read_text(encoding="utf-8").strip().split("\n\n")
    for block in blocks:
        text, spans = "", {"S": [], "T": []}  # type: tuple[str, dict[str, list[Bounds]]]
        for line in block.splitlines():
            word, _, tag = line.rpartition(" ")
            start = len(text) + bool(text)
            text = f"{text} {word}" if text else word
            if tag.startswith("B-") and tag[2:] in spans:
                spans[tag[2:]].append((start, len(text)))
            elif tag.startswith("I-") and spans.get(tag[2:]):
                spans[tag[2:]][-1] = (spans[tag[2:]][-1][0], len(text))
        yield text, {role: [_bare(text, *bounds) for bounds in found] for role, found in spans.items()}


def _bare(text: str, start: int, end: int) -> Bounds:
    """Bounds without a leading article: Dateline's codebook leaves it out, theirs keeps it."""
    article = re.match(r"(?:the|a|an)\s+", text[start:end], re.IGNORECASE)
    return (start + article.end() if article else start), end


def classes() -> dict[str, str]:
    """Class by the letters of the sentence."""
    lines = (CAMEO / "cameo_class.train.tsv").read_text(encoding="utf-8").splitlines()
    return {_letters(text): kind for text, _, kind in (line.rpartition("\t") for line in lines)}


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def main() -> None:
    """Print the table."""
    if not (CAMEO).is_dir():
        print("skipped: no data (../shared/data/cameo)")
        return
    tagger, kinds, counts = Tagger(), classes(), Counter()  # type: ignore[var-annotated]
    for text, gold in annotated():
        report = report_of(text)
        claims = claims_of(report, tagger.tag(report), sentences(text))
        material = kinds.get(_letters(text)) == MATERIAL_CONFLICT
        found = {
            "S": {(a.start, a.end) for c in claims for a in c.actors},
            "T": {(a.start, a.end) for c in claims for a in c.targets},
        }
        for role, name in (("S", "source"), ("T", "target")):
            for group in ("all", *(["material conflict"] if material else [])):
                at = (group, name)
                counts[(*at, "gold")] += len(gold[role])
                counts[(*at, "coded")] += len(found[role])
                counts[(*at, "exact")] += len(found[role] & set(gold[role]))
                counts[(*at, "overlap, coded")] += sum(_meets(a, gold[role]) for a in found[role])
                counts[(*at, "overlap, gold")] += sum(_meets(a, found[role]) for a in gold[role])
        counts["sentences"] += 1
    print(f"{datetime.date.today()}  {counts['sentences']} sentences of shared/data/cameo, zero-shot\n")
    print(f"{'':32}{'exact F':>9}{'overlap F':>11}{'gold':>7}{'coded':>7}")
    for group in ("all", "material conflict"):
        for name in ("source", "target"):
            c = {k: counts[(group, name, k)] for k in ("gold", "coded", "exact")}
            precision = counts[(group, name, "overlap, coded")] / max(1, c["coded"])
            recall = counts[(group, name, "overlap, gold")] / max(1, c["gold"])
            exact = 2 * c["exact"] / max(1, c["gold"] + c["coded"])
            overlap = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"{group + ', ' + name:32}{exact:9.3f}{overlap:11.3f}{c['gold']:7}{c['coded']:7}")


def _meets(one: Bounds, others: object) -> bool:
    return any(min(one[1], b) > max(one[0], a) for a, b in others)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
