"""Annotations of texts that may not lie in this repository, kept as places: offsets and labels, no words.

A line of ``corpus/*.offsets.jsonl``: the report's ``id`` in ``../shared/data``, the ``length`` of the text
that was read (articles are cut at a paragraph) and its ``sha256``, and ``claims``: bounds of the trigger, the
codebook's values, and the linked spans, all as code-point offsets.
``python -m training.offsets REPORTS GOLD >> FILE`` writes such lines from annotations in the codebook's form.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from dateline.records import Layer
from training.gold import GoldReport, GoldTrigger, read_gold
from training.texts import every_text


def read_offsets(path: Path, data: Path) -> list[GoldReport]:
    """The annotated reports of ``path``, their texts from ``data``; none where ``data`` is not there.

    ValueError when a text is not the one that was annotated.
    """
    if not (data / "annotated").is_dir():
        return []
    texts = dict(every_text(data))
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        text = texts[kept["id"]][: kept["length"]]
        if hashlib.sha256(text.encode()).hexdigest() != kept["sha256"]:
            raise ValueError(f"{path.name}: the text of {kept['id']} is not the one that was annotated")
        found.append(GoldReport(kept["id"], text, [_trigger(c) for c in kept["claims"]]))
    return found


def _trigger(claim: dict[str, Any]) -> GoldTrigger:
    start, end = claim["trigger"]
    fields = ("type", "status", "scope", "old", "event")
    return GoldTrigger(
        start,
        end,
        *(claim[f] for f in fields),
        links={(Layer(la), s, e): set(names) for la, s, e, names in claim["links"]},
        civilian={(Layer(la), s, e): standing for la, s, e, standing in claim["civilian"]},
        counted=[((a, b), (c, d)) for a, b, c, d in claim["counted"]],
        said=[((a, b), (c, d)) for a, b, c, d in claim["said"]],
    )


def as_offsets(report: GoldReport) -> dict[str, Any]:
    """One line's content for an annotated report."""
    return {
        "id": report.id,
        "length": len(report.text),
        "sha256": hashlib.sha256(report.text.encode()).hexdigest(),
        "claims": [
            {
                "trigger": [t.start, t.end],
                **{f: getattr(t, f) for f in ("type", "status", "scope", "old", "event")},
                "links": [[*span, sorted(names)] for span, names in sorted(t.links.items())],
                "civilian": [[*span, standing] for span, standing in sorted(t.civilian.items())],
                "counted": [[*a, *b] for a, b in t.counted],
                "said": [[*a, *b] for a, b in t.said],
            }
            for t in report.triggers
        ],
    }


def main() -> None:
    """Write the lines of a pair of files to standard output."""
    for report in read_gold(Path(sys.argv[1]), Path(sys.argv[2])):
        print(json.dumps(as_offsets(report), separators=(",", ":")))


if __name__ == "__main__":
    main()
