"""Hostile files: each ends in outcomes, in bounded time and memory, and nothing is written anywhere."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sources import document_making as making

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read

SMALL = Limits(max_unpacked_bytes=1_000_000, max_members=50, max_file_bytes=400_000, max_pdf_seconds=5)
REPORT = making.BODY.encode()


def bomb() -> bytes:
    """Fifty files of 300 kB that take a kilobyte each."""
    return making.zipped({f"{n}.txt": b"Shells fell. " * 23_000 for n in range(50)})


def nested(depth: int) -> bytes:
    data = making.zipped({"a.txt": REPORT})
    for _ in range(depth):
        data = making.zipped({"in.zip": data})
    return data


def encrypted() -> bytes:
    data = bytearray(making.zipped({"a.txt": REPORT}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def lying() -> bytes:
    """A zip archive whose directory tells a far smaller size than its file has."""
    data = bytearray(making.zipped({"a.txt": b"Shells fell. " * 100_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


URL = "https://salwa.example/oreb"
LAUGHS = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10)) if n else "ha"}">' for n in range(10)
)

#: File, its bytes, words of an outcome it must end in (None: of none in particular).
HOSTILE: dict[str, tuple[bytes, str | None]] = {
    "bomb.zip": (bomb(), "max_unpacked_bytes"),
    "bomb.tar": (making.tarred({f"{n}.txt": b"a" * 300_000 for n in range(9)}), "max_unpacked_bytes"),
    "bomb.tar.gz": (making.PACK["gz"](b"\0" * 30_000_000), None),
    "bomb.txt.gz": (making.PACK["gz"](b"a " * 20_000_000), "max_file_bytes"),
    "bomb.txt.xz": (making.PACK["xz"](b"a " * 20_000_000), "max_file_bytes"),
    "bomb.txt.bz2": (making.PACK["bz2"](b"a " * 20_000_000), "max_file_bytes"),
    "many.zip": (making.zipped({f"{n}.txt": b"a" for n in range(200)}), "max_members"),
    "nested.zip": (nested(9), "max_depth"),
    "encrypted.zip": (encrypted(), "password"),
    "lying.zip": (lying(), None),
    "paths.zip": (making.zipped({"../../etc/cron.d/x": REPORT, "/root/.ssh/key": REPORT}), None),
    "links.tar": (making.tarred({}, {"passwd": "/etc/passwd"}), "link"),
    "cut.zip": (making.zipped({"a.txt": REPORT})[:-30], "broken"),
    "cut.tar.gz": (making.PACK["gz"](making.tarred({"a.txt": REPORT}))[:-20], "broken"),
    "bomb.warc.gz": (
        making.PACK["gz"](making.warc_record("response", URL, making.answer(b"a" * 30_000_000))),
        "max_unpacked_bytes",
    ),
    "bomb2.warc": (
        making.warc_record(
            "response",
            URL,
            making.answer(making.PACK["gz"](b"a " * 20_000_000), Content_Encoding="gzip"),
        ),
        "max_file_bytes",
    ),
    "many.warc": (
        b"".join(
            making.warc_record("response", f"{URL}{n}", making.answer(b"<p>Shells fell.</p>%d" % n))
            for n in range(200)
        ),
        "max_members",
    ),
    "cut.warc": (making.warc()[:-200], "cut off"),
    "cut.warc.gz": (making.PACK["gz"](making.warc())[:-200], "broken"),
    "torn.warc.gz": (
        making.PACK["gz"](making.warc()) + b"\x1f\x8b\x08\0torn" + making.PACK["gz"](making.warc()),
        "broken",
    ),
    "line.warc": (b"WARC/1.1\r\nA: " + b"a" * 900_000, "no end"),
    "headers.warc": (b"WARC/1.1\r\n" + b"A: b\r\n" * 100_000, "no end"),
    "http.warc": (
        making.warc_record("response", URL, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50_000),
        "no end",
    ),
    "length.warc": (making.warc_record("response", URL, b"", Content_Length=str(2**70)), "cut off"),
    "negative.warc": (making.warc_record("response", URL, b"abc", Content_Length="-5"), "broken"),
    "lines.warc": (b"WARC/1.1\r\n\r\nShells fell.\r\n" * 9, None),
    "laughs.docx": (making.docx(prologue=LAUGHS + "]>"), None),
    "huge.docx": (making.docx(["Shells fell. " * 100_000]), "max_file_bytes"),
    "cut.docx": (making.docx()[:-40], "no Word document"),
    "loop.pdf": (making.pdf(loop=True), None),
    "cut.pdf": (making.pdf()[:300], None),
    "pictures.pdf": (making.pdf([""]), "without text"),
    "pages.pdf": (making.pdf(["A page."] * 30), "max_pages"),
    "figures.pdf": (
        making.pdf(["A page."], form=b"BT /F1 9 Tf (Shells) Tj ET " * 40_000, drawn=400, packed=True),
        "max_pdf_seconds",
    ),
    "page.pdf": (making.pdf(["(Shells) Tj " * 600_000], packed=True), "max_pdf_seconds"),
    "laughs.rss": ((LAUGHS + "]><rss><channel><title>&l9;</title></channel></rss>").encode(), "entities"),
    "deep.rss": (b"<rss><channel>" + b"<item>" * 30_000, None),
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + REPORT, None),
    "result.json": (b'{"messages": ' + b"[" * 50_000, "broken"),
    "parts.eml": (
        b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3_000,
        None,
    ),
    "year.eml": (b"Date: Sat, 14 Jun 20310000000000000000000 09:30:00\n\n" + REPORT, None),
    "header.eml": (b"Subject: =?utf-8?B?" + b"/" * 30_000 + b"?=\nDate: \xff\n\n" + REPORT, None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_in_outcomes_within_bounds(name: str, tmp_path: Path) -> None:
    data, words = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    limits = SMALL
    if name == "pages.pdf":
        limits = Limits(max_pages=10)
    tracemalloc.start()
    began = time.monotonic()
    results = list(read(tmp_path / name, limits=limits))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert results
    assert time.monotonic() - began < 30
    assert peak < 100_000_000
    reasons = [r.reason for r in results if isinstance(r, Outcome)]
    if words is not None:
        assert any(words in reason for reason in reasons), reasons
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_names_inside_show_on_one_line_and_in_their_direction(tmp_path: Path) -> None:
    names = ["two\nlines.txt", "\u202etxt.exe", "zero\u200bwidth.txt", "bell\x07.txt"]
    (tmp_path / "a.zip").write_bytes(making.zipped({name: REPORT + name.encode() for name in names}))
    shown = [one.path for one in read(tmp_path / "a.zip") if isinstance(one, Report)]
    assert [s.rpartition("!")[2] for s in shown if s] == [
        r"two\nlines.txt",
        r"\u202etxt.exe",
        r"zero\u200bwidth.txt",
        r"bell\x07.txt",
    ]


def test_a_thousand_empty_members_cost_little(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(making.zipped({f"{n}.txt": b"" for n in range(1000)}))
    results = list(read(tmp_path / "a.zip"))
    assert len(results) == 1000
    assert all(isinstance(r, Outcome) and r.outcome is OutcomeKind.EMPTY for r in results)


SEEDS = {
    "a.zip": making.zipped({"a.txt": REPORT, "b.html": b"<html><body><p>Shells fell.</p></body></html>"}),
    "a.tar": making.tarred({"a.txt": REPORT}),
    "a.docx": making.docx(),
    "a.pdf": making.pdf(),
    "a.eml": making.mail(attachment=REPORT),
    "a.html.eml": making.mail(html=True),
    "result.json": making.telegram(),
    "a.rss": making.feed(),
    "a.warc": making.warc(),
    "a.warc.gz": making.PACK["gz"](making.warc()),
}


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 40)), max_size=6),
    keep=st.floats(0.3, 1),
)
@example(cuts=[], keep=1.0)
def test_damaged_bytes_never_raise(
    name: str, tmp_path: Path, cuts: list[tuple[float, bytes, int]], keep: float
) -> None:
    data = SEEDS[name]
    for where, put, drop in cuts:
        at = int(where * len(data))
        data = data[:at] + put + data[at + drop :]
    (tmp_path / name).write_bytes(data[: int(keep * len(data))])
    assert list(read(tmp_path / name, limits=SMALL))


def damaged_zips() -> dict[str, bytes]:
    """What fuzzing found: each made zipfile raise something else."""
    whole = making.docx()
    at = whole.index(b"PK\x01\x02")
    version, seek = bytearray(whole), bytearray(whole)
    version[at + 6] = 128
    seek[-6:-2] = struct.pack("<I", len(whole) + 50)
    return {"version": bytes(version), "negative seek": bytes(seek), "no directory": whole[:at] + whole[-22:]}


@pytest.mark.parametrize("what", damaged_zips())
@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a.txt"])
def test_what_fuzzing_found_in_zips(what: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(damaged_zips()[what])
    assert all(isinstance(one, Outcome) for one in read(tmp_path / name, limits=SMALL))


def test_a_quine_of_archives_ends(tmp_path: Path) -> None:
    """Many entries of a directory may point to one file: members and bytes bound it."""
    data = making.zipped({"a.txt": b"Shells fell. " * 20_000})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, count = data[start:end], 500
    directory = entry * count
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:20] = struct.pack("<II", len(directory), start)
    overlapping = data[:start] + directory + bytes(tail)
    assert len(zipfile.ZipFile(io.BytesIO(overlapping)).infolist()) == count
    (tmp_path / "a.zip").write_bytes(overlapping)
    results = list(read(tmp_path / "a.zip", limits=SMALL))
    assert len(results) <= 52
