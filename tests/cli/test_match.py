"""``dateline match`` as a user meets it: a real run and a list in CSV."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    text = "A car bomb killed 14 people in Mosul, Iraq, on Tuesday, police said."
    row = json.dumps({"id": "n1", "outlet": "Tigris Post", "published": "2021-03-03", "text": text})
    (tmp_path / "r.jsonl").write_text(row, encoding="utf-8")
    assert run("code", "r.jsonl", "-o", "out").returncode == 0
    return tmp_path


def test_a_list_is_lined_up(run: Run, folder: Path) -> None:
    rows = "event_id,event_date,location,country,fatalities\n"
    rows += "A1,2021-03-02,Mosul,Iraq,14\nA2,2021-03-02,Basra,Iraq,1\n"
    (folder / "list.csv").write_text(rows, encoding="utf-8")
    done = run("match", "out", "list.csv")
    assert done.returncode == 0 and "1  matched" in done.stdout and "1  missing" in done.stdout
    with (folder / "matches.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [row["state"] for row in found if row["incident"]] == ["matched", "missing"]
    assert found[0]["reasons"] == "the same day; the same place; the dead agree"


def test_columns_of_other_names_and_coordinates(run: Run, folder: Path) -> None:
    rows = "when;where\n"
    (folder / "list.csv").write_text(
        "when,spot,lat,lon\n2021-03-02,the market,36.34,43.13\n", encoding="utf-8"
    )
    done = run("match", "out", "list.csv")
    assert done.returncode == 2 and "--column date=COLUMN" in done.stderr
    done = run("match", "out", "list.csv", "--column", "date=when", "--column", "place=spot")
    assert done.returncode == 0 and "1  matched" in done.stdout
    (folder / "bad.csv").write_text(rows, encoding="utf-8")
    assert run("match", "out", "bad.csv").returncode == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"date,place\n", "no incidents"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"date,place,lat,lon\n2021-03-02,Mosul,north,43\n", ":2: 'north' is no coordinate"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(run: Run, folder: Path, content: bytes, why: str) -> None:
    (folder / "list.csv").write_bytes(content)
    done = run("match", "out", "list.csv")
    assert done.returncode == 2 and why in done.stderr
    assert not (folder / "matches.csv").exists()
