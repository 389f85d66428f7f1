"""Archives: zip, tar and single compressed files; each file inside is an input of its own.

Nothing is unpacked to disk, and names inside are only ever shown. One file is in memory at a time; what all
files of an archive, and of archives in it, come to is bounded by ``max_unpacked_bytes`` and ``max_members``.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from dateline.errors import TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.inputs import Budget, Input, inside, printable
from dateline.sources.limits import Limits, over
from dateline.sources.outcomes import ended

#: What a broken zip archive makes zipfile raise, as fuzzing found.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    KeyError,
    RuntimeError,  # NotImplementedError among them
    struct.error,
    OSError,
)

_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError)
_PACKERS: dict[bytes, Callable[[BinaryIO], object]] = {
    b"\x1f\x8b": lambda packed: gzip.GzipFile(fileobj=packed),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}

#: Bytes of a tar file in which its mark stands.
_TAR_MARK = (257, b"ustar")


def read_zip(source: Input, limits: Limits) -> Iterator[Input | Outcome]:
    """The files of a zip archive, hidden ones left out. Raises Unreadable when it is broken, TooLarge."""
    budget = source.budget or Budget.of(limits.max_unpacked_bytes, limits.max_members)
    with _at_hand(source, limits) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN_ZIP as error:
            raise Unreadable(f"a broken zip archive ({error}): fetch it again") from error
        for info in archive.infolist():
            if info.is_dir() or _is_hidden(info.filename):
                continue
            if info.flag_bits & 1:
                yield _outcome(source, info.filename, "it has a password: unpack it yourself first")
                continue
            try:
                with archive.open(info) as member:
                    yield _member(source, info.filename, cast(BinaryIO, member), budget, limits)
            except TooLarge as error:
                yield _outcome(source, info.filename, str(error), OutcomeKind.TOO_LARGE)
                if budget.spent:
                    return
            except BROKEN_ZIP as error:
                yield _outcome(source, info.filename, f"broken in the archive ({error}): fetch it again")


def read_tar(source: Input, limits: Limits) -> Iterator[Input | Outcome]:
    """The files of a tar archive, plain or compressed. Links, pipes and devices end in an outcome.

    Raises Unreadable when it is broken, TooLarge.
    """
    budget = source.budget or Budget.of(limits.max_unpacked_bytes, limits.max_members)
    unpacked = _Bounded(_unpacked(source), limits.max_unpacked_bytes)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, unpacked), mode="r|") as archive:
            for info in archive:
                if info.isdir() or _is_hidden(info.name):
                    continue
                member = archive.extractfile(info) if info.isreg() else None
                if member is None:
                    yield _outcome(source, info.name, "a link, pipe or device: give the file it stands for")
                    continue
                try:
                    yield _member(source, info.name, cast(BinaryIO, member), budget, limits)
                except TooLarge as error:
                    yield _outcome(source, info.name, str(error), OutcomeKind.TOO_LARGE)
                    if budget.spent:
                        return
    except (*_BROKEN, OSError) as error:
        raise Unreadable(f"a broken tar archive ({error}): fetch it again") from error


def read_packed(source: Input, limits: Limits) -> Iterator[Input | Outcome]:
    """The one file that a ``.gz``, ``.bz2`` or ``.xz`` file holds; a tar archive in it is read as one."""
    budget = source.budget or Budget.of(limits.max_unpacked_bytes, limits.max_members)
    name = PurePosixPath(source.path.rpartition("!")[2]).stem or "unpacked"
    try:
        found = _member(source, name, cast(BinaryIO, _unpacked(source)), budget, limits)
    except (*_BROKEN, OSError) as error:
        raise Unreadable(f"a broken compressed file ({error}): fetch it again") from error
    if is_tar(found.head):
        yield from read_tar(found, limits)
    else:
        yield found


def is_tar(head: bytes) -> bool:
    """Whether first bytes are those of a tar archive."""
    at, mark = _TAR_MARK
    return head[at : at + len(mark)] == mark


def _member(outer: Input, name: str, member: BinaryIO, budget: Budget, limits: Limits) -> Input:
    """One file as an input. Raises TooLarge, having read no more than it may."""
    if budget.members < 1:
        budget.spent = True
        raise TooLarge(over("the archive holds", "more files", str(limits.max_members), "max_members"))
    budget.members -= 1
    most = min(budget.bytes, limits.max_file_bytes)
    data = member.read(most + 1)
    budget.bytes -= min(len(data), most)
    if len(data) > most:
        if most < limits.max_file_bytes:
            budget.spent = True
            limit = f"{limits.max_unpacked_bytes} bytes"
            raise TooLarge(over("the archive unpacks to", "more", limit, "max_unpacked_bytes"))
        raise TooLarge(over("the file has", f"over {most} bytes", f"{most} bytes", "max_file_bytes"))
    return inside(outer, name, data, budget=budget)


def _at_hand(source: Input, limits: Limits) -> BinaryIO:
    """The bytes of ``source`` as a file that can go back and forth: zip's list of files stands at the end."""
    if source.stream.seekable():
        return cast(BinaryIO, _Kept(source.stream))
    kept = tempfile.SpooledTemporaryFile(max_size=16_000_000)  # noqa: SIM115 - closed by the caller
    shutil.copyfileobj(_Bounded(source.stream, limits.max_unpacked_bytes), kept)
    kept.seek(0)
    return cast(BinaryIO, kept)


def _unpacked(source: Input) -> io.IOBase:
    for mark, opened in _PACKERS.items():
        if source.head.startswith(mark):
            return cast(io.IOBase, opened(source.stream))
    return cast(io.IOBase, source.stream)


class _Kept(io.RawIOBase):
    """A stream of somebody else's, which is not closed with this one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)


class _Bounded(io.RawIOBase):
    """A stream that raises TooLarge after ``most`` bytes."""

    def __init__(self, stream: io.IOBase | BinaryIO, most: int) -> None:
        self._stream = stream
        self._left = self._most = most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        size = self._left + 1 if size < 0 else min(size, self._left + 1)
        data: bytes = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            limit = f"{self._most} bytes"
            raise TooLarge(over("the archive unpacks to", "more", limit, "max_unpacked_bytes"))
        return data


def _is_hidden(name: str) -> bool:
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/")
    )


def _outcome(source: Input, name: str, reason: str, kind: OutcomeKind = OutcomeKind.UNREADABLE) -> Outcome:
    return ended(f"{source.path}!{printable(name)}", kind, reason)
