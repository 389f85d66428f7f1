"""What a news page says of itself as JSON-LD (schema.org's ``NewsArticle`` and its kin)."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dateline.sources.encoding import without_surrogates

#: Types of schema.org that are an article with a text.
ARTICLES = frozenset(
    {"NewsArticle", "ReportageNewsArticle", "BackgroundNewsArticle", "Article", "BlogPosting", "Report"}
)

#: Blocks, and objects in them, that are looked at: a hostile page may hold millions.
MAX_BLOCKS, MAX_OBJECTS, MAX_DEPTH = 50, 2_000, 20

_BEGIN = re.compile(r"<script\b[^<>]{0,200}\bapplication/ld\+json\b[^<>]{0,200}>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A page's article by its JSON-LD; each None where it does not say."""

    title: str | None = None
    published: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    body: str | None = None


def article_of(page: str) -> Article | None:
    """The first article that the JSON-LD of ``page`` describes, or None. Broken JSON is passed over."""
    for begin in itertools.islice(_BEGIN.finditer(page), MAX_BLOCKS):
        end = _END.search(page, begin.end())
        if end is None:
            return None
        block = page[begin.end() : end.start()].strip()
        try:
            value = json.loads(block.removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _objects(value):
            kinds = found.get("@type")
            if ARTICLES & {k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)}:
                return _article(found)
    return None


def _article(found: dict[str, Any]) -> Article:
    return Article(
        title=_words(found.get("headline")) or _words(found.get("name")),
        published=_words(found.get("datePublished")),
        byline=_names(found.get("author")),
        outlet=_names(found.get("publisher")),
        url=_words(found.get("url")),
        body=found["articleBody"] if isinstance(found.get("articleBody"), str) else None,
    )


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in ``value``, outer ones first, in the order of the page."""
    pending, seen = [(value, 0)] if isinstance(value, dict | list) else [], 0
    while pending and seen < MAX_OBJECTS:
        one, depth = pending.pop(0)
        seen += 1
        if isinstance(one, dict):
            yield one
        inner = list(one.values()) if isinstance(one, dict) else one
        if depth < MAX_DEPTH and len(pending) < MAX_OBJECTS:
            pending += [(i, depth + 1) for i in inner[:MAX_OBJECTS] if isinstance(i, dict | list)]


def _names(value: Any) -> str | None:
    """The names of people or bodies: a string, an object with a ``name``, or a list of these."""
    listed = value if isinstance(value, list) else [value]
    names = [_words(one.get("name") if isinstance(one, dict) else one) for one in listed[:10]]
    return ", ".join(name for name in names if name) or None


def _words(value: Any) -> str | None:
    return " ".join(without_surrogates(value).split()) or None if isinstance(value, str) else None
