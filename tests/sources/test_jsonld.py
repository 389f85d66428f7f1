"""Articles told by JSON-LD, alone and in pages; the outlets and people do not exist."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dateline.records import Outcome, Report
from dateline.sources import Limits, read
from dateline.sources.drafts import Draft
from dateline.sources.html import read_html
from dateline.sources.inputs import Found, StatedDate, open_input
from dateline.sources.jsonld import Article, article_of

NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Shells hit grain market",
    "datePublished": "2021-06-14T06:30:00+03:00",
    "author": {"@type": "Person", "name": "Nour Adel"},
    "publisher": {"@type": "NewsMediaOrganization", "name": "Oreb Post"},
    "url": "https://oreb.example/7",
}
SAID = Article(
    title="Shells hit grain market",
    published="2021-06-14T06:30:00+03:00",
    byline="Nour Adel",
    outlet="Oreb Post",
    url="https://oreb.example/7",
)


def script(words: Any, kind: str = 'type="application/ld+json"') -> str:
    """A script of a page's head."""
    return f"<script {kind}>{words if isinstance(words, str) else json.dumps(words)}</script>"


@pytest.mark.parametrize(
    "page",
    [
        script(NEWS),
        script([NEWS]),
        script({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Oreb"}, NEWS]}),
        script({"@type": "WebPage", "mainEntity": NEWS}),
        script(NEWS | {"@type": ["Article", "ReportageNewsArticle"]}),
        script(NEWS | {"@type": "http://schema.org/Article"}),
        script(NEWS | {"headline": "Shells  hit\ngrain market", "author": [NEWS["author"], "Nour Adel"]}),
        script(NEWS) + script({"@type": "BreadcrumbList", "itemListElement": [{"name": "Coast"}]}),
        script(NEWS) + script(NEWS),
        script(NEWS, "id=a type='application/ld+json' class=x"),
        script("{broken") + script(NEWS),
        script(json.dumps(NEWS)[:-1] + ", }"),
        script("//<![CDATA[\n" + json.dumps(NEWS) + "\n//]]>"),
        script("<!--" + json.dumps(NEWS) + "-->"),
        script(json.dumps(NEWS).replace("grain market", "grain\nmarket") + ";"),
        script({"@graph": [NEWS | {"author": {"@id": "#nour"}}, {"@id": "#nour", "name": "Nour Adel"}]}),
    ],
)
def test_forms_in_which_one_article_stands(page: str) -> None:
    assert article_of(f"<html><head>{page}</head><body></body></html>") == SAID


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<script type='application/ld+json'>" + json.dumps(NEWS),  # never closed
        script(NEWS, "type='text/template'"),
        script("[" * 100_000),
        script('{"@type": "NewsArticle", "headline": 7, "author": 7, "publisher": [[]]}'),
        script({"@type": "ItemList", "itemListElement": [NEWS]}),  # what the page links to
        script(NEWS) + script(NEWS | {"headline": "Mine kills a driver"}),  # which is its own?
        script({"@type": {"a": 1}, "@id": [1]}),
    ],
)
def test_no_article_of_the_pages_own(page: str) -> None:
    assert article_of(page) is None


def test_the_title_tells_among_several() -> None:
    page = script([NEWS | {"headline": "Mine kills a driver"}, NEWS])
    assert article_of(page, "shells hit  Grain market") == SAID


def test_body_and_headline_without_markup() -> None:
    body = "<p>Four traders died &amp; two lorries burned.</p><style>x{}</style><p>The road is<br>shut.</p>"
    found = article_of(script(NEWS | {"headline": "The mayor&#8217;s house", "articleBody": body}))
    assert found is not None
    assert found.title == "The mayor’s house"
    assert found.body == "Four traders died & two lorries burned.\nThe road is\nshut."


