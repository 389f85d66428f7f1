"""Byline, dateline, agency, outlet and title, as printed at the head and the foot."""

from __future__ import annotations

import pytest

from dateline.sources.printed import outlet_name, read_printed

LEAD = "Shells fell on the market and killed four traders, the council said."

DATELINES = [
    (f"OREB, June 9 (Reuters) - {LEAD}", "OREB", "Reuters"),
    (f"OREB, 9 June 2031 (Salwa Wire) -- {LEAD}", "OREB", "Salwa Wire"),
    (f"PORT SALWA, Oreb, Oct. 3 (Xinhua) -- {LEAD}", "PORT SALWA, Oreb", "Xinhua"),
    (f"OREB (SANA) \u2014 {LEAD}", "OREB", "SANA"),
    (f"MOSCOW (Sputnik) {LEAD}", "MOSCOW", "Sputnik"),
    (f"Aleppo, SANA \u2013 {LEAD}", "Aleppo", "SANA"),
    (f"OREB, OPA - {LEAD}", "OREB", "OPA"),
    (f"PORT SALWA, Oreb - {LEAD}", "PORT SALWA, Oreb", None),
    (f"KINSHASA/BEIJING\uff0d{LEAD}", "KINSHASA/BEIJING", None),
    (f"Shells hit market\n\nSrinagar: {LEAD}", "Srinagar", None),
    (f"Shells hit market\n\nOREB \u2014 {LEAD}", "OREB", None),
    (f"Shells hit market in OrebOREB, June 9 (AFP) - {LEAD}", "OREB", "AFP"),
    (f"The Salt Men (SM) fired first. DAMASCUS (Sputnik) \u2014 {LEAD}", "DAMASCUS", "Sputnik"),
    # none
    (LEAD, None, None),
    (f"ISIS (Daesh) - {LEAD}", None, None),
    (f"UPDATE - {LEAD}", None, None),
    (f"Salt Men (SM) - {LEAD}", None, None),
    (f"Wednesday, 9 June 2031 - {LEAD}", None, None),
    ("OREB - quiet.\n\nSALWA - Quiet too.\n\nOREB - Shells.\n\nHAMRA - None.\n", None, None),
    ("Homs: what we know about the shells", None, None),
]


@pytest.mark.parametrize(("text", "place", "agency"), DATELINES)
def test_datelines(text: str, place: str | None, agency: str | None) -> None:
    printed = read_printed(text)
    assert (printed.dateline.place if printed.dateline else None) == place
    assert printed.agency == agency


BYLINES = [
    ("Shells hit market\n\nBy Nour Adel\n\n{}", "Nour Adel"),
    ("Shells hit market\nBy Nour Adel and Sami Khalaf\n{}", "Nour Adel and Sami Khalaf"),
    ("Shells hit market\nBy Nour Adel, June 9, 2031\n{}", "Nour Adel"),
    ("Shells hit market\nBy a staff writer\n{}", "a staff writer"),
    ("{} (Reporting by Nour Adel; editing by Sami Khalaf)", "Nour Adel"),
    ("{} Nour Adel reports from Port Salwa.", "Nour Adel"),
    ("{} N. Adel/ S. Khalaf", "N. Adel/ S. Khalaf"),
    ("By noon the market was empty. {}", None),
    ("{} By Friday it was over.", None),
    ("{}", None),
]


@pytest.mark.parametrize(("text", "byline"), BYLINES)
def test_bylines(text: str, byline: str | None) -> None:
    assert read_printed(text.format(LEAD)).byline == byline


CREDITS = [
    ("{} (AFP)", "AFP"),
    ("{} (With Reuters and AFP)", "Reuters; AFP"),
    ("{} --AFP", "AFP"),
    ("{} \u2014 Reuters", "Reuters"),
    ("{}\n\nReuters\n", "Reuters"),
    ("{} Reuters contributed to this report.", "Reuters"),
    ("{} Our Standards: The Thomson Reuters Trust Principles.", "Reuters"),
    ("{} (Source: Oreb Media Office)", "Oreb Media Office"),
    ("Shells hit market\nAFP\n\n{}", "AFP"),
    # speakers, not credits
    ("{} It was over by noon, SANA reported.", None),
    ("{} A doctor told Reuters so.", None),
    ("The agency (AFP) has an office in the town. {}", None),
]


@pytest.mark.parametrize(("text", "agency"), CREDITS)
def test_credits(text: str, agency: str | None) -> None:
    assert read_printed(text.format(LEAD)).agency == agency


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Oreb Post", "Oreb Post"),
        ("SALWA RIVERBANK - news of the coast by its people", "SALWA RIVERBANK"),
        ("THE MERIDIAN", "THE MERIDIAN"),
        ("al jazeera", "Al Jazeera"),
        ("FOR IMMEDIATE RELEASE", None),
        ("Council says the toll may rise", None),
        ("Shells fell on the post office today.", None),
        ("14 June 2031", None),
    ],
)
def test_outlet_names(line: str, name: str | None) -> None:
    assert outlet_name(line) == name


def test_title_and_outlet_of_a_head() -> None:
    printed = read_printed(f"Shells hit market\n\nOreb Post\n14 June 2031\n\n{LEAD}")
    assert (printed.title, printed.outlet) == ("Shells hit market", "Oreb Post")
    assert read_printed(LEAD).title is None
    assert read_printed(f"{LEAD}\n{LEAD}").title is None
    assert read_printed(f"14 June 2031\n{LEAD}").title is None
