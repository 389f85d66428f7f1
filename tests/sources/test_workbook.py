"""XLSX workbooks: what is kept, sheets without texts, and files made to do harm."""

from __future__ import annotations

import datetime
import hashlib
import io
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read


def made(path: Path, *sheets: list[list[object]], names: tuple[str, ...] = ("Reports", "Other")) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in zip(names, sheets, strict=False):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with ``old`` in one of its parts made ``new``."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def only(path: Path, limits: Limits = Limits()) -> Report | Outcome:  # noqa: B008
    (result,) = read(path, limits=limits)
    return result


NAMES: list[object] = ["ID", "Headline", "Body", "Date", "Source", "Link", "Author"]
SHEET = "xl/worksheets/sheet1.xml"


def test_every_column_is_kept(tmp_path: Path, body: str, other: str) -> None:
    rows: list[list[object]] = [
        ["Reports of June, compiled by hand"],
        [],
        NAMES,
        [
            7,
            "Shells fall",
            body,
            datetime.datetime(2017, 6, 14),
            "Levant Wire",
            "http://a.example/7",
            "R. H.",
        ],
        [8.0, None, other, datetime.date(2017, 6, 15), None, None, None, "a comment at the margin"],
        [9, "No text", None, None, None, "http://a.example/9"],
    ]
    path = made(tmp_path / "june.xlsx", rows, [["who", "what"], ["me", "that"]])
    first, second, empty, sheet = read(path)
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.id, first.title, first.text) == ("7", "Shells fall", body.rstrip())
    assert (first.published, first.outlet, first.url) == ("2017-06-14", "Levant Wire", "http://a.example/7")
    assert (first.byline, first.path) == ("R. H.", f"{path}!Reports:4")
    assert first.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (second.id, second.published) == ("8", "2017-06-15")
    assert isinstance(empty, Outcome) and isinstance(sheet, Outcome)
    assert (empty.path, empty.outcome) == (f"{path}!Reports:6", OutcomeKind.EMPTY)
    assert empty.reason == "no text in this row; its address is http://a.example/9"
    assert (sheet.path, sheet.outcome) == (f"{path}!Other", OutcomeKind.EMPTY)


def test_strings_kept_apart(tmp_path: Path, body: str) -> None:
    """As spreadsheets write them, and openpyxl does not: each string once, the cells pointing to it."""
    path = made(tmp_path / "a.xlsx", [["text"], ["SECOND"], ["THIRD"]])
    named = "openxmlformats-officedocument"
    strings = "".join(
        f"<si>{text}</si>" for text in (f"<t>{body}</t>", "<r><t>Rich </t></r><r><t>text.</t></r>")
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/sharedStrings.xml",
            f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>',
        )
    kind = f"application/vnd.{named}.spreadsheetml.sharedStrings+xml"
    changed(
        path,
        "[Content_Types].xml",
        b"</Types>",
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode(),
    )
    for n, word in enumerate((b"SECOND", b"THIRD")):
        changed(path, SHEET, b't="inlineStr"><is><t>%s</t></is>' % word, b't="s"><v>%d</v>' % n)
    assert [r.text for r in read(path) if isinstance(r, Report)] == [body.rstrip(), "Rich text."]


def test_no_sheet_with_texts(tmp_path: Path) -> None:
    outcome = only(made(tmp_path / "a.xlsx", [["who", "what"]], [["x", "y"]]))
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE
    assert 'Reports: no column of texts can be told; the columns are "who", "what"' in outcome.reason
    assert "Other: " in outcome.reason
    outcome = only(made(tmp_path / "b.xlsx", []))
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.EMPTY


def test_from_a_pipe(tmp_path: Path, body: str) -> None:
    from dateline.sources.inputs import Input
    from dateline.sources.workbook import read_workbook

    data = made(tmp_path / "a.xlsx", [["text"], [body]]).read_bytes()
    source = Input(path="-", stream=io.BytesIO(data), head=data[:4096], size=None)
    (draft,) = read_workbook(source, Limits())
    assert getattr(draft, "path", None) == "-!Reports:2"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["x"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a", "w") as part:
        for _ in range(210):
            part.write(bytes(1_000_000))
    outcome = only(path)
    assert isinstance(outcome, Outcome)
    assert (outcome.outcome, "--max-table-bytes" in outcome.reason) == (OutcomeKind.TOO_LARGE, True)


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["Shells fell. " * 5000]])
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size
    small = data.replace(size.to_bytes(4, "little"), (200).to_bytes(4, "little"))
    path.write_bytes(small)
    outcome = only(path)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE


