"""Paths to inputs: files, folders, patterns and standard input, each to be opened once."""

# pathlib tidies paths ("./a//b"); here they are kept as they were given.
# ruff: noqa: PTH112, PTH116, PTH118, PTH122, PTH123, PTH207, PTH208
from __future__ import annotations

import glob
import io
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from dateline.errors import Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.outcomes import ended

STDIN = "-"

#: Bytes looked at to tell a format.
HEAD = 4096


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A file to read: the path to open it by, and the path to show, which prints on one line."""

    real: str
    shown: str


class StatedDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date that something beside a report's text says, as it stands there.

    ``kind``: what says so, a name of ``published.KINDS`` (``metadata``, ``feed``, ``url``, ``file_name``,
    ``capture`` …); kinds differ in what they prove.
    """

    kind: str
    words: str


class Budget(msgspec.Struct):
    """What the files in one archive, and in archives inside it, may still come to."""

    bytes: int
    members: int
    spent: bool = False

    @classmethod
    def of(cls, most_bytes: int, most_members: int) -> Budget:
        """A whole one."""
        return cls(bytes=most_bytes, members=most_members)


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """An open input: its bytes as a stream, its first bytes, its size where the system knows it.

    What lies inside another input (a file of an archive, a page of a web archive, an attachment) is an input
    too: ``path`` is then ``outer.zip!inner/name.html``, and ``depth`` counts the inputs around it. What the
    outer one, or the server, says of it stands in ``url``, ``media_type``, ``outlet``,
    ``title`` and ``dates``.
    """

    path: str
    stream: BinaryIO
    head: bytes
    size: int | None
    depth: int = 0
    url: str | None = None
    media_type: str | None = None
    outlet: str | None = None
    title: str | None = None
    dates: tuple[StatedDate, ...] = ()
    budget: Budget | None = None

    @property
    def suffix(self) -> str:
        """The path's suffix in small letters, with its dot."""
        return os.path.splitext(self.path)[1].casefold()

    @property
    def media(self) -> str | None:
        """``media_type`` in small letters without its parameters."""
        return (self.media_type or "").split(";")[0].strip().casefold() or None

    @property
    def charset(self) -> str | None:
        """The charset that ``media_type`` names (``text/html; charset=windows-1256``)."""
        found = re.search(r";\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", self.media_type or "", re.IGNORECASE)
        return found[1] if found else None


def inside(
    outer: Input,
    name: str,
    data: bytes,
    *,
    url: str | None = None,
    media_type: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    dates: tuple[StatedDate, ...] = (),
    budget: Budget | None = None,
) -> Input:
    """An input that lies in ``outer`` under ``name``, its bytes in memory."""
    return Input(
        path=f"{outer.path}!{printable(name)}",
        stream=io.BytesIO(data),
        head=data[:HEAD],
        size=len(data),
        depth=outer.depth + 1,
        url=url,
        media_type=media_type,
        outlet=outlet,
        title=title,
        dates=dates,
        budget=budget or outer.budget,
    )


def printable(path: str) -> str:
    r"""``path`` as it can be shown: what breaks a line, turns its direction or does not encode is escaped.

    A newline shows as ``\n``, a right-to-left override as ``\u202e``, a byte that is no UTF-8 as
    ``\xff``.
    """
    if path.isascii() and path.isprintable():
        return path
    shown = []
    for character in path:
        if "\udc80" <= character <= "\udcff":
            shown.append(f"\\x{ord(character) - 0xDC00:02x}")
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            shown.append(character.encode("unicode_escape").decode("ascii"))
        else:
            shown.append(character)
    return "".join(shown)


def is_address(path: str) -> bool:
    """Whether a path is an address of the web, to be fetched."""
    return path[:8].casefold().startswith(("http://", "https://"))


def expand(paths: Iterable[str | Path], skip: Iterable[Path] = ()) -> Iterator[Found | Outcome]:
    """The files that ``paths`` mean, in order; an outcome for each path that leads to none.

    Folders are walked to the bottom in sorted order; files and folders whose names begin with a dot
    are skipped. Patterns (``*``, ``?``, ``[``, ``**``) hold for paths that do not exist as they
    are. Neither folders nor patterns reach the files and folders in ``skip``, nor what is in them;
    only their own names do. An address (``https://…``) is found as it stands; nothing is fetched here.
    """
    barred = tuple(os.path.realpath(path) for path in skip)
    for path in paths:
        name = os.fspath(path)
        if name == STDIN:
            yield Found(real=STDIN, shown=STDIN)
        elif is_address(name):
            yield Found(real=name, shown=printable(name))
        elif os.path.isdir(name):
            yield from _walk(name, barred)
        elif os.path.lexists(name):
            yield Found(real=name, shown=printable(name))
        elif glob.has_magic(name):
            matches = sorted(glob.glob(name, recursive=True))
            if not matches:
                yield _unreadable(name, "no file matches this pattern: check it, or quote it for the shell")
            allowed = [match for match in matches if not _is_within(match, barred)]
            if matches and not allowed:
                yield _empty(name, "the pattern matches no file but those that are left out")
            for match in allowed:
                if not os.path.isdir(match):
                    yield Found(real=match, shown=printable(match))
                elif "**" not in name:  # with ** the folder's files are matches themselves
                    yield from _walk(match, barred)
        else:
            yield _unreadable(name, "no such file or folder: check the path")


