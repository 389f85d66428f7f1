"""``dateline code`` as a user meets it: real files, real processes, bad input of every kind."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

STORY = (
    "March 3, 2021\n\nMilitants attacked an army post near the river on Tuesday, killing at least four "
    "soldiers, a military spokesman said.\n"
)


def _outcomes(folder: Path) -> dict[str, tuple[str, str]]:
    with (folder / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: (row["outcome"], row["reason"]) for row in csv.DictReader(file)}


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_report_from_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    done = run("code", "story.txt", "-o", "out")
    assert done.returncode == 0
    files = {p.name for p in (tmp_path / "out").iterdir()}
    assert files == {
        "reports.jsonl",
        "claims.jsonl",
        "events.jsonl",
        "events.csv",
        "events.geojson",
        "report.html",
        "outcomes.csv",
    }
    (report,) = _lines(tmp_path / "out/reports.jsonl")
    assert report["published"] == "2021-03-03" and report["audience"] == "internal"
    claims = _lines(tmp_path / "out/claims.jsonl")
    assert claims
    for claim in claims:
        trigger = claim["trigger"]
        assert isinstance(trigger, dict)
        assert str(report["text"])[trigger["start"] : trigger["end"]] == trigger["text"]
    assert "report.html" in done.stdout
    # nothing but the table in a pipe: no progress, no colour
    assert "\x1b" not in done.stdout + done.stderr and done.stderr == ""


def test_standard_input(run: Run, tmp_path: Path) -> None:
    done = run(
        "code",
        "-",
        "-o",
        "out",
        "--published",
        "2021-03-04",
        "--outlet",
        "Harbour Post",
        stdin=STORY.encode(),
    )
    assert done.returncode == 0
    (report,) = _lines(tmp_path / "out/reports.jsonl")
    assert (report["published"], report["outlet"]) == ("2021-03-04", "Harbour Post")


ARABIC = "هاجم مسلحون نقطة للجيش قرب النهر يوم الثلاثاء ما أسفر عن مقتل أربعة جنود على الأقل. " * 6


def test_bad_inputs_each_end_in_a_clear_row(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "utf16.txt").write_bytes(STORY.encode("utf-16"))
    (folder / "cp1256.txt").write_bytes(ARABIC[:-90].encode("cp1256"))
    (folder / "mojibake.txt").write_bytes(STORY.replace("post", "café").encode().decode("cp1252").encode())
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    (folder / "line.txt").write_text("shells fell and " * 65_000)
    (folder / "undated.txt").write_text("Shells fell on the quay on Tuesday, killing two fishermen.")
    (folder / "peace.txt").write_text(
        "The city council opened a new library on Monday. Readers were pleased."
    )
    (folder / "arabic.txt").write_text(ARABIC, encoding="utf-8")
    rows = [json.dumps({"id": f"n{i}", "text": STORY + f"Report {i}."}) for i in range(1, 10)]
    rows[6] = '{"id": "n7", "text": "cut off'
    (folder / "rows.jsonl").write_text("\n".join(rows))
    done = run("code", "in", "missing.txt", "-o", "out")
    assert done.returncode == 1
    ended = _outcomes(tmp_path / "out")
    kinds = {Path(path).name: outcome for path, (outcome, _) in ended.items()}
    assert kinds["empty.txt"] == "empty"
    assert kinds["binary.txt"] == "unreadable"
    assert kinds["utf16.txt"] == "coded"
    assert kinds["cp1256.txt"] == kinds["arabic.txt"] == "unsupported language"
    assert kinds["mojibake.txt"] == "coded"
    assert kinds["huge.txt"] == "too large"
    assert kinds["line.txt"] == "too large"
    assert kinds["undated.txt"] == "coded"
    assert kinds["peace.txt"] == "no conflict content"
    assert kinds["missing.txt"] == "unreadable"
    assert kinds["rows.jsonl:7"] == "unreadable"
    for path, (outcome, reason) in ended.items():
        assert reason or outcome in ("coded", "no conflict content"), path
    ids = {r["id"] for r in _lines(tmp_path / "out/reports.jsonl") if str(r["path"]).endswith("undated.txt")}
    undated = [d for c in _lines(tmp_path / "out/claims.jsonl") if c["report_id"] in ids for d in c["dates"]]  # type: ignore[attr-defined]
    assert undated
    assert all(d["from"] is None and d["precision"] == "unresolved" for d in undated)
    # eight good rows of the broken file were coded: none is lost, and the totals reconcile
    with (tmp_path / "out/outcomes.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert sum(row["path"].endswith("rows.jsonl") for row in table) == 8
    reports = {r["id"] for r in _lines(tmp_path / "out/reports.jsonl")}
    assert reports == {i for row in table for i in row["report_ids"].split("; ") if i}


def test_nothing_but_a_missing_path(run: Run, tmp_path: Path) -> None:
    done = run("code", "nowhere.txt", "-o", "out")
    assert done.returncode == 1
    assert _outcomes(tmp_path / "out")["nowhere.txt"][0] == "unreadable"


@pytest.mark.parametrize(
    "arguments",
    [
        ["code"],
        ["code", "x.txt", "--published", "yesterday"],
        ["code", "x.txt", "--workers", "0"],
        ["code", "x.txt", "--no-such-option"],
    ],
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr


def test_an_output_folder_that_cannot_be(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "file").write_text("in the way")
    done = run("code", "story.txt", "-o", "file/out")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "choose another folder with -o" in done.stderr


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="skipped: needs root to mount a small disk"
)
def test_a_full_disk(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        "\n".join(json.dumps({"id": f"n{i}", "text": STORY + f"Report {i}."}) for i in range(40))
    )
    (tmp_path / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path / "disk")]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("skipped: no permission to mount a small disk here")
    try:
        done = run("code", "in.jsonl", "-o", "disk/out")
        assert done.returncode == 2
        assert "the disk is full" in done.stderr and done.stderr.count("\n") == 1
        assert (tmp_path / "disk/out/coding.part").stat().st_size > 0
    finally:
        subprocess.run(["umount", str(tmp_path / "disk")], check=True)


def test_ctrl_c_keeps_what_was_done(tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"n{i:04}", "text": f"{STORY}Report {i}. {STORY * 5}"}) for i in range(3000)]
    (tmp_path / "in.jsonl").write_text("\n".join(rows))
    command = [sys.executable, "-m", "dateline", "code", "in.jsonl", "-o", "out"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    part = tmp_path / "out/coding.part"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (part.exists() and part.stat().st_size > 20_000):
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert b"Traceback" not in out + err, err.decode()
    assert process.returncode == 130
    assert b"stopped" in out + err
    done = _lines(tmp_path / "out/reports.jsonl")
    assert 0 < len(done) < 3000
    assert len(_lines(tmp_path / "out/claims.jsonl")) > 0
    # the next run goes on from there: it only codes what is missing
    kept = part.stat().st_size
    assert kept > 20_000
    (tmp_path / "in.jsonl").write_text("\n".join(rows[: len(done) + 3]))
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert len(_lines(tmp_path / "out/reports.jsonl")) == len(done) + 3
    assert not part.exists()


def test_shuffled_input_and_many_processes_give_the_same_bytes(run: Run, tmp_path: Path, root: Path) -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted((root / "examples").glob("*.txt"))]
    rows = [json.dumps({"id": f"n{i}", "text": f"{t}\n{i}"}) for i, t in enumerate(texts * 2)]
    made = []
    for name, lines, workers in (("a", rows, "1"), ("b", rows[::-1], "2"), ("c", rows[5:] + rows[:5], "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "in.jsonl").write_text("\n".join(lines))
        done = run("code", "in.jsonl", "-o", "out", "--workers", workers, cwd=tmp_path / name)
        assert done.returncode == 0
        made.append({p.name: p.read_bytes() for p in (tmp_path / name / "out").iterdir()})
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["code", "--help"], ["codebook"], ["schema", "claim"], ["--version"]]
)
def test_help_teaches(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 0 and done.stdout


def test_codebook_prints_every_type(run: Run) -> None:
    from dateline.records import EventType

    printed = run("codebook").stdout
    assert all(kind.value in printed for kind in EventType)
    assert "PLOVER" in printed and "ACLED" in printed and "CAMEO" in printed and "UCDP" in printed
    as_json = json.loads(run("codebook", "--json").stdout)
    assert len(as_json["types"]) == len(EventType)


def test_update_keeps_the_ids_of_events(run: Run, tmp_path: Path) -> None:
    def report(name: str, outlet: str, killed: int) -> str:
        text = f"{outlet}: a car bomb killed {killed} people in Mosul, Iraq, on Tuesday, police said."
        return json.dumps({"id": name, "outlet": outlet, "published": "2021-03-03", "text": text})

    def ids() -> dict[str, str]:
        lines = (tmp_path / "out/claims.jsonl").read_text(encoding="utf-8").splitlines()
        return {claim["claim_id"]: claim["event_id"] for claim in map(json.loads, lines)}

    (tmp_path / "r.jsonl").write_text(report("n1", "Tigris Post", 14), encoding="utf-8")
    assert run("code", "r.jsonl", "-o", "out").returncode == 0
    before = ids()
    both = report("n1", "Tigris Post", 14) + "\n" + report("n2", "Levant Wire", 16)
    (tmp_path / "r.jsonl").write_text(both, encoding="utf-8")
    assert run("code", "r.jsonl", "-o", "out", "--update", "out").returncode == 0
    now = ids()
    assert {claim: now[claim] for claim in before} == before and len(set(now.values())) == len(
        set(before.values())
    )
    done = run("code", "r.jsonl", "-o", "out", "--update", "nowhere")
    assert done.returncode == 2 and "no finished run" in done.stderr


def test_own_actors_are_known_in_every_process(run: Run, tmp_path: Path) -> None:
    own = '[[actor]]\nid = "hill-guard"\nname = "Guards of the Hill"\nkind = "militia"\n'
    (tmp_path / "my.toml").write_text(own, encoding="utf-8")
    text = "On Sunday the Guards of the Hill attacked a checkpoint near Homs and killed four soldiers."
    rows = [
        json.dumps({"id": f"n{n}", "published": "2016-06-06", "text": f"{text} Report {n}."})
        for n in range(6)
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert run("code", "r.jsonl", "-o", "out", "--actors", "my.toml", "--workers", "2").returncode == 0
    lines = (tmp_path / "out/claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert {a["id"] for line in lines for a in json.loads(line)["actors"]} == {"hill-guard"}
    (tmp_path / "my.toml").write_text(own.replace("militia", "army"), encoding="utf-8")
    done = run("code", "r.jsonl", "-o", "out2", "--actors", "my.toml")
    assert done.returncode == 2 and "$.actor[0].kind" in done.stderr
