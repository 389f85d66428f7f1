"""Tables on the command line: the options that say which column holds what."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

STORY = (
    "Militants attacked an army post near the river on Tuesday, killing at least four soldiers, a military "
    "spokesman said."
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [["No.", "What was said", "Reported on", "Paper", "Top", "Where"]]
        rows += [["17", STORY, "3 March 2021", "Harbour Post", "Post attacked", "http://a.example/17"]]
        csv.writer(file).writerows(rows)
    return path


def _outcome(folder: Path) -> dict[str, str]:
    with (folder / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


def test_columns_are_given(run: Run, tmp_path: Path, table: Path) -> None:
    given = {
        "text": "what was said",
        "title": "TOP",
        "date": "Reported on",
        "outlet": "Paper",
        "url": "where",
        "id": "No",
    }
    options = [word for field, name in given.items() for word in (f"--{field}-column", name)]
    done = run("code", table.name, "-o", "out", *options)
    assert done.returncode == 0, done.stderr
    (report,) = [json.loads(line) for line in (tmp_path / "out/reports.jsonl").read_text().splitlines()]
    assert (report["id"], report["text"], report["title"]) == ("17", STORY, "Post attacked")
    assert (report["published"], report["outlet"]) == ("2021-03-03", "Harbour Post")
    assert (report["url"], report["path"]) == ("http://a.example/17", "incidents.csv:2")
    assert _outcome(tmp_path / "out")["outcome"] == "coded"


def test_what_cannot_be_told_is_asked_for(run: Run, tmp_path: Path, table: Path) -> None:
    assert run("code", table.name, "-o", "out").returncode == 1
    row = _outcome(tmp_path / "out")
    assert row["outcome"] == "unreadable"
    assert '"What was said"' in row["reason"] and "--text-column NAME" in row["reason"]
    assert run("code", table.name, "-o", "out", "--text-column", "txt").returncode == 1
    assert 'no column "txt" (--text-column)' in _outcome(tmp_path / "out")["reason"]
