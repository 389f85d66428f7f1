"""JSON Lines: our own records as they are, so that what was exported can be read back byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dateline.export.dataset import Dataset
from dateline.export.folder import write_jsonl
from dateline.records import Record


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the events to ``path``, and the claims and reports of an internal file beside it.

    ``X.internal.jsonl`` gets ``X-claims.internal.jsonl`` and ``X-reports.internal.jsonl``. A public file has
    neither. OutputError where that cannot be done.
    """
    write_jsonl(path, dataset.events)
    notes = []
    parts: tuple[tuple[str, Sequence[Record]], ...] = (
        ("claims", dataset.claims),
        ("reports", dataset.reports),
    )
    for name, records in parts:
        if records:
            stem, mark, rest = path.name.partition(".")
            beside = path.with_name(f"{stem}-{name}{mark}{rest}")
            write_jsonl(beside, records)
            notes.append(f"{name} in {beside.name}")
    return tuple(notes)
