"""The lines of a text file of any size, decoded as they come, and how they were.

Lines that are no UTF-8 are read in the closest old code page, so that what was pasted together from several
sources is each read right.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import itertools
from collections.abc import Iterator
from typing import BinaryIO

from dateline.errors import TooLarge
from dateline.sources.encoding import MARKS, decode
from dateline.sources.inputs import Input

#: Share of NULs in the first bytes up to which they are dirt in a text, not a binary file.
MAX_NUL_SHARE = 0.02

_BLOCK = 1 << 20
_SAMPLE = 65_536


class Text:
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
                    raise TooLarge(_too_long(self._most))
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


class Lines:
    """Lines of text for ``csv``, counted; those of the row being read are kept for its digest."""

    def __init__(self, pieces: Text, most: int) -> None:
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

    def __iter__(self) -> Lines:
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
            raise TooLarge(_too_long(self._most))
        return line

    def _split(self, pieces: Text) -> Iterator[str]:
        rest = ""
        for piece in pieces:
            lines = list(io.StringIO(rest + piece, newline=""))
            # its last line may go on in the next piece, and a "\r" there may be half of a line's end
            rest = lines.pop() if lines and not lines[-1].endswith("\n") else ""
            if len(rest) > self._most:
                raise TooLarge(_too_long(self._most))
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


def _too_long(most: int) -> str:
    return (
        f'a row has more than {most} characters: a quote (") is opened and never closed, or the lines '
        "have no ends; correct it (the rows before are read, the rest is not)"
    )
