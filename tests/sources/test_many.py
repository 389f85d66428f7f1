"""A thousand files of all kinds in one folder: each ends in a row, and memory stays flat."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from pathlib import Path

from sources import document_making as making
from sources.test_kept import LINE, TABLE

from dateline.records import Report
from dateline.sources import Limits, read

#: Name, bytes and the results each gives, with a number in place of ``@@@`` so that no two reports are one.
KINDS: dict[str, tuple[bytes, int]] = {
    "report.txt": (f"{making.TITLE} @@@\n{making.BODY}".encode(), 1),
    "report.jsonl": (LINE + b"\n" + LINE + b"\n{broken @@@\n", 3),
    "report.csv": (TABLE, 1),
    "report.docx": (making.docx(), 1),
    "report.eml": (making.mail(attachment=b"Four traders died in Oreb @@@, a nurse said."), 2),
    "result.json": (making.telegram(), 2),
    "feed.rss": (making.feed(), 2),
    "pack.zip": (making.zipped({"a.txt": making.BODY.encode(), "b.txt": b"", "c.png": b"\x89PNG"}), 3),
    "pack.tar.gz": (making.PACK["gz"](making.tarred({"a.txt": making.BODY.encode()}, {"b": "/etc"})), 2),
    "page.html": (making.html(), 1),
    "pages.warc": (making.warc(), 1),
    "pages.warc.gz": (making.PACK["gz"](making.warc() + making.warc()), 2),
    "cut.warc": (making.warc()[:-200], 1),
    "cut.zip": (making.zipped({"a.txt": b"a"})[:-30], 1),
    "picture.png": (b"\x89PNG\r\n\x1a\n@@@", 1),
    "empty.txt": (b"", 1),
    "nuls.txt": (b"ab\0\0\0cd\0\0" * 9, 1),
    "old.doc": (bytes.fromhex("d0cf11e0a1b11ae1"), 1),
    "cut.pdf": (making.pdf()[:300], 1),
    "deep.json": (b'{"messages": ' + b"[" * 5_000, 1),
}


def test_a_thousand_mixed_files(tmp_path: Path) -> None:
    for number in range(1000):
        name, (data, _) = list(KINDS.items())[number % len(KINDS)]
        (tmp_path / f"{number:04} {name}").write_bytes(data.replace(b"@@@", b"%d" % number))
    list(read(tmp_path / "0009 page.html"))  # loads what is loaded once
    seen: Counter[str] = Counter()
    reports = 0
    half = peak = 0
    tracemalloc.start()
    for result in read(tmp_path, limits=Limits()):
        reports += isinstance(result, Report)
        assert result.path is not None
        name = result.path.removeprefix(f"{tmp_path}/")[:4]
        seen[name] += 1
        if name == "0500" and not half:
            half = tracemalloc.get_traced_memory()[1]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(seen) == 1000
    expected = {f"{n:04}": list(KINDS.values())[n % len(KINDS)][1] for n in range(1000)}
    assert {n: (seen[n], count) for n, count in expected.items() if seen[n] != count} == {}
    assert reports == 50 * 16
    assert peak < half * 1.2 + 1_000_000
