from __future__ import annotations

import pytest
from world.claim_making import attack

from dateline.records import (
    Harm,
    HarmKind,
    HarmState,
    Report,
    Span,
)
from dateline.world.resolving import resolve

SHARED = "one count told for two kinds of harm"


def harmed(text: str, *, count: str = "", who: str = "", rule: str | None = None) -> Harm:
    """The harm of a claim on ``text``, resolved."""

    def span(words: str) -> Span | None:
        at = text.index(words)
        return Span.of(text, at, at + len(words)) if words else None

    report = Report(id="r", text=text)
    claim = attack(
        report,
        harm=(Harm(kind=HarmKind.KILLED, count=span(count), who=span(who), rule=rule),),
    )
    return resolve(report, [claim])[0].harm[0]


@pytest.mark.parametrize("who", ["Islamic State", "Free Syrian Army", "Syrian Soldiers", "Aleppo Residents"])
def test_a_body_is_not_one_dead_person(who: str) -> None:
    found = harmed(f"Strike Kills {who}", who=who)
    assert (found.min, found.max) == (None, None)


def test_a_named_person_is_one() -> None:
    found = harmed("A sniper killed Hassan al-Omar.", who="Hassan al-Omar")
    assert (found.min, found.max) == (1, 1)
    assert found.rule == "a named person without a number is one"


@pytest.mark.parametrize("none", ["Nobody", "No one", "Neither", "Not one", "Not a single", "Nil", "0"])
def test_none_stays_none_when_told_for_two_kinds(none: str) -> None:
    found = harmed(f"{none} was killed or injured.", count=none, rule=SHARED)
    assert (found.min, found.max, found.state) == (0, 0, HarmState.NONE)


def test_a_count_told_for_two_kinds_has_no_bounds() -> None:
    found = harmed("Five people were killed or injured.", count="Five", rule=SHARED)
    assert (found.min, found.max, found.state, found.rule) == (None, None, HarmState.STATED, SHARED)
