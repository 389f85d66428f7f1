"""When words are alike, and when two names are one division."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation.matching import alike, paired, same_division, same_words


@pytest.mark.parametrize(
    ("one", "other", "loosely", "exactly"),
    [
        ("Vesk militia", "the Vesk militia", True, True),
        ("Vesk militia", "Vesk Militia", True, True),
        ("army", "army of Vesk", True, False),
        ("army", "regular army units of Vesk", True, False),  # three words more
        ("army", "regular army units of the Vesk province", False, False),  # four
        ("Vesk army corps", "army corps guards", True, False),  # two of four
        ("Vesk rebels", "Vesk militia", False, False),  # one of three
        ("two men", "men two", True, False),
        ("the", "a", False, True),  # no content words: loosely by the letter
        ("the", "The ", True, True),
        ("rebels", "soldiers", False, False),
    ],
)
def test_alike(one: str, other: str, loosely: bool, exactly: bool) -> None:
    assert alike(one, other) is alike(other, one) is loosely
    assert same_words(one, other) is exactly


@given(st.text(), st.text())
def test_alike_is_even_and_holds_of_itself(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) and same_words(one, one)


@pytest.mark.parametrize(
    ("name", "coded", "code", "same"),
    [
        ("Vesk Province", "Vesk", "", True),
        ("Raqqa Governorate", "Raqqa", "SY-RA", True),
        ("Hasakeh", "Al-Hasakah", "SY-HA", True),  # an alias
        ("Dayr az-Zawr", "Deir ez-Zor", "", True),  # a transliteration
        ("Aleppo", "Homs", "SY-HI", False),
        ("Aleppo", "", "", False),
        ("Province", "", "", False),
    ],
)
def test_one_division(name: str, coded: str, code: str, same: bool) -> None:
    assert same_division(name, coded, code) is same


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_pairs_are_one_to_one_and_as_many_as_can_be(one: list[int], other: list[int]) -> None:
    found = paired(one, other, lambda x, y: x == y)
    assert all(x == y for x, y in found)
    assert len(found) == sum(min(one.count(n), other.count(n)) for n in range(4))
