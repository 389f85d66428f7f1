"""``dateline code --translate-with``: what is coded, what is kept beside it, and Ctrl-C meanwhile."""

from __future__ import annotations

import csv
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dateline
from dateline.sources import Columns, Limits, Translation

Run = Callable[..., "subprocess.CompletedProcess[str]"]

ARABIC = "هاجم مسلحون نقطة للجيش قرب النهر يوم الثلاثاء ما أسفر عن مقتل أربعة جنود على الأقل. " * 3
ENGLISH = "Militants attacked an army post near the river on Tuesday, killing at least four soldiers, a"
ENGLISH += " military spokesman said."


def _command(folder: Path, code: str) -> str:
    (folder / "translator.py").write_text(
        f"import sys, time\ntext = sys.stdin.buffer.read().decode()\n{code}\n"
    )
    return shlex.join([sys.executable, str(folder / "translator.py"), "{language}"])


def _outcomes(folder: Path) -> dict[str, tuple[str, str]]:
    with (folder / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: (row["outcome"], row["reason"]) for row in csv.DictReader(file)}


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_translation_is_coded_and_the_original_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in range(14):  # more than are done without other processes
        (tmp_path / f"in/{n:02}.txt").write_text(f"{ARABIC}{n}", encoding="utf-8")
    (tmp_path / "in/bad.txt").write_text(f"{ARABIC}bad", encoding="utf-8")
    (tmp_path / "in/english.txt").write_text(ENGLISH)
    code = "if text.endswith('bad'): sys.exit('cannot')\n"
    code += f"print({ENGLISH!r}, 'It was report', text[-2:], sys.argv[1:])"
    given = ("code", "in", "-o", "out", "--translate-with", _command(tmp_path, code), "--workers", "2")
    done = run(*given)
    assert done.returncode == 0, done.stderr
    outcomes = _outcomes(tmp_path / "out")
    assert len(outcomes) == 16
    assert outcomes["in/bad.txt"][0] == "unsupported language"
    assert outcomes["in/bad.txt"][1].endswith("failed (exit status 1): cannot")
    assert {kind for path, (kind, _) in outcomes.items() if path != "in/bad.txt"} == {"coded"}
    reports = {str(r["id"]): r for r in _lines(tmp_path / "out/reports.jsonl")}
    translated = [r for r in reports.values() if r["language"] == "ar" and r["path"] != "in/bad.txt"]
    assert len(translated) == 14
    for report in translated:
        assert str(report["text"]).startswith(ENGLISH) and str(report["text"]).endswith("['ar']")
        assert str(report["original"]).startswith("هاجم")
        assert str(report["translated_by"]).endswith("translator.py ar")
    for claim in _lines(tmp_path / "out/claims.jsonl"):
        trigger = claim["trigger"]
        assert isinstance(trigger, dict)
        text = str(reports[str(claim["report_id"])]["text"])
        assert text[trigger["start"] : trigger["end"]] == trigger["text"]
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").glob("*.jsonl")}
    run(*given[:-1], "1")
    assert before == {p.name: p.read_bytes() for p in (tmp_path / "out").glob("*.jsonl")}


def test_from_python(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"Story;Day\n{ARABIC};2021-03-04\n", encoding="utf-8")
    coded = dateline.code(
        tmp_path / "a.csv",
        limits=Limits(columns=Columns(text="story", date="day")),
        translation=Translation.by(_command(tmp_path, f"print({ENGLISH!r})")),
    )
    (report,) = coded.reports
    assert (report.text, report.original) == (ENGLISH, ARABIC.rstrip())
    (event,) = coded.events
    assert event.date.to == "2021-03-02"


def test_without_it_the_outcome_says_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-8")
    assert run("code", "a.txt", "-o", "out").returncode == 0
    (kind, reason) = _outcomes(tmp_path / "out")["a.txt"]
    assert kind == "unsupported language"
    assert reason.startswith("language not supported: ar") and "--translate-with" in reason


def test_a_command_that_is_not_there_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-8")
    done = run("code", "a.txt", "-o", "out", "--translate-with", "no-such-command")
    assert (done.returncode, "no such command" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_ctrl_c_does_not_wait_for_translators(tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"n{n:03}", "text": f"{ARABIC} {n}"}, ensure_ascii=False) for n in range(60)]
    (tmp_path / "in.jsonl").write_text("\n".join(rows), encoding="utf-8")
    slow = _command(tmp_path, f"open('begun', 'a').write('x')\ntime.sleep(50)\nprint({ENGLISH!r})")
    command = [sys.executable, "-m", "dateline", "code", "in.jsonl", "-o", "out", "--workers", "2"]
    process = subprocess.Popen(
        [*command, "--translate-with", slow],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    begun = tmp_path / "begun"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (begun.exists() and begun.stat().st_size == 2):
        time.sleep(0.1)
    pressed = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert time.monotonic() - pressed < 20
    assert process.returncode == 130 and b"Traceback" not in out + err, err.decode()
    assert {kind for kind, _ in _outcomes(tmp_path / "out").values()} == {"not coded"}
