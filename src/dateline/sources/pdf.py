"""PDF files, with pypdf (``pip install 'dateline[pdf]'``): the text page by page."""

from __future__ import annotations

import hashlib
import io
import logging
import time
from collections.abc import Iterator
from typing import Any

from dateline.errors import TooLarge, Unreadable
from dateline.sources.drafts import Draft
from dateline.sources.encoding import one_line, without_surrogates
from dateline.sources.inputs import Input, StatedDate
from dateline.sources.limits import Limits, over
from dateline.sources.text import read_whole

SIGNATURE = b"%PDF-"

#: Bytes of a page's instructions that pypdf reads in a second: 1.1 MB of text or of drawing took 1.0 s on one
#: core (pypdf 7.1, 2026-11-27). A page with more than there is time for is not begun.
BYTES_A_SECOND = 1_000_000

# The operators that show text (PDF 32000-1, 9.4.3) or a figure, which may hold some.
_SHOWING = (b"Tj", b"TJ", b"'", b'"', b"Do")


def read_pdf(source: Input, limits: Limits) -> Iterator[Draft]:
    """The text of a PDF as it can be taken out, pages joined by a newline; ``pages`` tells where each begins.

    Title and author are the file's own; its date of creation is told as ``pdf_created``. Raises Unreadable
    (broken, with a password, only pictures, no pypdf), TooLarge (over ``max_pages``, ``max_pdf_seconds``).
    """
    data = read_whole(source.stream, source.size, limits.max_file_bytes, "max_file_bytes")
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise Unreadable("a PDF: pip install 'dateline[pdf]', or save its text (pdftotext)") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # else it tells of each oddity on the terminal
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("a PDF with a password: save a copy without one")
        pages = list(_pages(reader, limits))
        about = reader.metadata
        told = (getattr(about, name, None) or "" for name in ("title", "author", "creation_date"))
        title, author, created = (one_line(str(value)) for value in told)
    except (TooLarge, Unreadable):
        raise
    except Exception as error:  # whatever a hostile file makes the parser raise is this file's fault alone
        raise Unreadable(
            f"a PDF that cannot be parsed ({type(error).__name__}): save its text (pdftotext)"
        ) from error
    if not any(page.strip() for page in pages):
        raise Unreadable("a PDF without text in it (scanned?): run character recognition first (ocrmypdf)")
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    yield Draft(
        text="\n".join(pages).rstrip(),
        path=source.path,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title,
        byline=author,
        url=source.url,
        pages=tuple(starts),
        dates=(StatedDate(kind="pdf_created", words=created),) if created else (),
    )


def _pages(reader: object, limits: Limits) -> Iterator[str]:
    """The text of each page, within the limits of number and time."""
    deadline = time.monotonic() + limits.max_pdf_seconds
    for number, page in enumerate(reader.pages, 1):  # type: ignore[attr-defined]
        if number > limits.max_pages:
            raise TooLarge(over("the PDF has", "more pages", str(limits.max_pages), "max_pages"))
        try:
            yield without_surrogates(_text(page, deadline, limits))
            _check(deadline)
        except _TimeIsUp as error:
            limit = f"{limits.max_pdf_seconds} seconds"
            longer = f"longer (it stopped in page {number})"
            raise TooLarge(over("reading the PDF takes", longer, limit, "max_pdf_seconds")) from error


class _TimeIsUp(BaseException):
    """Reading takes too long. No Exception: pypdf passes over those in a figure and goes on."""


def _check(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise _TimeIsUp


def _text(page: Any, deadline: float, limits: Limits) -> str:
    """The text of a page. Raises _TimeIsUp in the midst of it, TooLarge where it is too long for the time."""
    contents = page.get_contents()
    data: bytes = contents.get_data() if contents is not None else b""
    most = limits.max_pdf_seconds * BYTES_A_SECOND
    if len(data) > most:
        raise TooLarge(
            over("a page of the PDF has", f"{len(data)} bytes", f"{most} bytes", "max_pdf_seconds")
        )
    if not any(mark in data for mark in _SHOWING):
        return ""
    text: str = page.extract_text(visitor_operand_before=lambda *_: _check(deadline))
    return text or ""
