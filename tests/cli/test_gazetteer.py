"""``dateline gazetteer`` as a user meets it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

VILLAGE = "-1\tXyzzyq\tXyzzyq\t\t35.5\t36.7\tP\tPPL\tSY\t\tID\t\t\t\t40\t\t\tAsia/Damascus\t2024-03-01\n"


@pytest.fixture
def dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "home"))
    (tmp_path / "SY.txt").write_text(VILLAGE, encoding="utf-8")
    return tmp_path


def test_add_list_search_remove(run: Run, dump: Path) -> None:
    assert "no packs" in run("gazetteer", "list").stdout
    done = run("gazetteer", "add", "SY", "--from", ".")
    assert done.returncode == 0 and "SY: 1 places more" in done.stdout
    listed = json.loads(run("gazetteer", "list", "--json").stdout)
    assert listed["shipped"]["places"] > 100_000 and len(listed["shipped"]["digest"]) == 16
    told = run("gazetteer", "list").stdout
    assert listed["shipped"]["digest"] in told and listed["packs"][0]["sha256"][:16] in told
    assert listed["packs"][0]["made"] in told and "SY.txt" in told
    assert [(p["country"], p["places"], p["fits"]) for p in listed["packs"]] == [("SY", 1, True)]
    told = run("gazetteer", "search", "al Xyzzyq").stdout
    assert "Xyzzyq  city, Syria, 40 people  35.5000 36.7000  pack SY" in told
    assert run("gazetteer", "remove", "SY").returncode == 0
    assert "Xyzzyq" not in run("gazetteer", "search", "Xyzzyq").stdout
    done = run("gazetteer", "search", "Qqqqqv")
    assert done.returncode == 1 and "a pack may have it" in done.stdout


def test_search_tells_what_a_name_may_mean(run: Run, dump: Path) -> None:
    found = json.loads(run("gazetteer", "search", "Dayr az-Zawr", "--country", "sy", "--json").stdout)
    assert {row["kind"] for row in found} >= {"city", "admin1"} and {row["country"] for row in found} == {
        "SY"
    }


def test_workers_know_the_pack(run: Run, dump: Path) -> None:
    run("gazetteer", "add", "SY", "--from", ".")
    text = "Air strikes killed 12 people in Xyzzyq in Syria on Sunday, Syrian activists said."
    rows = [{"id": f"n{i}", "text": f"{text} Report {i}.", "published": "2016-06-06"} for i in range(4)]
    (dump / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("code", "r.jsonl", "-o", "out", "--workers", "2").returncode == 0
    places = [
        place["lat"]
        for line in (dump / "out/claims.jsonl").read_text(encoding="utf-8").splitlines()
        for place in json.loads(line)["places"]
        if place["text"] == "Xyzzyq"
    ]
    assert len(places) >= 4 and set(places) == {35.5}


def test_errors_say_what_to_do(run: Run, dump: Path) -> None:
    done = run("gazetteer", "add", "IQ", "--from", ".")
    assert done.returncode == 2 and "neither IQ.txt nor IQ.zip" in done.stderr
    done = run("gazetteer", "add", "Syria", "--from", ".")
    assert done.returncode == 2 and "ISO 3166-1" in done.stderr
    assert run("gazetteer", "remove", "SY").returncode == 2
    done = run("gazetteer", "search", "Aleppo", "--country", "Syria")
    assert done.returncode == 2 and "ISO 3166-1" in done.stderr
