"""JSON files that are no JSON Lines: lists of reports, objects that hold one, single objects."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read

FIRST = {
    "id": 7,
    "text": 'Shells fell on the "grain" market, {four} [dead] \\ in Oreb.',
    "published": "2031-06-14",
    "outlet": "Oreb Post",
    "title": "Shells",
    "url": "https://oreb.example/7",
    "byline": "Nour Adel",
    "tags": [{"name": "market, [old]"}],
}
SECOND = {"links": [{"href": "a"}], "text": "Six were hurt on the coast road.", "published": "2031-06-15"}


def of(
    tmp_path: Path, written: str | bytes, name: str = "news.json", **limits: int
) -> list[Report | Outcome]:
    """What is read of a file."""
    (tmp_path / name).write_bytes(written if isinstance(written, bytes) else written.encode())
    return list(read(tmp_path / name, limits=Limits(**limits)))  # type: ignore[arg-type]


SHAPES: dict[str, Any] = {
    "list": [FIRST, SECOND],
    "object": {"status": "ok", "tags": ["a"], "sources": [{"name": "a"}], "articles": [FIRST, SECOND]},
}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mark", ["", "\ufeff", "\n \n"])
@pytest.mark.parametrize("name", ["news.json", "news.jsonl", "news"])
def test_fields_are_those_of_json_lines(
    tmp_path: Path, shape: str, indent: int | None, mark: str, name: str
) -> None:
    first, second = of(tmp_path, mark + json.dumps(SHAPES[shape], indent=indent), name)
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.id, first.text, first.published) == ("7", FIRST["text"], "2031-06-14")
    assert (first.outlet, first.title, first.url, first.byline) == (
        "Oreb Post", "Shells", "https://oreb.example/7", "Nour Adel",
    )  # fmt: skip
    assert first.path == f"{tmp_path}/{name}:item 1"
    assert (second.text, second.path) == (SECOND["text"], f"{tmp_path}/{name}:item 2")


def test_one_object_over_several_lines_is_a_report(tmp_path: Path) -> None:
    (report,) = of(tmp_path, json.dumps(FIRST, indent=2))
    assert isinstance(report, Report)
    assert (report.text, report.path) == (FIRST["text"], f"{tmp_path}/news.json")


def test_json_lines_stay_json_lines(tmp_path: Path) -> None:
    written = json.dumps(SECOND) + "\n{broken\n" + json.dumps(FIRST)
    first, broken, last = of(tmp_path, written)
    assert isinstance(first, Report) and isinstance(last, Report)
    assert isinstance(broken, Outcome)
    assert broken.path == f"{tmp_path}/news.json:2"
    large = of(tmp_path, "\n".join([json.dumps(SECOND)] * 20), max_file_bytes=500)
    assert [type(one) for one in large] == [Report] * 20


def test_an_item_that_is_no_report_ends_in_an_outcome(tmp_path: Path) -> None:
    written = (
        '[{"text": "Shells fell."}, 7, null, "a, b", ["c"], {"text": 7}, {"text": " "}, {a: 1}, , '
        '{"text": "Six hurt."},]'
    )
    first, *others, last_report, trailing = of(tmp_path, written)
    assert isinstance(first, Report) and isinstance(last_report, Report)
    assert [o.path for o in others] == [f"{tmp_path}/news.json:item {n}" for n in range(2, 10)]
    assert all(isinstance(o, Outcome) for o in (*others, trailing))
    assert "item 2: a number, not an object" in others[0].reason  # type: ignore[union-attr]


def test_a_list_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    written = json.dumps([FIRST, SECOND])
    report, outcome = of(tmp_path, written[:-10])
    assert isinstance(report, Report)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE
    assert "breaks off" in outcome.reason


def test_its_limits(tmp_path: Path) -> None:
    *reports, outcome = of(tmp_path, json.dumps([SECOND] * 9), max_rows=5)
    assert len(reports) == 5
    assert isinstance(outcome, Outcome)
    assert "--max-rows" in outcome.reason
    long = {"text": "a " * 60_000}
    outcome, report = of(tmp_path, json.dumps([long, SECOND]), max_report_characters=1_000)
    assert isinstance(outcome, Outcome) and isinstance(report, Report)
    assert (outcome.path, outcome.outcome) == (f"{tmp_path}/news.json:item 1", OutcomeKind.TOO_LARGE)


@pytest.mark.parametrize(
    "piece",
    [b'\\"', b'"', b"[", b"{", b"[{", b"]", b",", b"\\", b'{"a":', b'{"text":"a"},', b"\xff", b"[1],"],
)
@pytest.mark.parametrize("before", [b"", b"[", b"{", b'[{"text": "a', b'{"a": [{"text": "a"}, '])
def test_the_time_it_takes_is_linear(tmp_path: Path, before: bytes, piece: bytes) -> None:
    began = time.monotonic()
    assert of(tmp_path, before + piece * (300_000 // len(piece)), max_rows=1_000)
    assert time.monotonic() - began < 5
