"""What is packed into another file: unpacked as a stream, what comes out of it bounded."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from msgspec.structs import replace

from dateline.errors import TooLarge
from dateline.sources.inputs import Budget, Input, StatedDate, inside
from dateline.sources.limits import Limits, over

#: What broken compressed files and tar archives make Python's modules raise.
BROKEN_PACKING = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError)

_PACKERS: dict[bytes, Callable[[BinaryIO], object]] = {
    b"\x1f\x8b": lambda packed: gzip.GzipFile(fileobj=packed),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}


def budget_of(source: Input, limits: Limits) -> Budget:
    """What the files in ``source`` may come to: the rest of what those around it may."""
    return source.budget or Budget.of(limits.max_unpacked_bytes, limits.max_members)


def unpacked(source: Input) -> io.IOBase:
    """The bytes of a compressed ``source``, unpacked as they are read; of another its own."""
    for mark, opened in _PACKERS.items():
        if source.head.startswith(mark):
            return cast(io.IOBase, opened(source.stream))
    return cast(io.IOBase, source.stream)


def member(
    outer: Input,
    name: str,
    content: BinaryIO,
    budget: Budget,
    limits: Limits,
    *,
    url: str | None = None,
    media_type: str | None = None,
    dates: tuple[StatedDate, ...] = (),
) -> Input:
    """One file in ``outer`` as an input. Raises TooLarge, having read no more of ``content`` than it may.

    ``budget.spent`` is true then where nothing more may be read of ``outer``.
    """
    if budget.members < 1:
        budget.spent = True
        raise TooLarge(over("the archive holds", "more files", str(limits.max_members), "max_members"))
    budget.members -= 1
    most = min(budget.bytes, limits.max_file_bytes)
    data = content.read(most + 1)
    budget.bytes -= min(len(data), most)
    if len(data) > most:
        if most < limits.max_file_bytes:
            budget.spent = True
            limit = f"{limits.max_unpacked_bytes} bytes"
            raise TooLarge(over("the archive unpacks to", "more", limit, "max_unpacked_bytes"))
        raise TooLarge(over("the file has", f"over {most} bytes", f"{most} bytes", "max_file_bytes"))
    return replace(inside(outer, name, data, url=url, media_type=media_type, dates=dates), budget=budget)


class Bounded(io.RawIOBase):
    """A stream that raises TooLarge after ``most`` bytes."""

    def __init__(self, stream: io.IOBase | BinaryIO, most: int) -> None:
        self._stream = stream
        self._left = self._most = most

    def readable(self) -> bool:
        """True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes. Raises TooLarge once they are more than ``most`` in all."""
        data = b""
        if self._left >= 0:
            size = self._left + 1 if size < 0 else min(size, self._left + 1)
            data = self._stream.read(size)
            self._left -= len(data)
        if self._left < 0:
            limit = f"{self._most} bytes"
            raise TooLarge(over("the archive unpacks to", "more", limit, "max_unpacked_bytes"))
        return data

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as there are bytes. Raises TooLarge as ``read`` does."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
