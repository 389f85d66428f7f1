"""GeoJSON (RFC 7946): a point where the place is one, no geometry where the point only stands for an area."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from dateline.export.dataset import Dataset
from dateline.export.flat import flat, joined
from dateline.export.folder import whole
from dateline.records import Event, PlacePrecision

_AREAS = (PlacePrecision.ADMIN2, PlacePrecision.ADMIN1, PlacePrecision.COUNTRY)


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the events to ``path``, one feature each; OutputError where that cannot be done.

    A country or division is no point (ecoi.net on the false semblance of accuracy): its geometry is null,
    and ``place_country``, ``place_admin1`` and ``place_admin2`` say which area to draw.
    """
    features = [_feature(event) for event in dataset.events]
    collection = {"type": "FeatureCollection", "audience": dataset.audience.value, "features": features}
    with whole(path) as file:
        file.write(msgspec.json.encode(collection) + b"\n")
    coarse = sum(feature["geometry"] is None for feature in features)
    return (f"{coarse} of {len(features)} events have no geometry: their place is an area or unknown",)


def _feature(event: Event) -> dict[str, Any]:
    row = {name: joined(v) if isinstance(v, tuple) else v for name, v in flat(event).items()}
    return {"type": "Feature", "id": event.event_id, "geometry": _geometry(event), "properties": row}


def _geometry(event: Event) -> dict[str, Any] | None:
    place = event.place
    if place is None or place.lat is None or place.lon is None or place.precision in _AREAS:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}
