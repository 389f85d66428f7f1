"""Bytes to text: round trips, marks, declared charsets, guesses."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import Unreadable
from dateline.sources.encoding import decode, without_surrogates

ENGLISH = "The caf\u00e9 in Tel Oreb was \u201cempty\u201d when the shell fell \u2013 nobody was hurt. " * 4
ARABIC = "قتل أربعة تجار في سوق الحبوب فجر اليوم بعد قصف مدفعي عنيف. " * 6
RUSSIAN = "На рынок упали снаряды, погибли четыре торговца. " * 6


@pytest.mark.parametrize("text", [ENGLISH, ARABIC, RUSSIAN])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_unicode_encodings_round_trip(text: str, encoding: str, mark: bytes) -> None:
    decoded = decode(mark + text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == encoding


@pytest.mark.parametrize(("text", "encoding"), [(ENGLISH, "cp1252"), (ARABIC, "cp1256"), (RUSSIAN, "cp1251")])
def test_old_code_pages_are_told_apart(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert encoding in decoded.note


def test_declared_charset_is_tried_before_guessing() -> None:
    decoded = decode(ARABIC.encode("iso-8859-6"), "ISO-8859-6")
    assert decoded.text == ARABIC
    assert "declared" in decoded.note


@pytest.mark.parametrize("declared", ["no-such-charset", "base64", "", "utf-8"])
def test_useless_declarations_are_passed_over(declared: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), declared).text == ENGLISH


def test_utf8_beats_a_wrong_declaration() -> None:
    assert decode(ENGLISH.encode(), "cp1256").text == ENGLISH


def test_mojibake_is_noted_and_kept() -> None:
    twice = "the town\u2019s market".encode().decode("cp1252")
    decoded = decode(twice.encode())
    assert decoded.text == twice
    assert "doubly encoded" in decoded.note


def test_truncated_utf16_keeps_what_it_can() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le")[:-1])
    assert decoded.text[:-1] == ENGLISH[: len(decoded.text) - 1]
    assert "U+FFFD" in decoded.note


@given(st.text())
def test_utf8_always_round_trips_without_controls(text: str) -> None:
    try:
        decoded = decode(text.encode("utf-8"))
    except Unreadable:
        return
    assert decoded.encoding != "utf-8" or decoded.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_unreadable(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Unreadable:
        return
    decoded.text.encode("utf-8")
    assert "\0" not in decoded.text


@given(st.text(alphabet=st.characters(codec=None)))
def test_without_surrogates_keeps_length_and_encodes(text: str) -> None:
    clean = without_surrogates(text + "\ud800\0")
    assert len(clean) == len(text) + 2
    clean.encode("utf-8")
    assert "\0" not in clean
