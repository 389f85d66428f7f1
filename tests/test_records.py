from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import EvidenceError
from dateline.records import (
    Attribution,
    Claim,
    EventType,
    Harm,
    HarmKind,
    Report,
    Scope,
    Sentence,
    Span,
    Status,
)

TEXT = "Shells fell on Harbour Town 🙂 on Sunday, killing two."


@given(st.text(min_size=1), st.data())
def test_a_span_is_the_words_it_claims(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.of(text, start, end)
    assert text[span.start : span.end] == span.text
    assert span.check(text) is span


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, 10_000)])
def test_no_span_outside_its_text(start: int, end: int) -> None:
    with pytest.raises(EvidenceError):
        Span.of(TEXT, start, end)


@pytest.mark.parametrize(("text", "start", "end"), [("abc", 0, 2), ("", 0, 0), ("abc", -3, 0)])
def test_no_span_whose_length_is_wrong(text: str, start: int, end: int) -> None:
    with pytest.raises(EvidenceError):
        Span(text=text, start=start, end=end)


def test_a_tampered_span_is_caught() -> None:
    span = Span(text="three", start=0, end=5)
    with pytest.raises(EvidenceError, match="not 'three'"):
        span.check(TEXT)


def _claim(**fields: object) -> Claim:
    base: dict[str, object] = {
        "claim_id": "r.c1",
        "report_id": "r",
        "event_id": None,
        "type": EventType.SHELLING,
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "trigger": Span.of(TEXT, 0, 6),
        "sentence": Sentence(start=0, end=len(TEXT)),
    }
    return Claim(**(base | fields))  # type: ignore[arg-type]


def test_a_claim_with_one_false_word_is_caught() -> None:
    report = Report(id="r", text=TEXT)
    good = Harm(kind=HarmKind.KILLED, count=Span.of(TEXT, 50, 53))
    assert _claim(harm=(good,)).check(report)
    at = TEXT.index("two")
    false = Harm(kind=HarmKind.KILLED, count=Span(text="ten", start=at, end=at + 3))
    with pytest.raises(EvidenceError):
        _claim(harm=(false,)).check(report)
    with pytest.raises(EvidenceError):
        _claim().check(Report(id="other", text=TEXT))


def test_no_harm_and_no_speaker_without_words() -> None:
    with pytest.raises(EvidenceError):
        Harm(kind=HarmKind.KILLED)
    with pytest.raises(EvidenceError):
        Attribution()


def test_records_are_frozen_and_survive_json() -> None:
    claim = _claim()
    with pytest.raises(AttributeError):
        claim.old = True  # type: ignore[misc]
    assert msgspec.json.decode(msgspec.json.encode(claim), type=Claim) == claim
