"""Dates in a table's column, where the cells around one tell what it alone does not.

03/04/2017      4 March where 06/14/2017 stands in the column, 3 April where 14/06/2017 does
42900.4         days since 1899, as spreadsheets count them
1497436200      seconds since 1970, or milliseconds
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from dateline.sources.dates import read_date

_PARTS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}")
_DAYS = re.compile(r"\d{5}(?:\.\d+)?")
_SECONDS = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")

#: The years that bare numbers may mean: 1980 to 2100. Outside, a number is no date.
_FIRST, _LAST = datetime.date(1980, 1, 1), datetime.date(2100, 12, 31)

#: Day 0 of spreadsheets for all dates after February 1900.
_SPREADSHEETS = datetime.date(1899, 12, 30)
_UNIX = datetime.date(1970, 1, 1)

DAY_FIRST, MONTH_FIRST = "day first", "month first"


def order_of(cells: Iterable[str]) -> str | None:
    """Whether a column writes the day or the month first; None where its cells do not tell or disagree."""
    orders = set()
    for cell in cells:
        parts = _PARTS.match(cell.strip())
        if parts and (int(parts[1]) > 12) != (int(parts[2]) > 12):
            orders.add(DAY_FIRST if int(parts[1]) > 12 else MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else None


def settled(cell: str, order: str | None) -> tuple[str, str]:
    """The words of a date, made plain where the column or the number tells; and a note on how it was read."""
    bare = cell.strip()
    if not bare[:1].isdigit():
        return cell, ""
    if order is not None:
        found = read_date(bare)
        if found is not None and len(found.readings) == 2:
            date = found.readings[0 if order == DAY_FIRST else 1]
            return date, f"date {found.words} read {order}, as others in its column are"
    if _DAYS.fullmatch(bare):
        counted, unit = _SPREADSHEETS + datetime.timedelta(days=int(bare[:5])), "days since 1899"
    elif number := _SECONDS.fullmatch(bare):
        counted, unit = _UNIX + datetime.timedelta(seconds=int(number[1])), "seconds since 1970 (UTC)"
    else:
        return cell, ""
    if not _FIRST <= counted <= _LAST:
        return cell, ""
    return counted.isoformat(), f"date {bare} read as {unit}"
