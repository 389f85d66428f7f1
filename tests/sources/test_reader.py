"""read(): every input ends in a report or an outcome; precedence; streaming; hostile names."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.errors import InputError, TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read, report_of


def one(path: Path | str, **options: object) -> Report | Outcome:
    """The only result of reading one path."""
    results = list(read([path], **options))  # type: ignore[arg-type]
    assert len(results) == 1, results
    return results[0]


BAD = {
    "empty.txt": (b"", OutcomeKind.EMPTY, "no text"),
    "blank.txt": (b" \n\t\r\n", OutcomeKind.EMPTY, "no text"),
    "mark.txt": (b"\xef\xbb\xbf", OutcomeKind.EMPTY, "no text"),
    "nuls.txt": (b"ab\0\0\0cd\0\0" * 9, OutcomeKind.UNREADABLE, "binary"),
    "control.txt": (bytes(range(1, 9)) * 30, OutcomeKind.UNREADABLE, "binary"),
    "paper.pdf": (b"%PDF-1.7\nxx", OutcomeKind.UNREADABLE, "pdftotext"),
    "paper.docx": (b"PK\x03\x04rest", OutcomeKind.UNREADABLE, "no Word document"),
    "named.txt": (b"PK\x03\x04rest", OutcomeKind.UNREADABLE, "broken zip"),
    "old.doc": (bytes.fromhex("d0cf11e0a1b11ae1"), OutcomeKind.UNREADABLE, "old office"),
    "photo.png": (b"\x89PNG\r\n\x1a\n123", OutcomeKind.UNREADABLE, "picture"),
    "photo.jpg": (b"\xff\xd8\xff\xe0", OutcomeKind.UNREADABLE, "picture"),
    "tool": (b"\x7fELF\x02", OutcomeKind.UNREADABLE, "program"),
    "packed.gz": (b"\x1f\x8b\x08", OutcomeKind.UNREADABLE, "broken compressed"),
    "table.csv": (b"a,b\n1,x\n", OutcomeKind.UNREADABLE, "--text-column"),
    "table.xlsx": (b"PK\x03\x04rest", OutcomeKind.UNREADABLE, "no XLSX workbook"),
    "table.parquet": (b"PAR1rest", OutcomeKind.UNREADABLE, "broken"),
    "feed.xml": (b"<?xml version='1.0'?><rss></rss>", OutcomeKind.EMPTY, "no text"),
    "empty.jsonl": (b"", OutcomeKind.EMPTY, "no text"),
    "empty.json": (b"[]", OutcomeKind.EMPTY, "no text"),
    "lists.json": (b'{"a": [{"b": 1}]}', OutcomeKind.UNREADABLE, "no list of reports"),
    "two.json": (b'{"a": [{"text": "a"}], "b": [{"text": "b"}]}', OutcomeKind.UNREADABLE, "several lists"),
    "spread.jsonl": (b'{\n "text": "a"\n}\n{\n "text": "b"\n}', OutcomeKind.UNREADABLE, "one report a line"),
    "cut.json": (b'{"articles": [{"text": "a"', OutcomeKind.UNREADABLE, "breaks off"),
    "wide.jsonl": ('{"text": "a"}'.encode("utf-16"), OutcomeKind.UNREADABLE, "UTF-16"),
    "empty.html": (b"<html><body></body></html>", OutcomeKind.EMPTY, "no text"),
    "deep.html": (b"<html><body>" + b"<div>" * 60_000, OutcomeKind.EMPTY, "no text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_an_outcome(tmp_path: Path, name: str) -> None:
    content, kind, words = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    result = one(path)
    assert isinstance(result, Outcome)
    assert result.path == str(path)
    assert result.outcome in ({kind, OutcomeKind.UNREADABLE} if name == "deep.html" else {kind})
    assert words in result.reason or name == "deep.html"


def test_missing_paths_and_patterns(tmp_path: Path) -> None:
    missing = one(tmp_path / "nowhere.txt")
    assert isinstance(missing, Outcome)
    assert missing.outcome is OutcomeKind.UNREADABLE
    assert "no such file" in missing.reason
    pattern = one(str(tmp_path / "*.txt"))
    assert isinstance(pattern, Outcome)
    assert "no file matches" in pattern.reason
    dangling = tmp_path / "link"
    dangling.symlink_to(tmp_path / "gone")
    assert "leads nowhere" in one(dangling).reason  # type: ignore[union-attr]
    assert one("") == Outcome(
        path="",
        report_ids=(),
        outcome=OutcomeKind.UNREADABLE,
        reason="no such file or folder: check the path",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "shut.txt"
    path.write_text("text")
    path.chmod(0)
    assert "no permission" in one(path).reason  # type: ignore[union-attr]


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("not read")
    result = one(tmp_path)
    assert isinstance(result, Outcome)
    assert result.outcome is OutcomeKind.EMPTY


def test_folder_is_walked_sorted_without_hidden_and_loops(tmp_path: Path, body: str) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(body)
    for name in ("z.txt", "a.txt", "b/2.txt", "b/1.txt"):
        (tmp_path / name).write_text(body)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    results = list(read(str(tmp_path)))
    shown = [os.path.relpath(result.path or "", tmp_path) for result in results]
    assert shown == ["a.txt", "b/1.txt", "b/2.txt", "b/loop", "z.txt"]
    loop = results[3]
    assert isinstance(loop, Outcome)
    assert loop.outcome is OutcomeKind.DUPLICATE


def test_pattern_and_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("2.txt", "1.txt", "3.md"):
        Path(name).write_text(body)
    assert [result.path for result in read(["*.txt"])] == ["1.txt", "2.txt"]
    Path("odd[1].txt").write_text(body)
    assert one("odd[1].txt").path == "odd[1].txt"


def test_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = one(tmp_path)
    assert isinstance(result, Outcome)
    assert "pipe" in result.reason


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"two\nlines.txt", "two\\nlines.txt"),
        ("\u202etxt.exe".encode(), "\\u202etxt.exe"),
        (b"caf\xe9.txt", "caf\\xe9.txt"),
        ("تقرير.txt".encode(), "تقرير.txt"),
    ],
)
def test_hostile_names_show_on_one_line(tmp_path: Path, body: str, name: bytes, shown: str) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(body.encode())
    result = one(path)
    assert isinstance(result, Report)
    assert result.path == str(tmp_path / shown)
    result.path.encode("utf-8")


def test_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # a hole: reading it would still fill memory
        file.seek(0)
        file.write(b"words at the start")
    result = one(path)
    assert isinstance(result, Outcome)
    assert result.outcome is OutcomeKind.TOO_LARGE
    assert "--max-file-bytes" in result.reason


def test_long_line_is_over_the_report_limit_only(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("word " * 200_000)
    result = one(path)
    assert isinstance(result, Outcome)
    assert "--max-report-characters" in result.reason
    assert isinstance(one(path, limits=Limits(max_report_characters=2_000_000)), Report)


def test_standard_input_takes_each_format(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    page = f"<!doctype html><html><body><article><p>{body}</p></article></body></html>"
    lines = json.dumps({"id": "a", "text": body}) + "\n" + json.dumps({"text": "b"})
    for content, count in ((body, 1), (page, 1), (f"\n {lines}", 2), ("", 1)):
        stdin = io.TextIOWrapper(io.BytesIO(content.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        results = list(read(["-"]))
        assert len(results) == count
        assert all(result.path in ("-", "-:1", "-:2") for result in results)
        assert isinstance(results[0], Report) == bool(content)


def test_text_is_unaltered_and_digest_is_of_the_bytes(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf  Two lines\r\nof a report\r\n\r\n"
    path = tmp_path / "win.txt"
    path.write_bytes(data)
    result = one(path)
    assert isinstance(result, Report)
    # all but the white space at its end: with it a copy that ends otherwise would be another report
    assert result.text == "  Two lines\r\nof a report"
    assert result.sha256 == hashlib.sha256(data).hexdigest()
    assert result.part is None


def test_ids_hang_on_content_date_and_outlet(tmp_path: Path, body: str) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(body)
    first, second = (result.id for result in read(str(tmp_path)) if isinstance(result, Report))
    assert first == second
    assert first.startswith("r")
    assert len(first) == 17
    others = {
        one(tmp_path / "a.txt", outlet="The Oreb Post").id,  # type: ignore[union-attr]
        one(tmp_path / "a.txt", published="2031-05-04").id,  # type: ignore[union-attr]
    }
    assert first not in others
    assert len(others) == 2


def test_wrong_published_raises_at_once() -> None:
    for wrong in ("soon", "2031-13-01", "04/05/2031", "2031-05-04x"):
        with pytest.raises(InputError, match="--published"):
            read(["x"], published=wrong)


def test_unknown_suffix_is_told_by_content(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.log").write_text(json.dumps({"id": "q", "text": body}))
    (tmp_path / "b").write_text(f"<html><body><article><p>{body}</p></article></body></html>")
    (tmp_path / "c.html").write_text(body)
    results = list(read(str(tmp_path)))
    assert [type(result) for result in results] == [Report, Report, Report]
    assert results[0].id == "q"  # type: ignore[union-attr]
    assert "<p>" not in results[1].text  # type: ignore[union-attr]
    assert results[2].text == body.rstrip()  # type: ignore[union-attr]


def test_reading_is_lazy(tmp_path: Path, body: str) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps({"text": body}) + "\n") * 3 + "{broken\n")
    results = read(path)
    assert isinstance(next(results), Report)


def test_doubtful_bytes_are_told(tmp_path: Path, body: str) -> None:
    path = tmp_path / "west.txt"
    path.write_bytes((body + "The caf\u00e9 was \u201cempty\u201d.").encode("cp1252"))
    notes: list[tuple[str, str]] = []
    result = next(read(path, note=lambda report, words: notes.append((report.id, words))))
    assert isinstance(result, Report)
    assert result.text.endswith("The caf\u00e9 was \u201cempty\u201d.")
    assert notes == [(result.id, notes[0][1])]
    assert "cp1252" in notes[0][1]


def test_import_is_light_and_stays_inside_its_walls() -> None:
    code = (
        "import sys, dateline.sources; "
        "print(*sorted(m for m in sys.modules if m.startswith('dateline.'))); "
        "assert not {'trafilatura', 'charset_normalizer', 'lxml'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = [name for name in done.stdout.split() if not name.startswith("dateline.sources")]
    assert ours == ["dateline.errors", "dateline.records"]


def test_report_of_one_text(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(body)
    read_back = one(path, published="2031-06-14", outlet="Oreb Post")
    report = report_of(body, published="2031-06-14", outlet="Oreb Post")
    assert isinstance(read_back, Report)
    assert (report.path, report.part) == (None, None)
    assert (report.id, report.sha256) == (read_back.id, read_back.sha256)
    assert report_of("Shells\ud800 fell.").text == "Shells\ufffd fell."
    with pytest.raises(Unreadable):
        report_of(" \n")
    with pytest.raises(TooLarge):
        report_of(body, limits=Limits(max_report_characters=10))
    with pytest.raises(InputError):
        report_of(body, published="soon")
