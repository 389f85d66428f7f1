from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dateline.export.flat import cell
from dateline.export.folder import write_outcomes_csv
from dateline.records import Outcome, OutcomeKind


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (-1.5, "-1.5"),
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("\t=1+1", "'\t=1+1"),
        (("Tarn Herald", "=1+1", "@x"), "Tarn Herald; '=1+1; '@x"),
        ((), ""),
        ("-", "-"),
        ("-:7", "-:7"),
        ("-1+1", "'-1+1"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("\r=1+1", "'\n=1+1"),
        ("a\x00b\x1b", "a\\x00b\\x1b"),
    ],
)
def test_cell(value: object, text: str) -> None:
    assert cell(value) == text


def test_outcomes_read_back_row_by_row(tmp_path: Path) -> None:
    paths = ["-", "=cmd.txt", "a\rb.txt", 'say "so", twice.txt']
    outcomes = [Outcome(path=p, report_ids=("r1", "+2"), outcome=OutcomeKind.CODED) for p in paths]
    write_outcomes_csv(tmp_path / "outcomes.csv", outcomes)
    assert b"\r" not in (tmp_path / "outcomes.csv").read_bytes()
    with (tmp_path / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == ["-", "'=cmd.txt", "a\nb.txt", 'say "so", twice.txt']
    assert {row["report_ids"] for row in rows} == {"r1; '+2"}
