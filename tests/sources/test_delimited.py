"""CSV and TSV as people have them, and as nobody should: encodings, delimiters, broken quotes, size."""

from __future__ import annotations

import csv
import hashlib
import io
import resource
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Columns, Limits, read

NAMES = ["id", "title", "text", "date", "outlet", "url", "author"]


def rows_of(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def results(path: Path, content: bytes | str, limits: Limits = Limits()) -> list[Report | Outcome]:  # noqa: B008
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(path, limits=limits))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_every_column_is_kept(tmp_path: Path, body: str, delimiter: str, encoding: str) -> None:
    text = f"“Réfugiés”; left, the town’s council\tsaid | again.\n{body}"
    row = ["7", "Shells fall, again", text, "2017-06-14", "Levant Wire", "http://a.example/7", "R. Haddad"]
    content = rows_of([NAMES, row], delimiter).encode(encoding)
    (report,) = results(tmp_path / "reports.csv", content)
    assert isinstance(report, Report)
    assert report.text == text.rstrip()
    assert (report.id, report.title, report.published) == ("7", "Shells fall, again", "2017-06-14")
    assert (report.outlet, report.url, report.byline) == ("Levant Wire", "http://a.example/7", "R. Haddad")
    assert report.path == f"{tmp_path / 'reports.csv'}:2"
    assert report.published_rule == "metadata"


def test_the_digest_is_of_the_row(tmp_path: Path, body: str) -> None:
    content = rows_of([["text"], [body], [body]])
    first, second = results(tmp_path / "a.csv", content)
    row = content.split("\r\n", 1)[1].split('"\r\n"')[0] + '"'
    assert isinstance(first, Report) and isinstance(second, Report)
    assert first.sha256 == second.sha256 == hashlib.sha256(row.encode()).hexdigest()


def test_rows_without_text_end_in_an_outcome(tmp_path: Path, body: str) -> None:
    rows = [
        ["id", "text", "url"],
        ["1", body, ""],
        ["2", " NaN", "http://a.example/\n2"],
        ["", "", ""],
        ["3"],
    ]
    one, two, three = results(tmp_path / "a.csv", rows_of(rows))
    assert isinstance(one, Report) and isinstance(two, Outcome) and isinstance(three, Outcome)
    line = 3 + body.count("\n")
    assert two == Outcome(
        path=f"{tmp_path / 'a.csv'}:{line}",
        report_ids=("2",),
        outcome=OutcomeKind.EMPTY,
        reason="no text in this row; its address is http://a.example/ 2",
    )
    assert three.reason == "no text in this row"


def test_a_table_of_one_column_may_hold_commas(tmp_path: Path) -> None:
    (report,) = results(
        tmp_path / "a.csv", "text\nShells fell, the council said, and four died; more later.\n"
    )
    assert isinstance(report, Report)
    assert report.text == "Shells fell, the council said, and four died; more later."


def test_what_excel_says_of_its_delimiter_holds(tmp_path: Path) -> None:
    (report,) = results(tmp_path / "a.csv", "sep=;\r\ntext;date\r\nShells fell, four died.;2017-06-14\r\n")
    assert isinstance(report, Report)
    assert (report.text, report.published) == ("Shells fell, four died.", "2017-06-14")


def test_what_no_program_says_of_its_delimiter_does_not(tmp_path: Path) -> None:
    (report,) = results(tmp_path / "a.csv", 'sep="\ntext,date\nShells fell.,2017-06-14\n')
    assert isinstance(report, Report)
    assert report.published == "2017-06-14"


def test_tabs_without_quoting_leave_quotes_to_the_text(tmp_path: Path) -> None:
    texts = ['"They fell at dawn," she said.', 'He said: "Four died.', "Then it was calm."]
    found = results(
        tmp_path / "a.tsv", "text\tid\n" + "".join(f"{text}\t{n}\n" for n, text in enumerate(texts))
    )
    assert [r.text for r in found if isinstance(r, Report)] == texts


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    found = results(tmp_path / "a.csv", f"id,text{end}1,Shells fell.{end}2,Four died.{end}")
    assert [(r.id, r.text) for r in found] == [("1", "Shells fell."), ("2", "Four died.")]  # type: ignore[union-attr]


def test_the_callers_columns(tmp_path: Path, body: str) -> None:
    table = rows_of([["Event", "Notes", "Day"], ["9", body, "14 June 2017"]])
    (outcome,) = results(tmp_path / "a.csv", table)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE
    assert '"Event", "Notes", "Day"' in outcome.reason and "--text-column" in outcome.reason
    columns = Columns(text="notes", date="day", id="event")
    (report,) = results(tmp_path / "a.csv", table, Limits(columns=columns))
    assert isinstance(report, Report)
    assert (report.id, report.published) == ("9", "2017-06-14")


def test_a_table_of_addresses_says_so(tmp_path: Path) -> None:
    (outcome,) = results(tmp_path / "a.csv", "url,seen\nhttp://a.example/1,2017\n")
    assert isinstance(outcome, Outcome)
    assert 'addresses (column "url") and no column of texts' in outcome.reason


