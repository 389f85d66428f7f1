"""A table of actor strings, worldwide: who is meant, by the words and the country of the report alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.world.actors import resolve_actor

TABLE = Path(__file__).parent / "tables/actors.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]


def test_the_table_is_large_enough() -> None:
    assert len({row[0] for row in ROWS}) >= 200


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} in {row[1]}")
def test_who_is_meant(row: list[str]) -> None:
    words, report_country, actor_id, country, kind = row
    found = resolve_actor(words, None if report_country == "-" else report_country)
    assert found is not None
    assert (found.id or "-") == actor_id
    assert (found.country or "-") == country
    if kind != "-":
        assert found.kind == kind


@pytest.mark.parametrize(
    "words", ["terrorists", "regime", "regime forces", "the martyrs", "takfiri terrorists"]
)
def test_a_loaded_word_is_never_the_name_shown(words: str) -> None:
    for country in (None, "SY"):
        found = resolve_actor(words, country)
        assert found is not None and found.name is not None
        assert not {"terrorists", "regime", "martyrs", "takfiri"} & set(found.name.lower().split())
