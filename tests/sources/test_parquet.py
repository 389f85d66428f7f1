"""Parquet tables: what is kept, and files that are broken or made to do harm."""

from __future__ import annotations

import datetime
import hashlib
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read

AT = datetime.datetime(2017, 6, 14, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))


def test_every_column_is_kept(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.parquet"
    table = {
        "id": [7, 8],
        "title": ["Shells fall", None],
        "text": [body, None],
        "published": [AT, None],
        "outlet": pa.array(["Levant Wire", None]).dictionary_encode(),
        "url": ["http://a.example/7", "http://a.example/8"],
        "vector": [[0.5] * 300] * 2,
    }
    pq.write_table(pa.table(table), path)
    report, empty = read(path)
    assert isinstance(report, Report) and isinstance(empty, Outcome)
    assert (report.id, report.title, report.text) == ("7", "Shells fall", body.rstrip())
    assert (report.published, report.outlet) == ("2017-06-14", "Levant Wire")
    assert (report.url, report.path) == ("http://a.example/7", f"{path}:1")
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (empty.path, empty.report_ids) == (f"{path}:2", ("8",))
    assert empty.reason == "no text in this row; its address is http://a.example/8"
    path.rename(tmp_path / "nameless")
    assert len(list(read(tmp_path / "nameless"))) == 2


@pytest.mark.parametrize(
    "dates",
    [
        [datetime.date(2017, 6, 14)],
        [datetime.datetime(2017, 6, 14, 10, 30)],
        ["2017-06-14T10:30:00Z"],
        pa.array([1497436200123456789], pa.timestamp("ns")),
    ],
)
def test_dates(tmp_path: Path, body: str, dates: object) -> None:
    pq.write_table(pa.table({"text": [body], "date": dates}), tmp_path / "a.parquet")
    (report,) = read(tmp_path / "a.parquet")
    assert isinstance(report, Report)
    assert report.published == "2017-06-14"


def test_a_date_beyond_all_calendars_is_none(tmp_path: Path, body: str) -> None:
    dates = pa.array([2**31 - 1, 17331], pa.int32()).cast(pa.date32())
    pq.write_table(pa.table({"text": [body, f"{body}again"], "date": dates}), tmp_path / "a.parquet")
    first, second = read(tmp_path / "a.parquet")
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.published, second.published) == (None, "2017-06-14")


def test_broken_figures_of_a_column_do_not_end_the_process(tmp_path: Path) -> None:
    # found by fuzzing: asked for such a column, pyarrow 26 aborts
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["Shells fell."] * 9}), path)
    data = path.read_bytes()
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    for at in range(footer, len(data) - 8):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        assert list(read(path))


def test_columns_that_hold_no_texts(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1], "b": ["x"]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": [["x"]], "b": ["x"]}), tmp_path / "b.parquet")
    first, second = read(tmp_path)
    assert isinstance(first, Outcome) and isinstance(second, Outcome)
    assert (first.outcome, '"a", "b"' in first.reason) == (OutcomeKind.UNREADABLE, True)
    assert second.outcome is OutcomeKind.EMPTY


def test_one_long_text_a_million_times(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), ["Shells fell. " * 300_000])
    pq.write_table(pa.table({"text": text}), path)
    assert path.stat().st_size < 2_000_000  # and 780 gigabytes unpacked
    *outcomes, last = read(path)
    assert len(outcomes) == 200
    assert all(isinstance(o, Outcome) and o.outcome is OutcomeKind.TOO_LARGE for o in [*outcomes, last])
    assert isinstance(last, Outcome) and "more than 200 rows too long" in last.reason


def test_a_row_group_over_the_limit(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [f"{n} {body}" for n in range(50)]}), path)
    (outcome,) = read(path, limits=Limits(max_table_bytes=1000))
    assert isinstance(outcome, Outcome)
    assert (outcome.outcome, "--max-table-bytes" in outcome.reason) == (OutcomeKind.TOO_LARGE, True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8))
def test_broken_bytes_end_in_reports_or_outcomes(tmp_path: Path, places: list[tuple[float, int]]) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [f"{n} Shells fell." for n in range(40)], "date": ["x"] * 40}), path)
    data = bytearray(path.read_bytes())
    for place, byte in places:
        data[int(place * len(data))] = byte
    path.write_bytes(data)
    assert list(read(path))


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.table({"text": ["Shells fell."]}), tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (outcome,) = read(tmp_path / "a.parquet")
    assert isinstance(outcome, Outcome)
    assert "pip install 'dateline[tables]'" in outcome.reason
