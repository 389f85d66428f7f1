"""Several articles in one text: joints found, wholes left whole, slices exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Report
from dateline.sources import read
from dateline.sources.split import split

HEADS = (
    "Shells hit grain market\n\nOreb Post\n14 June 2031\n\n",
    "Mine on coast road\n\nBy Nour Adel\n15 June 2031\n\n",
)


def test_dashes_part_two_articles(body: str, other: str) -> None:
    for rule in ("-" * 40, "=" * 12, "_" * 20, "* " * 12):
        text = f"{body}\n\n{rule}\n\n{other}"
        assert [text[p.start : p.end] for p in split(text)] == [body.strip(), other.strip()]


@pytest.mark.parametrize(
    "between",
    [
        "\n\n\n",
        "\n***\n",
        "\n###\n",
        "\f",
        "\n\n(Reporting by Sami Khalaf; editing by Rana Aziz)\n\n",
        "\n\u00a9 2031 Oreb Post. All rights reserved.\n\n",
        "\r\n\r\n",
    ],
)
def test_head_below_parts(body: str, other: str, between: str) -> None:
    text = HEADS[0] + body + between + HEADS[1] + other
    parts = split(text)
    assert len(parts) == 2
    assert text[parts[1].start :].startswith("Mine on coast road")
    assert text[parts[1].start : parts[1].end].endswith(other.strip())


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_second_full_dateline_parts(body: str, other: str, between: str) -> None:
    text = f"OREB, June 14 (AFP) - {body.strip()}{between}PORT SALWA, June 15 (AFP) - {other}"
    parts = split(text)
    assert len(parts) == 2
    assert text[parts[1].start :].startswith("PORT SALWA")


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_second_dated_lead_parts(body: str, other: str, between: str) -> None:
    text = f"Sat Jun 14 2031 {body.strip()}{between}Sun Jun 15 2031 {other}"
    parts = split(text)
    assert len(parts) == 2
    assert text[parts[1].start :].startswith("Sun Jun 15 2031")


def test_credit_and_a_lead_that_begins_anew(body: str) -> None:
    again = (
        "At least five traders of Tel Oreb died on Tuesday when shells hit the town again, "
        "the Free "
        "Brigades of Oreb said, and the Northern Column blamed them for the shells. "
    )
    first = "The Northern Column shelled Tel Oreb, the Free Brigades said."
    text = f"{first} {body.strip()} {body.strip()} (AFP) {again}{body}"
    parts = split(text)
    assert len(parts) == 2
    assert text[parts[1].start :].startswith("At least five traders")


WHOLES = {
    "sub-headings": "Shells hit market\n\n{body}\nThe wounded\n\n{other}\nWhat next\n\n{body}",
    "by-line and credit": "Shells hit market\n\nBy Nour Adel\n14 June 2031\n\n{body}\n{other}\n(AFP)\n",
    "standfirst": "Shells hit market\n\nThe council says four traders died at dawn; "
    "whose guns they were is not known, and neither side answers for them.\n\n"
    "By Nour Adel\n\nOREB, June 14 (Reuters) - {body}{other}",
    "quoted wire": "Review\n\nTHE MERIDIAN\n14 June 2031\n\n{body}\nFrom the wire:\n\n{other}",
    "bulletin": "Daily bulletin\n\n14 June 2031\n\nOREB - {body}\nSALWA - {other}\nHAMRA - {body}",
    "section break": "{body}\n***\n\n{other}",
    "page break": "{body}\f{other}",
    "underline": "Shells hit market\n----------------\n\n{body}{other}",
    "notes": "{body}\n----------\nNotes to editors: {other}",
    "about": "{body}\n###\n\nAbout the Salwa Relief Committee\n\n{other}",
    "chronology": "14 June 2031 {body}\n\nMarch 3 2030 {other}\n\nApril 4 2030 {body}",
    "dialogue": "QUESTION: {body}\n\nMR KHALAF: {other}\n\nQUESTION: {body}",
    "picture": "{body} {other} A trader stands in the ruins of his shop on June 13 2031. (AFP) "
    "On Tuesday the Northern Column and the Free Brigades met again. {body}",
    "front matter": "---\ntitle: Shells\n---\n{body}{other}",
}


@pytest.mark.parametrize("name", WHOLES)
def test_left_whole(name: str, body: str, other: str) -> None:
    text = WHOLES[name].format(body=body, other=other)
    assert [(part.start, part.end) for part in split(text)] == [(0, len(text))]


pieces = st.lists(
    st.sampled_from(
        [
            "Shells hit market\n",
            "By Nour Adel\n",
            "14 June 2031\n",
            "OREB, June 14 (AFP) - ",
            "\n",
            "\r\n",
            "\f",
            "----------------\n",
            "***\n",
            "###\n",
            "(AFP) ",
            "Sat Jun 14 2031 ",
            "\u00a9 2031 Oreb Post\n",
            " ",
            "\u2028",
            "Shells fell on the market at dawn and killed four traders, the council said. " * 5,
        ]
    ),
    max_size=24,
)


@given(pieces)
def test_parts_are_ordered_slices_that_lose_no_letter(found: list[str]) -> None:
    text = "".join(found)
    parts = split(text)
    assert parts
    end = 0
    for part in parts:
        assert 0 <= end <= part.start <= part.end <= len(text)
        assert not any(character.isalnum() for character in text[end : part.start])
        end = part.end
    assert not any(character.isalnum() for character in text[end:])
    if len(parts) > 1:
        assert all(text[part.start : part.end].strip() for part in parts)


def test_cost_is_linear() -> None:
    for text in (
        "Foo\nAFP\n" * 40_000,
        "word " * 200_000,
        "(" * 300_000,
        "A" * 1_000_000,
        "***\n" * 200_000,
        "AB, " * 100_000,
    ):
        split(text)


def test_reports_of_a_split_file_are_slices(tmp_path: Path, body: str, other: str) -> None:
    text = HEADS[0] + body + "\n--------------------\n\n" + HEADS[1] + other
    path = tmp_path / "two.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    whole = text.replace("\n", "\r\n")
    reports = [result for result in read(path) if isinstance(result, Report)]
    assert len(reports) == 2
    for report in reports:
        assert report.part is not None
        assert whole[report.part.start : report.part.end] == report.text
        assert report.path == str(path)
    first, second = reports
    assert (first.outlet, first.published, first.title) == (
        "Oreb Post",
        "2031-06-14",
        "Shells hit grain market",
    )
    assert (second.byline, second.published, second.title) == (
        "Nour Adel",
        "2031-06-15",
        "Mine on coast road",
    )
    assert first.sha256 == second.sha256
