"""A table of number words and the range that each gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.world.quantities import resolve_count

TABLE = Path(__file__).parent / "tables/numbers.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]


def test_the_table_is_large_enough() -> None:
    assert len({row[0] for row in ROWS}) >= 150


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_words_give_the_range_they_mean(row: list[str]) -> None:
    words, low, high, about, state = row
    found = resolve_count(words)
    assert found is not None
    numbers = tuple(None if n == "-" else int(n) for n in (low, high))
    assert (found.min, found.max, found.approximate, found.state.value) == (*numbers, about == "~", state)
