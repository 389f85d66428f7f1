"""JSON Lines: fields kept, every bad line an outcome of its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read


def lines(path: Path, *content: str | bytes, **options: object) -> list[Report | Outcome]:
    """The results of a file with these lines."""
    path.write_bytes(b"\n".join(x.encode("utf-8") if isinstance(x, str) else x for x in content))
    return list(read(path, **options))  # type: ignore[arg-type]


def test_fields_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps(
        {
            "id": "r-7", "text": "Shells fell on the market.", "published": "2031-06-14T10:00:00Z",
            "outlet": "Oreb Post", "title": "Shells", "url": "https://oreb.example/7",
            "byline": "Nour Adel", "more": [1],
        }
    )  # fmt: skip
    (report,) = lines(path, line)
    assert isinstance(report, Report)
    assert (report.id, report.text, report.published, report.published_rule) == (
        "r-7", "Shells fell on the market.", "2031-06-14", "metadata",
    )  # fmt: skip
    assert (report.outlet, report.title, report.url, report.byline, report.path) == (
        "Oreb Post", "Shells", "https://oreb.example/7", "Nour Adel", str(path),
    )  # fmt: skip
    assert report.sha256 == hashlib.sha256(line.encode()).hexdigest()
    assert report.part is None


def test_digest_is_of_the_line_without_newline_or_mark(tmp_path: Path) -> None:
    line = b'{"text": "Shells fell."}'
    results = lines(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + line + b"\r", b"", line)
    digests = [result.sha256 for result in results if isinstance(result, Report)]
    assert digests == [hashlib.sha256(line).hexdigest()] * 2


BAD = {
    '{"text": "a", }': "column",
    '{"text": "a"': "broken JSON",
    "plain words": "broken JSON",
    "[1]": "an array, not an object",
    '"text"': "a string, not an object",
    "null": "null, not an object",
    '{"id": "a"}': 'no "text"',
    '{"text": null}': 'no "text"',
    '{"text": 7}': '"text" is a number',
    '{"text": ["a"]}': '"text" is an array',
    '{"text": "a", "id": true}': '"id" is true or false',
    '{"text": "a", "published": 20310614}': '"published" is a number',
    '{"text": "a", "outlet": {}}': '"outlet" is an object',
    '{"text": "a", "text": "b"}': "stands twice",
    '{"id": "a", "id": "b", "text": "c"}': "stands twice",
    "[" * 100_000: "nested too deep",
}


@pytest.mark.parametrize("line", BAD)
def test_bad_line_is_an_outcome_and_the_rest_goes_on(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.jsonl"
    good = '{"id": "g", "text": "Shells fell."}'
    before, outcome, after = lines(path, good, "", line, good)
    assert isinstance(before, Report)
    assert isinstance(after, Report)
    assert isinstance(outcome, Outcome)
    assert outcome.path == f"{path}:3"
    assert outcome.outcome is OutcomeKind.UNREADABLE
    assert "line 3" in outcome.reason
    assert BAD[line] in outcome.reason


def test_not_utf8_blank_and_too_large(tmp_path: Path) -> None:
    results = lines(
        tmp_path / "x.jsonl",
        b'{"text": "caf\xe9"}',
        '{"id": "b", "text": " \\n"}',
        json.dumps({"id": "l", "text": "word " * 300}),
        json.dumps({"text": "word " * 40_000}),
        '{"id": "g", "text": "Shells fell."}',
        limits=Limits(max_report_characters=1000),
    )
    kinds = [result.outcome for result in results[:4]]  # type: ignore[union-attr]
    assert kinds == [
        OutcomeKind.UNREADABLE, OutcomeKind.EMPTY, OutcomeKind.TOO_LARGE, OutcomeKind.TOO_LARGE,
    ]  # fmt: skip
    path = str(tmp_path / "x.jsonl")
    assert [result.path for result in results] == [*(f"{path}:{n}" for n in (1, 2, 3, 4)), path]
    assert results[2].report_ids == ("l",)  # type: ignore[union-attr]
    assert isinstance(results[4], Report)


def test_number_ids_surrogates_and_nuls(tmp_path: Path) -> None:
    (report,) = lines(tmp_path / "x.jsonl", '{"id": 12, "text": "a\\ud83d b\\u0000c \\ud83d\\ude00"}')
    assert isinstance(report, Report)
    assert report.id == "12"
    assert report.text == "a\ufffd b\ufffdc \U0001f600"


def test_lines_are_never_split(tmp_path: Path, body: str, other: str) -> None:
    text = f"{body}\n--------------------\n{other}"
    (report,) = lines(tmp_path / "x.jsonl", json.dumps({"text": text}))
    assert isinstance(report, Report)
    assert report.text == text
