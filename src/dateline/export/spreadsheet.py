"""Events as an Excel workbook: a readme sheet, the events, and every account of their tolls.

Needs ``pip install 'dateline[office]'`` (openpyxl). No cell is a formula: text is stored as text, and what a
spreadsheet would run after an export to CSV begins with ``'``, as in our CSV. The same dataset gives the same
bytes: times in the file are fixed.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import InstallationError
from dateline.export.counted import number
from dateline.export.dataset import Audience, Dataset
from dateline.export.described import ACCOUNT_COLUMNS, accounts, described, storable, whole_row
from dateline.export.flat import cell, columns
from dateline.export.folder import whole

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TIME = datetime.datetime(1980, 1, 1)
"""The time that stands in the file: the earliest a ZIP can hold."""
_CELL = 32_767
"""Characters that a cell holds (Excel specifications and limits)."""
_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_BANNERS = {
    Audience.INTERNAL: "INTERNAL. Holds names and words of people who may come to harm. Do not pass it on.",
    Audience.PUBLIC: "PUBLIC. Holds codebook terms, gazetteer names, known actors and outlets, and numbers.",
}


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the workbook to ``path`` and return what was cut. InstallationError without openpyxl."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise InstallationError("XLSX needs openpyxl: pip install 'dateline[office]'") from None
    book = Workbook(write_only=True)
    book.properties.creator = "Dateline"
    book.properties.title = f"Events ({dataset.audience.value})"
    book.properties.created = _TIME
    names = ["event_id", "sentence", *(n for n in columns() if n != "event_id")]
    cut = 0
    cut += _sheet(book.create_sheet("readme"), _readme(dataset, names), widths=(28, 110))
    events = (whole_row(event, dataset.audience) for event in dataset.events[:_ROWS])
    cut += _sheet(book.create_sheet("events"), _table(names, events), widths=(16, 60))
    figures = sum(1 for event in dataset.events for _ in accounts(event))
    told = islice((row for event in dataset.events for row in accounts(event)), _ROWS)
    cut += _sheet(book.create_sheet("accounts"), _table(ACCOUNT_COLUMNS, told), widths=(16,))
    made = io.BytesIO()
    book.save(made)
    with whole(path) as file:
        file.write(_timeless(made.getvalue()))
    notes = []
    if cut:
        notes.append(f"{number(cut, 'cell')} cut at {_CELL:,} characters, which is what a cell holds.")
    if beyond := max(0, len(dataset.events) - _ROWS) or max(0, figures - _ROWS):
        notes.append(f"A sheet holds {_ROWS:,} rows: the last {beyond:,} are left out.")
    return tuple(notes)


def _readme(dataset: Dataset, names: Sequence[str]) -> Iterable[Sequence[Any]]:
    yield ("audience", _BANNERS[dataset.audience])
    yield ("events", len(dataset.events))
    for name, n in dataset.counts.items():
        yield (f"inputs: {name}", n)
    for name, version in dataset.versions.items():
        yield (f"version of {name}", version)
    yield (
        "how to count",
        "Count rows of sheet events whose status is happened, scope is single and old is false. An empty "
        "cell in a column of numbers is no number, not 0.",
    )
    yield ()
    yield ("sheet events", "one row an event")
    for name in names:
        yield (
            name,
            "The event in one sentence, from its fields." if name == "sentence" else described(name).about,
        )
    yield ()
    yield ("sheet accounts", "one row for each figure that a claim gives")
    for name in ACCOUNT_COLUMNS:
        yield (name, described(name).about)


def _table(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterable[Sequence[Any]]:
    yield names
    for row in rows:
        yield [row[name] for name in names]


def _sheet(sheet: Worksheet, rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> int:
    """Fill a sheet; returns how many cells were too long for it."""
    from openpyxl.cell import WriteOnlyCell

    sheet.freeze_panes = "B2" if sheet.title != "readme" else None
    for letter, width in zip("ABC", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    cut = 0
    for row in rows:
        cells = []
        for value in row:
            if isinstance(value, str | tuple):
                text = storable(cell(value))
                cut += len(text) > _CELL
                one = WriteOnlyCell(sheet, text[:_CELL] or None)
                one.data_type = "s" if text else "n"  # never "f", whatever it begins with
                cells.append(one)
            else:
                cells.append(value)
        sheet.append(cells)
    return cut


def _timeless(content: bytes) -> bytes:
    """The workbook with one fixed time on every part and in its properties."""
    made = io.BytesIO()
    stamp = _TIME.timetuple()[:6]
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + f"{_TIME:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            info = zipfile.ZipInfo(part.filename, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, data)
    return made.getvalue()
