"""CSV and TSV: rows of text divided by commas, semicolons, tabs or bars, read as a stream.

A file may be of any size. Lines that are no UTF-8 are read in the closest old code page, so that rows pasted
together from several sources are each read right. What was doubtful is noted with the rows.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO, Literal

from dateline.errors import TooLarge, Unreadable
from dateline.records import Outcome
from dateline.sources.columns import HEADER_ROWS, NoColumn, layout_of
from dateline.sources.drafts import Draft
from dateline.sources.encoding import MARKS, decode
from dateline.sources.inputs import Input
from dateline.sources.limits import Limits
from dateline.sources.tables import Row, reports_of

#: What may stand between two cells, likeliest first.
DELIMITERS = (",", ";", "\t", "|")

#: Stands between the cells of a table with one column, in which commas are the text's own.
NO_DELIMITER = "\x1f"

#: Characters that one row may have, whatever its cells: beyond, a quote was opened and never closed.
ROW_LIMIT = 20_000_000

#: Share of NULs in the first bytes up to which they are dirt in a text, not a binary file.
MAX_NUL_SHARE = 0.02

_BLOCK = 1 << 20
_SAMPLE = 65_536
_EXCEL_SAYS = re.compile(r'"?sep=(.)"?\r?\n')


def read_delimited(source: Input, limits: Limits) -> Iterator[Draft | Outcome]:
    """The reports of a CSV or TSV file, one a row; an outcome for every row without text.

    A report's ``sha256`` is the digest of its row in UTF-8, without the line's end. Raises Unreadable on
    binary data, on a table without a column of texts and at a quote that is never closed, TooLarge at a row
    over ROW_LIMIT or ``limits.max_rows``; the rows before are read.
    """
    yield from reports_of(_rows(source, limits), source.path, limits, counted=True)


def _rows(source: Input, limits: Limits) -> Iterator[Row]:
    most = max(ROW_LIMIT, 2 * limits.max_report_characters)
    if csv.field_size_limit() < most:  # one for the whole process: raised once, never lowered
        csv.field_size_limit(most)
    text = _Text(source, most)
    lines = _Lines(text, most)
    delimiter = _delimiter(text.peek(), source.suffix, limits)
    reader = csv.reader(lines, delimiter=delimiter, quoting=_quoting(text.peek(), delimiter))
    while True:
        number = lines.begin()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unreadable(f"line {number}: broken CSV ({error}); correct or drop the line") from error
        if cells is None:
            return
        if lines.ended:
            raise Unreadable(
                f'line {number}: a quote (") opened here is never closed; close or drop it '
                "(the rows before are read, the rest is not)"
            )
        yield Row(number, cells, lines.digest(), text.note)


class _Text:
    """A file's text in pieces, with a note on how the latest were read."""

    def __init__(self, source: Input, most: int) -> None:
        self.note = ""
        self._most = most
        encoding, skip = _encoding(source.head)
        source.stream.read(skip)
        if encoding == "utf-8":
            self._pieces = self._narrow(source.stream)
        else:
            self._pieces = _wide(source.stream, encoding)
        self._first = next(self._pieces, "")

    def peek(self) -> str:
        """The beginning, which is given again."""
        return self._first[:_SAMPLE]

    def __iter__(self) -> Iterator[str]:
        return itertools.chain([self._first], self._pieces)

    def _narrow(self, stream: BinaryIO) -> Iterator[str]:
        """Whole lines in UTF-8 or, where they are not, in an old code page."""
        rest, old = b"", ""
        while block := stream.read(_BLOCK):
            end = max(block.rfind(b"\n"), -1 if b"\n" in block else block.rfind(b"\r", 0, -1)) + 1
            if not end:
                rest += block
                if len(rest) > 4 * self._most:
                    raise TooLarge(_too_long())
                continue
            piece, old = self._decoded(rest + block[:end], old)
            rest = block[end:]
            yield piece
        if rest:
            yield self._decoded(rest, old)[0]

    def _decoded(self, data: bytes, old: str) -> tuple[str, str]:
        """The text of whole lines, and the code page for those that are no UTF-8 (``old`` if known)."""
        self.note = ""
        try:
            return data.decode("utf-8"), old
        except UnicodeDecodeError:
            lines = data.splitlines(keepends=True)
        if not old:
            old = decode(b"".join(line for line in lines if not _is_utf8(line)).replace(b"\0", b"")).encoding
        self.note = f"lines that are not UTF-8 read as {old}, the closest match"
        return "".join(line.decode("utf-8" if _is_utf8(line) else old, "replace") for line in lines), old


