"""Events as HXL-tagged CSV: a row of headers, a row of hashtags, one row an event (``data/hxl.toml``).

Humanitarian tools sum columns of ``#affected``, so only events that count have a row
(:mod:`~dateline.export.counted`), and a number that nobody gives is an empty cell, not 0.
"""

from __future__ import annotations

from pathlib import Path

from dateline.export.counted import counted, number
from dateline.export.dataset import Dataset
from dateline.export.described import whole_row
from dateline.export.folder import write_rows
from dateline.export.tables import table
from dateline.records import PlacePrecision

_POINTS = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT})


def headers() -> tuple[str, ...]:
    """The names of the first row."""
    return tuple(column["header"] for column in table("hxl")["columns"])


def tags() -> tuple[str, ...]:
    """The hashtags of the second row."""
    return tuple(column["tag"] for column in table("hxl")["columns"])


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the rows to ``path`` and return what was left out and what the numbers are."""
    kept, notes = counted(dataset.events)
    values = [column["value"] for column in table("hxl")["columns"]]
    rows = (whole_row(event, dataset.audience) for event in kept)
    write_rows(path, [headers(), tags()], ([row[name] for name in values] for row in rows))
    coarse = [e for e in kept if e.place and e.place.precision and e.place.precision not in _POINTS]
    if coarse:
        notes.append(
            f"{number(len(coarse), 'event')} whose #geo stands for an area, a road or a division, not for a "
            "point: see #meta+geo+precision before you draw it."
        )
    notes.append(
        "#affected columns are the lowest and highest numbers reported; an empty cell is no number, not 0."
    )
    return tuple(notes)
