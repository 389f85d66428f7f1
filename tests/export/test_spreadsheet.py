"""XLSX: a readme, the events, the accounts; no formulas."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import openpyxl
import pandas
import pytest
from exporting import HOSTILE, account, bare, dataset, examples, hostile, made, toll

from dateline.errors import InstallationError
from dateline.export import spreadsheet
from dateline.export.dataset import Audience, Dataset
from dateline.export.described import ACCOUNT_COLUMNS
from dateline.export.flat import columns


def cells(path: Path, sheet: str) -> list[list[openpyxl.cell.cell.Cell]]:
    book = openpyxl.load_workbook(path)
    return [list(row) for row in book[sheet].iter_rows()]


def test_real_events_read_back(tmp_path: Path) -> None:
    assert spreadsheet.write(tmp_path / "e.xlsx", examples()) == ()
    sheets = pandas.read_excel(tmp_path / "e.xlsx", sheet_name=None)
    assert list(sheets) == ["readme", "events", "accounts"]
    events = sheets["events"]
    assert set(events.columns) == {*columns(), "sentence"}
    assert list(events.event_id) == [e.event_id for e in examples().events]
    assert events.killed_min.sum() == sum(e.killed.min or 0 for e in examples().events if e.killed)
    assert set(events.old) == {True, False}
    assert list(sheets["accounts"].columns) == list(ACCOUNT_COLUMNS)
    given = [a for e in examples().events if e.killed for a in e.killed.accounts]
    assert (sheets["accounts"].harm == "killed").sum() == len(given)


def test_the_readme_says_for_whom_and_explains_every_column(tmp_path: Path) -> None:
    spreadsheet.write(tmp_path / "e.xlsx", examples())
    readme = [[c.value for c in row] for row in cells(tmp_path / "e.xlsx", "readme")]
    assert readme[0][0] == "audience"
    assert readme[0][1].startswith("INTERNAL.")
    about = {row[0]: row[1] for row in readme if row[0]}
    assert all(about[name] for name in (*columns(), "sentence", *ACCOUNT_COLUMNS))
    spreadsheet.write(tmp_path / "p.xlsx", dataset(bare()))
    assert cells(tmp_path / "p.xlsx", "readme")[0][1].value.startswith("PUBLIC.")
    assert openpyxl.load_workbook(tmp_path / "p.xlsx").properties.title == "Events (public)"


def test_nothing_is_a_formula(tmp_path: Path) -> None:
    killed = toll(1, 2, accounts=tuple(account(1, 2, text, text) for text in HOSTILE))
    data = Dataset(
        audience=Audience.INTERNAL,
        events=(*hostile(), made(event_id="last", killed=killed)),
        counts={"=1+1": 1},
        versions={"@x": "=cmd"},
    )
    spreadsheet.write(tmp_path / "e.xlsx", data)
    for sheet in ("readme", "events", "accounts"):
        for row in cells(tmp_path / "e.xlsx", sheet):
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert not str(cell.value or "").startswith(("=", "+", "@", "-"))
    with zipfile.ZipFile(tmp_path / "e.xlsx") as book:
        assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())
    names = [row[columns().index("place_name") + 1].value for row in cells(tmp_path / "e.xlsx", "events")[1:]]
    assert names[0] == "'" + HOSTILE[0]
    assert names[3] == "a\nb\nc"
    assert names[5] == HOSTILE[5]
    assert names[7] == "nul\\x00bell\\x07"


def test_no_number_is_an_empty_cell(tmp_path: Path) -> None:
    spreadsheet.write(tmp_path / "e.xlsx", dataset(bare()))
    head, row = cells(tmp_path / "e.xlsx", "events")
    values = {h.value: c.value for h, c in zip(head, row, strict=True)}
    assert values["killed_min"] is None
    assert values["place_name"] is None
    assert values["outlets"] is None
    assert values["sentence"] == "On an unknown date an air strike was reported."


def test_what_is_too_long_for_a_cell_is_cut_and_told(tmp_path: Path) -> None:
    notes = spreadsheet.write(tmp_path / "e.xlsx", dataset(made(reasons=("x" * 40_000,))))
    assert notes == ("1 cell cut at 32,767 characters, which is what a cell holds.",)


def test_without_openpyxl_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InstallationError, match=r"pip install 'dateline\[office\]'"):
        spreadsheet.write(tmp_path / "e.xlsx", dataset())
    assert list(tmp_path.iterdir()) == []