def _wide(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The text of a stream in UTF-16 or UTF-32; what does not decode becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while block := stream.read(_BLOCK):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


class _Lines:
    """Lines of text for ``csv``, counted; those of the row being read are kept for its digest."""

    def __init__(self, pieces: _Text, most: int) -> None:
        self.ended = False
        self._most = most
        self._number = 0
        self._taken: list[str] = []
        self._size = 0
        self._lines = self._split(pieces)

    def begin(self) -> int:
        """Begin a row; the number of its first line."""
        self._taken.clear()
        self._size = 0
        return self._number + 1

    def digest(self) -> str:
        """SHA-256 of the row's lines in UTF-8, without the end of the last."""
        row = "".join(self._taken).rstrip("\r\n")
        return hashlib.sha256(row.encode("utf-8", "surrogatepass")).hexdigest()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self._number += 1
        self._taken.append(line)
        self._size += len(line)
        if self._size > self._most:
            raise TooLarge(_too_long())
        return line

    def _split(self, pieces: _Text) -> Iterator[str]:
        rest = ""
        for piece in pieces:
            lines = list(io.StringIO(rest + piece, newline=""))
            # its last line may go on in the next piece, and a "\r" there may be half of a line's end
            rest = lines.pop() if lines and not lines[-1].endswith("\n") else ""
            if len(rest) > self._most:
                raise TooLarge(_too_long())
            yield from lines
        if rest:
            yield rest


def _encoding(head: bytes) -> tuple[str, int]:
    """The encoding that the first bytes tell (else UTF-8), and how many are a mark.

    Raises Unreadable on binary data.
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    nuls = head.count(0)
    if nuls > MAX_NUL_SHARE * len(head):
        return decode(head[: len(head) & ~1]).encoding, 0
    decode(head[: head.rfind(b"\n") + 1].replace(b"\0", b""))  # raises where it is no text
    return "utf-8", 0


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample: str, suffix: str, limits: Limits) -> str:
    """What stands between the cells: what gives a column of texts, then what gives most columns."""
    said = _EXCEL_SAYS.match(sample)
    if said:
        return said[1]
    likeliest = ("\t", *DELIMITERS) if suffix == ".tsv" else DELIMITERS

    def found(delimiter: str) -> tuple[bool, int, int]:
        lines = io.StringIO(sample, newline="")
        rows = list(itertools.islice(csv.reader(lines, delimiter=delimiter), HEADER_ROWS))
        try:
            header, layout = layout_of(rows, limits.columns)
        except NoColumn:
            return False, 0, max((len(row) for row in rows), default=0)
        return True, len(layout), len(rows[header])

    best = max(likeliest, key=found)  # the first of equals
    return NO_DELIMITER if found(best) == (True, 1, 1) else best


def _quoting(sample: str, delimiter: str) -> Literal[0, 3]:
    """Whether quotes enclose cells: many programs put tabs between them and leave quotes to the text."""
    if delimiter == "\t":
        try:
            for _ in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True):
                pass
        except csv.Error as error:
            if "end of data" not in str(error):  # the sample ends in the middle of a cell
                return csv.QUOTE_NONE
    return csv.QUOTE_MINIMAL


def _too_long() -> str:
    return (
        f'a row has more than {ROW_LIMIT} characters: a quote (") is opened and never closed, or the lines '
        "have no ends; correct it (the rows before are read, the rest is not)"
    )
