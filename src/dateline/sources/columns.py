"""Which column of a table holds what: as the caller says, else as plain names tell (``columns.toml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from dateline.errors import Unreadable
from dateline.sources.inputs import printable
from dateline.sources.wordlists import load

#: Rows looked through for the one with the names: a table may open with its title and a date.
HEADER_ROWS = 10

#: Columns that a message lists, and characters it gives to each name.
LISTED, NAME_LENGTH = 20, 40


class NoColumn(Unreadable):
    """A table in which a column cannot be told: no fault of its content, and a matter of an option."""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Names of the columns that hold a report's text, title, date of publication, outlet, address and id.

    What is None is guessed. Names are compared without regard to case, blanks and punctuation.
    """

    text: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    id: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """What each field's column is called, as far as the caller says."""
        return {name: words for name, words in msgspec.structs.asdict(self).items() if words is not None}


#: Where each field stands: a field's name (those of :class:`Columns` and ``byline``) to a column from 0.
Layout = Mapping[str, int]


def layout_of(rows: Sequence[Sequence[str]], columns: Columns) -> tuple[int, Layout]:
    """The row with the names, counted from 0 in ``rows`` (a table's first), and where each field stands.

    Raises NoColumn, with the columns there and the option to give, when no column of texts can be told or a
    column that the caller names is not there.
    """
    places = [_places(row) for row in rows]
    found = [_found(there, columns) for there in places]
    header = next((n for n, layout in enumerate(found) if "text" in layout), None)
    if header is None:
        addressed = next((n for n, layout in enumerate(found) if "url" in layout), None)
        first = next((n for n, row in enumerate(rows) if sum(map(bool, map(str.strip, row))) > 1), 0)
        raise NoColumn(_no_text(rows, addressed if addressed is not None else first, found, columns))
    for field, name in columns.given.items():
        if field not in found[header]:
            raise NoColumn(f"no column {_shown(name)} (--{field}-column); {_listed(rows[header])}")
    return header, found[header]


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing, or a word for nothing (``NaN``, ``null``)."""
    bare = cell.strip()
    return not bare or bare.casefold() in _blanks()


def _found(there: Mapping[str, int], columns: Columns) -> dict[str, int]:
    """Where each field stands among the columns that are ``there``; a column holds one field only."""
    layout: dict[str, int] = {}
    for field, name in columns.given.items():
        if _folded(name) in there:
            layout[field] = there[_folded(name)]
    for field, names in load("columns")["names"].items():
        if field not in columns.given:
            free = (there[n] for n in names if n in there and there[n] not in layout.values())
            column = next(free, None)
            if column is not None:
                layout[field] = column
    return layout


def _places(row: Sequence[str]) -> dict[str, int]:
    """Column by folded name; of two columns of one name the first."""
    there: dict[str, int] = {}
    for column, name in enumerate(row):
        there.setdefault(_folded(name), column)
    there.pop("", None)
    return there


def _folded(name: str) -> str:
    # no name is longer; a cell of a megabyte in a first row need not be folded whole
    return "".join(c for c in name[:200].casefold() if c.isalnum())


@cache
def _blanks() -> frozenset[str]:
    return frozenset(load("columns")["blank"]["cells"])


def _no_text(rows: Sequence[Sequence[str]], shown: int, found: Sequence[Layout], columns: Columns) -> str:
    """Why no column of texts can be told, and what to do."""
    listed = _listed(rows[shown]) if rows else "it has no columns"
    if columns.text is not None:
        return f"no column {_shown(columns.text)} (--text-column); {listed}"
    if rows and "url" in found[shown]:
        address = _shown(rows[shown][found[shown]["url"]])
        return (
            f"a table with addresses (column {address}) and no column of texts; {listed}: "
            "say which holds the texts with --text-column NAME, or give the pages themselves"
        )
    return f"no column of texts can be told; {listed}: say which it is with --text-column NAME"


def _listed(row: Sequence[str]) -> str:
    names = [_shown(name) for name in row if name.strip()]
    if not names:
        return "its first row names no columns"
    rest = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"the columns are {', '.join(names[:LISTED])}{rest}"


def _shown(name: str) -> str:
    line = " ".join(name[: 4 * NAME_LENGTH].split())
    return f'"{printable(line if len(line) <= NAME_LENGTH else line[: NAME_LENGTH - 1] + "…")}"'