def test_entities_are_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["x"]])
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    bomb = b'<!DOCTYPE x [<!ENTITY a0 "lol">' + entities + b"]><worksheet "
    outcome = only(changed(path, SHEET, b"<worksheet ", bomb))
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE
    path = made(tmp_path / "b.xlsx", [["text"], ["x"]])
    outcome = only(changed(path, "xl/workbook.xml", b"<workbook ", bomb.replace(b"worksheet", b"workbook")))
    assert isinstance(outcome, Outcome | Report)


def test_a_row_numbered_to_infinity(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["Shells fell."], ["Four died."]])
    report, outcome = read(changed(path, SHEET, b'<row r="3"', b'<row r="99999999999"'))
    assert isinstance(report, Report) and isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE and "beyond 1048576" in outcome.reason


def test_a_cell_in_the_last_row_is_no_million_rows(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["Shells fell."], ["Four died."]])
    path = changed(path, SHEET, b'<row r="3"', b'<row r="1048576"')
    assert [r.path for r in read(path)] == [f"{path}!Reports:{n}" for n in (2, 1048576)]


def test_one_part_named_as_many_sheets_is_read_once(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["Shells fell."]])
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml")
    sheet = book[book.index(b"<sheet ") : book.index(b"</sheets>")]
    copies = b"".join(sheet.replace(b"Reports", b"Reports%d" % n) for n in range(200))
    assert len(list(read(changed(path, "xl/workbook.xml", sheet, copies)))) == 1


@pytest.mark.parametrize("keep", [30, 400, -30])
def test_cut_off(tmp_path: Path, keep: int) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["Shells fell."]])
    path.write_bytes(path.read_bytes()[:keep])
    outcome = only(path)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE


def test_line_ends_as_the_format_escapes_them(tmp_path: Path) -> None:
    report = only(made(tmp_path / "a.xlsx", [["text"], ["Shells fell._x000D_\nFour died._x00_"]]))
    assert isinstance(report, Report)
    assert report.text == "Shells fell.\r\nFour died._x00_"


def test_a_text_that_a_spreadsheet_cut_off_is_noted(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], [("Shells fell. " * 3000)[:32_767]], ["Shells fell."]])
    notes: list[tuple[str | None, str]] = []
    assert len(list(read(path, note=lambda report, words: notes.append((report.path, words))))) == 2
    ((where, words),) = notes
    assert where == f"{path}!Reports:2" and "may be cut off" in words


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["Shells fell."]])
    outcome = only(changed(path, "xl/styles.xml", b'name="Normal" xfId="0"', b'name="Normal" xfId="7"'))
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE
    assert capfd.readouterr() == ("", "")


def test_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    outcome = only(path)
    assert isinstance(outcome, Outcome)
    assert "password" in outcome.reason


def test_limits(tmp_path: Path, body: str) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], *([f"{n} {body}"] for n in range(9))])
    outcome = only(path, Limits(max_file_bytes=1000))
    assert isinstance(outcome, Outcome)
    assert "--max-file-bytes" in outcome.reason
    *found, outcome = read(path, limits=Limits(max_rows=5))
    assert len(found) == 5 and isinstance(outcome, Outcome)
    assert (outcome.outcome, outcome.path) == (OutcomeKind.TOO_LARGE, f"{path}!Reports")


PARTS = [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(PARTS),
    places=st.lists(
        st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6
    ),
)
def test_broken_parts_end_in_reports_or_outcomes(
    tmp_path: Path, part: str, places: list[tuple[float, bytes]]
) -> None:
    path = made(tmp_path / "a.xlsx", [["text", "date"], ["Shells fell.", datetime.date(2017, 6, 14)]])
    with zipfile.ZipFile(path) as archive:
        data = archive.read(part)
    broken = bytearray(data)
    for place, piece in places:
        at = int(place * len(broken))
        broken[at : at + len(piece)] = piece
    assert list(read(changed(path, part, data, bytes(broken))))


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "a.xlsx", [["text"], ["Shells fell."]])
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    outcome = only(path)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE and "pip install 'dateline[office]'" in outcome.reason
