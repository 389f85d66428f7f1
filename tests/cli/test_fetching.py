"""``dateline code`` with addresses of pages, from a real server on this machine."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from serving import answer, serving

Run = Callable[..., "subprocess.CompletedProcess[str]"]

PAGE = (
    b'<html><head><meta property="article:published_time" content="2021-03-03"></head><body><article>'
    b"<h1>Army post attacked</h1><p>Militants attacked an army post near the river on Tuesday, killing at "
    b"least four soldiers, a military spokesman said. The attackers fled across the river before dawn.</p>"
    b"</article></body></html>"
)


def test_pages_and_why_others_are_none(run: Run, tmp_path: Path) -> None:
    with serving() as site:
        site.paths["/story?id=7"] = answer(PAGE)
        good, gone = site.url("/story?id=7"), site.url("/gone[1]")
        done = run("code", good, gone, "-o", "out", "--allow-local", "--fetch-delay", "0")
        refused = run("code", good, "-o", "other")
    assert done.returncode == 1
    with (tmp_path / "out/outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    assert rows[good]["outcome"] == "coded"
    assert rows[gone]["outcome"] == "unreadable"
    assert "404" in rows[gone]["reason"]
    report = json.loads((tmp_path / "out/reports.jsonl").read_text(encoding="utf-8"))
    assert (report["path"], report["url"], report["published"]) == (good, good, "2021-03-03")
    assert refused.returncode == 1
    assert "--allow-local" in (tmp_path / "other/outcomes.csv").read_text(encoding="utf-8")