@pytest.mark.parametrize("piece", ["<script ", "<script>", "<script type=application/ld+json>", "[", ",  "])
def test_cost_is_linear(piece: str) -> None:
    page = piece * (1_000_000 // len(piece))
    begin = time.monotonic()
    article_of(page)
    article_of(script(page))
    assert time.monotonic() - begin < 5


def page_of(tmp_path: Path, head: str, article: str) -> Draft:
    """The draft of a page."""
    path = tmp_path / "page.html"
    path.write_text(
        f'<html><head><meta property="og:site_name" content="oreb.example"><meta property='
        f'"article:published_time" content="2021-06-15T00:10:00+03:00">{head}</head><body><nav>Coast</nav>'
        f"<article><h1>Shells hit grain market</h1>{article}</article></body></html>"
    )
    source = open_input(Found(real=str(path), shown=str(path)))
    with source.stream:
        (draft,) = read_html(source, Limits())
    assert isinstance(draft, Draft)
    return draft


def test_json_ld_stands_before_meta_elements(tmp_path: Path, body: str, other: str) -> None:
    draft = page_of(tmp_path, script(NEWS), f"<p>{body}</p><p>{other}</p>")
    assert (draft.outlet, draft.byline, draft.title) == ("Oreb Post", "Nour Adel", "Shells hit grain market")
    assert draft.published == "2021-06-14T06:30:00+03:00"
    kinds = [date.kind for date in draft.dates]
    assert kinds == ["json_ld", "meta"]
    assert draft.dates[0] == StatedDate(kind="json_ld", words="2021-06-14T06:30:00+03:00")
    assert draft.text.startswith("Shells hit grain market\nShells fell on the grain market")
    assert not draft.note


def test_a_json_ld_date_that_is_none_leaves_the_other(tmp_path: Path, body: str) -> None:
    draft = page_of(tmp_path, script(NEWS | {"datePublished": "last week"}), f"<p>{body}</p>")
    assert draft.dates[0].words == "last week"
    assert draft.published
    assert draft.published.startswith("2021-06-1")


def test_the_json_ld_body_only_where_the_page_has_less(tmp_path: Path, body: str, other: str) -> None:
    whole = script(NEWS | {"articleBody": f"{body}{other}"})
    draft = page_of(tmp_path, whole, "<p>Subscribe to read on about the market.</p>")
    assert draft.text == f"Shells hit grain market\n{body}{other.strip()}"
    assert "JSON-LD" in draft.note
    draft = page_of(tmp_path, script(NEWS | {"articleBody": "Four died."}), f"<p>{body}</p><p>{other}</p>")
    assert other.strip() in draft.text
    assert not draft.note


@pytest.mark.parametrize("around", ["", "<article><p>{}</p></article>"])
@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "span", "blockquote"])
def test_pages_nested_100_000_deep_end_in_an_outcome(
    tmp_path: Path, body: str, tag: str, around: str
) -> None:
    path = tmp_path / "deep.html"
    path.write_text(f"<html><body>{around.format(body)}" + f"<{tag}>" * 100_000 + body)
    (result,) = read(path, limits=Limits(max_html_bytes=20_000_000))
    assert isinstance(result, Report | Outcome)
    assert not isinstance(result, Outcome) or result.outcome.value in ("empty", "unreadable")


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Shells hit Oreb",
    "datePublished": "2031-06-14T09:30:00+03:00",
    "author": [{"@type": "Person", "name": "Nour Adel"}, "Sami Hadi"],
    "publisher": {"@type": "Organization", "name": "Salwa Post"},
    "articleBody": "Shells fell on the market of Oreb and killed four traders, a nurse said. " * 4,
}


def test_hostile_blocks_cost_little() -> None:
    began = time.monotonic()
    assert article_of('<script type="application/ld+json">' + "[" * 200_000 + "</script>") is None
    assert article_of('<script type="application/ld+json">' * 20_000) is None
    assert article_of(script([[{}] * 100_000] * 3)) is None
    assert time.monotonic() - began < 10


def test_it_comes_before_other_metadata_and_the_contradiction_is_told(tmp_path: Path) -> None:
    page = (
        f"<html><head>{script(ARTICLE)}<meta property='article:published_time' content='2031-06-20'></head>"
        "<body><p>Subscribe to read on.</p></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    (report,) = read(tmp_path / "a.html")
    assert isinstance(report, Report)
    assert report.text.startswith("Shells hit Oreb\nShells fell on the market")
    assert report.published == "2031-06-14"
    assert report.published_rule == "the page's JSON-LD; the page's metadata says 2031-06-20"
