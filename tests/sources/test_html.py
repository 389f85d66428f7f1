"""HTML pages: main text with its headline, metadata, charsets, hostile pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.records import Outcome, Report
from dateline.sources import Limits, read

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
