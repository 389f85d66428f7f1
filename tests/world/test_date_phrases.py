"""A table of time words and the days they mean; with the cases of ``test_dates`` over 200."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dateline.world.dates import resolve_date

TABLE = Path(__file__).parent / "tables/dates.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[1]}")
def test_words_give_the_days_they_mean(row: list[str]) -> None:
    words, tense, first, last, precision = row
    given: dict[str, Any] = {} if tense == "-" else {"tense": tense}
    found = resolve_date(words, "2017-06-14", **given)
    if precision == "unresolved":
        assert found is None or (found.from_, found.to) == (None, None)
        return
    assert found is not None
    assert (found.from_ or "-", found.to or "-", found.precision) == (first, last, precision)
    assert found.rule


@pytest.mark.parametrize("row", [r for r in ROWS if not any(c.isdigit() for c in r[0])], ids=lambda r: r[0])
def test_nothing_relative_is_guessed_without_a_day_of_publication(row: list[str]) -> None:
    found = resolve_date(row[0], None)
    assert found is None or (found.from_, found.to) == (None, None)
