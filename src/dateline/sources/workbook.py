"""XLSX workbooks: each sheet a table, read row by row with openpyxl (``pip install 'dateline[office]'``).

A workbook is a zip archive of XML: how much it unpacks to is checked before any of it is unpacked, and
entities are refused by defusedxml, which openpyxl uses.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import InputError, TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.columns import NoColumn
from dateline.sources.drafts import Draft
from dateline.sources.inputs import Input, printable
from dateline.sources.limits import Limits, over
from dateline.sources.outcomes import ended, failed
from dateline.sources.tables import Row, reports_of, words
from dateline.sources.text import digest_of, read_whole

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

#: Rows that a sheet can have (the format's own limit): a file that numbers one beyond is broken.
LAST_ROW = 1_048_576

#: Bytes of the list of parts at the end of a workbook's archive: about 20,000 parts, where 20 are usual.
MAX_DIRECTORY = 2_000_000

#: Sheets whose columns a message lists.
SHEETS_NAMED = 3

# How the format writes characters that XML cannot hold, line ends of Windows among them.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

# An old office document, which is also what a workbook with a password is packed into.
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")

_WHAT_TO_DO = "open it in a spreadsheet and save it again, or as CSV"


def read_workbook(source: Input, limits: Limits) -> Iterator[Draft | Outcome]:
    """The reports of a workbook, one a row of any sheet with a column of texts.

    A sheet without one ends in an outcome (``empty``) where another sheet has it. Dates come in ISO form; of
    formulas the values last shown count. ``sha256`` is the digest of the file. Raises NoColumn
    where no sheet has a column of texts, Unreadable when it is no workbook and without openpyxl, TooLarge.
    """
    if source.head.startswith(_OLD):
        raise Unreadable(
            "a workbook with a password, or of the old kind (.xls): save it as .xlsx without one"
        )
    openpyxl = _library()
    stream = _at_hand(source, limits)
    sha256 = digest_of(stream)
    _reject_bomb(stream, limits)
    book = _opened(openpyxl, stream)
    others: list[Outcome] = []
    read, parts = False, set()
    for sheet in book.worksheets:
        part = sheet._worksheet_path
        if part in parts:  # a hostile file can name one part as a thousand sheets
            continue
        parts.add(part)
        where = f"{source.path}!{printable(sheet.title)}"
        try:
            for result in reports_of(_rows(sheet, sha256), where, limits):
                read = True
                yield result
        except InputError as error:
            without = isinstance(error, NoColumn)
            others.append(ended(where, OutcomeKind.EMPTY, str(error)) if without else failed(where, error))
    if others and not read and all(other.outcome is OutcomeKind.EMPTY for other in others):
        raise NoColumn("; ".join(f"{o.path.rpartition('!')[2]}: {o.reason}" for o in others[:SHEETS_NAMED]))
    book.close()
    yield from others


def _library() -> ModuleType:
    try:
        import defusedxml  # noqa: F401 - openpyxl uses it; without it entities would be read
        import openpyxl
    except ImportError as error:
        raise Unreadable(
            f"an XLSX workbook needs openpyxl and defusedxml ({error}): pip install 'dateline[office]'"
        ) from error
    module: ModuleType = openpyxl
    return module


def _at_hand(source: Input, limits: Limits) -> BinaryIO:
    """The file as a stream that can go back; raises TooLarge."""
    size, limit = source.size, limits.max_file_bytes
    if size is not None and size <= limit and source.stream.seekable():
        return source.stream
    return io.BytesIO(read_whole(source.stream, size, limit, "max_file_bytes"))


def _reject_bomb(stream: BinaryIO, limits: Limits) -> None:
    """Raise TooLarge, with nothing unpacked yet, where the archive holds too much.

    Raises Unreadable where it is no archive.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 65_557))  # the end record, and a comment as long as one can be
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        raise Unreadable(f"no XLSX workbook, or one cut off: {_WHAT_TO_DO}")
    (listed,) = struct.unpack("<L", tail[end + 12 : end + 16])
    if listed > MAX_DIRECTORY:
        raise TooLarge(f"the workbook lists more parts than any workbook has: {_WHAT_TO_DO}")
    try:
        with zipfile.ZipFile(stream) as archive:
            # zipfile unpacks no more of a part than is said here
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise Unreadable(f"no XLSX workbook ({error}): {_WHAT_TO_DO}") from error
    if unpacked > limits.max_table_bytes:
        how_much, limit = f"to {unpacked} bytes", f"{limits.max_table_bytes} bytes"
        raise TooLarge(over("the workbook unpacks", how_much, limit, "max_table_bytes"))
    stream.seek(0)


def _opened(openpyxl: ModuleType, stream: BinaryIO) -> Workbook:
    try:
        # of styles and extensions, which hold no text, it warns and prints
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            book: Workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            return book
    except (RecursionError, MemoryError) as error:
        raise Unreadable(f"the workbook cannot be parsed: {_WHAT_TO_DO}") from error
    except Exception as error:  # whatever a hostile file makes the parsers raise is this file's fault alone
        raise Unreadable(f"the workbook cannot be parsed ({type(error).__name__}): {_WHAT_TO_DO}") from error


def _rows(sheet: ReadOnlyWorksheet, sha256: str) -> Iterator[Row]:
    """The rows of a sheet with their numbers; Unreadable at the first that cannot be read."""
    sheet.reset_dimensions()  # what programs write there is often wrong
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                cells = next(rows, None)
        except Exception as error:  # as in _opened
            raise Unreadable(
                f"the sheet breaks off after row {number} ({type(error).__name__}): {_WHAT_TO_DO} "
                "(the rows before are read)"
            ) from error
        number += 1
        if cells is None:
            return
        if number > LAST_ROW:
            raise Unreadable(f"the sheet numbers a row beyond {LAST_ROW}: {_WHAT_TO_DO}")
        yield Row(number, [_ESCAPED.sub(_unescaped, words(cell)) for cell in cells], sha256)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