def test_mixed_encodings(tmp_path: Path, body: str) -> None:
    lines = [
        b"id,text",
        "1,“Réfugiés” left.".encode(),
        "2,“Réfugiés” came; the town’s council counted nine wounded at the clinic.".encode("cp1252"),
        "3,The town’s café.".encode(),
    ]
    notes: list[str] = []
    path = tmp_path / "a.csv"
    path.write_bytes(b"\n".join(lines))
    found = list(read(path, note=lambda report, words: notes.append(words)))
    texts = [r.text for r in found if isinstance(r, Report)]
    rest = "the town’s council counted nine wounded at the clinic."
    assert texts == ["“Réfugiés” left.", f"“Réfugiés” came; {rest}", "The town’s café."]
    assert notes == ["lines that are not UTF-8 read as cp1252, the closest match"] * 2


def test_nuls(tmp_path: Path, body: str) -> None:
    (report,) = results(tmp_path / "a.csv", rows_of([["text"], [body[:200] + "\0" + body[200:]]]))
    assert isinstance(report, Report)
    assert report.text == (body[:200] + "\ufffd" + body[200:]).rstrip()
    (outcome,) = results(tmp_path / "b.csv", b"text\n" + b"\0\1\2\xff" * 500)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE


def test_a_quote_that_is_never_closed(tmp_path: Path, body: str) -> None:
    table = 'id,text\n1,Shells fell.\n2,"Four died.\n' + "3,More of it.\n" * 1000
    first, outcome = results(tmp_path / "a.csv", table)
    assert isinstance(first, Report) and isinstance(outcome, Outcome)
    assert (outcome.outcome, outcome.path) == (OutcomeKind.UNREADABLE, str(tmp_path / "a.csv"))
    assert 'line 3: a quote (") opened here is never closed' in outcome.reason
    huge = 'id,text\n1,Shells fell.\n2,"Four died.\n' + "3,More of it.\n" * 2_000_000
    first, outcome = results(tmp_path / "b.csv", huge)
    assert isinstance(first, Report) and isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.TOO_LARGE and "never closed" in outcome.reason


def test_stray_cells_are_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,date\nShells fell, four died.,2017-06-14\n")
    notes: list[str] = []
    list(read(path, note=lambda report, words: notes.append(words)))
    assert notes == ["more cells than the table has columns (1): a stray quote or delimiter?"]


def test_a_cell_of_ten_megabytes_is_too_large_and_the_rest_goes_on(tmp_path: Path) -> None:
    table = rows_of([["id", "text"], ["1", "Shells fell.\n" * 800_000], ["2", "Four died."]])
    big, small = results(tmp_path / "a.csv", table)
    assert isinstance(big, Outcome) and isinstance(small, Report)
    assert big.outcome is OutcomeKind.TOO_LARGE and big.report_ids == ("1",)
    assert small.text == "Four died."


def test_a_line_without_end(tmp_path: Path) -> None:
    (outcome,) = results(tmp_path / "a.csv", b"x" * 90_000_000)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.TOO_LARGE


def test_a_hundred_thousand_columns(tmp_path: Path) -> None:
    names = ",".join(f"c{n}" for n in range(100_000))
    (outcome,) = results(tmp_path / "a.csv", f"{names}\n{names}\n")
    assert isinstance(outcome, Outcome)
    assert "and 99980 more" in outcome.reason and len(outcome.reason) < 1500
    (report,) = results(tmp_path / "b.csv", f"{names},text\n{names},Shells fell.\n")
    assert isinstance(report, Report)


def test_rows_have_a_limit(tmp_path: Path) -> None:
    *found, outcome = results(tmp_path / "a.csv", "text\n" + "Shells fell.\n" * 9, Limits(max_rows=5))
    assert len(found) == 5 and isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.TOO_LARGE and "--max-rows" in outcome.reason


# Control characters make a file binary; a line's end and a tab do not.
_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\"'"), max_size=30)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(_CELLS, min_size=1, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-32-le"]),
)
def test_what_is_written_is_read(tmp_path: Path, texts: list[str], delimiter: str, encoding: str) -> None:
    table = [["id", "text"], *([f"n{n}", f"It said {text} so."] for n, text in enumerate(texts))]
    mark = b"\xff\xfe\0\0" if encoding == "utf-32-le" else b""
    found = results(tmp_path / "a.csv", mark + rows_of(table, delimiter).encode(encoding))
    assert [r.text for r in found if isinstance(r, Report)] == [row[1] for row in table[1:]]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([b"text", b",", b'"', b"\n", b"\r", b"\0", b"x", b"\xe9", b";", b"\xff\xfe"])
        | st.binary()
    )
)
def test_any_bytes_end_in_reports_or_outcomes(tmp_path: Path, pieces: list[bytes]) -> None:
    assert results(tmp_path / "a.csv", b"".join(pieces))
    assert results(tmp_path / "b.csv", b"id,text\n1,y\n" + b"".join(pieces))


def test_only_a_header(tmp_path: Path) -> None:
    for content in ("id,text\n", "", "\n\n"):
        (outcome,) = results(tmp_path / "a.csv", content)
        assert isinstance(outcome, Outcome)
        assert outcome.outcome is OutcomeKind.EMPTY


def test_a_table_is_streamed(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "page"])
        writer.writerows([f"Shells fell {n} times.", "He said so. " * 25_000] for n in range(400))  # 120 MB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for r in read(path) if isinstance(r, Report)) == 400
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000  # kilobytes
