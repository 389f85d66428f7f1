"""HTML: the page to read, in one file that opens offline."""

from __future__ import annotations

from pathlib import Path

from dateline.export.dataset import Dataset
from dateline.export.page import write_page


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the page to ``path``; OutputError where that cannot be done."""
    write_page(
        path,
        dataset.reports,
        dataset.claims,
        dataset.events,
        version=dataset.versions.get("dateline", ""),
        outcomes=dataset.counts,
        coverage=dataset.coverage or None,
        audience=dataset.audience,
    )
    return ()
