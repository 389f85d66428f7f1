"""What holds for each of the field formats: same bytes, whole files, nothing from reports in public ones."""

from __future__ import annotations

import csv
import time
from importlib import import_module
from pathlib import Path

import pytest
from exporting import HOSTILE, bare, dataset, examples, hostile
from msgspec.structs import replace

from dateline.errors import OutputError
from dateline.export.dataset import Audience, Dataset
from dateline.records import Account, Event

FORMATS = {
    "acled": "csv",
    "ucdp": "csv",
    "plover": "jsonl",
    "hxl": "csv",
    "ftm": "jsonl",
    "geopackage": "gpkg",
    "parquet": "parquet",
    "spreadsheet": "xlsx",
}
each = pytest.mark.parametrize("name", sorted(FORMATS))


def write(name: str, folder: Path, data: Dataset) -> tuple[Path, tuple[str, ...]]:
    path = folder / f"events.{name}.{FORMATS[name]}"
    notes: tuple[str, ...] = import_module(f"dateline.export.{name}").write(path, data)
    return path, notes


@each
def test_the_same_events_make_the_same_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / "again").mkdir()
    first, notes = write(name, tmp_path, examples())
    time.sleep(1.1)  # a second: the finest step of the times in ZIP files and workbooks
    second, same = write(name, tmp_path / "again", examples())
    assert first.read_bytes() == second.read_bytes()
    assert notes == same
    assert all(note.endswith(".") and note.isprintable() for note in notes)
    assert {p.name for p in tmp_path.iterdir()} == {first.name, "again"}


@each
@pytest.mark.parametrize("events", [[], [bare()], hostile()], ids=["none", "bare", "hostile"])
def test_few_and_hostile_events_are_written(tmp_path: Path, name: str, events: list[Event]) -> None:
    path, _ = write(name, tmp_path, dataset(*events))
    assert path.exists()


@each
def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        write(name, tmp_path / "nowhere", dataset(bare()))


@each
def test_a_public_dataset_s_files_hold_no_word_of_a_report(tmp_path: Path, name: str) -> None:
    """Public events hold closed terms alone; whatever a writer would add from elsewhere shows here."""
    planted = "Zxqv"
    reports = tuple(replace(r, text=planted, title=planted, byline=planted) for r in examples().reports)
    closed = Dataset(audience=Audience.PUBLIC, events=examples().events)
    given = replace_reports(examples(), reports)
    public, _ = write(name, tmp_path, closed)
    assert planted.encode() not in public.read_bytes()
    internal, _ = write(name, tmp_path, given)
    if name == "ucdp":  # the one format with a column for headlines
        assert planted.encode() in internal.read_bytes()


def replace_reports(data: Dataset, reports: tuple[object, ...]) -> Dataset:
    return Dataset(audience=data.audience, events=data.events, claims=data.claims, reports=reports)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["acled", "ucdp", "hxl"])
def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path, name: str) -> None:
    path, _ = write(name, tmp_path, dataset(*hostile()))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    heads = 2 if name == "hxl" else 1
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == heads + len(HOSTILE)
    for row in rows[heads:]:
        for value in row:
            assert not value.startswith(("=", "+", "@", "\t", "\r"))
            assert value == "-" or not value.startswith("-") or float(value) < 0
            assert "\x00" not in value
    assert b"\r" not in path.read_bytes()


@each
def test_an_internal_file_says_so(tmp_path: Path, name: str) -> None:
    path, _ = write(name, tmp_path, examples())
    if name == "spreadsheet":
        return  # compressed: tests/export/test_spreadsheet.py
    assert b"internal" in path.read_bytes()


def test_accounts_have_no_field_that_the_formats_forget() -> None:
    assert Account.__struct_fields__ == ("min", "max", "civilian", "claim_id", "speaker", "outlet")
