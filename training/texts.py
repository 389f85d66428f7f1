"""Reports without annotations: what the encoder reads on beforehand, and what teachers mark for a pupil.

Every report that shares more than a few phrases with the dev split is left out, so that no dev text is ever
trained on, under whatever id it lies in the wider folders.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Set
from pathlib import Path

Phrases = frozenset[tuple[str, ...]]

#: A text with a larger share of its five-word phrases in one dev report is left out.
NEAR_DEV = 0.08
#: And, where texts are to be new, one with a larger share in one annotated report.
NEAR_KNOWN = 0.6
#: Words after which a text is cut, at the end of a paragraph or sentence.
LONGEST = 700


def phrases(text: str, size: int = 5) -> Phrases:
    """The phrases of ``size`` words in a text, case and punctuation aside."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def nearness(text: Phrases, others: list[Phrases]) -> float:
    """The largest share of the shorter text's phrases that another text has too, 0 to 1."""
    return max((len(text & o) / max(1, min(len(text), len(o))) for o in others), default=0.0)


def unannotated(data: Path, annotated: Set[str] = frozenset()) -> list[tuple[str, str]]:
    """(id, text) of the reports in ``data`` (../shared/data) not in ``annotated``, and unlike dev."""
    if not (data / "annotated/dev.reports.jsonl").exists():
        return []
    dev = [phrases(r["text"]) for r in _lines(data / "annotated/dev.reports.jsonl")]
    known = [phrases(r["text"]) for r in _lines(data / "annotated/train.reports.jsonl")]
    found = []
    for name, text in every_text(data):
        if name in annotated:
            continue
        said = phrases(text)
        if len(said) > 40 and nearness(said, dev) <= NEAR_DEV and nearness(said, known) <= NEAR_KNOWN:
            found.append((name, _cut(text)))
            known.append(said)
    return found


def article(sample: dict[str, str]) -> str:
    """The text of an article of HRDsAttack: its title, then its paragraphs, a blank line between them."""
    parts = re.split(r"</p>\s*", sample["Input.article_interface"])
    plain = [html.unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in parts]
    return "\n\n".join([sample["Input.title"], *(p for p in plain if p)])


def every_text(data: Path) -> list[tuple[str, str]]:
    """(id, text) of every report of the wider folders of ``data``."""
    found = [(r["id"], r["text"]) for r in _lines(data / "fakes/reports.jsonl")]
    for part in ("train", "dev"):
        for row in json.loads((data / f"hrdsattack/{part}.json").read_text(encoding="utf-8")):
            sample = row["sample"]
            found.append((f"hr{str(sample['Input.GLOBALEVENTID'])[-6:]}", article(sample)))
    for path in sorted(data.glob("re3d/*/documents.json")):
        found += [(f"re{d['_id'][-7:]}", d["text"]) for d in _lines(path)]
    found += [(d["doc_id"], d["text"]) for d in _lines(data / "wikievents/dev.jsonl")]
    return found


def _cut(text: str) -> str:
    words = list(re.finditer(r"\S+", text))
    if len(words) <= LONGEST:
        return text
    ends = [m.end() for m in re.finditer(r"\n\n|[.!?][\"”']? ", text[: words[LONGEST].start()])]
    return text[: ends[-1] if ends else words[LONGEST].start()].rstrip()


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
