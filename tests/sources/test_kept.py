"""What is kept of a report in each format: text, title, date, author, outlet, page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sources import document_making as making

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import Limits, read

PAGE = making.html()
LINE = json.dumps(
    {
        "text": making.BODY,
        "title": making.TITLE,
        "outlet": making.OUTLET,
        "byline": making.AUTHOR,
        "published": making.DAY,
    }
).encode()
TABLE = (
    f'text,title,outlet,author,date\n"{making.BODY}",{making.TITLE},'
    f"{making.OUTLET},{making.AUTHOR},{making.DAY}\n"
).encode()
ALL = {"text", "title", "date", "author", "outlet"}

#: File, its bytes, and what is kept of it.
KEPT: dict[str, tuple[bytes, set[str]]] = {
    "report.txt": (f"{making.TITLE}\n{making.BODY}".encode(), {"text", "title"}),
    "report.html": (PAGE, ALL),
    "report.jsonl": (LINE, ALL),
    "report.csv": (TABLE, ALL),
    "report.docx": (making.docx(), {"text", "title", "author"}),
    "report.pdf": (making.pdf(), {"text", "title", "author", "page"}),
    "report.eml": (making.mail(), {"text", "title", "date", "outlet"}),
    "page.eml": (making.mail(html=True), {"text", "date"}),
    "result.json": (making.telegram(), {"text", "date", "outlet"}),
    "all/result.json": (making.telegram(chats=True), {"text", "date", "outlet"}),
    "feed.xml": (making.feed(), ALL),
    "pack.zip": (making.zipped({"in/report.jsonl": LINE}), ALL),
    "pack.tar": (making.tarred({"in/report.jsonl": LINE}), ALL),
    "pack.tar.gz": (making.PACK["gz"](making.tarred({"in/report.html": PAGE})), ALL),
    "pack.tgz": (making.PACK["gz"](making.tarred({"in/report.jsonl": LINE})), ALL),
    "report.jsonl.gz": (making.PACK["gz"](LINE), ALL),
    "report.jsonl.bz2": (making.PACK["bz2"](LINE), ALL),
    "report.jsonl.xz": (making.PACK["xz"](LINE), ALL),
    "pages.warc": (making.warc(), ALL),
    "pages.warc.gz": (making.PACK["gz"](making.warc()), ALL),
    "warc.zip": (making.zipped({"in/pages.warc": making.warc()}), ALL),
    "mail.zip": (making.zipped({"a.zip": making.zipped({"report.eml": making.mail()})}), {"text", "date"}),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept(name: str, tmp_path: Path) -> None:
    data, kept = KEPT[name]
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    reports = [one for one in read(path) if isinstance(one, Report)]
    report = reports[0]
    flat = " ".join(report.text.split())
    assert "killed at least four traders" in flat
    assert "residents told this paper" in flat
    if "title" in kept:
        assert report.title == making.TITLE
    if "date" in kept:
        assert report.published == making.DAY, report.published_rule
    if "author" in kept:
        assert report.byline == making.AUTHOR
    if "outlet" in kept:
        assert report.outlet == making.OUTLET
    if "page" in kept:
        assert [report.text[at : at + 6] for at in report.pages] == ["Shells", "Shells", "The ar"]
    else:
        assert report.pages == ()


def test_a_documents_own_date_is_no_date_of_publication(tmp_path: Path) -> None:
    for name, data in (("a.docx", making.docx()), ("a.pdf", making.pdf())):
        (tmp_path / name).write_bytes(data)
        (report,) = read(tmp_path / name)
        assert isinstance(report, Report)
        assert report.published is None


def test_messages_without_text_are_left_out_and_formatted_text_is_whole(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(making.telegram())
    _first, second = read(tmp_path / "result.json")
    assert isinstance(second, Report)
    assert second.text == "Oreb: two of the wounded died, a nurse said."
    assert second.published_rule == "the message"


def test_an_entry_that_only_links_to_its_text_says_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "feed.rss").write_bytes(making.feed())
    report, outcome = read(tmp_path / "feed.rss")
    assert isinstance(report, Report)
    assert report.url == "https://salwa.example/oreb"
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.EMPTY
    assert "https://salwa.example/more" in outcome.reason


def test_attachments_are_inputs_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(making.mail(attachment=b"Four traders died in Oreb, a nurse said."))
    body, attached = read(tmp_path / "a.eml")
    assert isinstance(body, Report) and isinstance(attached, Report)
    assert attached.path == f"{tmp_path}/a.eml!second.txt"
    assert attached.published == making.DAY


def test_a_path_inside_names_all_that_is_around_it(tmp_path: Path) -> None:
    inner = making.zipped({"b/report.txt": making.BODY.encode()})
    (tmp_path / "out.zip").write_bytes(making.zipped({"a/in.zip": inner}))
    (report,) = read(tmp_path / "out.zip")
    assert isinstance(report, Report)
    assert report.path == f"{tmp_path}/out.zip!a/in.zip!b/report.txt"


def test_standard_input_may_be_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    class _Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._data = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return self._data.readinto(buffer)

    stdin = io.TextIOWrapper(io.BufferedReader(_Pipe(making.zipped({"a.txt": making.BODY.encode()}))))
    monkeypatch.setattr(sys, "stdin", stdin)
    (report,) = read("-", limits=Limits())
    assert isinstance(report, Report)
    assert report.path == "-!a.txt"
