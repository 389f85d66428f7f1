"""News feeds (RSS, Atom, RDF), by feedparser: a report of each entry that carries its text.

Most feeds carry a sentence or two and a link. Such an entry is no report: with ``--fetch`` the page it links
to is fetched and read; without, an outcome says so.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dateline.errors import InputError, Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.dates import read_date
from dateline.sources.drafts import Draft
from dateline.sources.encoding import without_surrogates
from dateline.sources.html import headed
from dateline.sources.inputs import Input, StatedDate, is_address, printable
from dateline.sources.limits import Limits, over
from dateline.sources.markup import plain_text
from dateline.sources.outcomes import ended, failed
from dateline.sources.text import read_whole

if TYPE_CHECKING:
    from dateline.sources.fetch import Fetcher

#: Characters below which a summary is a teaser for the page it links to. Teasers are a sentence or two.
TEASER = 250

# How a text ends that goes on elsewhere.
_GOES_ON = re.compile(
    r"(?:\.\.\.|…|\[[.…]{1,3}\]|(?:read|continue)\s(?:more|reading|on)|read the (?:full|rest).{0,40})\W*$",
    re.IGNORECASE,
)


def read_feed(source: Input, limits: Limits) -> Iterator[Draft | Outcome | Input]:
    """The reports of a feed's entries; inputs for the pages fetched; an outcome for every other entry.

    Raises Unreadable when it is no feed, TooLarge.
    """
    data = read_whole(source.stream, source.size, limits.max_html_bytes, "max_html_bytes")
    if b"<!ENTITY" in data:
        raise Unreadable("a feed that defines entities of its own: save its articles as HTML")
    feed = _parsed(data, source)
    outlet = _line(feed.feed.get("title")) or source.outlet
    note = "the feed is not well formed; read as far as it goes" if _is_broken(feed) else ""
    sha256 = hashlib.sha256(data).hexdigest()
    pages = _Pages(source, limits)
    for number, entry in enumerate(feed.entries, 1):
        if number > limits.max_members:
            size = f"{len(feed.entries)} entries"
            reason = over("the feed has", size, f"{limits.max_members}", "max_members")
            yield ended(source.path, OutcomeKind.TOO_LARGE, reason)
            return
        link, title = _link(entry), _line(entry.get("title"))
        # an aggregator names the feed that it took the entry from
        whose = _line(_part(entry, "source").get("title")) or outlet
        dates = _dates(entry)
        body, whole = _body(entry)
        where = f"{source.path}!{printable(link) if link else f'entry {number}'}"
        if link and not whole:
            yield pages.of(link, where, body, outlet=whose, title=title, dates=dates)
        elif not body:
            yield ended(where, OutcomeKind.EMPTY, "the entry has neither text nor the address of a page")
        else:
            yield Draft(
                text=headed(title, body),
                path=source.path,
                where=where,
                sha256=sha256,
                title=title,
                outlet=whose,
                published=dates[0].words if dates else None,
                dates=dates,
                byline=_authors(entry),
                url=link,
                note=note,
            )


class _Pages:
    """The pages that a feed's entries link to: fetched where the user wants it, each once."""

    def __init__(self, source: Input, limits: Limits) -> None:
        self._depth = source.depth + 1
        # links of a feed that a feed linked to are not followed: they could go on for ever
        self._linked = source.depth > 0 and is_address(source.path)
        self._fetcher: Fetcher | None = None
        if limits.fetch_links and not self._linked:
            from dateline.sources.fetch import Fetcher  # here: most runs fetch nothing

            self._fetcher = Fetcher(limits)
        self._seen: set[str] = set()

    def of(
        self,
        link: str,
        where: str,
        body: str,
        *,
        outlet: str | None,
        title: str | None,
        dates: tuple[StatedDate, ...],
    ) -> Input | Outcome:
        """The page at ``link``, with what its entry says of it, or the outcome that says why not."""
        if link in self._seen:
            return ended(where, OutcomeKind.DUPLICATE, "an entry before it links to the same page")
        self._seen.add(link)
        if self._fetcher is None:
            has = "a summary and the address of its text" if body else "the address of its text"
            todo = "give that address" if self._linked else "--fetch has that page fetched and read"
            return ended(where, OutcomeKind.EMPTY, f"the entry has only {has}, {printable(link)}: {todo}")
        try:
            return self._fetcher.open(link, depth=self._depth, outlet=outlet, title=title, dates=dates)
        except InputError as error:
            return failed(where, error)


def _parsed(data: bytes, source: Input) -> Any:
    """The feed as feedparser has it. Raises Unreadable when it has neither entries nor a title."""
    import feedparser  # here: plain runs need it not

    headers = {"content-type": source.media_type, "content-location": source.url}
    try:
        feed = feedparser.parse(
            io.BytesIO(data),  # as a stream: bytes could name a file, which it would open
            response_headers={name: value for name, value in headers.items() if value},
            resolve_relative_uris=False,
            sanitize_html=False,  # no markup is kept
        )
    except Exception as error:  # whatever a hostile feed makes the parser raise is this feed's fault alone
        raise Unreadable(f"the feed cannot be parsed ({type(error).__name__}): save its articles") from error
    if not feed.entries and (_is_broken(feed) or not feed.get("version")):
        why = " ".join(str(feed.get("bozo_exception") or "no feed in it").split())[:120]
        raise Unreadable(f"the feed cannot be parsed ({printable(why)}): save its articles as HTML")
    return feed


def _is_broken(feed: Any) -> bool:
    """Whether the feed's XML is not well formed; a charset put right is no fault of its text."""
    import feedparser

    minor = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(feed.bozo) and not isinstance(feed.get("bozo_exception"), minor)


def _body(entry: Any) -> tuple[str, bool]:
    """The longest text of an entry, and whether it is the whole report and no teaser."""
    contents = [_text(content.get("value")) for content in entry.get("content") or ()]
    full = max(contents, key=len, default="")
    summary = _text(entry.get("summary"))
    body = full if len(full) >= len(summary) else summary
    goes_on = _GOES_ON.search(body[-80:]) is not None
    # what stands as content is the publisher's text, however short
    return body, bool(body) and not goes_on and (bool(full) or len(body) >= TEASER)


def _dates(entry: Any) -> tuple[StatedDate, ...]:
    """When the entry says it was published; else, as RDF and some Atom feeds have it, updated.

    As it stands there, so that the day is that of the outlet's own clock; in ISO form where only feedparser,
    which goes by UTC, can read it.
    """
    for key in ("published", "updated", "created"):
        words = _line(dict.get(entry, key))  # feedparser's own look-up takes one for the other
        if not words:
            continue
        parsed = dict.get(entry, f"{key}_parsed")
        if parsed and not read_date(words):
            words = f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}"
        return (StatedDate(kind="feed", words=words),)
    return ()


def _authors(entry: Any) -> str | None:
    names = [_line(author.get("name")) for author in entry.get("authors") or () if author]
    return ", ".join(dict.fromkeys(name for name in names if name)) or _line(entry.get("author"))


def _link(entry: Any) -> str | None:
    link = str(entry.get("link") or "").strip()
    return without_surrogates(link) if is_address(link) else None


def _part(entry: Any, name: str) -> Any:
    part = entry.get(name)
    return part if isinstance(part, dict) else {}


def _text(value: object) -> str:
    return plain_text(without_surrogates(value)) if isinstance(value, str) else ""


def _line(value: object) -> str | None:
    return " ".join(_text(value).split()) or None
