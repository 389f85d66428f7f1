"""Events as a GeoPackage 1.3 (OGC 12-128r17), written with SQLite alone.

Layers: ``events``, every event, with a geometry only where its place is a pin (:mod:`dateline.export.pins`);
``areas``, the others that are placed, with the point that stands for their area; ``accounts``, a table
without geometry. So nobody draws a province as a pin by mistake. The same dataset gives the same bytes: the
time of change that the format asks for is fixed.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from dateline.export.counted import number
from dateline.export.dataset import Dataset
from dateline.export.described import (
    ACCOUNT_COLUMNS,
    ColumnType,
    accounts,
    described,
    storable,
    whole_row,
)
from dateline.export.flat import columns, flat, joined
from dateline.export.folder import whole
from dateline.export.pins import is_pin, pin, point

_WGS84 = 4326
_APPLICATION = 0x47504B47  # "GPKG"
_VERSION = 10300
_CHANGED = "1970-01-01T00:00:00.000Z"
_TYPES = {
    ColumnType.TEXT: "TEXT",
    ColumnType.LIST: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.DATE: "DATE",
    ColumnType.YES_NO: "BOOLEAN",
}
_AREA_COLUMNS = (
    "event_id",
    "type",
    "date_from",
    "date_to",
    "place_name",
    "place_precision",
    "killed_min",
    "killed_max",
)
_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",'
    '0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],'
    'AUTHORITY["EPSG","4326"]]'
)
# The tables that the standard requires, as its annex C gives them.
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
  description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the GeoPackage to ``path`` and return what has no geometry."""
    coarse = [e for e in dataset.events if point(e.place) and not is_pin(e.place)]
    banner = f"Audience: {dataset.audience.value}. "
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        base.execute(f"PRAGMA application_id = {_APPLICATION}")
        base.execute(f"PRAGMA user_version = {_VERSION}")
        base.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
            [
                ("WGS 84 geodetic", _WGS84, "EPSG", _WGS84, _WKT, "longitude and latitude in degrees"),
                ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian"),
                ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic"),
            ],
        )
        rows = ((pin(e.place), whole_row(e, dataset.audience)) for e in dataset.events)
        _layer(base, "events", banner + "All events.", [*columns(), "sentence"], rows)
        about = "Events placed in an area, by a point that stands for it."
        _layer(base, "areas", banner + about, _AREA_COLUMNS, ((point(e.place), flat(e)) for e in coarse))
        _table(base, banner, (row for event in dataset.events for row in accounts(event)))
        base.commit()
        base.execute("VACUUM")
        content = base.serialize()
    with whole(path) as file:
        file.write(content)
    notes = []
    if coarse:
        notes.append(
            f"{number(len(coarse), 'event')} placed in an area only: no geometry in layer events, a point "
            "that stands for the area in layer areas."
        )
    unplaced = sum(not point(e.place) for e in dataset.events)
    if unplaced:
        notes.append(f"{number(unplaced, 'event')} without coordinates: no geometry.")
    return tuple(notes)


def _layer(
    base: sqlite3.Connection,
    name: str,
    about: str,
    names: Sequence[str],
    rows: Iterable[tuple[tuple[float, float] | None, dict[str, Any]]],
) -> None:
    """A layer of points; ``rows``: (longitude, latitude) or None, and the values by column."""
    _create(base, name, "geom POINT, ", names)
    named, places = ", ".join(f'"{n}"' for n in names), ", ".join("?" * (len(names) + 1))
    insert = f"INSERT INTO {name} (geom, {named}) VALUES ({places})"
    extent: list[tuple[float, float]] = []
    for at, row in rows:
        extent += [at] if at else []
        base.execute(insert, [_geometry(at), *(_value(row[n]) for n in names)])
    lons, lats = zip(*extent, strict=True) if extent else ((), ())
    box = (min(lons), min(lats), max(lons), max(lats)) if extent else (None,) * 4
    _content(base, name, "features", about, box)
    base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (name, _WGS84))


def _table(base: sqlite3.Connection, banner: str, rows: Iterable[dict[str, Any]]) -> None:
    _create(base, "accounts", "", ACCOUNT_COLUMNS)
    named = ", ".join(f'"{n}"' for n in ACCOUNT_COLUMNS)
    places = ", ".join("?" * len(ACCOUNT_COLUMNS))
    values = ([_value(row[n]) for n in ACCOUNT_COLUMNS] for row in rows)
    base.executemany(f"INSERT INTO accounts ({named}) VALUES ({places})", values)
    _content(base, "accounts", "attributes", banner + "Every figure that a claim gives.", (None,) * 4)


def _create(base: sqlite3.Connection, name: str, geometry: str, names: Sequence[str]) -> None:
    typed = ", ".join(f'"{n}" {_TYPES[described(n).type]}' for n in names)
    base.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {geometry}{typed})")


def _content(
    base: sqlite3.Connection, name: str, type_: str, about: str, box: tuple[float | None, ...]
) -> None:
    srs = _WGS84 if type_ == "features" else None
    row = (name, type_, name, about, _CHANGED, *box, srs)
    base.execute(f"INSERT INTO gpkg_contents VALUES ({', '.join('?' * len(row))})", row)


def _geometry(at: tuple[float, float] | None) -> bytes | None:
    """GeoPackage's header (little-endian, no envelope), then a point in well-known binary."""
    if at is None:
        return None
    return struct.pack("<2sBBi", b"GP", 0, 1, _WGS84) + struct.pack("<BIdd", 1, 1, *at)


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        value = joined(value) or None
    return storable(value) if isinstance(value, str) else value
