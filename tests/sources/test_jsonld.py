"""JSON-LD: what a page says of its article, however it is nested or broken."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dateline.records import Report
from dateline.sources import read
from dateline.sources.jsonld import article_of

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Shells hit Oreb",
    "datePublished": "2031-06-14T09:30:00+03:00",
    "author": [{"@type": "Person", "name": "Nour Adel"}, "Sami Hadi"],
    "publisher": {"@type": "Organization", "name": "Salwa Post"},
    "articleBody": "Shells fell on the market of Oreb and killed four traders, a nurse said. " * 4,
}


def block(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    "page",
    [
        block(ARTICLE),
        block([{"@type": "WebSite"}, ARTICLE]),
        block({"@graph": [{"@type": "BreadcrumbList"}, ARTICLE]}),
        block(ARTICLE | {"@type": ["Thing", "ReportageNewsArticle"]}),
        '<script type="application/ld+json">{"broken</script>' + block(ARTICLE),
        block({"@type": "WebPage", "mainEntity": ARTICLE}),
    ],
)
def test_an_article_is_found(page: str) -> None:
    found = article_of(f"<html><head>{page}</head></html>")
    assert found is not None
    assert (found.title, found.outlet) == ("Shells hit Oreb", "Salwa Post")
    assert found.byline == "Nour Adel, Sami Hadi"


@pytest.mark.parametrize("value", [{"@type": "Recipe"}, 3, None, [], {"@type": {"a": 1}}, {"headline": "x"}])
def test_other_things_are_no_article(value: Any) -> None:
    assert article_of(block(value)) is None


def test_hostile_blocks_cost_little() -> None:
    began = time.monotonic()
    assert article_of('<script type="application/ld+json">' + "[" * 200_000 + "</script>") is None
    assert article_of('<script type="application/ld+json">' * 20_000) is None
    assert article_of(block([[{}] * 100_000] * 3)) is None
    assert time.monotonic() - began < 10


def test_it_comes_before_other_metadata_and_the_contradiction_is_told(tmp_path: Path) -> None:
    page = (
        f"<html><head>{block(ARTICLE)}<meta property='article:published_time' content='2031-06-20'></head>"
        "<body><p>Subscribe to read on.</p></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    (report,) = read(tmp_path / "a.html")
    assert isinstance(report, Report)
    assert report.text.startswith("Shells hit Oreb\nShells fell on the market")
    assert report.published == "2031-06-14"
    assert report.published_rule == "the page's JSON-LD; the page's metadata says 2031-06-20"
