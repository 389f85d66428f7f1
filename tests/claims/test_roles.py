"""Spans less the words that belong to no value."""

from __future__ import annotations

import pytest

from dateline.claims.roles import trimmed
from dateline.records import Span


def left(text: str, *, number: bool = False) -> str | None:
    """The words that are left of a span."""
    bounds = trimmed(Span.of(f">>{text}", 2, 2 + len(text)), number=number)
    return bounds and f">>{text}"[slice(*bounds)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the soldiers", "soldiers"),
        ("soldiers and", "soldiers"),
        ("soldiers , AND\nthe –\n", "soldiers"),
        ("soldiers,and", "soldiers,and"),
        ("band", "band"),
        ("PORT OSK - Vesk jets", "Vesk jets"),
        ("SDF - fighters", "SDF - fighters"),
        ("US-led coalition", "US-led coalition"),
        ("“the two-", "two"),
        ("the and", None),
        (" ;", None),
    ],
)
def test_trimmed(text: str, words: str | None) -> None:
    assert left(text) == words


def test_a_number_keeps_its_article() -> None:
    assert left("a dozen of the", number=True) == "a dozen"
    assert left("the a", number=True) == "a"
    assert left("a", number=True) == "a"


def test_cost_is_linear() -> None:
    for piece in (" ", " and", ",", ", ", "x", "x ", " an"):
        left("soldiers" + piece * 100_000 + "x")
        left("x" + piece * 100_000)
