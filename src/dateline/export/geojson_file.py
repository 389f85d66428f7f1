"""GeoJSON (RFC 7946): a point where the place is one, no geometry where the point only stands for an area."""

from __future__ import annotations

from pathlib import Path

from dateline.export.dataset import Dataset
from dateline.export.folder import write_geojson


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the events to ``path``, one feature each; OutputError where that cannot be done.

    Only a named site or a settlement is a point (:mod:`dateline.export.pins`). The geometry of any other
    place is null, and ``place_country``, ``place_admin1`` and ``place_admin2`` say which area to draw.
    """
    coarse = write_geojson(path, dataset.events, dataset.audience.value)
    return (f"{coarse} of {len(dataset.events)} events have no geometry: their place is an area or unknown",)
