"""``dateline explain`` as a user meets it: a real run, real ids."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

REPORTS = [
    {
        "id": f"n{number}",
        "outlet": outlet,
        "published": "2021-03-03",
        "text": f"{outlet}: a car bomb killed {told} people in Mosul, Iraq, on Tuesday, police said.",
    }
    for number, (outlet, told) in enumerate([("Tigris Post", 14), ("Levant Wire", 16)])
]


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "reports.jsonl").write_text("\n".join(map(json.dumps, REPORTS)), encoding="utf-8")
    assert run("code", "reports.jsonl", "-o", "out").returncode == 0
    return tmp_path / "out"


def _events(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]


def test_says_why_two_reports_are_one_event(run: Run, folder: Path) -> None:
    event = next(e for e in _events(folder) if e["reports"] == ["n0", "n1"])
    done = run("explain", "out", str(event["event_id"]))
    assert done.returncode == 0, done.stderr
    assert "2 claims of 2 reports" in done.stdout
    assert "Tigris Post" in done.stdout and "Levant Wire" in done.stdout
    assert "the same place" in done.stdout and "the same days" in done.stdout


def test_json_holds_all(run: Run, folder: Path) -> None:
    event = next(e for e in _events(folder) if e["reports"] == ["n0", "n1"])
    told = json.loads(run("explain", "out", str(event["event_id"])[:5], "--json").stdout)
    assert told["event_id"] == event["event_id"]
    assert {"place.same", "days.same"} <= {reason["feature"] for reason in told["across"][0]["reasons"]}


def test_an_unknown_event_and_a_folder_that_is_no_run_say_what_to_do(run: Run, folder: Path) -> None:
    done = run("explain", "out", "e999999999999")
    assert done.returncode == 2 and "events.csv" in done.stderr
    done = run("explain", ".", "e1")
    assert done.returncode == 2 and "dateline code -o" in done.stderr and "Traceback" not in done.stderr


def test_a_damaged_run_is_told(run: Run, folder: Path) -> None:
    (folder / "events.jsonl").write_text('{"event_id": 3}\n', encoding="utf-8")
    done = run("explain", "out", "e1")
    assert done.returncode == 2 and "events.jsonl:1" in done.stderr
