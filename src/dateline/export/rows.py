"""CSV of the field formats: header rows, then rows whose every cell is safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dateline.export.flat import cell
from dateline.export.folder import whole


def write_rows(path: Path, heads: Sequence[Sequence[str]], rows: Iterable[Sequence[Any]]) -> None:
    r"""Write ``heads`` as they are and ``rows`` through :func:`~dateline.export.flat.cell`; UTF-8, ``\n``.

    A lone surrogate, which UTF-8 cannot hold, is written out (``\udc80``). OutputError when ``path`` cannot
    be written; an earlier file then stands as it was.
    """
    with whole(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows(heads)
        writer.writerows([cell(value) for value in row] for row in rows)
        text.detach()
