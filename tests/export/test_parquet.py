"""Parquet: typed columns, lists as lists, accounts nested."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pandas
import pyarrow as pa
import pytest
from exporting import HOSTILE, account, bare, dataset, examples, hostile, made, toll
from pyarrow import parquet as reading

from dateline.errors import InstallationError
from dateline.export import parquet
from dateline.export.described import described
from dateline.export.flat import columns


def test_real_events_read_back(tmp_path: Path) -> None:
    assert parquet.write(tmp_path / "e.parquet", examples()) == ()
    table = reading.read_table(tmp_path / "e.parquet")
    assert table.schema.metadata[b"audience"] == b"internal"
    assert table.schema.metadata[b"version dateline"]
    assert table.schema.names == [*columns(), "sentence", "accounts"]
    assert table.schema.field("killed_min").type == pa.int64()
    assert table.schema.field("date_from").type == pa.date32()
    assert table.schema.field("outlets").type == pa.list_(pa.string())
    for row, event in zip(table.to_pylist(), examples().events, strict=True):
        assert row["event_id"] == event.event_id
        assert row["outlets"] == list(event.outlets)
        assert row["reasons"] == list(event.reasons)
        assert row["old"] is event.old
        given = [a for kind in ("killed", "injured") for a in getattr(getattr(event, kind), "accounts", ())]
        told = [a for a in row["accounts"] if a["harm"] in ("killed", "injured")]
        assert [(a["min"], a["max"], a["speaker"]) for a in told] == [
            (a.min, a.max, a.speaker) for a in given
        ]


def test_pandas_reads_it(tmp_path: Path) -> None:
    parquet.write(tmp_path / "e.parquet", examples())
    frame = pandas.read_parquet(tmp_path / "e.parquet")
    assert len(frame) == len(examples().events)
    assert frame.killed_min.sum() == sum(e.killed.min or 0 for e in examples().events if e.killed)


def test_empty_and_hostile_values(tmp_path: Path) -> None:
    killed = toll(1, None, accounts=(account(1, None, "x; y"),))
    data = dataset(bare(), *hostile(), made(killed=killed, outlets=("a; b", "c")))
    parquet.write(tmp_path / "e.parquet", data)
    first, *middle, last = reading.read_table(tmp_path / "e.parquet").to_pylist()
    assert first["date_from"] is None
    assert first["outlets"] == []
    assert first["killed_min"] is None
    assert [row["place_name"] for row in middle] == [t.replace("\x00", "\\x00") for t in HOSTILE]
    assert middle[0]["date_from"] == datetime.date(2017, 6, 8)
    assert last["outlets"] == ["a; b", "c"]
    assert last["accounts"][0]["speaker"] == "x; y"


def test_no_events_make_a_file_with_columns(tmp_path: Path) -> None:
    parquet.write(tmp_path / "e.parquet", dataset())
    table = reading.read_table(tmp_path / "e.parquet")
    assert table.num_rows == 0
    assert "killed_min" in table.schema.names


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InstallationError, match=r"pip install 'dateline\[tables\]'"):
        parquet.write(tmp_path / "e.parquet", dataset())
    assert list(tmp_path.iterdir()) == []


def test_every_column_is_described() -> None:
    assert [name for name in columns() if not described(name).about] == []
