"""What a page says of its article in JSON-LD (schema.org): headline, date, author, publisher, body.

The vocabulary is schema.org's (https://schema.org/NewsArticle). Publishers write it loosely: in lists, in a
``@graph``, with references by ``@id``, with comments around it and commas at its end. What cannot be read is
passed over; nothing here raises.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

import msgspec

from dateline.sources.encoding import one_line, without_surrogates
from dateline.sources.markup import plain_text

#: Types that are one article; types of lists, sites and people are not.
ARTICLES = frozenset(
    {
        "NewsArticle",
        "ReportageNewsArticle",
        "BackgroundNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "Article",
        "Report",
        "BlogPosting",
        "LiveBlogPosting",
    }
)

#: Keys under which a page's own article may lie; under others lie those it links to.
_OWN = ("@graph", "mainEntity", "mainEntityOfPage")

#: Objects looked at on one page: a page's own article stands among the first.
MAX_OBJECTS = 10_000

_SCRIPT = re.compile(r"<script\b([^>]{0,500}+)>", re.IGNORECASE)
_LD_JSON = re.compile(r"application/ld\+json", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_OPENINGS = ("<!--", "//", "/*", "<![CDATA[", "*/")
_CLOSINGS = (";", "-->", "*/", "]]>", "/*", "//")
_COMMA_BEFORE_END = re.compile(r",\s*+([}\]])")


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article as its page's JSON-LD has it; ``published`` as it stands there."""

    title: str | None = None
    published: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    body: str | None = None


def article_of(page: str, title: str | None = None) -> Article | None:
    """The page's own article in its JSON-LD; None when there is none, or none can be told from several.

    Of several, the one whose headline is the page's ``title`` is its own.
    """
    found: list[dict[str, Any]] = []
    named: dict[str, dict[str, Any]] = {}
    for block in _blocks(page):
        for thing in _things(block):
            if isinstance(thing.get("@id"), str):
                named.setdefault(thing["@id"], thing)
            if _types(thing) & ARTICLES:
                found.append(thing)
    articles = list(dict.fromkeys(_article(thing, named) for thing in found))
    articles = [article for article in articles if article.title or article.body]
    if title:
        same = [article for article in articles if _folded(article.title) == _folded(title)]
        articles = same or articles
    return articles[0] if len(articles) == 1 else None


def _blocks(page: str) -> Iterator[Any]:
    """The values of the page's JSON-LD scripts."""
    at = 0
    while script := _SCRIPT.search(page, at):
        end = _END.search(page, script.end())
        if end is None:
            return
        at = end.end()
        if _LD_JSON.search(script[1]):
            yield from _values(page[script.end() : end.start()])


def _values(words: str) -> Iterator[Any]:
    """The JSON value of ``words``, small faults aside; none when it cannot be read."""
    for mended in (str, _mended):
        try:
            yield json.loads(mended(words), strict=False)  # not strict: line breaks stand in strings
            return
        except (ValueError, RecursionError):
            continue


def _mended(words: str) -> str:
    """``words`` without what wraps them and without commas before a closing bracket."""
    bare = words.strip()
    for opening in _OPENINGS:
        bare = bare.removeprefix(opening).lstrip()
    for closing in _CLOSINGS:
        bare = bare.removesuffix(closing).rstrip()
    return _COMMA_BEFORE_END.sub(r"\1", bare)


def _things(block: Any) -> Iterator[dict[str, Any]]:
    """The objects of a block that may be the page's own, outermost first."""
    pending, seen = deque([block]), 1
    while pending:
        value = pending.popleft()
        more: list[Any] = []
        if isinstance(value, list):
            more = value[: MAX_OBJECTS - seen]
        elif isinstance(value, dict):
            yield value
            more = [value[key] for key in _OWN if isinstance(value.get(key), list | dict)]
        if seen < MAX_OBJECTS:
            pending += more
            seen += len(more)


def _types(thing: dict[str, Any]) -> set[str]:
    """The types of an object, without the address of their vocabulary."""
    types = thing.get("@type")
    listed = types if isinstance(types, list) else [types]
    return {name.rpartition("/")[2].rpartition(":")[2] for name in listed if isinstance(name, str)}


def _article(thing: dict[str, Any], named: dict[str, dict[str, Any]]) -> Article:
    main = thing.get("mainEntityOfPage")
    body = thing.get("articleBody")
    return Article(
        title=_line(thing.get("headline")) or _line(thing.get("name")),
        published=_line(thing.get("datePublished")),
        byline=_names(thing.get("author"), named) or _names(thing.get("creator"), named),
        outlet=_names(thing.get("publisher"), named),
        url=_address(thing.get("url")) or _address(main.get("@id") if isinstance(main, dict) else main),
        body=plain_text(without_surrogates(body)) or None if isinstance(body, str) else None,
    )


def _names(value: Any, named: dict[str, dict[str, Any]]) -> str | None:
    """The names of people or bodies, given as strings, objects, references or a list of these."""
    names = []
    for one in (value if isinstance(value, list) else [value])[:20]:
        known = named.get(one["@id"]) if isinstance(one, dict) and isinstance(one.get("@id"), str) else None
        name = _line(one.get("name") or (known or {}).get("name")) if isinstance(one, dict) else _line(one)
        if name and name not in names and not name.startswith(("http://", "https://")):
            names.append(name)
    return ", ".join(names) or None


def _address(value: Any) -> str | None:
    words = _line(value)
    return words if words and words.startswith(("http://", "https://")) else None


def _line(value: Any) -> str | None:
    """A string on one line without references such as ``&amp;``; None when there is none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return one_line(html.unescape(value)) if isinstance(value, str) else None


def _folded(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()
