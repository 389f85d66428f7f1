"""Which places are drawn as a point: one rule for every format and the page's map. Coarse places are no pins.

A point on a map says "here". Where a report says only a district, a region or a road, the coordinates stand
for something wider, and a pin at them is a false semblance of accuracy (ecoi.net on geocoded conflict
data). Such a place keeps its name, divisions and ``precision``, so that its area can be drawn.
"""

from __future__ import annotations

from dateline.records import Place, PlacePrecision

PINS = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT})
"""Precisions whose coordinates are those of the place itself: a named site, a town, village or quarter."""


def is_pin(place: Place | None) -> bool:
    """Whether a place is drawn as a point: its coordinates are known, and are its own."""
    return point(place) is not None and place is not None and place.precision in PINS


def point(place: Place | None) -> tuple[float, float] | None:
    """Longitude and latitude (WGS 84, degrees) of a place or of what stands for it; None without them."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return place.lon, place.lat


def pin(place: Place | None) -> tuple[float, float] | None:
    """Longitude and latitude (WGS 84, degrees) of a place that is drawn as a point; None for any other."""
    return point(place) if is_pin(place) else None
