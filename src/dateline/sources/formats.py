"""Which format an input is in: by suffix, and by its first bytes where those say otherwise or there is none.

A new format is one module with a ``read_…`` function and one line in FORMATS. A format that holds others (an
archive, an e-mail with attachments) yields an :class:`Input` for each thing inside (``inputs.inside``);
``reader`` reads it in its turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dateline.errors import Unreadable
from dateline.records import Outcome
from dateline.sources.archives import is_tar, read_packed, read_tar, read_zip
from dateline.sources.delimited import read_delimited
from dateline.sources.docx import read_docx
from dateline.sources.drafts import Draft
from dateline.sources.encoding import reject_signature
from dateline.sources.feed import read_feed
from dateline.sources.html import read_html
from dateline.sources.inputs import Input
from dateline.sources.json_document import read_json
from dateline.sources.limits import Limits
from dateline.sources.message import read_message
from dateline.sources.parquet import read_parquet
from dateline.sources.pdf import SIGNATURE, read_pdf
from dateline.sources.telegram import is_export, read_telegram
from dateline.sources.text import read_text
from dateline.sources.web_archive import is_web_archive, read_web_archive
from dateline.sources.wordlists import load
from dateline.sources.workbook import read_workbook

Reader = Callable[[Input, Limits], Iterator[Draft | Outcome | Input]]

#: Format by suffix.
FORMATS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_json,
    ".ndjson": read_json,
    ".json": read_json,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".tab": read_delimited,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".parquet": read_parquet,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".eml": read_message,
    ".rss": read_feed,
    ".atom": read_feed,
    ".rdf": read_feed,
    ".zip": read_zip,
    ".tar": read_tar,
    ".tgz": read_packed,
    ".gz": read_packed,
    ".bz2": read_packed,
    ".xz": read_packed,
    ".warc": read_web_archive,
}

#: Formats whose first bytes are not those of a text.
_PACKED = (
    read_workbook,
    read_parquet,
    read_pdf,
    read_docx,
    read_zip,
    read_tar,
    read_packed,
    read_web_archive,
)

#: Formats by what a web server or a feed calls them.
MEDIA_TYPES: dict[str, Reader] = {
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "application/rss+xml": read_feed,
    "application/atom+xml": read_feed,
    "application/rdf+xml": read_feed,
    "application/json": read_json,
    "application/jsonl": read_json,
    "application/x-ndjson": read_json,
    "text/plain": read_text,
    "text/markdown": read_text,
    "text/csv": read_delimited,
    "application/pdf": read_pdf,
    "message/rfc822": read_message,
}

# What may stand before the first element. Possessive throughout: a comment ends at its first "-->", and bytes
# made of comments cost no more than one pass.
_PROLOGUE = rb"\s*+(?:<\?xml[^>]*+>\s*+)*+(?:<!--.{0,500}?-->\s*+)*+"
_HTML = re.compile(
    _PROLOGUE + rb"<(?:!doctype\s+html|html|head|body|article|main|div|title|meta)\b", re.I | re.S
)
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF|!doctype\s+rss)\b", re.I | re.S)
_JSON = re.compile(rb"\s*+(?:\{|\[\s*+\{\s*+\")")
_TAG = re.compile(rb"<[a-z!/]", re.I)


def reader_of(source: Input) -> Reader:
    """The function that reads ``source``. Raises Unreadable for formats known not to be read."""
    if FORMATS.get(source.suffix) in _PACKED:
        return FORMATS[source.suffix]
    packed = _packed(source.head)
    if packed is not None:
        return packed
    reject_signature(source.head)
    head = _narrow(source.head)
    for kind in load("signatures")["suffix"]:
        if source.suffix in kind["names"]:
            raise Unreadable(f"{kind['what']}, which Dateline does not read: {kind['do']}")
    if _FEED.match(head):
        return read_feed
    reader = FORMATS.get(source.suffix) or MEDIA_TYPES.get(source.media or "")
    if reader is read_json and is_export(head):
        return read_telegram
    if reader is read_html and head.strip() and not _TAG.search(head):
        return read_text
    if reader is None or reader is read_text:
        if _HTML.match(head):
            return read_html
        if reader is None and _JSON.match(head):
            return read_json
        return read_text
    return reader


def _packed(head: bytes) -> Reader | None:
    """The reader of bytes that are no text, by how they begin."""
    if head.startswith(b"PAR1"):
        return read_parquet
    if head.startswith(SIGNATURE):
        return read_pdf
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        return read_packed
    if is_tar(head):
        return read_tar
    if is_web_archive(head):
        return read_web_archive
    if head.startswith(b"PK\x03\x04"):
        return read_docx if b"word/" in head else read_workbook if b"xl/" in head else read_zip
    return None


def _narrow(head: bytes) -> bytes:
    """The first bytes without byte-order mark and, where they are UTF-16, without their NULs."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")
