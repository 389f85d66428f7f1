"""Sentence bounds: a table of cases, and their cost."""

from __future__ import annotations

import pytest

from dateline.tagger.sentences import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells fell. Four died.", ["Shells fell.", "Four died."]),
        ('"They fell..." \n\n (Four died?!) "Why?"', ['"They fell..."', "(Four died?!)", '"Why?"']),
        ('Gen. Adel of the U.N. spoke."  He left', ['Gen. Adel of the U.N. spoke."', "He left"]),
        ("Market hit \t\r\n\r\nfour died", ["Market hit", "four died"]),
        ("Market hit \t\r\n four died", ["Market hit \t\r\n four died"]),
        ("Market hit\n Four died ", ["Market hit", "Four died"]),
        (" \n ", []),
    ],
)
def test_cases(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found


def test_cost_is_linear() -> None:
    for piece in (" ", "\t", ".", "!…", '."', "\n", "\r", " \r", ". ", '"', ".\n "):
        sentences("Shells fell" + piece * 200_000 + "x")
