"""Printed dates: a table of forms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.sources.dates import find_dates, read_date

FORMS = {
    "June 14, 2031": ["2031-06-14"],
    "June 14 2031": ["2031-06-14"],
    "JUNE 14, 2031": ["2031-06-14"],
    "14 June 2031": ["2031-06-14"],
    "14th of June, 2031": ["2031-06-14"],
    "June 1st, 2031": ["2031-06-01"],
    "14-Jun-2031": ["2031-06-14"],
    "Sat Jun 14 2031": ["2031-06-14"],
    "Saturday, 14 June 2031": ["2031-06-14"],
    "Sept. 9, 2031": ["2031-09-09"],
    "Jun 092031": ["2031-06-09"],
    "2031-06-14": ["2031-06-14"],
    "2031/06/14": ["2031-06-14"],
    "09-06-2031": ["2031-06-09", "2031-09-06"],
    "9.6.2031": ["2031-06-09", "2031-09-06"],
    "09/06/2031": ["2031-06-09", "2031-09-06"],
    "25-06-2031": ["2031-06-25"],
    "06-25-2031": ["2031-06-25"],
    "06-06-2031": ["2031-06-06"],
    "31 June 2031": [],
    "14 June 31": [],
    "June 2031": [],
    "1.14.06.2031": [],
    "14 June 20311": [],
    "14 June 1066": [],
}


@pytest.mark.parametrize("words", FORMS)
def test_forms(words: str) -> None:
    found = [list(printed.readings) for printed in find_dates(words)]
    assert found == ([FORMS[words]] if FORMS[words] else [])


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2031-06-14T08:15:00+03:00", "2031-06-14"),
        ("20310614", "2031-06-14"),
        ("Sat, 14 Jun 2031 08:00:00 GMT", "2031-06-14"),
        ("June 14, 2031", "2031-06-14"),
        ("yesterday", None),
        ("2031", None),
        ("2031-02-30", None),
    ],
)
def test_metadata_dates(words: str, iso: str | None) -> None:
    found = read_date(words)
    assert (found.readings[0] if found else None) == iso


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_long_forms_are_read_back(day: date) -> None:
    for words in (day.strftime("%d %B %Y"), day.strftime("%a %b %d %Y"), day.strftime("%B %d, %Y")):
        (found,) = find_dates(f"x {words} y")
        assert found.readings == (day.isoformat(),)
        assert f"x {words} y"[found.start : found.end].strip() == found.words
