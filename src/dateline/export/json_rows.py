"""Rows of JSON for a page: kept on disk until they are written, and safe in a script element."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

_CHUNK = 1 << 16
# What could end a data block or a line of it early. A lone surrogate has no UTF-8, so it becomes the
# replacement character: one code point for one, and offsets keep their place.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


class Rows:
    """Rows of JSON on their way into the page, kept on disk: a long run costs no memory.

    Counts every row and keeps the first ``keep``: with more the page shows none.
    """

    def __init__(self, folder: Path, keep: int) -> None:
        self._file = TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder)  # noqa: SIM115
        self.keep = keep
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, row: object) -> int:
        """Append a row; its number, from 0."""
        if self.count < self.keep:
            self._file.write((",\n" if self.count else "") + as_json(row))
        self.count += 1
        return self.count - 1

    def chunks(self) -> Iterator[str]:
        """All rows as one JSON array, in pieces."""
        self._file.seek(0)
        yield "["
        while chunk := self._file.read(_CHUNK):
            yield chunk
        yield "]"


def as_json(value: object) -> str:
    """Compact JSON that may stand in a script element: no character of it can end the block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: _escape(found[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return "\\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


def array(rows: Iterable[str]) -> Iterator[str]:
    """One JSON array of rows that are JSON already, in pieces."""
    yield "["
    for n, row in enumerate(rows):
        yield (",\n" if n else "") + row
    yield "]"
