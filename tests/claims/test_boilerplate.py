"""What a page carries beside its report is not coded, and stays in the text."""

from __future__ import annotations

import pytest

import dateline
from dateline.claims.boilerplate import boilerplate, within

REPORT = """An air strike killed nine people in Idlib on Monday, the city's council said.
READ MORE: Mine kills two shepherds near Hama

A car bomb wounded four people in Aleppo on the same day, a medic said.

Related headlines
Shelling kills seven in Homs
Gunmen abduct three aid workers in Raqqa

A third attack left two dead in Hama late on Monday, according to the council.
We use cookies to count the dead links killed on this site.
"""


def lines_of(text: str) -> list[str]:
    return [text[start:end] for start, end in boilerplate(text)]


def test_lines_beside_the_report() -> None:
    assert lines_of(REPORT) == [
        "READ MORE: Mine kills two shepherds near Hama",
        "Related headlines",
        "Shelling kills seven in Homs",
        "Gunmen abduct three aid workers in Raqqa",
        "We use cookies to count the dead links killed on this site.",
    ]


def test_no_claim_is_made_of_them() -> None:
    coded = dateline.code(REPORT, published="2024-06-05")
    found = boilerplate(REPORT)
    assert {"Idlib", "Aleppo", "Hama"} <= {p.text for claim in coded.claims for p in claim.places}
    assert not any(within(found, claim.trigger.start) for claim in coded.claims)
    assert coded.reports[0].text == REPORT.rstrip()
    ids = {claim.claim_id for claim in coded.claims}
    assert all(set(claim.same_as) <= ids for claim in coded.claims)


@pytest.mark.parametrize(
    "line",
    [
        "Related to this is the killing of nine people in Idlib, the council said.",
        "Reading more: than a hundred names, the judge convicted him of murder.",
        "The weekly newsletter of the rebels said on Monday that they had shot down a helicopter.",
        "Young men sign up for the militia, the council said.",
        "Read the full list at the council, a medic said.",
        "More people were killed in Homs.",
        "Sources: the council and a medic.",
    ],
)
def test_the_reports_own_lines_are_coded(line: str) -> None:
    assert lines_of(line) == []


def test_running_text_ends_a_list() -> None:
    assert lines_of("See also\nOne headline\nTwo people died in the city.\nNo headline") == [
        "See also",
        "One headline",
    ]


def test_cost_is_linear() -> None:
    for text in ("related\n" * 100_000, "read " * 200_000, " " * 500_000, "-" * 500_000, "sign up " * 50_000):
        boilerplate(text)
