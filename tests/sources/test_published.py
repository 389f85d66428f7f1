"""The date of publication: where it may stand, and what beats what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.records import Report
from dateline.sources import read
from dateline.sources.published import printed_date, publication_date

AT_THE_HEAD = {
    "14-06-2031 Shells Hit Oreb Market. Four traders": "2031-06-14",
    "Sat Jun 14 2031 Shells hit Oreb market": "2031-06-14",
    "Published June 14 2031 At least four": "2031-06-14",
    "Date of publication 14 June 2031 Shells": "2031-06-14",
    "Posted on June 14 2031 by Nour Adel": "2031-06-14",
    "Last updated at Jun 142031 OREB Four": "2031-06-14",
    "Sat 14 Jun 2031 at 2354 Regional": "2031-06-14",
    "14.06.2031Get short URL Shells": "2031-06-14",
    "14 June 2031 title: Shells hit market": "2031-06-14",
    "Print this page Saturday 14 June 2031 16:45 Shells": "2031-06-14",
    "Shells hit market\n\nOreb Post\nSaturday, 14 June 2031 - 16:40\n\nText": "2031-06-14",
    "Shells hit market\n\nIssued: 14 June 2031, Port Salwa\n\nText": "2031-06-14",
    "Shells hit market\nBy Nour Adel | June 14, 2031\nText": "2031-06-14",
    "Shells hit market\n\nOREB, June 14, 2031 (Salwa Wire) - Four": "2031-06-14",
    "Shells hit market Monitor AFP Saturday 14 Jun 2031 Four traders": "2031-06-14",
    "Shells hit market Monitor AFP Saturday 14 Jun 2031 four traders": "2031-06-14",
    "Shells hit Oreb 14 June 2031 SANA Four traders were": "2031-06-14",
    "Published: 13 June 2031\nUpdated: 14 June 2031\nText": "2031-06-13",
    "Updated: 14 June 2031\nPublished: 13 June 2031\nText": "2031-06-13",
    # dates of events
    "On June 14, 2031 shells fell on the market": None,
    "Shells fell on the market on 14 June 2031 and killed four": None,
    "14 June 2031 was a quiet day in Oreb": None,
    "The truce of 12-14 June 2031 Failed": None,
    "12 June 2031 - 14 June 2031 Weekly summary": None,
    "1. Oreb: On August 21 2031 the garrison fired": None,
    "Last updated: 12 hours ago\nShells fell": None,
    "In this June 14, 2031 photo, a trader stands": None,
    "Oreb has been shut since 14 June 2031 Nobody knows why": None,
    "x" * 500 + "\n14 June 2031\n": None,
}


@pytest.mark.parametrize("text", AT_THE_HEAD)
def test_printed_at_the_head(text: str) -> None:
    found = printed_date(text)
    assert (found.readings[0] if found else None) == AT_THE_HEAD[text]


DATED = "09-06-2031 Shells Hit Oreb Market. Four traders died."


@pytest.mark.parametrize(
    ("text", "metadata", "argument", "date", "rule"),
    [
        ("Text.", None, None, None, None),
        ("Text.", "2031-06-10T08:00:00Z", None, "2031-06-10", "metadata"),
        ("Text.", "soon", None, None, "metadata 'soon' is no date"),
        (
            "Text.",
            "07/06/2031",
            None,
            "2031-06-07",
            "metadata ('07/06/2031', day first)",
        ),
        (DATED, None, None, "2031-06-09", "printed in the text ('09-06-2031', day first)"),
        (
            DATED,
            "2029-07-16",
            None,
            "2031-06-09",
            "printed in the text ('09-06-2031', day first); metadata says 2029-07-16",
        ),
        (
            DATED,
            "2031-09-06",
            None,
            "2031-09-06",
            "printed in the text ('09-06-2031', month first: agrees with the metadata)",
        ),
        (
            DATED,
            "2031-06-09",
            None,
            "2031-06-09",
            "printed in the text ('09-06-2031', day first: agrees with the metadata)",
        ),
        (DATED, "2031-06-09", "2031-06-09", "2031-06-09", "given (--published)"),
        (
            DATED,
            "2031-06-08",
            "2031-06-01",
            "2031-06-01",
            "given (--published); printed in the text ('09-06-2031'): 2031-06-09; metadata says 2031-06-08",
        ),
        (
            "14 June 2031\nText.",
            "2031-06-15",
            None,
            "2031-06-14",
            "printed in the text ('14 June 2031'); metadata says 2031-06-15",
        ),
    ],
)
def test_precedence(
    text: str, metadata: str | None, argument: str | None, date: str | None, rule: str | None
) -> None:
    publication = publication_date(text, metadata, argument)
    assert (publication.date, publication.rule) == (date, rule)


def test_foot_counts_only_when_nothing_else_does(body: str) -> None:
    text = body * 2 + "Published in The Oreb Post, June 14th, 2031."
    assert publication_date(text).date == "2031-06-14"
    assert (publication_date(text).rule or "").startswith("printed at the foot")
    assert publication_date(text, "2031-06-13").date == "2031-06-13"
    assert publication_date(body * 2 + "It ended on June 14, 2031.").date is None


ADDRESS = "https://oreb.example/2031/06/14/shells"


@pytest.mark.parametrize("metadata", ["soon", "31/31/2031", "two days ago"])
def test_the_address_stands_in_for_metadata_that_is_no_date(metadata: str) -> None:
    found = publication_date("Text.", metadata, url=ADDRESS)
    assert (found.date, found.rule) == ("2031-06-14", f"the address; metadata '{metadata}' is no date")
    printed = publication_date(DATED, metadata, url=ADDRESS)
    assert printed.date == "2031-06-09"
    assert "the address says 2031-06-14" in (printed.rule or "")
    assert f"metadata '{metadata}' is no date" in (printed.rule or "")
    assert publication_date("Text.", "2031-06-10", url=ADDRESS).date == "2031-06-10"


def test_in_a_table_and_in_json_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text,date,url\nShells fell in Oreb.,soon,{ADDRESS}\n")
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"text": "Shells fell in Oreb.", "published": "soon", "url": ADDRESS})
    )
    for report in read(tmp_path):
        assert isinstance(report, Report)
        assert (report.published, report.published_rule) == (
            "2031-06-14", "the address; metadata 'soon' is no date",
        )  # fmt: skip
