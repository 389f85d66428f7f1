"""HTML pages: the article's main text by trafilatura, and what the page says about it.

What the page says in JSON-LD (``jsonld``) stands before its meta elements, and both before what the feed,
archive or e-mail around it says.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator

import msgspec

from dateline.errors import InstallationError, Unreadable
from dateline.sources.dates import read_date
from dateline.sources.drafts import Draft
from dateline.sources.encoding import decode, one_line, without_surrogates
from dateline.sources.inputs import Input, StatedDate
from dateline.sources.jsonld import Article, article_of
from dateline.sources.limits import Limits
from dateline.sources.text import read_whole

#: Bytes of a page in which its charset is declared (the HTML standard says 1024; pages are
#: longer-winded).
CHARSET_HEAD = 4096

#: Share of the JSON-LD's body below which the text found in the page is a teaser or a rest of it: then the
#: body in the JSON-LD is the article.
POORER = 0.5

#: Charsets that servers name of themselves, whatever they send; what the page declares comes before them.
UNMEANT = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"})

_CHARSET = re.compile(
    rb"""charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)

# Fixed bounds: left open they are today's date, and the result would hang on the day it is made.
# No extensive search: it takes any date it can find, a copyright year or an event's date among
# them.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2100-12-31",
}


def read_html(source: Input, limits: Limits) -> Iterator[Draft]:
    """The article of a page; what its JSON-LD says of it comes before what its other metadata say.

    Its text is the headline, a newline and the body; without the headline where the page has none or
    the body opens with it.

    Yields nothing when the page has no article. Raises Unreadable or TooLarge.
    """
    data = read_whole(source.stream, source.size, limits.max_html_bytes, "max_html_bytes")
    decoded = decode(data, *declared_charsets(data, source.charset))
    if not decoded.text.strip():
        return
    meta = _extract(decoded.text)
    said = article_of(decoded.text, meta.title) or Article()
    body, note = meta.body, decoded.note
    # trafilatura, too, falls back on this body, but runs its paragraphs together
    if said.body and (len(body) < POORER * len(said.body) or body.split() == said.body.split()):
        body = said.body
        note = "; ".join(words for words in (note, "text taken from the page's JSON-LD") if words)
    if not body:
        return
    title = said.title or meta.title or source.title
    dates = [StatedDate(kind=kind, words=words) for kind, words in
             (("json_ld", said.published), ("meta", meta.date)) if words]  # fmt: skip
    yield Draft(
        text=headed(title, body),
        path=source.path,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title,
        outlet=said.outlet or meta.sitename or source.outlet,
        published=next((date.words for date in dates if read_date(date.words)), None),
        dates=tuple(dates),
        byline=said.byline or meta.author,
        url=source.url or said.url or meta.url,
        note=note,
    )


def declared_charsets(data: bytes, header: str | None) -> list[str]:
    """The charsets that the page's server and the page itself name, the more trustworthy first."""
    declared = _CHARSET.search(data[:CHARSET_HEAD])
    named = [(declared[1] or declared[2]).decode("ascii")] if declared else []
    if header is None:
        return named
    return [*named, header] if header.casefold() in UNMEANT else [header, *named]


class _Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What trafilatura finds in a page; ``body`` is empty when it finds no main text."""

    body: str = ""
    title: str | None = None
    sitename: str | None = None
    date: str | None = None
    author: str | None = None
    url: str | None = None


def _extract(page: str) -> _Meta:
    """The main text of a page and what its meta elements say of it. Raises Unreadable."""
    try:
        from trafilatura import bare_extraction  # here: its import costs most of a second
    except ImportError as error:
        raise InstallationError(f"trafilatura cannot be loaded ({error}): install Dateline again") from error
    for library in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(library)
        if not logger.handlers:  # else what they log of a broken page lands on the terminal
            logger.addHandler(logging.NullHandler())
    try:
        document = bare_extraction(
            _without_declaration(page),
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            date_extraction_params=_DATES,
        )
    except (RecursionError, MemoryError) as error:
        raise Unreadable("the page is nested too deep to be read: save its text as a text file") from error
    except Exception as error:  # whatever a hostile page makes the parsers raise is this page's fault alone
        raise Unreadable(
            f"the page cannot be parsed ({type(error).__name__}): save its text as a text file"
        ) from error
    body = getattr(document, "text", None)
    if not isinstance(body, str) or not body.strip():
        body = ""
    fields = ("title", "sitename", "date", "author", "url")
    about = {field: one_line(str(getattr(document, field, None) or "")) for field in fields}
    return _Meta(body=without_surrogates(body), **about)


def _without_declaration(page: str) -> str:
    """The page without an XML declaration: the parser refuses decoded text that names an encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", page, count=1)


def headed(title: str | None, body: str) -> str:
    """A body under its title; the body alone where there is none or its first words are the title."""
    opening = " ".join(body[: 2 * len(title or "") + 80].split()).casefold()
    return body if not title or opening.startswith(title.casefold()) else f"{title}\n{body}"
