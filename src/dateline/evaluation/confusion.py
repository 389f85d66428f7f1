"""What was taken for what: gold label × coded label, with what was missed and what is spurious."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.records import Record

MISSED = "missed"
SPURIOUS = "spurious"


class Confusion(Record, frozen=True):
    """A table of counts: ``counts[r][c]`` claims are ``rows[r]`` in the gold and ``columns[c]`` as coded.

    Labels that occur, in the codebook's order; the last row holds the spurious, the last column the missed.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def confusion(pairs: Iterable[tuple[str | None, str | None]], order: Sequence[str]) -> Confusion:
    """The table of gold and coded labels; None for a claim that the other side does not have."""
    counted = Counter((gold or SPURIOUS, coded or MISSED) for gold, coded in pairs)
    seen = {label for pair in counted for label in pair}
    labels = tuple(label for label in order if label in seen)
    rows, columns = (*labels, SPURIOUS), (*labels, MISSED)
    return Confusion(
        rows=rows,
        columns=columns,
        counts=tuple(tuple(counted[row, column] for column in columns) for row in rows),
    )
