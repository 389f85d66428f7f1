"""A table of place spellings: with its country named, each is found in the right country and division."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.records import PlacePrecision
from dateline.world.places import locate
from dateline.world.places.gazetteer import GAZETTEER

pytestmark = pytest.mark.skipif(not GAZETTEER.is_file(), reason="gazetteer.sqlite is not built")

TABLE = Path(__file__).parents[1] / "tables/places.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]


def test_the_table_is_large_enough() -> None:
    assert len({(row[0], row[1]) for row in ROWS}) >= 200
    assert len({row[0] for row in ROWS if row[2] in ("SY", "IQ")}) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} in {row[1]}")
def test_a_spelling_is_found_in_its_country(row: list[str]) -> None:
    words, named, country, division = row
    text = f"In {named}, shells fell on {words} on Sunday."
    start = text.index(words)
    found = locate(text, start, start + len(words))
    assert found is not None and found.lat is not None
    assert found.country == country
    if division != "-":
        assert found.admin1_code == division


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("25 km west of Raqqa", PlacePrecision.AREA),
        ("east of Homs", PlacePrecision.AREA),
        ("the Homs-Palmyra road", PlacePrecision.ROAD),
        ("between Homs and Hama", PlacePrecision.AREA),
        ("a village near Idlib", PlacePrecision.AREA),
        ("northern Aleppo countryside", PlacePrecision.AREA),
        ("eastern Aleppo", PlacePrecision.AREA),
        ("Idlib province", PlacePrecision.ADMIN1),
        ("the province of Hama", PlacePrecision.ADMIN1),
        ("the city of Homs", PlacePrecision.SETTLEMENT),
        ("the town of Saraqib", PlacePrecision.SETTLEMENT),
        ("Syria", PlacePrecision.COUNTRY),
        ("northern Syria", PlacePrecision.COUNTRY),
        ("outskirts of Damascus", PlacePrecision.AREA),
        ("10 miles north of Mosul", PlacePrecision.AREA),
        ("five kilometers from Raqqa", PlacePrecision.AREA),
        ("some 40 kilometres south of Kirkuk", PlacePrecision.AREA),
        ("south-east of Aleppo", PlacePrecision.AREA),
        ("Aleppo's eastern districts", PlacePrecision.AREA),
        ("Idlib's southern countryside", PlacePrecision.AREA),
        ("the northern outskirts of Homs", PlacePrecision.AREA),
        ("off the coast of Latakia", PlacePrecision.AREA),
        ("halfway between Homs and Damascus", PlacePrecision.AREA),
        ("the road from Damascus to Daraa", PlacePrecision.ROAD),
        ("the highway linking Aleppo and Hama", PlacePrecision.ROAD),
        ("the Damascus–Homs highway", PlacePrecision.ROAD),
        ("rural Damascus", PlacePrecision.ADMIN1),
        ("the countryside of Deir Ezzor", PlacePrecision.ADMIN1),
        ("Deir Ezzor governorate", PlacePrecision.ADMIN1),
        ("the village of Sarmin", PlacePrecision.SETTLEMENT),
        ("the Idlib town of Binnish", PlacePrecision.SETTLEMENT),
        ("the Damascus suburb of Douma", PlacePrecision.SETTLEMENT),
        pytest.param(
            "a mile from Raqqa",
            PlacePrecision.AREA,
            marks=pytest.mark.xfail(strict=True, reason='"a" is not read as one in distances'),
        ),
    ],
)
def test_what_words_say_of_a_place_sets_its_precision(words: str, precision: PlacePrecision) -> None:
    text = f"In Syria, shells fell on {words} on Sunday, Syrian activists said."
    start = text.index(words, text.index("fell on"))
    found = locate(text, start, start + len(words))
    assert found is not None and found.precision is precision
