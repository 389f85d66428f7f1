"""CSV: one flat row an event (:mod:`.flat`), for spreadsheets; formulas neutralised."""

from __future__ import annotations

from pathlib import Path

from dateline.export.dataset import Dataset
from dateline.export.folder import write_events_csv


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the events to ``path``; OutputError where that cannot be done."""
    write_events_csv(path, dataset.events)
    return ()
