"""News feeds (RSS, Atom, RDF), read with feedparser: each entry that carries a text is a report."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from dateline.errors import Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.dates import read_date
from dateline.sources.drafts import Draft
from dateline.sources.encoding import without_surrogates
from dateline.sources.inputs import Input, StatedDate, printable
from dateline.sources.limits import Limits
from dateline.sources.text import read_whole

#: Characters from which a summary is a report of its own; below it is a teaser for the page it links to.
MIN_TEXT = 200

_BLOCK_END = re.compile(r"</(?:p|div|li|h\d|blockquote|tr)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def read_feed(source: Input, limits: Limits) -> Iterator[Draft | Outcome]:
    """The entries of a feed. One that only links to its text ends in an outcome with its address.

    Raises Unreadable when it is no feed, TooLarge.
    """
    import feedparser

    data = read_whole(source.stream, source.size, limits.max_html_bytes, "max_html_bytes")
    if b"<!ENTITY" in data:
        raise Unreadable("a feed that defines entities of its own: save its articles as HTML")
    try:
        feed = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    except Exception as error:  # whatever a hostile feed makes the parser raise is this feed's fault alone
        raise Unreadable(
            f"a feed that cannot be parsed ({type(error).__name__}): save its articles"
        ) from error
    if not feed.entries:
        return
    outlet = _line(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries[: limits.max_members], 1):
        title, url = _line(entry.get("title")), _line(entry.get("link"))
        where = f"{source.path}:entry {number}"
        text = _longest(entry)
        if len(text) < MIN_TEXT:
            reason = "the feed holds no text of it but links to "
            reason += f"{printable(url)}: save that page, or give its address" if url else "nothing"
            yield Outcome(path=where, report_ids=(), outcome=OutcomeKind.EMPTY, reason=reason)
            continue
        exact = partial(dict.get, entry)  # feedparser's own get() mixes up the two
        when = "published" if exact("published") else "updated"
        posted, day = _line(exact(when)), exact(f"{when}_parsed")
        known = read_date(posted) if posted else None  # the day as written; feedparser shifts it to UTC
        iso = f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day and not known else posted
        yield Draft(
            text=f"{title}\n{text}" if title and not text.startswith(title) else text,
            path=source.path,
            where=where,
            sha256=hashlib.sha256(data).hexdigest(),
            title=title,
            outlet=outlet,
            byline=_line(entry.get("author")),
            url=url,
            published=iso,
            dates=(StatedDate(kind="feed", words=iso),) if iso else (),
        )


def _longest(entry: Any) -> str:
    """The longest text that an entry carries, without its markup."""
    bodies = [part.get("value") or "" for part in entry.get("content") or []]
    bodies.append(entry.get("summary") or "")
    return max((_plain(body) for body in bodies), key=len)


def _plain(markup: str) -> str:
    words = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup)))
    lines = (" ".join(line.split()) for line in without_surrogates(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _line(value: object) -> str | None:
    return " ".join(without_surrogates(html.unescape(str(value))).split()) or None if value else None
