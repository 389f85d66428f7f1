"""Web archives (``.warc``, ``.warc.gz``; ISO 28500), with warcio: each page captured is an input of its own.

    response, resource, conversion    read by the format of what was captured
    revisit, and the same bytes again duplicates of the capture before them
    all others                        what the crawler says of itself and its requests: passed over

When a page was captured is no date of publication, only a bound to it. Records are read one at a time; lines,
headers, records and their sum are bounded, so that an archive may be of any size.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections import Counter
from collections.abc import Iterator
from types import ModuleType
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from dateline.errors import InputError, TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.encoding import one_line
from dateline.sources.inputs import Input, StatedDate, printable
from dateline.sources.limits import Limits, over
from dateline.sources.outcomes import ended
from dateline.sources.packing import BROKEN_PACKING, Bounded, budget_of, member, unpacked
from dateline.sources.wordlists import load

#: Bytes of one line of a header, and lines of one record's headers; servers and crawlers keep far below.
LINE_BYTES, HEADER_LINES = 16_384, 1_000

#: Kinds of left-out records that the row about them names.
KINDS_NAMED = 6

_READ = frozenset({"response", "resource", "conversion"})
_CHUNK = 65_536


def is_web_archive(head: bytes) -> bool:
    """Whether first bytes are those of a web archive that is not compressed."""
    return head.startswith(b"WARC/")


def read_web_archive(source: Input, limits: Limits) -> Iterator[Input | Outcome]:
    """The pages of a web archive, in order; a page captured twice with the same bytes ends as a duplicate.

    What no report can be in (pictures, scripts, answers other than 200) ends in one row that counts it.
    Raises Unreadable where the archive is broken or cut off, after the pages before, and without warcio;
    TooLarge.
    """
    loader = _library().ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    lines = _Lines(Bounded(unpacked(source), limits.max_unpacked_bytes))
    captures = _Captures(source, limits)
    number = 0
    try:
        while (line := lines.next_line()) is not None:
            number += 1
            lines.begin_record()
            record = loader.parse_record_stream(lines, line, "warc")
            result = captures.of(record, number)
            if result is not None:
                yield result
            if captures.is_over:
                return
            _pass_over(record)
        if not number:
            raise Unreadable("a web archive without records: fetch it again")
    except InputError:
        yield from captures.left_out()
        raise
    except Exception as error:  # whatever a hostile archive makes the parser raise is its fault alone
        yield from captures.left_out()
        why = " ".join(printable(str(error) or type(error).__name__).split())[:120]
        raise Unreadable(
            f"a web archive that is broken at record {number} ({why}): fetch it again"
        ) from error
    yield from captures.left_out()


def _library() -> ModuleType:
    try:
        import warcio.recordloader
    except ImportError as error:
        raise Unreadable(f"a web archive needs warcio ({error}): pip install 'dateline[warc]'") from error
    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # else it tells of odd addresses on the terminal
    module: ModuleType = warcio.recordloader
    return module


class _Captures:
    """The captures of one archive: what is read of each, and what was captured before."""

    def __init__(self, source: Input, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._budget = budget_of(source, limits)
        # by digest, by record id and by address: where it was first captured, in words
        self._seen: dict[bytes, str] = {}
        self._left_out: Counter[str] = Counter()

    @property
    def is_over(self) -> bool:
        """Whether nothing more may be read of the archive."""
        return self._budget.spent

    def of(self, record: Any, number: int) -> Input | Outcome | None:
        """The page of a record, or the outcome that says why there is none; None where it is passed over."""
        kind = record.rec_type
        url = one_line(record.rec_headers.get_header("WARC-Target-URI") or "")
        if kind != "revisit" and kind not in _READ:
            return None
        if url is None or not url.casefold().startswith(("http://", "https://")):
            self._left_out["no address of the web"] += 1
            return None
        captured = one_line(record.rec_headers.get_header("WARC-Date") or "")
        name = url if len(url) <= 2_000 else f"{url[:2_000]}…"
        where = f"{self._source.path}!{printable(name)}"
        sighting = f"{printable(name)} as captured on {captured or 'an unknown date'}"
        if kind == "revisit":
            return self._revisit(record, where)
        why_not = _why_left_out(record, url)
        if why_not:
            self._left_out[why_not] += 1
            return None
        if record.length is None:
            raise Unreadable(f"a web archive whose record {number} has no length: fetch it again")
        if record.length > self._limits.max_file_bytes:
            limit = f"{self._limits.max_file_bytes} bytes"
            reason = over("the record has", f"{record.length} bytes", limit, "max_file_bytes")
            return ended(where, OutcomeKind.TOO_LARGE, reason)
        dates = [StatedDate(kind="capture", words=captured)] if captured else []
        changed = _header(record, "last-modified")
        if changed:
            dates.append(StatedDate(kind="http_last_modified", words=changed))
        try:
            content = cast(BinaryIO, _Content(record.content_stream()))
            found = member(
                self._source,
                name,
                content,
                self._budget,
                self._limits,
                url=url,
                media_type=_media_type(record),
                dates=tuple(dates),
            )
        except TooLarge as error:
            return ended(where, OutcomeKind.TOO_LARGE, str(error))
        except BROKEN_PACKING as error:
            reason = f"the answer is broken ({error}): capture the page again"
            return ended(where, OutcomeKind.UNREADABLE, reason)
        if _cut_off(record):
            raise Unreadable(
                f"a web archive that is cut off in record {number}, {printable(name)}: fetch it again"
            )
        if _is_other_xml(found):
            self._left_out[found.media or "XML"] += 1
            return None
        before = self._first(record, cast(io.BytesIO, found.stream).getvalue(), sighting)
        if before is not None:
            return ended(where, OutcomeKind.DUPLICATE, f"the same bytes as {before}")
        return found

    def _first(self, record: Any, content: bytes, sighting: str) -> str | None:
        """The capture before of the same bytes; None, and it is noted, where there is none."""
        digest = hashlib.sha256(content).digest()
        before = self._seen.setdefault(digest, sighting)
        for key in _names(record, ("WARC-Record-ID", "WARC-Payload-Digest")):
            self._seen.setdefault(key, before)
        return None if before is sighting else before

    def _revisit(self, record: Any, where: str) -> Outcome:
        """How the record of a page that had not changed ends."""
        before = (self._seen.get(key) for key in _names(record, ("WARC-Refers-To", "WARC-Payload-Digest")))
        sighting = next((words for words in before if words), None)
        if sighting is not None:
            return ended(where, OutcomeKind.DUPLICATE, f"the same bytes as {sighting}")
        headers = record.rec_headers
        words = (headers.get_header(f"WARC-Refers-To-{name}") or "" for name in ("Target-URI", "Date"))
        told = printable(" of ".join(filter(None, words)))[:2_000]
        reason = (
            f"captured again without change; its bytes are in another archive ({told or 'not said where'})"
        )
        return ended(where, OutcomeKind.EMPTY, reason)

    def left_out(self) -> Iterator[Outcome]:
        """The row that counts what no report can be in; none where nothing was left out."""
        if not self._left_out:
            return
        kinds = [f"{count} × {what}" for what, count in self._left_out.most_common(KINDS_NAMED)]
        more = len(self._left_out) - len(kinds)
        listed = ", ".join(kinds) + (f" and {more} more kinds" if more > 0 else "")
        count = self._left_out.total()
        reason = f"{count} record{'s' if count > 1 else ''} in which no report can be: {listed}"
        yield ended(self._source.path, OutcomeKind.EMPTY, reason)


def _names(record: Any, headers: tuple[str, ...]) -> list[bytes]:
    """What a record is known by under ``headers``, short and alike for all spellings."""
    words = (record.rec_headers.get_header(name) for name in headers)
    return [hashlib.sha256(w.strip(" <>").casefold().encode("utf-8", "replace")).digest() for w in words if w]


def _why_left_out(record: Any, url: str) -> str | None:
    """Why no report can be in a record, in words that are counted; None where one can."""
    known = load("web_archive")
    if record.http_headers is not None:
        status = record.http_headers.get_statuscode()
        if status != "200":
            return f"answer {printable(status[:3]) or 'without status'}"
    try:
        path = urlsplit(url).path
    except ValueError:
        return "no address of the web"
    if path in known["paths"]:
        return path
    media = (_media_type(record) or "").split(";")[0].strip().casefold()
    return None if media in known["types"] or media in known["xml"] else printable(media[:60])


def _is_other_xml(found: Input) -> bool:
    """Whether a page is XML and no feed."""
    known = load("web_archive")
    if found.media not in known["xml"]:
        return False
    return not any(mark.encode() in found.head for mark in known["feeds"])


def _media_type(record: Any) -> str | None:
    """The media type that the server named; of a record without an answer its own."""
    if record.http_headers is None:
        return one_line(record.content_type or "")
    return _header(record, "content-type")


def _header(record: Any, name: str) -> str | None:
    return one_line(record.http_headers.get_header(name) or "") if record.http_headers is not None else None


def _pass_over(record: Any) -> None:
    """Read what is left of a record. Raises Unreadable where the archive ends in it."""
    while record.raw_stream.read(_CHUNK):
        pass
    if _cut_off(record):
        raise Unreadable("a web archive that is cut off in its last record: fetch it again")


def _cut_off(record: Any) -> bool:
    """Whether a record that was read to its end is shorter than it says."""
    at_end = not record.raw_stream.read(1)
    return at_end and getattr(record.raw_stream, "limit", 0) > 0


class _Content:
    """The content of a record: ``read`` gives all that is asked for, as far as there is any."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        pieces, left = [], size
        while left > 0 and (piece := self._stream.read(min(left, _CHUNK))):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)


class _Lines(io.BufferedReader):
    """The lines and bytes of an archive, for warcio: lines and headers are no longer than they may be."""

    def __init__(self, stream: io.RawIOBase) -> None:
        super().__init__(stream, buffer_size=_CHUNK)
        self._lines = 0

    def begin_record(self) -> None:
        """Count the lines of headers anew."""
        self._lines = 0

    def next_line(self) -> bytes | None:
        """The next line that is not blank; None at the end."""
        while line := super().readline(LINE_BYTES):
            if line.strip():
                return line
        return None

    def readline(self, size: int | None = -1) -> bytes:
        """A line of a header, with its end. Raises Unreadable when it is too long, or one too many."""
        self._lines += 1
        most = LINE_BYTES if size is None or size < 0 else min(size, LINE_BYTES)
        line = super().readline(most)
        if self._lines > HEADER_LINES or (len(line) == LINE_BYTES and not line.endswith(b"\n")):
            raise Unreadable("a web archive with a header that has no end: fetch it again")
        return line
