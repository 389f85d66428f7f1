"""``dateline export`` and ``dateline redact`` as a user meets them."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

TEXT = (
    "A car bomb killed 14 people in Mosul, Iraq, on Tuesday, said the baker Oldra Venn. "
    "Rockets hit the Beit Venn shelter in Mosul on Monday and wounded five people. "
    "The army will storm Tal Afar next week."
)


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    row = {"id": "venn-1", "outlet": "Venn's Letters", "published": "2021-03-03", "text": TEXT}
    (tmp_path / "r.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run("code", "r.jsonl", "-o", "out").returncode == 0
    return tmp_path


def test_the_public_gets_a_file_with_a_sheet_and_a_report(run: Run, folder: Path) -> None:
    done = run("export", "out", "--format", "csv", "-o", "for-all")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Disclosure report") and "2 events, public" in done.stdout
    names = {path.name for path in (folder / "for-all").iterdir()}
    assert names == {"events.csv", "events.csv.methodology.md", "events.csv.disclosure.md"}
    for path in (folder / "for-all").iterdir():
        assert "venn" not in path.read_text(encoding="utf-8").casefold()
    with (folder / "for-all/events.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["audience"] for row in rows} == {"public"}
    (line,) = (folder / "out/exports.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert (record["format"], record["audience"], record["events"]) == ("csv", "public", 2)
    assert record["accepted"] is None and len(record["sha256"]) == 64


def test_an_internal_file_says_so_in_its_name(run: Run, folder: Path) -> None:
    done = run("export", "out", "--format", "jsonl", "--audience", "internal", "--all", "-o", "ours.jsonl")
    assert done.returncode == 0, done.stderr
    assert (folder / "ours.internal.jsonl").read_bytes() == (folder / "out/events.jsonl").read_bytes()
    for name in ("claims", "reports"):
        written = (folder / f"ours-{name}.internal.jsonl").read_bytes()
        assert written == (folder / f"out/{name}.jsonl").read_bytes()
    assert "Internal" in (folder / "ours.internal.jsonl.methodology.md").read_text(encoding="utf-8")
    assert not (folder / "ours.internal.jsonl.disclosure.md").exists()


def test_filters_choose(run: Run, folder: Path) -> None:
    done = run("export", "out", "--filter", "type=bombing", "--filter", "killed>=10", "-o", "b.csv")
    assert done.returncode == 0 and "1 event, public" in done.stdout
    sheet = (folder / "b.csv.methodology.md").read_text(encoding="utf-8")
    assert "chosen by: type=bombing; killed>=10; status=happened" in sheet
    done = run("export", "out", "--filter", "event=oldra-venn", "-o", "none.csv")
    assert done.returncode == 0 and "0 events" in done.stdout
    assert "venn" not in (folder / "none.csv.methodology.md").read_text(encoding="utf-8")
    done = run("export", "out", "--filter", "sort=bombing")
    assert done.returncode == 2 and "allowed are type=" in done.stderr


def test_text_goes_out_only_when_somebody_takes_the_risk(run: Run, folder: Path) -> None:
    done = run("export", "out", "--with-text", "-o", "t.csv")
    assert done.returncode == 2 and "--accept-risk" in done.stderr
    assert not (folder / "t.csv").exists()
    why = "agreed with our protection officer, Oldra Venn"
    done = run("export", "out", "--with-text", "--accept-risk", why, "-o", "t.csv")
    assert done.returncode == 0, done.stderr
    sentences = (folder / "t.csv.sentences.csv").read_text(encoding="utf-8")
    assert "[name]" in sentences and "[shelter]" in sentences and "Venn" not in sentences
    sheet = (folder / "t.csv.methodology.md").read_text(encoding="utf-8")
    assert "agreed with our protection officer" in sheet and "Venn" not in sheet
    record = json.loads((folder / "out/exports.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert record["accepted"] == why


def test_rules_of_ones_own(run: Run, folder: Path) -> None:
    shown = run("export", "--show-rules").stdout
    assert "[coarsen]" in shown
    (folder / "ours.toml").write_text(shown.replace('to = "admin2"', 'to = "country"'), encoding="utf-8")
    done = run("export", "out", "--rules", "ours.toml", "-o", "o.csv")
    assert done.returncode == 0 and "country level" in done.stdout
    (folder / "ours.toml").write_text("[coarsen]\nplaces = 3", encoding="utf-8")
    done = run("export", "out", "--rules", "ours.toml")
    assert done.returncode == 2 and "places" in done.stderr


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["--format", "csv"], "which run"),
        (["out", "--format", "xls"], "there are csv"),
        (["out", "--audience", "friends"], "public or internal"),
        (["out", "--accept-risk", " "], "reason"),
        (["out", "-o", "out/events.csv"], "working files"),
        (["out", "-o", "out"], "working files"),
        (["out", "-o", "x.internal.csv"], "may not be called internal"),
        (["r.jsonl"], "no finished run"),
    ],
)
def test_wrong_usage_says_what_to_do(run: Run, folder: Path, order: list[str], said: str) -> None:
    done = run("export", *order)
    assert done.returncode == 2 and said in " ".join(done.stderr.replace("│", " ").split())


def test_the_formats_are_listed(run: Run, folder: Path) -> None:
    done = run("export", "--format", "list")
    assert done.returncode == 0 and {line.split()[0] for line in done.stdout.splitlines()} >= {"csv", "jsonl"}


def test_redact_shows_what_would_go_and_why(run: Run) -> None:
    done = run("redact", "Call +963 944 123 456, said Oldra Venn, 34.")
    assert done.returncode == 0
    assert done.stdout.startswith("Call [phone], said [name], 34.")
    assert "a telephone number" in done.stdout and "2 would go: 1 name, 1 phone" in done.stdout
    assert "nothing would go" in run("redact", "-", stdin=b"The army shelled Homs.").stdout
    assert run("redact", "-", stdin=b" \n").returncode == 2
