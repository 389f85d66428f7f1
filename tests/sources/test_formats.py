"""Formats told by first bytes."""

from __future__ import annotations

import io

import pytest

from dateline.sources.feed import read_feed
from dateline.sources.formats import Reader, reader_of
from dateline.sources.html import read_html
from dateline.sources.inputs import Input
from dateline.sources.text import read_text


def told(head: bytes) -> Reader:
    """The reader for bytes whose path says nothing."""
    return reader_of(Input(path="page", stream=io.BytesIO(head), head=head, size=len(head)))


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b" \r\n",
        b'<?xml version="1.0"?>\n',
        b"<!-- saved from a page -->",
        b'\n<?xml version="1.0"?> <!-- a --> <!-- b > c -->\n<!---->',
    ],
)
def test_comments_and_declarations_before_the_first_element(before: bytes) -> None:
    assert told(before + b"<html lang=en>") is read_html
    assert told(before + b"<!DOCTYPE html>") is read_html
    assert told(before + b"Shells fell.") is read_text
    assert told(before + b"<rss>") is read_feed


def test_cost_of_comments_is_linear() -> None:
    for piece in (b"<!---->", b"<!-- -->\n", b"<!--", b"-->", b" ", b"<?xml"):
        assert told(piece * 20_000) is read_text  # without an element after them
