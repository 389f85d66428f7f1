"""From a report's words back to the saved page: entities, inline tags, line ends, what stands twice."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import EvidenceError
from dateline.records import Report
from dateline.sources import SourceSpan, read, source_span

FIRST = (
    "Shells fell on the grain market of Tel Oreb at dawn & killed four traders, the town\u2019s council "
    "said. Two lorries burned until noon, and the caf\u00e9 \u201cBlue\u201d on the quay with them."
)
SECOND = (
    "A nurse at the field clinic counted nine wounded, three of them children < ten, and said that the "
    "road to the river was shut. Nobody in the town council would say who had fired on the market of Tel "
    "Oreb."
)
#: The same, as pages write them.
WRITTEN = (
    "Shells fell on the grain\r\n  market of <a href='/oreb' title=\"to > Oreb\">Tel <b>Oreb</b></a> at dawn "
    "&amp; killed <em>four</em> traders,\r\nthe town&rsquo;s council said. <!-- four traders --> "
    "Two&nbsp;lorries burned until noon, and the caf&#233; &ldquo;Blue&#x201d; on the quay with them."
)
SECOND_WRITTEN = SECOND.replace("<", "&lt;")


def page(charset: str = "utf-8") -> bytes:
    """A saved page in which much of the report stands twice."""
    return (
        f"<!DOCTYPE html>\r\n<html><head><meta charset='{charset}'>"
        "<title>Market &amp; mill | Oreb Post</title>\r\n"
        "<meta property='og:title' content='Market &amp; mill'>"
        "<script>var teaser = 'killed four traders';</script><style>p > b { color: red }</style></head>"
        "\r\n<body><nav><a href='/a'>Shells fell on the grain market</a> <a href='/b'>Tel Oreb</a></nav>\r\n"
        f"<main><article><h1>Market &amp; mill</h1>\r\n<p>{WRITTEN}</p>\r\n<p>{SECOND_WRITTEN}</p>"
        "</article></main>"
        "<footer><p>Tel Oreb. A nurse at the field clinic.</p></footer></body></html>\r\n"
    ).encode(charset)


def report(tmp_path: Path, data: bytes) -> Report:
    (tmp_path / "page.html").write_bytes(data)
    (result,) = read(tmp_path / "page.html")
    assert isinstance(result, Report)
    return result


def written(data: bytes, charset: str, span: SourceSpan) -> str:
    """What stands in the page at ``span``, by its bytes, which must be that by its characters."""
    assert span.start_byte is not None
    found = data[span.start_byte : span.end_byte].decode(charset)
    assert found == data.decode(charset)[span.start : span.end]
    return found


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("killed four traders", "killed <em>four</em> traders"),
        ("grain market of Tel Oreb", "market of <a href='/oreb' title=\"to > Oreb\">Tel <b>Oreb"),
        ("town\u2019s", "town&rsquo;s"),
        ("Two lorries", "Two&nbsp;lorries"),
        ("caf\u00e9 \u201cBlue\u201d", "caf&#233; &ldquo;Blue&#x201d;"),
        ("& killed", "&amp; killed"),
        ("children < ten", "children &lt; ten"),
        ("Market & mill", "Market &amp; mill"),
    ],
)
def test_words_in_the_page(tmp_path: Path, charset: str, words: str, expected: str) -> None:
    data = page(charset)
    text = report(tmp_path, data).text
    at = text.index(words)
    span = source_span(data, text, at, at + len(words))
    assert span is not None
    assert written(data, charset, span).endswith(expected)


def test_of_several_places_the_one_with_the_reports_words_around_it(tmp_path: Path) -> None:
    data = page()
    text = report(tmp_path, data).text
    for words, before in (
        ("Tel Oreb", "market of Tel"),
        ("Tel Oreb", "the market of Tel Oreb."),
        ("A nurse", "A n"),
    ):
        at = text.index(before) + before.index(words[:3])
        span = source_span(data, text, at, at + len(words))
        assert span is not None
        assert data.index(b"<article>") < (span.start_byte or 0) < data.index(b"</article>")
    second = source_span(data, text, text.rindex("Tel Oreb"), text.rindex("Tel Oreb") + 8)
    assert second is not None
    assert data[: second.start_byte].endswith(b"fired on the market of ")


def test_every_word_of_the_text_leads_back(tmp_path: Path) -> None:
    data = page()
    text = report(tmp_path, data).text
    for word in re.finditer(r"\S+", text):
        span = source_span(data, text, word.start(), word.end())
        assert span is not None, word[0]
        shown = re.sub(r"<!--.*?-->|<a [^>]*\"[^>]*>|</?\w+[^>]*>", "", written(data, "utf-8", span))
        assert html.unescape(shown) == word[0]


def test_what_the_page_does_not_show_has_no_place() -> None:
    title = "Shells hit the grain market of Tel Oreb"
    only_meta = f"<html><head><meta property='og:title' content='{title}'></head></html>".encode()
    assert source_span(only_meta, title, 0, len(title)) is None
    script = f"<script type='application/ld+json'>{FIRST}</script><p>Shells".encode()
    assert source_span(script, FIRST, 0, 6) is None
    assert source_span(b"<p>Oreb</p>", FIRST, FIRST.index("Oreb"), FIRST.index("Oreb") + 4) is None


def test_offsets_that_hold_no_words_raise() -> None:
    for start, end in ((5, 5), (-1, 3), (3, 900), (6, 7)):
        with pytest.raises(EvidenceError):
            source_span(b"<p>Shells fell.</p>", "Shells fell.", start, end)


def test_bytes_are_told_only_where_nothing_was_lost() -> None:
    text = "Shells fell on the grain market of Tel Oreb."
    for data, told in ((b"\xef\xbb\xbf<p>" + text.encode(), True), (text.encode() + b" \xe9\x81 ca", False)):
        span = source_span(data, text, 0, 6)
        assert span is not None
        assert (span.start_byte is not None) is told
    marked = source_span(b"\xef\xbb\xbf<p>" + text.encode(), text, 0, 6)
    assert marked == SourceSpan(start=3, end=9, start_byte=6, end_byte=12)
    wide = source_span(b"\xff\xfe" + f"<p>{text}".encode("utf-16-le"), text, 0, 6)
    assert wide == SourceSpan(start=3, end=9, start_byte=8, end_byte=20)


PIECES = st.lists(
    st.tuples(
        st.sampled_from(
            ["Shells", "fell", "Oreb", "d\u00e9j\u00e0", "&", "<", "four", "\u0645\u0627\u062a", "a"]
        ),
        st.sampled_from([" ", "\r\n", "&nbsp;", " <b>", "</b> ", " <!-- four --> ", "<br>\n"]),
    ),
    min_size=12,
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(pieces=PIECES, data=st.data())
def test_what_is_found_shows_the_words(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    saved = ("<p>" + "".join(html.escape(word) + gap for word, gap in pieces) + "</p>").encode()
    text = " ".join(word for word, _ in pieces)
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first, len(pieces) - 1))
    start = len(" ".join([*(word for word, _ in pieces[:first]), ""]))
    end = len(" ".join(word for word, _ in pieces[: last + 1]))
    span = source_span(saved, text, start, end)
    assert span is not None
    shown = re.sub(r"<!--.*?-->|</?\w+>", "", written(saved, "utf-8", span))
    assert "".join(html.unescape(shown).split()) == "".join(text[start:end].split())
    before = re.sub(r"<!--.*?-->|</?\w+>", "", saved.decode()[: span.start])
    assert "".join(html.unescape(before).split()) == "".join(text[:start].split())


@pytest.mark.parametrize(
    "piece", ["<a", "<!--", "<", "&", "&a", '<a "', "<a '>", "<script", "</script", "<script>", "a ", ">"]
)
def test_the_time_it_takes_is_linear(piece: str) -> None:
    began = time.monotonic()
    source_span((piece * (400_000 // len(piece))).encode(), "a b c", 0, 1)
    assert time.monotonic() - began < 5
