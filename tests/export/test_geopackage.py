"""GeoPackage: opens in GDAL without a warning; coarse places are no pins."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from exporting import DAY, HOSTILE, PROVINCE, TOWN, account, bare, dataset, examples, hostile, made, toll
from msgspec.structs import replace

from dateline.export import geojson_file, geopackage
from dateline.export.folder import write_geojson
from dateline.export.pins import is_pin, pin, point
from dateline.records import PlacePrecision

needs_gdal = pytest.mark.skipif(
    not shutil.which("ogrinfo"), reason="skipped: no ogrinfo (apt-get install gdal-bin)"
)


def ogrinfo(path: Path, *options: str) -> str:
    """What GDAL says of a file; it may not say anything against it."""
    command = ["ogrinfo", "-ro", "-al", *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(query).fetchall()


@needs_gdal
def test_gdal_reads_every_layer_without_a_warning(tmp_path: Path) -> None:
    geopackage.write(tmp_path / "e.gpkg", examples())
    said = ogrinfo(tmp_path / "e.gpkg", "-so")
    assert "using driver `GPKG' successful" in said
    assert [line for line in said.splitlines() if line.startswith("Layer name")] == [
        "Layer name: events", "Layer name: areas", "Layer name: accounts",
    ]  # fmt: skip
    assert f"Feature Count: {len(examples().events)}" in said
    assert "killed_min: Integer64" in said
    assert "date_from: Date" in said
    assert "old: Integer(Boolean)" in said


@needs_gdal
@pytest.mark.parametrize("events", [[bare()], hostile(), []], ids=["bare", "hostile", "none"])
def test_gdal_reads_empty_and_hostile_values(tmp_path: Path, events: list[Any]) -> None:
    geopackage.write(tmp_path / "e.gpkg", dataset(*events))
    said = ogrinfo(tmp_path / "e.gpkg")
    assert said.count("OGRFeature(events)") == len(events)


@needs_gdal
def test_gdal_reads_our_geojson(tmp_path: Path) -> None:
    events = [*examples().events, *hostile(), bare()]
    write_geojson(tmp_path / "e.geojson", events)
    said = ogrinfo(tmp_path / "e.geojson", "-so")
    assert f"Feature Count: {len(events)}" in said
    assert "Geometry: Point" in said


def test_a_division_has_no_pin(tmp_path: Path) -> None:
    events = (
        made(event_id="town", date=DAY, place=TOWN),
        made(event_id="province", date=DAY, place=PROVINCE, killed=toll(3, 4)),
        made(event_id="nowhere"),
    )
    notes = geopackage.write(tmp_path / "e.gpkg", dataset(*events))
    found = rows(tmp_path / "e.gpkg", "SELECT event_id, geom IS NULL FROM events")
    assert found == [("town", 0), ("province", 1), ("nowhere", 1)]
    found = rows(tmp_path / "e.gpkg", "SELECT event_id, geom IS NULL, place_precision, killed_max FROM areas")
    assert found == [("province", 0, "admin1", 4)]
    box = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'events'"
    assert rows(tmp_path / "e.gpkg", box) == [(39.00788, 35.95283) * 2]
    assert notes == (
        "1 event placed in an area only: no geometry in layer events, a point that stands for the area in "
        "layer areas.",
        "1 event without coordinates: no geometry.",
    )


@pytest.mark.parametrize("precision", [*PlacePrecision, None])
def test_geojson_and_geopackage_agree_on_every_precision(
    tmp_path: Path, precision: PlacePrecision | None
) -> None:
    event = made(event_id="e1", date=DAY, place=replace(TOWN, precision=precision))
    pin = precision in ("exact", "settlement")
    assert is_pin(event.place) is pin
    geopackage.write(tmp_path / "e.gpkg", dataset(event))
    geojson_file.write(tmp_path / "e.geojson", dataset(event))
    assert rows(tmp_path / "e.gpkg", "SELECT geom IS NULL FROM events") == [(0 if pin else 1,)]
    assert rows(tmp_path / "e.gpkg", "SELECT geom IS NULL FROM areas") == ([] if pin else [(0,)])
    (feature,) = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))["features"]
    assert (feature["geometry"] is None) is not pin


def test_a_place_without_coordinates_is_no_pin() -> None:
    assert not is_pin(None) and not is_pin(replace(TOWN, lat=None)) and not is_pin(replace(TOWN, lon=None))
    assert pin(TOWN) == (39.00788, 35.95283)
    assert pin(PROVINCE) is None and point(PROVINCE) == (38.9, 36.0)


def test_the_file_is_what_the_standard_asks(tmp_path: Path) -> None:
    geopackage.write(tmp_path / "e.gpkg", examples())
    head = (tmp_path / "e.gpkg").read_bytes()[:72]
    assert head.startswith(b"SQLite format 3\x00")
    assert head[68:72] == b"GPKG"
    assert int.from_bytes(head[60:64], "big") == 10300
    assert rows(tmp_path / "e.gpkg", "PRAGMA integrity_check") == [("ok",)]
    assert rows(tmp_path / "e.gpkg", "PRAGMA foreign_key_check") == []
    assert {r[0] for r in rows(tmp_path / "e.gpkg", "SELECT srs_id FROM gpkg_spatial_ref_sys")} == {
        4326,
        0,
        -1,
    }
    audience = "SELECT DISTINCT audience FROM events"
    assert rows(tmp_path / "e.gpkg", audience) == [("internal",)]


def test_values_and_accounts_come_back(tmp_path: Path) -> None:
    killed = toll(1, 2, 1, accounts=(account(1, 1, "Orontes Monitor"), account(2, None, None, "Tarn Herald")))
    geopackage.write(tmp_path / "e.gpkg", dataset(*hostile(), made(event_id="last", killed=killed)))
    names = [r[0] for r in rows(tmp_path / "e.gpkg", "SELECT place_name FROM events")]
    assert names == [*(t.replace("\x00", "\\x00") for t in HOSTILE), None]
    told = rows(
        tmp_path / "e.gpkg",
        'SELECT harm, "min", "max", speaker, outlet FROM accounts WHERE event_id = "last"',
    )
    assert told == [("killed", 1, 1, "Orontes Monitor", None), ("killed", 2, None, None, "Tarn Herald")]


@needs_gdal
def test_gdal_turns_it_into_geojson(tmp_path: Path) -> None:
    geopackage.write(tmp_path / "e.gpkg", dataset(made(date=DAY, place=TOWN)))
    command = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", str(tmp_path / "e.gpkg"), "events"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (feature,) = json.loads(done.stdout)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [39.00788, 35.95283]}
