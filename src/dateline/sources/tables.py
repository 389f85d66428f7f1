"""Tables: one report a row, whatever the format; ``delimited``, ``workbook`` and ``parquet`` give the rows.

A row is known by its number in the file, as an editor or a spreadsheet shows it: ``reports.csv:7``,
``reports.xlsx!Sheet1:7``.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dateline.errors import InputError, TooLarge
from dateline.records import Outcome, OutcomeKind
from dateline.sources.cell_dates import order_of, settled
from dateline.sources.columns import HEADER_ROWS, Layout, is_blank, layout_of
from dateline.sources.drafts import Draft
from dateline.sources.encoding import without_surrogates
from dateline.sources.limits import Limits, over

#: Rows looked at before the first report, for the column names and the order of days and months; and the
#: characters after which no more are.
SAMPLE_ROWS, SAMPLE_CHARACTERS = 200, 2_000_000

#: Characters that a cell of a spreadsheet can hold (Excel's specifications); a longer text loses its end.
CELL_LIMIT = 32_767

#: Rows over the limit of a report after which a table is given up: a few bytes can stand for a long text in a
#: million rows, each of which takes its time.
LONG_ROWS = 200


class Row(msgspec.Struct, frozen=True):
    """A row: its number from 1, its cells as words, the digest of the bytes it is from, what was doubtful."""

    number: int
    cells: Sequence[str]
    sha256: str
    note: str = ""


def reports_of(
    rows: Iterable[Row], where: str, limits: Limits, *, counted: bool = False
) -> Iterator[Draft | Outcome]:
    """The reports of a table's ``rows``, and an outcome for every row without text. Blank rows are skipped.

    ``where``: the path of the table. ``counted``: whether cells beyond the named columns are noted, as they
    are no comment at the margin but a sign of broken rows. Raises NoColumn when no column of texts can be
    told, TooLarge after ``limits.max_rows`` rows and after LONG_ROWS that are too long.
    """
    filled = (row for row in rows if any(cell.strip() for cell in row.cells))
    first, broken = _first(filled)
    if not first:
        if broken:
            raise broken
        return
    header, layout = layout_of([row.cells for row in first[:HEADER_ROWS]], limits.columns)
    width = len(first[header].cells) if counted else None
    order = order_of(_cell(row, layout.get("date")) for row in first[header + 1 :])
    long = 0
    for count, row in enumerate(itertools.chain(first[header + 1 :], filled), 1):
        long += any(len(_cell(row, column)) > limits.max_report_characters for column in layout.values())
        if long > LONG_ROWS:
            size, limit = f"more than {LONG_ROWS} rows too long", f"{limits.max_report_characters} characters"
            raise TooLarge(
                over("the table has", size, limit, "max_report_characters") + "; the rest is not read"
            )
        if count > limits.max_rows:
            size, limit = f"more than {limits.max_rows} rows", f"{limits.max_rows} rows"
            raise TooLarge(over("the table has", size, limit, "max_rows") + "; the rows up to there are read")
        yield _report(row, layout, order, width, f"{where}:{row.number}")
    if broken:
        raise broken


def words(cell: object) -> str:
    """A cell's value as words: a date in ISO form, a whole number without a fraction, nothing as ``""``."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.replace(microsecond=0).isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, float):
        if cell != cell:  # not a number: how some programs write an empty cell
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return str(cell)


def _first(rows: Iterator[Row]) -> tuple[list[Row], InputError | None]:
    """The rows that tell about the others, and what is wrong with the one after, if anything is."""
    first: list[Row] = []
    size = 0
    try:
        for row in rows:
            first.append(row)
            size += sum(map(len, row.cells))
            if len(first) >= SAMPLE_ROWS or size > SAMPLE_CHARACTERS:
                break
    except InputError as error:
        return first, error
    return first, None


def _cell(row: Row, column: int | None) -> str:
    return row.cells[column] if column is not None and column < len(row.cells) else ""


def _report(row: Row, layout: Layout, order: str | None, width: int | None, where: str) -> Draft | Outcome:
    """The report of a row, or the outcome that says that it has none."""
    said: dict[str, str] = {}
    clean = True
    for field, column in layout.items():
        cell = _cell(row, column)
        if not is_blank(cell):
            said[field] = without_surrogates(cell)
            clean = clean and said[field] == cell
    report_id = said["id"].strip() if "id" in said else None
    if "text" not in said:
        reason = "no text in this row"
        if "url" in said:
            reason += f"; its address is {_line(said['url'])}"
        ids = (report_id,) if report_id else ()
        return Outcome(path=where, report_ids=ids, outcome=OutcomeKind.EMPTY, reason=reason)
    notes = [row.note] if row.note else []
    if not clean:
        notes.append("NULs or half surrogate pairs shown as U+FFFD")
    if len(said["text"]) == CELL_LIMIT:
        notes.append(
            f"as long as a spreadsheet's cell can be ({CELL_LIMIT} characters): its end may be cut off"
        )
    extra = sum(1 for cell in row.cells[width:] if cell.strip()) if width is not None else 0
    if extra:
        notes.append(f"more cells than the table has columns ({extra}): a stray quote or delimiter?")
    date, how = settled(said.get("date", ""), order)
    if how:
        notes.append(how)
    return Draft(
        text=said["text"].rstrip(),
        path=where,
        where=where,
        sha256=row.sha256,
        id=report_id,
        outlet=_line(said.get("outlet")),
        published=_line(date),
        title=_line(said.get("title")),
        byline=_line(said.get("byline")),
        url=_line(said.get("url")),
        note="; ".join(notes),
    )


def _line(value: str | None) -> str | None:
    """A cell's words on one line."""
    return " ".join(value.split()) if value else None
