"""HXL-tagged CSV that libhxl takes."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas
import pytest
from exporting import DAY, TOWN, bare, dataset, examples, hostile, made, toll

from dateline.export import hxl as ours
from dateline.export.counted import counted
from dateline.export.dataset import Dataset
from dateline.export.described import described

# What a reader may rely on, as an HXL schema: every rule is an error where it is broken.
SCHEMA = [
    ["#valid_tag", "#valid_required", "#valid_datatype", "#valid_value+regex", "#valid_unique",
     "#valid_value+min", "#valid_value+max"],
    ["#event+id", "y", "", "e[0-9a-f]{12}", "y", "", ""],
    ["#event+type", "y", "", "[a-z_]+", "", "", ""],
    ["#date+occurred+start", "", "date", "", "", "", ""],
    ["#date+occurred+end", "", "date", "", "", "", ""],
    ["#country+code", "", "", "[A-Z]{2}", "", "", ""],
    ["#geo+lat", "", "number", "", "", "-90", "90"],
    ["#geo+lon", "", "number", "", "", "-180", "180"],
    ["#affected+killed", "", "number", "", "", "0", ""],
    ["#affected+injured", "", "number", "", "", "0", ""],
    ["#meta+grade", "", "", "confirmed|fair|weak|contested", "", "", ""],
    ["#description", "y", "", "", "", "", ""],
]  # fmt: skip


def problems(path: Path) -> list[str]:
    """What libhxl holds against a file, by our schema and by its own; remarks (outliers) are not faults."""
    hxl = pytest.importorskip("hxl", reason="skipped: no libhxl")
    with path.open(encoding="utf-8", newline="") as file:
        content = list(csv.reader(file))
    found = []
    for schema in (hxl.schema(SCHEMA), hxl.schema()):
        schema.callback = lambda error: found.append(error)
        schema.validate(hxl.data(content))
    return [f"{e.rule}: {e.value!r}: {e.message}" for e in found if e.rule.severity != "info"]


def test_real_events_validate(tmp_path: Path) -> None:
    ours.write(tmp_path / "h.csv", examples())
    assert problems(tmp_path / "h.csv") == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    event = made(event_id="no id", date=DAY)
    ours.write(tmp_path / "h.csv", dataset(event))
    assert problems(tmp_path / "h.csv")


@pytest.mark.parametrize("data", [dataset(bare()), dataset(*hostile())], ids=["bare", "hostile"])
def test_empty_and_hostile_values_are_still_hxl(tmp_path: Path, data: Dataset) -> None:
    hxl = pytest.importorskip("hxl", reason="skipped: no libhxl")
    ours.write(tmp_path / "h.csv", data)
    with (tmp_path / "h.csv").open(encoding="utf-8", newline="") as file:
        source = hxl.data(list(csv.reader(file)))
        assert source.display_tags == list(ours.tags())
        assert len(source.values) == len(data.events)


def test_rows_read_back(tmp_path: Path) -> None:
    notes = ours.write(tmp_path / "h.csv", examples())
    frame = pandas.read_csv(tmp_path / "h.csv", skiprows=[1])
    kept, _ = counted(examples().events)
    assert list(frame.event_id) == [e.event_id for e in kept]
    assert frame.killed_min.sum() == sum(e.killed.min or 0 for e in kept if e.killed)
    assert set(frame.audience) == {"internal"}
    assert any("not 0" in note for note in notes)


def test_no_number_is_an_empty_cell(tmp_path: Path) -> None:
    ours.write(tmp_path / "h.csv", dataset(made(date=DAY, place=TOWN, killed=toll(300, None))))
    row = pandas.read_csv(tmp_path / "h.csv", skiprows=[1]).iloc[0]
    assert row.killed_min == 300
    assert pandas.isna(row.killed_max)
    assert pandas.isna(row.injured_min)


def test_every_value_is_a_column_of_ours() -> None:
    assert len(ours.headers()) == len(set(ours.headers())) == len(ours.tags()) == len(set(ours.tags()))
    assert all(tag.startswith("#") for tag in ours.tags())
    assert described("killed_min").about
