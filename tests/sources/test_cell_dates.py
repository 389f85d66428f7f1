"""Dates of a column, told by their neighbours or by the number that they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.records import Report
from dateline.sources import read
from dateline.sources.cell_dates import order_of, settled


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2017", "06/14/2017"], "month first"),
        (["03/04/2017", "14.06.2017 10:30"], "day first"),
        (["03/04/2017", "04/04/2017"], None),
        (["14/06/2017", "06/14/2017"], None),  # a column that contradicts itself tells nothing
        (["2017-06-14", "14 June 2017", "", "99/99/2017"], None),
        ([], None),
    ],
)
def test_the_column_tells_the_order(cells: list[str], order: str | None) -> None:
    assert order_of(cells) == order


@pytest.mark.parametrize(
    ("cell", "order", "date"),
    [
        ("03/04/2017", "month first", "2017-03-04"),
        ("03/04/2017 08:00", "day first", "2017-04-03"),
        ("14/06/2017", "month first", "14/06/2017"),  # read as it must be
        ("03/04/2017", None, "03/04/2017"),  # both readings stay
        ("42900", None, "2017-06-14"),
        ("42900.4375", None, "2017-06-14"),
        ("1497436200", None, "2017-06-14"),
        ("1497436200000", None, "2017-06-14"),
        ("1497436200.5", None, "2017-06-14"),
        ("20170614", None, "20170614"),
        ("00017", None, "00017"),
        ("9999999999", None, "9999999999"),
        ("June 14", "day first", "June 14"),
        ("", "day first", ""),
    ],
)
def test_dates(cell: str, order: str | None, date: str) -> None:
    found, note = settled(cell, order)
    assert found == date
    assert bool(note) == (found != cell)


def test_in_a_table(tmp_path: Path) -> None:
    rows = ["3/4/2017", "6/14/2017", "42900"]
    lines = [f"{date},Shells fell {n} times." for n, date in enumerate(rows)]
    (tmp_path / "a.csv").write_text("\n".join(["date,text", *lines]))
    notes: list[str] = []
    found = list(read(tmp_path / "a.csv", note=lambda report, words: notes.append(words)))
    assert [r.published for r in found if isinstance(r, Report)] == ["2017-03-04", "2017-06-14", "2017-06-14"]
    assert notes == [
        "date 3/4/2017 read month first, as others in its column are",
        "date 42900 read as days since 1899",
    ]
