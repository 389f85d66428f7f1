"""Web archives: the pages captured, what was captured twice, what is left out."""

from __future__ import annotations

import builtins
import logging
from pathlib import Path
from typing import Any

import pytest
from sources import document_making as making

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read

URL = "https://salwa.example/2031/oreb"


def of(tmp_path: Path, *records: bytes, limits: Limits | None = None) -> list[Report | Outcome]:
    """What is read of an archive with ``records``."""
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    return list(read(tmp_path / "a.warc", limits=limits or Limits()))


def page(text: str, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<html><head>{head}</head><body><article>{paragraphs}</article></body></html>".encode()


def test_the_records_address_is_the_reports(tmp_path: Path, body: str) -> None:
    canonical = '<link rel="canonical" href="https://elsewhere.example/">'
    (report,) = of(tmp_path, making.warc_record("response", URL, making.answer(page(body, canonical))))
    assert isinstance(report, Report)
    assert (report.url, report.path) == (URL, f"{tmp_path}/a.warc!{URL}")


def test_when_it_was_captured_is_no_date_of_publication(tmp_path: Path, body: str) -> None:
    (report,) = of(tmp_path, making.warc_record("response", URL, making.answer(page(body))))
    assert isinstance(report, Report)
    assert report.published is None
    late = making.warc_record("response", "https://salwa.example/2031/07/09/oreb", making.answer(page(body)))
    (report,) = of(tmp_path, late)
    assert isinstance(report, Report)
    assert report.published == "2031-07-09"
    assert "the archive's capture is of 2031-07-01, before it" in (report.published_rule or "")


def test_formats_by_media_type(tmp_path: Path, body: str) -> None:
    results = of(
        tmp_path,
        making.warc_record("response", f"{URL}/1", making.answer(making.pdf(), "application/pdf")),
        making.warc_record("response", f"{URL}/2", making.answer(making.feed(), "text/xml")),
        making.warc_record("resource", f"{URL}/3", body.encode(), Content_Type="text/plain"),
        making.warc_record(
            "conversion", f"{URL}/4", b"Four died. " + body.encode(), Content_Type="text/plain"
        ),
    )
    reports = [one for one in results if isinstance(one, Report)]
    assert [r.text[:6] for r in reports] == ["Shells", "Shells", "Shells", "Four d"]
    assert reports[0].pages


def test_compressed_and_chunked_answers(tmp_path: Path, body: str) -> None:
    packed = making.PACK["gz"](page(body))
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    sent = making.answer(chunked, Content_Encoding="gzip", Transfer_Encoding="chunked")
    (report,) = of(tmp_path, making.warc_record("response", URL, sent))
    assert isinstance(report, Report)
    assert report.text == body.strip()


def test_captured_again_is_a_duplicate(tmp_path: Path, body: str) -> None:
    digest = {"WARC_Payload_Digest": "sha1:ABC"}
    first = making.warc_record("response", URL, making.answer(page(body)), **digest)
    again = making.warc_record(
        "response",
        f"{URL}?again",
        making.answer(page(body), Server="other"),
        WARC_Date="2031-07-02T00:00:00Z",
    )
    revisit = making.warc_record("revisit", URL, b"", WARC_Payload_Digest="sha1:abc")
    by_id = making.warc_record(
        "revisit", URL, b"HTTP/1.1 304 Not Modified\r\n\r\n", WARC_Refers_To=_id(first)
    )
    report, *others = of(tmp_path, first, again, revisit, by_id)
    assert isinstance(report, Report)
    for other in others:
        assert isinstance(other, Outcome)
        assert other.outcome is OutcomeKind.DUPLICATE
        assert other.reason == f"the same bytes as {URL} as captured on 2031-07-01T12:00:00Z"
    assert others[0].path == f"{tmp_path}/a.warc!{URL}?again"
    assert len(others) == 3


def _id(record: bytes) -> str:
    return record.split(b"WARC-Record-ID: ")[1].split(b"\r\n")[0].decode()


def test_a_revisit_of_what_is_elsewhere_says_where(tmp_path: Path) -> None:
    (outcome,) = of(
        tmp_path,
        making.warc_record(
            "revisit",
            URL,
            b"",
            WARC_Refers_To_Target_URI="https://old.example/",
            WARC_Refers_To_Date="2030-01-01",
        ),
    )
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.EMPTY
    assert "https://old.example/ of 2030-01-01" in outcome.reason


def test_what_can_be_no_report_is_counted_in_one_row(tmp_path: Path, body: str) -> None:
    *_, outcome = of(
        tmp_path,
        making.warc_record("response", URL, making.answer(page(body))),
        making.warc_record("response", f"{URL}.png", making.answer(b"\x89PNG", "image/png")),
        making.warc_record("response", f"{URL}2.png", making.answer(b"\x89PNG2", "image/png")),
        making.warc_record("response", f"{URL}/gone", making.answer(b"<p>Gone", status="404 Not Found")),
        making.warc_record("response", "https://salwa.example/robots.txt", making.answer(b"a", "text/plain")),
        making.warc_record("response", f"{URL}.xml", making.answer(b"<urlset></urlset>", "text/xml")),
        making.warc_record("response", "dns:salwa.example", b"1.2.3.4", Content_Type="text/dns"),
    )
    assert isinstance(outcome, Outcome)
    assert (outcome.path, outcome.outcome) == (f"{tmp_path}/a.warc", OutcomeKind.EMPTY)
    assert outcome.reason.startswith("6 records in which no report can be: 2 × image/png, 1 × answer 404")


def test_a_large_archive_is_read_record_by_record(tmp_path: Path, body: str) -> None:
    records = [
        making.warc_record("response", f"{URL}/{n}", making.answer(page(f"{n} shells.\n{body}")))
        for n in range(60)
    ]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(making.PACK["gz"], records)))
    limits = Limits(max_file_bytes=2_000, max_unpacked_bytes=200_000)
    results = list(read(tmp_path / "a.warc.gz", limits=limits))
    assert [type(one) for one in results] == [Report] * 60
    assert results[7].path == f"{tmp_path}/a.warc.gz!{URL}/7"


def test_pages_before_the_break_are_read(tmp_path: Path, body: str) -> None:
    whole = making.warc_record("response", URL, making.answer(page(body)))
    report, outcome = of(tmp_path, whole, whole.replace(b"2031", b"2032")[:-100])
    assert isinstance(report, Report)
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.UNREADABLE
    assert "cut off in record 2" in outcome.reason


def test_without_the_library_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name.startswith("warcio"):
            raise ImportError("No module named 'warcio'")
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    (outcome,) = of(tmp_path, making.warc())
    assert isinstance(outcome, Outcome)
    assert "pip install 'dateline[warc]'" in outcome.reason


def test_an_address_with_blanks_is_read_and_nothing_is_written_on_the_terminal(
    tmp_path: Path, body: str, capfd: pytest.CaptureFixture[str]
) -> None:
    record = making.warc_record("response", f"<{URL}/old market>", making.answer(page(body)))
    (report,) = of(tmp_path, record)
    assert isinstance(report, Report)
    assert report.url == f"{URL}/old%20market"
    assert logging.getLogger("warcio.recordloader").getEffectiveLevel() == logging.CRITICAL
    assert capfd.readouterr() == ("", "")
