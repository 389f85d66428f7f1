"""What the headings of a round-up say of the place and day of what stands below them."""

from __future__ import annotations

import time

import pytest
from world.claim_making import attack

from dateline.records import (
    Claim,
    DatePrecision,
    PlaceMention,
    PlacePrecision,
    Report,
    Sentence,
)
from dateline.world.resolving import resolve
from dateline.world.sections import headings

SITUATION = """Situation report no. 12

Key points
- Some 40 families fled, three of them from Aleppo.

Aleppo governorate
- A barrage killed three people.
- A mine wounded a shepherd in Manbij.

Idlib:
\u2022 A raid hit a market, killing nine.

3) Hama \u2013 An ambush left four soldiers dead.

Security
- A riot broke out.
"""


def resolved(text: str, *triggers: str) -> list[Claim]:
    """Claims on these words of ``text``, without place and date but for Manbij, resolved."""
    report = Report(id="r", text=text, published="2024-06-05")
    claims = []
    for number, words in enumerate(triggers, 1):
        start = text.index(words)
        line = Sentence(start=text.rfind("\n", 0, start) + 1, end=(text + "\n").index("\n", start))
        own = text.find("Manbij", line.start, line.end)
        places = (PlaceMention.of(text, own, own + 6),) if own >= 0 else ()
        claims.append(
            attack(
                report,
                claim_id=f"r.c{number}",
                trigger=report.span(start, start + len(words)),
                sentence=line,
                places=places,
            )
        )
    return resolve(report, claims)


def test_a_claim_without_place_takes_that_of_its_heading() -> None:
    claims = resolved(SITUATION, "fled", "barrage", "mine", "raid", "ambush", "riot")
    told = [[place.text for place in claim.places] for claim in claims]
    assert told == [[], ["Aleppo governorate"], ["Manbij"], ["Idlib"], ["Hama"], []]
    for claim in claims:
        claim.check(Report(id="r", text=SITUATION))
    raid = claims[3].places[0]
    assert (raid.name, raid.country, raid.precision) == ("Idlib", "SY", PlacePrecision.ADMIN1)
    assert raid.rule is not None and raid.rule.startswith("heading of its section, read as the division")


@pytest.mark.parametrize("mark", [" - ", ". ", ": "])
def test_headings_in_capitals_before_the_text(mark: str) -> None:
    text = f"RAQQA{mark}A raid killed nine.\n\nPALMYRA{mark}An ambush left four dead.\n\nNEXT{mark}A riot."
    raid, ambush, riot = resolved(text, "raid", "ambush", "riot")
    assert raid.places[0].name == "Raqqa"
    assert (ambush.places[0].text, ambush.places[0].precision) == ("PALMYRA", PlacePrecision.SETTLEMENT)
    assert riot.places == ()


def test_one_dateline_is_no_section() -> None:
    text = (
        "RAQQA - A raid killed nine.\n\nThe market burned. Council\n\nA riot broke out.\n\nRAQQA - An ambush."
    )
    assert all(not claim.places for claim in resolved(text, "raid", "riot", "ambush"))


def test_a_label_of_the_page_and_a_dateline_are_no_sections() -> None:
    text = "Syria\nDAMASCUS - A raid killed nine in the north.\n\nA riot broke out in Syria."
    assert all(not claim.places for claim in resolved(text, "raid", "riot"))


def test_days_above_a_chronology() -> None:
    text = "Monday, 3 June\nA raid killed nine.\n\nTuesday, 4 June\nAn ambush left four dead."
    raid, ambush = resolved(text, "raid", "ambush")
    assert [(c.dates[0].from_, c.dates[0].precision) for c in (raid, ambush)] == [
        ("2024-06-03", DatePrecision.DAY),
        ("2024-06-04", DatePrecision.DAY),
    ]
    (alone,) = resolved("Monday, 3 June\nA raid killed nine.\nAn ambush followed.", "raid")
    assert alone.dates == ()


def test_cost_is_linear() -> None:
    for text in (
        "A " * 200_000,
        "Aleppo\n" * 50_000,
        "A\n" * 100_000,
        " " * 300_000,
        "AB " * 100_000,
        "-" * 300_000,
    ):
        headings(text)


def test_a_table_of_names_has_no_sections_and_costs_no_time() -> None:
    table = "Homs\nIdlib\n" * 300
    assert headings(table) == []
    start = time.perf_counter()
    (raid,) = resolved("Homs\nIdlib\n" * 8_000 + "A raid killed nine.", "raid")
    assert raid.places == () and time.perf_counter() - start < 5
