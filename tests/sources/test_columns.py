"""Which column holds what: plain names, the caller's word, and what is said when neither tells."""

from __future__ import annotations

import pytest

from dateline.sources.columns import Columns, NoColumn, is_blank, layout_of
from dateline.sources.wordlists import load

HEADERS = [
    ("id,headline,body,published,outlet,url,author", "id title text date outlet url byline"),
    ("article_id,Title,Full Text,Publication Date,Source,Link", "id title text date outlet url"),
    ("Text", "text"),
    ("date,articleBody,siteName", "date text outlet"),
    ("content,Content,TITLE", "text - title"),
    (",text,label", "- text -"),  # as data frames are saved, their index first
    ("body,text", "- text"),
    ("source_url,source,text", "url outlet text"),
]


@pytest.mark.parametrize(("header", "fields"), HEADERS)
def test_plain_names_are_guessed(header: str, fields: str) -> None:
    row, layout = layout_of([header.split(",")], Columns())
    assert row == 0
    assert layout == {field: n for n, field in enumerate(fields.split()) if field != "-"}


def test_what_the_caller_says_goes_first() -> None:
    header = ["text", "Notes", "date", "Event Date"]
    _, layout = layout_of([header], Columns(text="notes", date="event_date"))
    assert (layout["text"], layout["date"]) == (1, 3)
    with pytest.raises(NoColumn, match=r'no column "headlin" \(--title-column\); the columns are "text"'):
        layout_of([header], Columns(title="headlin"))
    with pytest.raises(NoColumn, match=r'no column "story" \(--text-column\)'):
        layout_of([header], Columns(text="story"))


def test_the_names_may_stand_below_a_title() -> None:
    row, layout = layout_of([["Reports of June", ""], ["compiled in July", ""], ["date", "text"]], Columns())
    assert (row, layout["text"]) == (2, 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["who", "what\nelse"], '"who", "what else"'),
        ([f"c{n}" for n in range(100_000)], "and 99980 more"),
        (["x" * 1_000_000, "y"], "xxx…"),
        (["a\u202eb", "c"], "a\\u202eb"),
        (["", " "], "names no columns"),
        (["link", "seen"], 'addresses \\(column "link"\\)'),
    ],
)
def test_what_cannot_be_told_is_said_in_one_short_line(row: list[str], said: str) -> None:
    with pytest.raises(NoColumn, match="--text-column NAME") as raised:
        layout_of([row], Columns())
    words = str(raised.value)
    assert "\n" not in words and len(words) < 1500
    assert said.replace("\\(", "(").replace("\\)", ")") in words


def test_words_for_nothing() -> None:
    assert all(map(is_blank, ["", " \n", "NaN", "null", " N/A ", "—"]))
    assert not any(map(is_blank, ["0", "none of them", "Nan Province"]))


def test_the_list_of_names_is_folded_and_without_doubles() -> None:
    names = load("columns")["names"]
    assert set(names) == {*Columns.__struct_fields__, "byline"}
    every = [name for listed in names.values() for name in listed]
    assert len(every) == len(set(every))
    assert all(name == "".join(c for c in name.casefold() if c.isalnum()) for name in every)
