"""Archives: zip, tar and single compressed files; each file inside is an input of its own.

Nothing is unpacked to disk, and names inside are only ever shown. One file is in memory at a time; what all
files of an archive, and of archives in it, come to is bounded by ``max_unpacked_bytes`` and ``max_members``.
"""

from __future__ import annotations

import io
import lzma
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Self, cast

from msgspec.structs import replace

from dateline.errors import TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.inputs import HEAD, Input, Replay, printable
from dateline.sources.limits import Limits, over
from dateline.sources.outcomes import ended
from dateline.sources.packing import BROKEN_PACKING, Bounded, budget_of, member, unpacked
from dateline.sources.web_archive import is_web_archive, read_web_archive

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

#: Files that a zip archive may list for each that may be read of it: folders and hidden files are listed too.
LISTED = 2

#: Bytes of the list for each file in it: 46, its name, and what zip programs note of its times and owner.
ENTRY_BYTES = 256

_ZIP_ENTRY = b"PK\x01\x02"

#: Bytes of what may stand before an entry of a tar archive to give its long name and attributes.
MAX_TOLD_BEFORE = 1_000_000

_TOLD_BEFORE = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)

#: Bytes of a tar file in which its mark stands.
_TAR_MARK = (257, b"ustar")


def read_zip(source: Input, limits: Limits) -> Iterator[Input | Outcome]:
    """The files of a zip archive, hidden ones left out. Raises Unreadable when it is broken, TooLarge."""
    budget = budget_of(source, limits)
    with _at_hand(source, limits) as stream:
        try:
            archive = opened_zip(stream, LISTED * limits.max_members, "max_members")
        except BROKEN_ZIP as error:
            raise Unreadable(f"a broken zip archive ({error}): fetch it again") from error
        for info in archive.infolist():
            if not info.filename:
                yield _outcome(source, "", "an entry without a name: unpack the archive yourself first")
                continue
            if info.is_dir() or _is_hidden(info.filename):
                continue
            if info.flag_bits & 1:
                yield _outcome(source, info.filename, "it has a password: unpack it yourself first")
                continue
            try:
                with archive.open(info) as opened:
                    yield member(source, info.filename, cast(BinaryIO, opened), budget, limits)
            except TooLarge as error:
                yield _outcome(source, info.filename, str(error), OutcomeKind.TOO_LARGE)
                if budget.spent:
                    return
            except BROKEN_ZIP as error:
                yield _outcome(source, info.filename, f"broken in the archive ({error}): fetch it again")


def opened_zip(stream: BinaryIO, most: int, option: str) -> zipfile.ZipFile:
    """A zip archive whose list of files is read; ``stream`` can go back and forth and stays the caller's.

    The list is in memory whole. Raises TooLarge, naming ``option``, before more than ``most`` files are, and
    one of BROKEN_ZIP where it is no archive.
    """
    listing = _Listing(stream, most, option)
    archive = zipfile.ZipFile(cast(BinaryIO, listing))
    listing.is_read = True
    return archive


def read_tar(source: Input, limits: Limits) -> Iterator[Input | Outcome]:
    """The files of a tar archive, plain or compressed. Links, pipes and devices end in an outcome.

    Raises Unreadable when it is broken, TooLarge.
    """
    budget = budget_of(source, limits)
    stream = Bounded(unpacked(source), limits.max_unpacked_bytes)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r|", tarinfo=_Entry) as archive:
            for info in archive:
                archive.members.clear()  # type: ignore[attr-defined] # it keeps all, uncounted folders too
                if info.isdir() or _is_hidden(info.name):
                    continue
                opened = archive.extractfile(info) if info.isreg() else None
                if opened is None:
                    yield _outcome(source, info.name, "a link, pipe or device: give the file it stands for")
                    continue
                try:
                    yield member(source, info.name, cast(BinaryIO, opened), budget, limits)
                except TooLarge as error:
                    yield _outcome(source, info.name, str(error), OutcomeKind.TOO_LARGE)
                    if budget.spent:
                        return
    except (*BROKEN_PACKING, OSError) as error:
        raise Unreadable(f"a broken tar archive ({error}): fetch it again") from error


def read_packed(source: Input, limits: Limits) -> Iterator[Input | Outcome]:
    """The one file that a ``.gz``, ``.bz2`` or ``.xz`` file holds.

    A tar or web archive in it is read as one, of whatever size: its files are bounded each, and all together
    by ``max_unpacked_bytes``. Raises Unreadable when it is broken, TooLarge.
    """
    budget = budget_of(source, limits)
    name = PurePosixPath(source.path.rpartition("!")[2]).stem or "unpacked"
    stream = cast(BinaryIO, unpacked(source))
    try:
        head = stream.read(HEAD)
        whole = replace(source, stream=Replay.of(head, stream), head=head, size=None)
        if is_tar(head):
            yield from read_tar(whole, limits)
        elif is_web_archive(head):
            yield from read_web_archive(whole, limits)
        else:
            yield member(source, name, whole.stream, budget, limits)
    except (*BROKEN_PACKING, OSError) as error:
        raise Unreadable(f"a broken compressed file ({error}): fetch it again") from error


class _Entry(tarfile.TarInfo):
    """An entry of a tar archive; what stands before some to give a long name is bounded."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """The entry of a block of 512 bytes. Raises Unreadable."""
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in _TOLD_BEFORE and entry.size > MAX_TOLD_BEFORE:
            raise Unreadable("a tar archive with a name that has no end: unpack it yourself first")
        return entry


def is_tar(head: bytes) -> bool:
    """Whether first bytes are those of a tar archive."""
    at, mark = _TAR_MARK
    return head[at : at + len(mark)] == mark


def _at_hand(source: Input, limits: Limits) -> BinaryIO:
    """The bytes of ``source`` as a file that can go back and forth: zip's list of files stands at the end."""
    if source.stream.seekable():
        return cast(BinaryIO, _Kept(source.stream))
    kept = tempfile.SpooledTemporaryFile(max_size=16_000_000)  # noqa: SIM115 - closed by the caller
    shutil.copyfileobj(Bounded(source.stream, limits.max_unpacked_bytes), kept)
    kept.seek(0)
    return cast(BinaryIO, kept)


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


class _Listing(_Kept):
    """A zip archive while zipfile makes its list of files, of which each costs half a kilobyte."""

    is_read = False

    def __init__(self, stream: BinaryIO, most: int, option: str) -> None:
        super().__init__(stream)
        self._most, self._option = most, option

    def read(self, size: int = -1) -> bytes:
        if self.is_read:
            return super().read(size)
        # zipfile asks for the whole list at once
        if size > self._most * ENTRY_BYTES:
            raise self._over(f"files in {size} bytes", f"{self._most * ENTRY_BYTES} bytes")
        data = super().read(size)
        count = data.count(_ZIP_ENTRY)
        if count > self._most:
            raise self._over(f"{count} files", str(self._most))
        return data

    def _over(self, size: str, limit: str) -> TooLarge:
        return TooLarge(over("the archive lists", size, limit, self._option))


def _is_hidden(name: str) -> bool:
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/")
    )


def _outcome(source: Input, name: str, reason: str, kind: OutcomeKind = OutcomeKind.UNREADABLE) -> Outcome:
    return ended(f"{source.path}!{printable(name)}", kind, reason)