def open_input(found: Found) -> Input:
    """Open a file and look at its first bytes. Raises Unreadable, with the system's reason.

    The caller closes ``stream``.
    """
    if found.real == STDIN:
        stdin: BinaryIO = sys.stdin.buffer
        head = _first_bytes(stdin)
        return Input(path=STDIN, stream=Replay.of(head, stdin), head=head, size=None)
    try:
        mode = os.stat(found.real).st_mode
        if stat.S_ISDIR(mode) or stat.S_ISSOCK(mode) or stat.S_ISBLK(mode):
            raise Unreadable("neither a file nor a folder of files: give files with texts")
        stream = open(found.real, "rb")  # noqa: SIM115 - closed by the caller
    except (OSError, ValueError) as error:
        raise Unreadable(_why_unread(error)) from error
    try:
        head = _first_bytes(stream)
        if stat.S_ISREG(mode):
            stream.seek(0)
            return Input(path=found.shown, stream=stream, head=head, size=os.fstat(stream.fileno()).st_size)
        return Input(path=found.shown, stream=Replay.of(head, stream), head=head, size=None)
    except OSError as error:
        stream.close()
        raise Unreadable(_why_unread(error)) from error


def _why_unread(error: Exception) -> str:
    """A system error as a reason that says what to do."""
    if isinstance(error, PermissionError):
        return "no permission to read it: change its rights or run as a user who may"
    if isinstance(error, FileNotFoundError):
        return "no such file (a link that leads nowhere, or it was removed meanwhile): check the path"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read ({error.strerror}): check the path and the disk"
    return f"cannot be read ({error}): check the path"


def _walk(folder: str, barred: Sequence[str]) -> Iterator[Found | Outcome]:
    """The files of a folder and its folders, sorted, less what is ``barred``.

    A folder reached twice by links is read once. What holds the folder itself does not bar it.
    """
    barred = [path for path in barred if not _is_within(folder, (path,))]
    empty = True
    for found in _walk_unseen(folder, barred):
        empty = False
        yield found
    if empty:
        yield _empty(folder, "the folder holds no file to read (hidden ones are skipped)")


def _walk_unseen(folder: str, barred: Sequence[str]) -> Iterator[Found | Outcome]:
    seen: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        path = pending.pop()
        if not os.path.isdir(path):
            if _is_stuck(path):
                yield _unreadable(
                    path,
                    "a pipe, socket or device inside a folder: give it by its own path if meant",
                )
            else:
                yield Found(real=path, shown=printable(path))
            continue
        try:
            status = os.stat(path)
            names = sorted(os.listdir(path))
        except OSError as error:
            yield _unreadable(path, _why_unread(error))
            continue
        place = (status.st_dev, status.st_ino)
        if place in seen:
            yield Outcome(
                path=printable(path),
                report_ids=(),
                outcome=OutcomeKind.DUPLICATE,
                reason="a link to a folder that is read already",
            )
            continue
        seen.add(place)
        inside = (os.path.join(path, name) for name in reversed(names) if not name.startswith("."))
        pending += [entry for entry in inside if not _is_within(entry, barred)]


def _is_within(path: str, barred: Sequence[str]) -> bool:
    """Whether ``path``, its links followed, is one of ``barred`` or in one of them."""
    if not barred:
        return False
    real = os.path.realpath(path)
    return any(real == bar or real.startswith(os.path.join(bar, "")) for bar in barred)


def _is_stuck(path: str) -> bool:
    """Whether opening a path could wait for ever or read without end."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _empty(path: str, reason: str) -> Outcome:
    return ended(printable(path), OutcomeKind.EMPTY, reason)


def _unreadable(path: str, reason: str) -> Outcome:
    return ended(printable(path), OutcomeKind.UNREADABLE, reason)


def _first_bytes(stream: BinaryIO) -> bytes:
    """Up to HEAD bytes, as soon as one that is not blank is among them: a slow pipe is not waited for."""
    head = b""
    read = getattr(stream, "read1", stream.read)
    while len(head) < HEAD:
        more = read(HEAD - len(head))
        if not more:
            break
        head += more
        if len(head) >= 64 and head.strip():
            break
    return head


class Replay(io.RawIOBase):
    """A stream that gives again the bytes already taken from one that cannot go back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    @classmethod
    def of(cls, head: bytes, rest: BinaryIO) -> BinaryIO:
        """A buffered stream of ``head`` and then ``rest``."""
        return io.BufferedReader(cls(head, rest), buffer_size=65_536)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what stands next, or a part of it."""
        if self._head:
            chunk, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            chunk = getattr(self._rest, "read1", self._rest.read)(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
