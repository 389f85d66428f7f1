"""Parquet files, read with pyarrow one row group at a time (``pip install 'dateline[tables]'``)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.errors import TooLarge, Unreadable
from dateline.records import Outcome
from dateline.sources.columns import layout_of
from dateline.sources.drafts import Draft
from dateline.sources.inputs import Input
from dateline.sources.limits import Limits, over
from dateline.sources.tables import Row, reports_of, words
from dateline.sources.text import digest_of, read_whole

if TYPE_CHECKING:
    from pyarrow import DataType, RecordBatch, Scalar
    from pyarrow.parquet import ParquetFile

#: Rows unpacked at a time.
BATCH = 256

_WHAT_TO_DO = "write the file again, or as CSV"


def read_parquet(source: Input, limits: Limits) -> Iterator[Draft | Outcome]:
    """The reports of a Parquet file, one a row, numbered from 1.

    Only the columns that tell something are read. Points in time with a zone come as the date in UTC.
    ``sha256`` is the digest of the file. Raises
    NoColumn without a column of texts, Unreadable where the file is broken and without pyarrow, TooLarge at
    a row group over ``limits.max_table_bytes``; the rows before are read.
    """
    pyarrow = _library()
    stream = source.stream
    if not stream.seekable():
        stream = io.BytesIO(read_whole(stream, source.size, limits.max_file_bytes, "max_file_bytes"))
    sha256 = digest_of(stream)
    rows = _rows(pyarrow, stream, sha256, limits)
    yield from reports_of(rows, source.path, limits)


def _library() -> ModuleType:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise Unreadable(f"a Parquet file needs pyarrow ({error}): pip install 'dateline[tables]'") from error
    module: ModuleType = pyarrow
    return module


def _rows(pyarrow: ModuleType, stream: BinaryIO, sha256: str, limits: Limits) -> Iterator[Row]:
    """The names of the columns wanted as row 0, then the rows."""
    number = 0
    try:
        file = pyarrow.parquet.ParquetFile(stream)
        names = [field.name for field in file.schema_arrow]
        _, layout = layout_of([names], limits.columns)
        wanted = [names[column] for column in sorted(layout.values())]
        # A text that stands in the file once for a million rows is unpacked for the rows in hand only.
        repeated = [name for name in wanted if _is_text(pyarrow, file.schema_arrow.field(name).type)]
        stream.seek(0)
        file = pyarrow.parquet.ParquetFile(stream, read_dictionary=repeated)
        yield Row(number, wanted, sha256)
        for group in range(file.num_row_groups):
            _reject_bomb(file, group, limits)
            for batch in file.iter_batches(BATCH, row_groups=[group], columns=wanted, use_threads=False):
                for cells in _cells(pyarrow, batch, wanted):
                    number += 1
                    yield Row(number, cells, sha256)
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, ArithmeticError) as error:
        raise Unreadable(
            f"the Parquet file is broken after row {number} ({type(error).__name__}): {_WHAT_TO_DO}"
        ) from error


def _reject_bomb(file: ParquetFile, group: int, limits: Limits) -> None:
    """Raise TooLarge for a row group over the limit, all its columns counted.

    What the file says of single columns is not asked for: pyarrow 26 ends the process where that is broken.
    """
    size = file.metadata.row_group(group).total_byte_size
    if size > limits.max_table_bytes:
        how_much, limit = f"to {size} bytes", f"{limits.max_table_bytes} bytes"
        raise TooLarge(over(f"row group {group + 1} unpacks", how_much, limit, "max_table_bytes"))


def _cells(pyarrow: ModuleType, batch: RecordBatch, wanted: list[str]) -> Iterator[list[str]]:
    """The cells of each row of a batch as words; of nested columns nothing."""
    columns: list[Any] = []
    for name in wanted:
        column = batch.column(name)
        if pyarrow.types.is_timestamp(column.type):
            column = column.cast(pyarrow.timestamp("s"), safe=False)
        columns.append(None if pyarrow.types.is_nested(column.type) else column)
    for row in range(batch.num_rows):
        yield ["" if column is None else _words(column[row]) for column in columns]


def _words(cell: Scalar) -> str:
    """A cell as words; nothing where it is beyond what Python's dates hold, or no UTF-8."""
    try:
        return words(cell.as_py())
    except (OverflowError, ValueError):
        return ""


def _is_text(pyarrow: ModuleType, kind: DataType) -> bool:
    is_text: bool = pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)
    return is_text
