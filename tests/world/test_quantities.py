"""Number words to ranges: a table of cases for each rule of the codebook, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Count, HarmState
from dateline.world.quantities import cardinal, resolve_count

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number: int) -> str:
    """English words for 0 to 999,999,999 (the inverse of ``cardinal``, for round trips)."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for scale, word in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if rest < 100 else " "
            return f"{spelled(number // scale)} {word}" + (joint + spelled(rest) if rest else "")
    raise AssertionError(number)


EXACT = {
    "15": 15,
    "the two": 2,
    "a": 1,
    "An": 1,
    "One": 1,
    "another": 1,
    "another 12": 12,
    "12 others": 12,
    "a further 3": 3,
    "all 12": 12,
    "four more": 4,
    "a total of 54": 54,
    "thirteen (13)": 13,
    "1,200": 1_200,
    "1200": 1_200,
    "300 000": 300_000,
    "1.200": 1_200,
    "1,000,000": 1_000_000,
    "3.5 million": 3_500_000,
    "6.36 million": 6_360_000,
    "2m": 2_000_000,
    "5k": 5_000,
    "1.2bn": 1_200_000_000,
    "forty-five": 45,
    "thirty one": 31,
    "one hundred and twenty": 120,
    "a hundred and fifty": 150,
    "fifty thousand": 50_000,
    "two hundred thousand": 200_000,
    "half a million": 500_000,
    "a quarter of a million": 250_000,
    "one and a half million": 1_500_000,
    "a dozen": 12,
    "two dozen": 24,
    "half a dozen": 6,
    "a couple": 2,
    "a couple of": 2,
    "both": 2,
    "a family of five": 5,
    "seven civilians": 7,
}


@pytest.mark.parametrize(("words", "number"), EXACT.items())
def test_a_plain_number_is_both_bounds(words: str, number: int) -> None:
    count = resolve_count(words)
    assert count is not None
    assert (count.min, count.max, count.state) == (number, number, HarmState.STATED)
    assert not count.approximate
    assert count.rule


RANGES: dict[str, tuple[int | None, int | None]] = {
    "at least 300": (300, None),
    "At least, 13": (13, None),
    "more than 60": (60, None),
    "over 1,000": (1_000, None),
    "Over half a million": (500_000, None),
    "No fewer than 3,547": (3_547, None),
    "more than two dozen": (24, None),
    "well over 1000": (1_000, None),
    "20 or more": (20, None),
    "20+": (20, None),
    "up to 20": (None, 20),
    "as many as 1 million": (None, 1_000_000),
    "no more than 20": (None, 20),
    "fewer than 40": (None, 40),
    "between 10 and 15": (10, 15),
    "10-15": (10, 15),
    "10–15": (10, 15),
    "10 to 15": (10, 15),
    "ten or twelve": (10, 12),
    "2-3 million": (2_000_000, 3_000_000),
    "50 to 60 thousand": (50_000, 60_000),
    "from 10000 to more than 30000": (10_000, None),
    "dozens": (24, None),
    "Dozens more": (24, None),
    "dozens of": (24, None),
    "tens": (20, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "many hundreds": (200, None),
    "hundreds, if not thousands": (200, None),
    "thousands": (2_000, None),
    "millions": (2_000_000, None),
    "tens of thousands": (20_000, None),
    "hundreds of thousands": (200_000, None),
    "several": (3, None),
    "several hundred": (300, None),
    "several hundred thousand": (300_000, None),
    "several dozen": (36, None),
    "a few": (3, None),
    "at least a few dozen": (36, None),
}


@pytest.mark.parametrize(("words", "bounds"), RANGES.items())
def test_a_range_leaves_the_unsaid_bound_open(words: str, bounds: tuple[int | None, int | None]) -> None:
    count = resolve_count(words)
    assert count is not None
    assert (count.min, count.max) == bounds


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("some 40", (40, 40)),
        ("around 40", (40, 40)),
        ("about 34,000", (34_000, 34_000)),
        ("approximately 40 more", (40, 40)),
        ("roughly 250000", (250_000, 250_000)),
        ("an estimated 900", (900, 900)),
        ("40 or so", (40, 40)),
        ("nearly 40", (None, 40)),
        ("almost a dozen", (None, 12)),
        ("an estimated 20 to 30", (20, 30)),
    ],
)
def test_a_number_about_right_is_approximate(words: str, bounds: tuple[int | None, int | None]) -> None:
    count = resolve_count(words)
    assert count is not None
    assert (count.min, count.max, count.approximate) == (*bounds, True)


@pytest.mark.parametrize(
    "words", ["no", "no one", "No", "none", "zero", "0", "nobody", "without any", "no civilians"]
)
def test_none_is_zero_and_said_so(words: str) -> None:
    count = resolve_count(words)
    assert count is not None
    assert (count.min, count.max, count.state) == (0, 0, HarmState.NONE)


@pytest.mark.parametrize(
    "words",
    [
        "an unknown number",
        "an unspecified number of",
        "a yet to be ascertained number of",
        "unknown",
    ],
)
def test_unknown_is_neither_zero_nor_unsaid(words: str) -> None:
    count = resolve_count(words)
    assert count is not None
    assert (count.min, count.max, count.state) == (None, None, HarmState.UNKNOWN)


@pytest.mark.parametrize(
    "words",
    ["", "some", "many", "a number", "a large number of", "most", "more than half", "so many"],
)
def test_words_without_a_number_have_no_bounds(words: str) -> None:
    count = resolve_count(words)
    assert count is not None
    assert (count.min, count.max, count.state) == (None, None, HarmState.STATED)


@pytest.mark.parametrize(
    "words",
    ["first", "the second", "3rd", "10%", "2.5", "five six", "two sets of", "heavy", "x" * 500],
)
def test_what_is_no_number_of_people_is_none(words: str) -> None:
    assert resolve_count(words) is None


def test_the_word_is_kept_in_the_rule() -> None:
    assert resolve_count("dozens") == Count(min=24, rule="'dozens' read as 24 or more")
    assert resolve_count("at least 1,200") == Count(min=1200, rule="'at least': 1,200 or more")


@given(st.integers(0, 999_999_999))
def test_a_number_survives_its_formatting(number: int) -> None:
    for words in (str(number), f"{number:,}", f"{number:,}".replace(",", " "), spelled(number)):
        count = resolve_count(words)
        assert count is not None
        assert (count.min, count.max) == (number, number), words
    assert cardinal(spelled(number)) == number


@given(st.integers(1, 9_999), st.sampled_from(["million", "m", "billion", "thousand"]))
def test_a_decimal_is_never_cut(tenths: int, scale: str) -> None:
    size = {"million": 10**6, "m": 10**6, "billion": 10**9, "thousand": 1000}[scale]
    count = resolve_count(f"{tenths / 10} {scale}")
    assert count is not None
    assert count.min == count.max == tenths * size // 10


PIECES = st.sampled_from(
    "between and to - 10 15 dozens no of a hundred million several half others (13) 1.5".split()
    + "at least,more than,up to,nearly,some,or more,unknown number,all,the".split(",")
)


@given(st.one_of(st.text(max_size=140), st.lists(PIECES, max_size=8).map(" ".join)))
def test_any_text_gives_ordered_bounds_or_none(words: str) -> None:
    count = resolve_count(words)
    if count is not None and count.min is not None and count.max is not None:
        assert 0 <= count.min <= count.max
