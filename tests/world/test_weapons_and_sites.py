"""Tables of words for weapons and for kinds of place, with what humanitarian law protects specially."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.world.sites import protected_categories, site_category
from dateline.world.weapons import weapon_category

TABLES = Path(__file__).parent / "tables"


def table(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line[0] != "#"]


@pytest.mark.parametrize(("words", "category"), table("weapons.tsv"))
def test_weapons(words: str, category: str) -> None:
    assert (weapon_category(words) or "-") == category


@pytest.mark.parametrize(("words", "category", "protected"), table("sites.tsv"))
def test_sites(words: str, category: str, protected: str) -> None:
    assert site_category(words) == category
    assert (category in protected_categories()) is (protected == "yes")
