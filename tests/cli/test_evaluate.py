"""``dateline evaluate`` as a user meets it: real files, real processes, bad input."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

STORY = (
    "Militants attacked an army post near the river on Tuesday, killing at least four soldiers, a military "
    "spokesman said."
)
ATTACK: dict[str, Any] = {
    "trigger": "attacked",
    "type": "attack",
    "event": "e1",
    "actor": ["Militants"],
    "harm": [
        {
            "kind": "killed",
            "count": "at least four",
            "who": "soldiers",
            "min": 4,
            "max": None,
            "civilian": "no",
        }
    ],
    "source": [{"who": "a military spokesman", "cue": "said", "stance": "says"}],
}


def _write(folder: Path, reports: list[dict[str, Any]], gold: list[dict[str, Any]]) -> None:
    for name, rows in (("reports.jsonl", reports), ("gold.jsonl", gold)):
        (folder / name).write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    reports = [
        {"id": f"n{i}", "text": f"{STORY} Report {i}.", "published": "2021-03-03", "outlet": f"Paper {i % 2}"}
        for i in range(3)
    ]
    _write(tmp_path, reports, [{"id": f"n{i}", "claims": [ATTACK]} for i in range(2)])
    return tmp_path


def test_codes_the_annotated_reports_and_compares(run: Run, case: Path) -> None:
    done = run("evaluate", "reports.jsonl", "gold.jsonl")
    assert done.returncode == 0 and done.stderr == ""
    assert {p.name for p in (case / "evaluation").iterdir()} == {"figures.json", "errors.html"}
    figures = json.loads((case / "evaluation/figures.json").read_text(encoding="utf-8"))
    found = figures["figures"]["rates"]["claim found"]
    assert figures["figures"]["reports"] == 2 and found["gold"] == 2
    assert found["found"] == 2, "the plainest of attacks is found"
    assert set(figures["outlets"]) == {"Paper 0", "Paper 1"}
    lines = done.stdout.splitlines()
    assert lines[0] == f"2 reports, 2 claims in the gold, {found['coded']} coded"
    row = next(line for line in lines if line.startswith("claim found "))
    assert row.split()[2:] == [
        *(f"{found[name]:.3f}" for name in ("precision", "recall", "f")),
        "–",
        "2",
        str(found["coded"]),
    ]
    assert any(line.startswith("attack ") for line in lines) and any("Paper 1" in line for line in lines)
    assert lines[-1].endswith(f"open {case / 'evaluation/errors.html'}")
    assert "\x1b" not in done.stdout


def test_a_finished_run_gives_the_same_figures(run: Run, case: Path) -> None:
    now = run("evaluate", "reports.jsonl", "gold.jsonl", "--json", "-o", "a")
    assert run("code", "reports.jsonl", "-o", "out").returncode == 0
    folder = run("evaluate", "reports.jsonl", "gold.jsonl", "--json", "--claims", "out", "--out", "b")
    file = run("evaluate", "reports.jsonl", "gold.jsonl", "--json", "--claims", "out/claims.jsonl", "-o", "b")
    assert now.returncode == folder.returncode == file.returncode == 0
    assert now.stdout == folder.stdout == file.stdout == (case / "a/figures.json").read_text(encoding="utf-8")
    assert json.loads(now.stdout)["figures"]["reports"] == 2
    assert (case / "a/errors.html").read_bytes() == (case / "b/errors.html").read_bytes()


def test_a_report_that_cannot_be_coded_counts_as_missed_and_is_told(run: Run, case: Path) -> None:
    arabic = "هاجم مسلحون نقطة للجيش قرب النهر يوم الثلاثاء ما أسفر عن مقتل أربعة جنود على الأقل. " * 6
    gold = [
        {"id": "\x1b[31mn0", "claims": [ATTACK | {"trigger": "هاجم", "actor": [], "harm": [], "source": []}]}
    ]
    _write(case, [{"id": "\x1b[31mn0", "text": arabic, "outlet": "\x1b[31mRed"}], gold)
    done = run("evaluate", "reports.jsonl", "gold.jsonl")
    assert done.returncode == 1
    assert "language not supported" in done.stdout and "\x1b" not in done.stdout
    figures = json.loads((case / "evaluation/figures.json").read_text(encoding="utf-8"))
    assert list(figures["not_coded"]) == ["\x1b[31mn0"]
    assert figures["figures"]["rates"]["claim found"]["recall"] == 0


def test_gold_from_standard_reports(run: Run, case: Path) -> None:
    reports = (case / "reports.jsonl").read_bytes()
    done = run("evaluate", "-", "gold.jsonl", "--json", stdin=reports)
    assert done.returncode == 0 and json.loads(done.stdout)["figures"]["reports"] == 2


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (ATTACK | {"type": "air_raid"}, "'air_raid'"),
        (ATTACK | {"actor": ["\x1b[31mRebels"]}, "is not in the report's text"),
    ],
)
def test_wrong_gold_ends_in_one_line(run: Run, case: Path, claim: dict[str, Any], words: str) -> None:
    (case / "gold.jsonl").write_text(json.dumps({"id": "n1", "claims": [claim]}))
    done = run("evaluate", "reports.jsonl", "gold.jsonl")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("dateline: gold.jsonl:1: report 'n1', claim 1 ('attacked')")
    assert words in done.stderr and done.stderr.count("\n") == 1 and "\x1b" not in done.stderr
    assert not (case / "evaluation").exists()


def test_a_report_the_gold_names_and_nobody_has(run: Run, case: Path) -> None:
    (case / "gold.jsonl").write_text('{"id": "n9", "claims": []}')
    done = run("evaluate", "reports.jsonl", "gold.jsonl")
    assert done.returncode == 2 and "report 'n9' is not among the reports" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["reports.jsonl"],
        ["reports.jsonl", "gold.jsonl", "--workers", "0"],
        ["nowhere.jsonl", "gold.jsonl"],
        ["reports.jsonl", "nowhere.jsonl"],
        ["reports.jsonl", "gold.jsonl", "--claims", "nowhere"],
        ["reports.jsonl", "gold.jsonl", "--claims", "reports.jsonl"],
        ["reports.jsonl", "gold.jsonl", "-o", "gold.jsonl/out"],
    ],
)
def test_wrong_usage(run: Run, case: Path, arguments: list[str]) -> None:
    done = run("evaluate", *arguments)
    assert done.returncode == 2
    assert done.stderr and done.stdout == ""


def test_ctrl_c_scores_nothing(tmp_path: Path) -> None:
    """On a terminal, where the progress shows; stopped once some reports are coded."""
    rows = [{"id": f"n{i}", "text": f"{STORY * 6} Report {i}."} for i in range(2000)]
    _write(tmp_path, rows, [{"id": row["id"], "claims": [ATTACK]} for row in rows])
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dateline", "evaluate", "reports.jsonl", "gold.jsonl", "--workers", "1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=end,
        start_new_session=True,
    )
    os.close(end)
    told = b""
    while not re.search(rb"[1-9]\d*/\?", told):
        told += os.read(terminal, 1000)  # OSError where it ends before
    os.killpg(process.pid, signal.SIGINT)
    with suppress(OSError):  # Linux says so at the end of a terminal
        while more := os.read(terminal, 1000):
            told += more
    os.close(terminal)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130 and out == b""
    assert b"dateline: stopped; nothing was scored" in told and b"Traceback" not in told
    assert not (tmp_path / "evaluation").exists()


def test_help_teaches(run: Run) -> None:
    done = run("evaluate", "--help")
    assert done.returncode == 0
    for words in ("--claims", "--json", "--out", "--workers", "Exit 0", "Examples"):
        assert words in done.stdout
