"""HTML pages: the article's main text and what the page says about it, by trafilatura."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator

from dateline.errors import InstallationError, Unreadable
from dateline.sources.drafts import Draft
from dateline.sources.encoding import decode, without_surrogates
from dateline.sources.inputs import Input, StatedDate
from dateline.sources.jsonld import Article, article_of
from dateline.sources.limits import Limits
from dateline.sources.text import read_whole

#: Bytes of a page in which its charset is declared (the HTML standard says 1024; pages are
#: longer-winded).
CHARSET_HEAD = 4096

#: The text in a page's JSON-LD is taken where the one found in the page is shorter than this share of it.
SHARE = 0.6

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
    declared = _CHARSET.search(data[:CHARSET_HEAD])
    charset = (declared[1] or declared[2]).decode("ascii") if declared else source.charset
    decoded = decode(data, charset)
    if not decoded.text.strip():
        return
    found = _extract(decoded.text)
    said = article_of(decoded.text) or Article()
    if found is None and not said.body:
        return
    body, about = found or ("", {})
    if said.body and len(body) < SHARE * len(said.body):
        body = without_surrogates(said.body).strip()
    title = said.title or about.get("title") or source.title
    stated = [("json_ld", said.published), ("meta", about.get("date"))]
    dates = tuple(StatedDate(kind=kind, words=words) for kind, words in stated if words)
    yield Draft(
        text=f"{title}\n{body}" if title and not _opens_with(body, title) else body,
        path=source.path,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title,
        outlet=said.outlet or about.get("sitename") or source.outlet,
        published=said.published or about.get("date"),
        dates=dates,
        byline=said.byline or about.get("author"),
        url=said.url or about.get("url") or source.url,
        note=decoded.note,
    )


def _extract(page: str) -> tuple[str, dict[str, str | None]] | None:
    """The main text of a page and what it says of itself; None when it has no main text."""
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
        return None
    fields = ("title", "sitename", "date", "author", "url")
    about = {field: _clean(getattr(document, field, None)) for field in fields}
    return without_surrogates(body), about


def _without_declaration(page: str) -> str:
    """The page without an XML declaration: the parser refuses decoded text that names an encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", page, count=1)


def _clean(value: object) -> str | None:
    """A metadata value on one line, or None when there is none."""
    words = " ".join(without_surrogates(str(value)).split()) if value else ""
    return words or None


def _opens_with(body: str, title: str) -> bool:
    """Whether the body's first words are the title, blanks and case aside."""
    return " ".join(body[: 2 * len(title) + 80].split()).casefold().startswith(title.casefold())
