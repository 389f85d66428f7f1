"""CSV, GeoJSON and JSON Lines, read back by other people's readers where there are any."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from export.publishing_making import TOWN, dataset, event
from msgspec.structs import replace as changed

from dateline.errors import InputError
from dateline.export import csv_file, geojson_file, jsonl_file
from dateline.export.dataset import Audience
from dateline.export.formats import FORMATS, format_named
from dateline.records import Claim, Event, PlacePrecision, Report


def test_every_format_has_a_line_and_a_writer() -> None:
    suffixes = [one.suffix for one in FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes)
    for one in FORMATS.values():
        assert callable(one.writer()) and one.description
    with pytest.raises(InputError, match="csv"):
        format_named("xls")


def test_csv_neutralises_formulas(tmp_path: Path) -> None:
    risky = event(outlets=("=cmd|' /C calc'!A0", "@SUM(1)"), reasons=("+1", "-1", "\t=1"))
    csv_file.write(tmp_path / "e.csv", dataset(risky))
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    for cell in row.values():
        assert not any(one.startswith(("=", "+", "-", "@", "\t")) for one in cell.split("; "))
    assert row["outlets"].startswith("'=cmd")
    assert row["audience"] == "internal"


@pytest.mark.parametrize("precision", PlacePrecision)
def test_geojson_draws_no_pin_for_an_area(tmp_path: Path, precision: PlacePrecision) -> None:
    geojson_file.write(tmp_path / "e.geojson", dataset(event(place=changed(TOWN, precision=precision))))
    (feature,) = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))["features"]
    pin = precision in ("exact", "settlement")
    assert feature["geometry"] == ({"type": "Point", "coordinates": [36.8, 35.86]} if pin else None)
    assert feature["properties"]["place_lat"] == 35.86, "what stands for the area stays in the columns"
    assert feature["properties"]["place_precision"] == precision.value


def test_geojson_is_what_the_rfc_wants(tmp_path: Path) -> None:
    geojson_file.write(
        tmp_path / "e.geojson", replace(dataset(event(), event(place=None)), audience=Audience.PUBLIC)
    )
    found = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection" and found["audience"] == "public"
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert not any(isinstance(v, dict | list) for v in feature["properties"].values())


@pytest.mark.skipif(not shutil.which("ogrinfo"), reason="skipped: no ogrinfo (apt-get install gdal-bin)")
def test_gdal_opens_the_geojson(tmp_path: Path) -> None:
    path = tmp_path / "e.geojson"
    geojson_file.write(path, dataset(event(), event(event_id="e0123456789ac", place=None)))
    done = subprocess.run(
        ["ogrinfo", "-ro", "-al", str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert "Feature Count: 2" in done.stdout and "POINT (36.8 35.86)" in done.stdout
    assert "place_precision (String) = settlement" in done.stdout
    assert "WGS 84" in done.stdout and "ERROR" not in done.stderr


def test_json_lines_come_back_as_they_were(tmp_path: Path) -> None:
    given = dataset(event(), event(event_id="e0123456789ac", place=None))
    notes = jsonl_file.write(tmp_path / "events.internal.jsonl", given)
    assert [note.split()[0] for note in notes] == ["claims", "reports"]
    kinds = {"events": Event, "claims": Claim, "reports": Report}
    for name, kind in kinds.items():
        stem = "events" if name == "events" else f"events-{name}"
        lines = (tmp_path / f"{stem}.internal.jsonl").read_bytes().splitlines()
        read = tuple(msgspec.json.decode(line, type=kind) for line in lines)
        assert read == getattr(given, name)
        assert [msgspec.json.encode(one) for one in read] == lines
