"""HTML pages: main text with its headline, metadata, charsets, hostile pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dateline.records import Outcome, Report
from dateline.sources import Limits, read
from dateline.sources.drafts import Draft
from dateline.sources.formats import reader_of
from dateline.sources.inputs import Input, inside

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}">
<title>Shells hit grain market | Oreb Post</title>
<meta property="og:site_name" content="Oreb Post">
<meta property="og:title" content="Shells hit grain market">
<meta property="og:url" content="https://oreb.example/7">
<meta property="article:published_time" content="2021-06-14T23:50:00+03:00">
<meta name="author" content="Nour Adel"></head>
<body><nav><ul><li><a href="/a">Coast</a></li><li><a href="/b">Hills</a></li></ul></nav>
<main><article><h1>Shells hit grain market</h1>{head}<p>{body}</p><p>{other}</p></article></main>
<footer><p>Copyright Oreb Post 2019. All rights reserved.</p></footer></body></html>"""


def page(tmp_path: Path, body: str, other: str, charset: str = "utf-8", head: str = "") -> Report:
    """The report of a page."""
    path = tmp_path / "page.html"
    html = PAGE.format(charset=charset, head=head, body=body.strip(), other=other.strip())
    path.write_bytes(html.encode(charset))
    (result,) = read(path)
    assert isinstance(result, Report)
    return result


def test_headline_body_and_metadata(tmp_path: Path, body: str, other: str) -> None:
    report = page(tmp_path, body, other)
    assert report.text == f"Shells hit grain market\n{body.strip()}\n{other.strip()}"
    assert (report.title, report.outlet, report.byline) == (
        "Shells hit grain market", "Oreb Post", "Nour Adel",
    )  # fmt: skip
    assert (report.published, report.published_rule) == ("2021-06-14", "the page's metadata")
    assert report.url == "https://oreb.example/7"
    assert report.language == "en"


def test_declared_charset(tmp_path: Path, body: str, other: str) -> None:
    report = page(tmp_path, body + "The caf\u00e9 \u201cBlue\u201d burned.", other, "windows-1252")
    assert "caf\u00e9 \u201cBlue\u201d" in report.text


def test_copyright_year_is_no_date(tmp_path: Path, body: str) -> None:
    path = tmp_path / "bare.html"
    path.write_text(
        f"<html><body><article><p>{body}</p></article><footer>\u00a9 2019 Oreb Post</footer></body></html>"
    )
    (report,) = read(path)
    assert isinstance(report, Report)
    assert (report.published, report.published_rule) == (None, None)


def test_argument_beats_the_page(tmp_path: Path, body: str, other: str) -> None:
    page(tmp_path, body, other)
    (report,) = read(tmp_path, published="2021-06-13", outlet="Salwa Wire")
    assert isinstance(report, Report)
    assert (report.published, report.outlet) == ("2021-06-13", "Salwa Wire")
    assert "metadata says 2021-06-14" in (report.published_rule or "")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<html>" + "<b><i>" * 20_000 + "text",
        "<html><body>" + "<table><tr><td>" * 5_000 + "x",
        "<html><!-- " + "-" * 100_000,
        "<html><body>&#0;&#xD800;&#x110000;</body></html>",
        "<html <html <html>",
        "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><html><body>&b;</body></html>",
    ],
)
def test_hostile_pages_end_in_one_result(tmp_path: Path, html: str) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(html)
    (result,) = read(path)
    assert isinstance(result, Report | Outcome)


def test_page_over_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    path.write_text("<html><body>" + "x" * 2000)
    (result,) = read(path, limits=Limits(max_html_bytes=1000))
    assert isinstance(result, Outcome)
    assert "--max-html-bytes" in result.reason


QUOTED = "The caf\u00e9 \u201cBlue\u201d on the quay burned to the ground, its owner said."


def served(data: bytes, media_type: str, **said: str) -> Draft:
    """The draft of bytes that came with a media type, under a name without a suffix."""
    outer = Input(path="news.zip", stream=io.BytesIO(), head=b"", size=0)
    source = inside(outer, "7", data, media_type=media_type, **said)
    (draft,) = reader_of(source)(source, Limits())
    assert isinstance(draft, Draft)
    return draft


@pytest.mark.parametrize(
    ("header", "own", "real"),
    [
        ("windows-1252", "", "windows-1252"),
        ("utf-8", "windows-1252", "windows-1252"),  # the header's does not decode
        ("no-such-charset", "windows-1252", "windows-1252"),
        ("windows-1251", "", "utf-8"),  # bytes that are UTF-8 are nothing else
        ("iso-8859-1", "utf-16", "windows-1252"),
    ],
)
def test_charset_of_the_header_and_of_the_page(body: str, header: str, own: str, real: str) -> None:
    declared = f'<meta charset="{own}">' if own else ""
    page = f"<html><head>{declared}</head><body><article><p>{body}</p><p>{QUOTED}</p></article></body></html>"
    assert QUOTED in served(page.encode(real), f"text/html; charset={header}").text


def test_a_servers_habitual_charset_gives_way_to_the_pages_own() -> None:
    words = "На рынке у реки утром упали снаряды, погибли четыре торговца, сообщил совет города. " * 4
    page = f'<html><head><meta charset="windows-1251"></head><body><article><p>{words}</p></article></body>'
    assert "погибли четыре" in served(page.encode("cp1251"), "text/html; charset=ISO-8859-1").text


def test_what_stands_around_a_page_fills_its_gaps(body: str) -> None:
    page = f"<html><body><article><p>{body}</p></article></body></html>"
    draft = served(
        page.encode(), "text/html", url="https://oreb.example/7", outlet="Oreb Post", title="Shells"
    )
    assert (draft.url, draft.outlet, draft.title) == ("https://oreb.example/7", "Oreb Post", "Shells")
    assert served(b'{"id": "a", "text": "Shells fell."}', "application/json").id == "a"
    assert served(b"Shells fell.", "text/plain; charset=utf-8", url="https://oreb.example/8").url
