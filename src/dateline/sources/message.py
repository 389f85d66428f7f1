"""E-mails (``.eml``): a newsletter or a report; attachments and forwarded e-mails are inputs of their own."""

from __future__ import annotations

import base64
import hashlib
import quopri
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import cast

from dateline.errors import Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.drafts import Draft
from dateline.sources.encoding import decode, one_line, without_surrogates
from dateline.sources.inputs import Input, StatedDate, inside
from dateline.sources.limits import Limits
from dateline.sources.outcomes import ended
from dateline.sources.text import read_whole

#: What broken messages make the email package raise, as fuzzing found.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, AssertionError)

_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": base64.b64decode,
    "quoted-printable": quopri.decodestring,
}

#: Parts of one message that are looked at, and of those that hold others: each doubles the parser's work.
MAX_PARTS, MAX_NESTED = 1_000, 100


def read_message(source: Input, limits: Limits) -> Iterator[Draft | Input | Outcome]:
    """The body of an e-mail, then what is attached to it, in order.

    The subject is the title, the sender's name the outlet, the ``Date`` header the date of publication. A
    message with text in HTML alone is read as a page. An e-mail that was forwarded as an attachment has its
    own of all these, and none of the outer one's. Raises Unreadable, TooLarge.
    """
    data = read_whole(source.stream, source.size, limits.max_file_bytes, "max_file_bytes")
    if data.lower().count(b"multipart/") > MAX_NESTED:
        raise Unreadable(f"an e-mail with over {MAX_NESTED} nested parts: save its text")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        parts = [part for _, part in zip(range(MAX_PARTS), _parts(message), strict=False)]
    except BROKEN as error:
        raise Unreadable(
            f"an e-mail that cannot be parsed ({type(error).__name__}): save its text"
        ) from error
    title, outlet = _header(message, "subject"), _sender(message)
    dates = _dates(message)
    plain = [p for p in parts if _is_body(p, "text/plain")]
    pages = [p for p in parts if _is_body(p, "text/html")]
    text = "\n".join(filter(str.strip, (_text(p) for p in plain))).rstrip()
    if text:
        published = dates[-1].words if dates else None
        yield Draft(
            text=f"{title}\n{text}" if title else text,
            path=source.path,
            sha256=hashlib.sha256(data).hexdigest(),
            title=title,
            outlet=outlet,
            published=published,
            dates=dates,
        )
    else:
        for number, page in enumerate(pages, 1):
            yield inside(source, f"body{number}.html", _bytes(page), outlet=outlet, title=title, dates=dates)
    for number, part in enumerate(parts, 1):
        name = _file_name(part)
        if _is_forwarded(part):
            try:
                forwarded = _forwarded(part)
            except BROKEN as error:
                where, why = f"{source.path}!forwarded{number}.eml", type(error).__name__
                reason = f"a forwarded e-mail that cannot be parsed ({why}): save its text"
                yield ended(where, OutcomeKind.UNREADABLE, reason)
                continue
            yield inside(source, f"forwarded{number}.eml", forwarded, media_type="message/rfc822")
        elif name and not part.is_multipart():
            yield inside(source, name, _bytes(part), dates=dates)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """A message and its parts, without those of forwarded messages in it."""
    pending = [message]
    while pending:
        part = pending.pop()
        yield part
        if part.is_multipart() and not _is_forwarded(part):
            pending += reversed(cast(list[EmailMessage], part.get_payload()))


def _is_forwarded(part: EmailMessage) -> bool:
    return part.get_content_type() in ("message/rfc822", "message/global")


def _forwarded(part: EmailMessage) -> bytes:
    """The bytes of a forwarded message, its headers as they were written."""
    payload = part.get_payload()
    if not isinstance(payload, list):
        return _bytes(part)
    inner = cast(EmailMessage, payload[0]).as_bytes(policy=policy.default.clone(refold_source="none"))
    # some programs encode it, against RFC 2046 5.2.1, and the email package does not expect that
    decoded = _DECODERS.get(str(part.get("content-transfer-encoding", "")).strip().casefold())
    return decoded(inner) if decoded is not None else inner


def _is_body(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == kind and not _file_name(part) and not part.is_multipart()


def _file_name(part: EmailMessage) -> str | None:
    try:
        return part.get_filename()
    except BROKEN:
        return None


def _bytes(part: EmailMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except BROKEN:
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage) -> str:
    """The words of a part, whatever charset it truly is in."""
    data = _bytes(part)
    try:
        return without_surrogates(decode(data, part.get_content_charset()).text).replace("\r\n", "\n")
    except Unreadable:
        return ""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return one_line(str(message.get(name, "")))
    except BROKEN:  # broken headers break email
        return None


def _sender(message: EmailMessage) -> str | None:
    """The name of the sender, else the host of the address."""
    for name, address in getaddresses([_header(message, "from") or ""]):
        return name or address.rpartition("@")[2] or None
    return None


def _dates(message: EmailMessage) -> tuple[StatedDate, ...]:
    words = _header(message, "date")
    try:
        return (StatedDate(kind="header", words=parsedate_to_datetime(words or "").isoformat()),)
    except BROKEN:
        return ()
