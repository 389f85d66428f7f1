"""Places as points with a reach: how far apart, the same, one inside the other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import asin, cos, inf, radians, sin, sqrt

from dateline.fusion.names import alike, folded
from dateline.records import Place, PlaceMention, PlacePrecision

EARTH_KM = 6371.0

FINENESS = {
    PlacePrecision.EXACT: 0,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.ROAD: 2,
    PlacePrecision.AREA: 3,
    PlacePrecision.ADMIN2: 4,
    PlacePrecision.ADMIN1: 5,
    PlacePrecision.COUNTRY: 6,
}
"""Order of precisions, finest first."""

UNKNOWN_FINENESS = 3
"""A place of no known precision stands with areas: finer than a district, no settlement for
certain."""

REACH_KM = {
    PlacePrecision.EXACT: 2.0,
    PlacePrecision.SETTLEMENT: 5.0,
    PlacePrecision.ROAD: 25.0,
    PlacePrecision.AREA: 25.0,
}
"""How far the thing meant may lie from the coordinates. A town's point in GeoNames and its
outskirts are some kilometres apart; a mountain range or a road is known by one point of it."""

TWO_NAMES_KM = 2.0
"""Settlements of different names this near are one: spellings, a town and its quarter. Villages lie
nearer to each other than the reach of a town."""

_SETTLED = (PlacePrecision.SETTLEMENT, PlacePrecision.EXACT)

AnyPlace = Place | PlaceMention


def fineness(place: AnyPlace) -> int:
    """Rank of a place's precision, 0 the finest."""
    return UNKNOWN_FINENESS if place.precision is None else FINENESS[place.precision]


def is_settlement(place: AnyPlace) -> bool:
    """Whether the place is a settlement or a point within one."""
    return place.precision in _SETTLED


def is_point(place: AnyPlace) -> bool:
    """Whether the place has coordinates that stand for it, and not for a whole division."""
    return place.lat is not None and place.lon is not None and place.precision in REACH_KM


def point(place: AnyPlace) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None."""
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


@lru_cache(maxsize=65_536)
def km_between(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Great-circle distance in kilometres (haversine) between two points in degrees."""
    south, west, north, east = map(radians, (*one, *two))
    h = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def place_name(place: AnyPlace) -> str:
    """The name of a place, or the words for it; empty when neither is known."""
    return place.name or (place.text if isinstance(place, PlaceMention) else "")


def country_of(place: AnyPlace) -> str | None:
    """The country as code, or folded name where only that is known."""
    return place.country or (folded(place.country_name) if place.country_name else None)


def as_place(mention: AnyPlace) -> Place:
    """The place of a mention, without its words and alternatives."""
    return Place(
        name=place_name(mention) or None,
        geonameid=mention.geonameid,
        admin2=mention.admin2,
        admin1=mention.admin1,
        admin1_code=mention.admin1_code,
        country=mention.country,
        country_name=mention.country_name,
        lat=mention.lat,
        lon=mention.lon,
        precision=mention.precision,
        rule=mention.rule,
    )


def finest(places: Iterable[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places of a claim that are not merely the wider setting of another one.

    The codebook lists a place's town and province side by side. Divisions and countries are kept
    only where no finer place is named.
    """
    listed = tuple(places)
    if len(listed) <= 1:
        return listed
    wide = FINENESS[PlacePrecision.ADMIN2]
    fine = tuple(p for p in listed if fineness(p) < wide)
    if fine:
        return fine
    best = min(map(fineness, listed), default=0)
    return tuple(p for p in listed if fineness(p) == best)


def same_spot(one: AnyPlace, two: AnyPlace) -> bool:
    """Whether two places are one: by GeoNames id, reach of their points, or name and country."""
    if one.geonameid is not None and one.geonameid == two.geonameid:
        return True
    if is_point(one) and is_point(two):
        km = _km(one, two)
        if km <= TWO_NAMES_KM or km > _reach(one) + _reach(two):
            return km <= TWO_NAMES_KM
        towns = is_settlement(one) and is_settlement(two)
        return not towns or alike(place_name(one), place_name(two))
    if fineness(one) != fineness(two):
        return False
    name = folded(place_name(one))
    return bool(name) and name == folded(place_name(two)) and _agree(country_of(one), country_of(two))


def near(one: AnyPlace, two: AnyPlace, km: float) -> bool:
    """Whether two points, each with its reach, come within ``km`` kilometres."""
    return is_point(one) and is_point(two) and _km(one, two) <= km + _reach(one) + _reach(two)


def inside(small: AnyPlace, wide: AnyPlace) -> bool:
    """Whether ``wide`` is the country or division that ``small`` lies in, by codes and names."""
    if fineness(wide) <= fineness(small) or not _agree(country_of(small), country_of(wide)):
        return False
    if wide.precision == PlacePrecision.COUNTRY:
        return country_of(small) is not None and country_of(wide) is not None
    if wide.precision == PlacePrecision.ADMIN1:
        if small.admin1_code and wide.admin1_code:
            return small.admin1_code == wide.admin1_code
        return bool(small.admin1) and _same_name(small.admin1, wide.admin1 or place_name(wide))
    if wide.precision == PlacePrecision.ADMIN2:
        return bool(small.admin2) and _same_name(small.admin2, wide.admin2 or place_name(wide))
    return False


def _km(one: AnyPlace, two: AnyPlace) -> float:
    """Kilometres between two places; infinite where one has no coordinates."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return inf
    if one.lat == two.lat and one.lon == two.lon:
        return 0.0
    return km_between((one.lat, one.lon), (two.lat, two.lon))


def _reach(place: AnyPlace) -> float:
    return 0.0 if place.precision is None else REACH_KM.get(place.precision, 0.0)


def _agree(one: str | None, two: str | None) -> bool:
    return one is None or two is None or one == two


def _same_name(one: str | None, two: str | None) -> bool:
    return one is not None and two is not None and folded(one) == folded(two)
