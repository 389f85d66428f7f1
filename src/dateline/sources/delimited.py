"""CSV and TSV: rows of text divided by commas, semicolons, tabs or bars, read as a stream.

A file may be of any size. What was doubtful in its lines (:mod:`lines`) is noted with the rows.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import Literal

from dateline.errors import Unreadable
from dateline.records import Outcome
from dateline.sources.columns import HEADER_ROWS, NoColumn, layout_of
from dateline.sources.drafts import Draft
from dateline.sources.inputs import Input
from dateline.sources.limits import Limits
from dateline.sources.lines import Lines, Text
from dateline.sources.tables import Row, reports_of

#: What may stand between two cells, likeliest first.
DELIMITERS = (",", ";", "\t", "|")

#: Stands between the cells of a table with one column, in which commas are the text's own.
NO_DELIMITER = "\x1f"

#: Characters that one row may have, whatever its cells: beyond, a quote was opened and never closed.
ROW_LIMIT = 20_000_000

_EXCEL_SAYS = re.compile(r'"?sep=([,;\t|:^~])"?\r?\n')


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
    text = Text(source, most)
    lines = Lines(text, most)
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


def _delimiter(sample: str, suffix: str, limits: Limits) -> str:
    """What stands between the cells: what gives a column of texts, then what gives most columns."""
    said = _EXCEL_SAYS.match(sample)
    if said:
        return said[1]
    likeliest = ("\t", *DELIMITERS) if suffix in (".tsv", ".tab") else DELIMITERS

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
