"""The errors one by one, by hand; every piece of a passage is the report's own words."""

from __future__ import annotations

from evaluation_making import CODED, COURIER, GOLD, HERALD, REPORTS, claim
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.evaluation.evaluating import compare
from dateline.evaluation.faults import KINDS, Fault, faults_of
from dateline.evaluation.gold import GoldClaim
from dateline.evaluation.matching import meet
from dateline.records import EventType, Report

BY_HAND = [
    ("courier", "wrong status", "withdrawal", ("happened",), ("planned",)),
    ("courier", "wrong place", "withdrawal", (), ("Osk",)),
    (
        "herald",
        "wrong harm kind+numbers",
        "shelling",
        ("killed: 4 or more (at least four people)",),
        ("killed: 4 (four people)",),
    ),
    (
        "herald",
        "wrong date interval",
        "shelling",
        ("2031-05-02 to 2031-05-02",),
        ("2031-05-09 to 2031-05-09",),
    ),
    ("herald", "wrong stance", "shelling", ("says",), ("denies",)),
    ("herald", "wrong type", "protest", ("protest",), ("riot",)),
    ("herald", "wrong actor", "protest", ("Protesters",), ()),
    ("herald", "wrong place country", "protest", ("Ruritania",), ("",)),
    ("herald", "missed", "attack", ("raid",), ()),
    ("herald", "spurious", "attack", (), ("port",)),
]


def test_every_error_by_hand() -> None:
    found = compare(REPORTS, GOLD, CODED).faults
    assert [(f.report_id, f.kind, f.type, f.gold, f.coded) for f in found] == BY_HAND
    assert {f.kind for f in found} <= set(KINDS)


def marked(fault: Fault, name: str) -> list[str]:
    return [piece.text for passage in fault.passages for piece in passage if name in piece.marks]


def test_the_words_are_marked_in_their_sentences() -> None:
    by_kind = {f.kind: f for f in compare(REPORTS, GOLD, CODED).faults}
    harm = by_kind["wrong harm kind+numbers"]
    assert marked(harm, "trigger") == ["Shelling"]
    assert marked(harm, "gold") == ["at least ", "four", "people"]
    assert marked(harm, "coded") == ["four", "people"]
    assert ["".join(p.text for p in passage) for passage in harm.passages] == [
        "Shelling by the Vesk militia killed at least four people in Tarnholm on Friday, a nurse said."
    ]
    # the coded place stands in the sentence before the trigger's: both are shown
    place = by_kind["wrong place"]
    assert ["".join(p.text for p in passage) for passage in place.passages] == [
        "The army of Vesk reportedly retreated from Osk.",
        "It withdrew its guns.",
    ]
    assert marked(place, "coded") == ["Osk"] and marked(place, "trigger") == ["withdrew"]
    assert marked(by_kind["missed"], "gold") == marked(by_kind["missed"], "trigger") == ["raid"]
    assert marked(by_kind["spurious"], "coded") == ["port"]


def test_gold_words_are_marked_in_the_triggers_sentence_before_a_nearer_one() -> None:
    report = Report(
        id="r", text="Osk burned. Raiders who set out from the hills for days on end shelled Osk."
    )
    gold = GoldClaim(trigger="Raiders", type=EventType.ATTACK, event="e", site=("Osk",))
    coded = claim(report, "Raiders", EventType.ATTACK, "x", 0.5)
    (fault,) = faults_of(meet("r", report.text, [gold], [coded]), report.text)
    assert fault.kind == "wrong site" and len(fault.passages) == 1
    assert marked(fault, "gold") == ["Osk"]


@given(st.lists(st.sampled_from(range(len(CODED))), unique=True), st.sampled_from(list(EventType)))
def test_errors_and_figures_reconcile(kept: list[int], kind: EventType) -> None:
    """Whatever is coded: the errors add up to the counts, and each passage is the report's own words."""
    coded = [replace(CODED[n], type=kind) if n % 2 else CODED[n] for n in sorted(kept)]
    found = compare(REPORTS, GOLD, coded)
    rate, typed = (found.figures.rates[name] for name in ("claim found", "claim found and typed"))
    kinds = [f.kind for f in found.faults]
    assert kinds.count("missed") == rate.gold - rate.found
    assert kinds.count("spurious") == rate.coded - rate.found
    assert kinds.count("wrong type") == rate.found - typed.found
    texts = {HERALD.id: HERALD.text, COURIER.id: COURIER.text}
    for fault in found.faults:
        assert marked(fault, "trigger")
        for passage in fault.passages:
            assert "".join(piece.text for piece in passage) in texts[fault.report_id]
            assert all(piece.text for piece in passage)
