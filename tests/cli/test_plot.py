"""``dateline plot`` as a user meets it: as safe as ``dateline export``."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

for _name in ("altair", "vl_convert"):
    pytest.importorskip(_name, reason="skipped: no altair or vl-convert (pip install 'dateline[plots]')")

Run = Callable[..., "subprocess.CompletedProcess[str]"]

KINDS = ("events", "killed", "actors", "places")
TEXT = (
    "A car bomb killed 14 people in Mosul, Iraq, on Tuesday, said the baker Oldra Venn. "
    "Shelling killed at least 20 people in Mosul in January. "
    "The army will storm Tal Afar next week. "
    "Police detained two journalists in Kirkuk, Iraq, on Sunday. "
    "Police arrested two journalists in Baghdad, Iraq, on Saturday. "
    "Gunmen abducted two journalists in Mosul on Monday. "
    "Militants abducted two journalists in Tikrit, Iraq, on Tuesday."
)
SHOWN_TOWNS = "[coarsen]\nfew_living_victims = false\n"


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from dateline.pipeline import code_to

    folder = tmp_path_factory.mktemp("plot")
    row = {"id": "venn-1", "outlet": "Venn's Letters", "published": "2021-03-03", "text": TEXT}
    (folder / "r.jsonl").write_text(json.dumps(row), encoding="utf-8")
    code_to([str(folder / "r.jsonl")], folder / "out", workers=1)
    return folder


@pytest.fixture
def folder(coded: Path, tmp_path: Path) -> Path:
    """A finished run in ``out``, with nothing on record."""
    for path in (coded / "out").iterdir():
        if path.is_file():
            (tmp_path / "out").mkdir(exist_ok=True)
            (tmp_path / "out" / path.name).write_bytes(path.read_bytes())
    return tmp_path


def recorded(folder: Path) -> list[dict[str, object]]:
    path = folder / "out/exports.jsonl"
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )


def test_the_public_gets_pictures_with_a_report_and_a_sheet_each(run: Run, folder: Path) -> None:
    done = run("plot", "out", "-o", "p")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Disclosure report: 6 events for the public")
    assert "Left out: 1 dated no closer than a week" in done.stdout
    sheets = ("", ".methodology.md", ".disclosure.md")
    assert {path.name for path in (folder / "p").iterdir()} == {f"{k}.svg{s}" for k in KINDS for s in sheets}
    for path in (folder / "p").iterdir():
        assert "venn" not in path.read_text(encoding="utf-8").casefold()
    told = (folder / "p/killed.svg.methodology.md").read_text(encoding="utf-8")
    assert "1 dated no closer than a week" in told and "6 of 7 events of the run, as svg" in told
    assert (folder / "p/killed.svg.disclosure.md").read_text(encoding="utf-8") in done.stdout + "\n"


def test_each_picture_goes_on_record_as_an_export_does(run: Run, folder: Path) -> None:
    assert (
        run("plot", "out", "--kind", "killed", "-f", "png", "-o", "p", "--filter", "killed>=1").returncode
        == 0
    )
    assert run("export", "out", "-o", "e.csv", "--filter", "killed>=1").returncode == 0
    plotted, exported = recorded(folder)
    assert set(plotted) == set(exported)
    assert Path(str(plotted["file"])) == (folder / "p/killed.png").resolve() and plotted["format"] == "png"
    assert plotted["sha256"] == hashlib.sha256((folder / "p/killed.png").read_bytes()).hexdigest()
    for name in ("audience", "events", "filters", "rules", "risks", "accepted"):
        assert plotted[name] == exported[name], name
    assert run("plot", "out", "-o", "p").returncode == 0
    assert [Path(str(one["file"])).stem for one in recorded(folder)[2:]] == list(KINDS)


@pytest.mark.parametrize("command", [("plot", "out"), ("export", "out")])
def test_nothing_is_written_where_the_gate_says_so(run: Run, folder: Path, command: tuple[str, str]) -> None:
    (folder / "ours.toml").write_text(SHOWN_TOWNS, encoding="utf-8")
    done = run(*command, "--rules", "ours.toml", "-o", "p")
    assert done.returncode == 2 and "--accept-risk" in done.stderr
    assert "4 events (66.7%) of one or two living victims" in done.stdout
    assert not (folder / "p").exists() and recorded(folder) == []


def test_a_risk_is_accepted_with_a_reason_that_goes_on_record(run: Run, folder: Path) -> None:
    (folder / "ours.toml").write_text(SHOWN_TOWNS, encoding="utf-8")
    why = "agreed with our protection officer, Oldra Venn"
    done = run("plot", "out", "--kind", "events", "--rules", "ours.toml", "--accept-risk", why, "-o", "p")
    assert done.returncode == 0, done.stderr
    (record,) = recorded(folder)
    assert record["accepted"] == why and record["risks"]
    report = (folder / "p/events.svg.disclosure.md").read_text(encoding="utf-8")
    assert "Accepted: agreed with our protection officer" in report and "Venn" not in report


def test_filters_choose_as_in_an_export(run: Run, folder: Path) -> None:
    done = run("plot", "out", "--kind", "events", "--filter", "type=bombing", "-o", "p")
    assert done.returncode == 0 and "\n    1 event told as having happened" in done.stdout
    drawing = (folder / "p/events.svg").read_text(encoding="utf-8")
    assert ">bombing<" in drawing and ">abduction<" not in drawing
    done = run("plot", "out", "--kind", "events", "--filter", "status=planned", "-o", "p")
    assert "0 events told as having happened" in done.stdout and "Left out: 1 planned" in done.stdout
    done = run("plot", "out", "--filter", "sort=bombing")
    assert done.returncode == 2 and "allowed are type=" in done.stderr


def test_an_internal_picture_says_so_in_its_name(run: Run, folder: Path) -> None:
    done = run("plot", "out", "--kind", "places", "--audience", "internal", "-o", "p")
    assert done.returncode == 0 and "Disclosure report" not in done.stdout
    names = {path.name for path in (folder / "p").iterdir()}
    assert names == {"places.internal.svg", "places.internal.svg.methodology.md"}
    (record,) = recorded(folder)
    assert (record["audience"], record["rules"]) == ("internal", None)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["out", "--kind", "maps"], "one of events, killed, actors, places, or all"),
        (["out", "--format", "gif"], "svg or png"),
        (["out", "--audience", "friends"], "public or internal"),
        (["out", "--accept-risk", " "], "reason"),
        (["out", "--rules", "none.toml"], "cannot be read"),
        (["out", "-o", "out"], "working files"),
        (["r.jsonl"], "no finished run"),
    ],
)
def test_wrong_usage_says_what_to_do(run: Run, folder: Path, order: list[str], said: str) -> None:
    done = run("plot", *order)
    assert done.returncode == 2 and said in " ".join(done.stderr.replace("│", " ").split())
    assert recorded(folder) == [] and not (folder / "dateline-plots").exists()


def test_what_is_missing_is_told_before_anything_is_printed(run: Run, folder: Path) -> None:
    (folder / "altair.py").write_text("raise ImportError", encoding="utf-8")  # found before the real one
    done = run("plot", "out", "-o", "p")
    assert done.returncode == 2 and "pip install 'dateline[plots]'" in done.stderr
    assert done.stdout == "" and not (folder / "p").exists() and recorded(folder) == []
