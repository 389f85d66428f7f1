"""Which claims become one event: the cases of the codebook and of the design, by hand."""

import pytest
from fusion_making import (
    ALEPPO,
    COALITION,
    HOMS,
    IDLIB_CITY,
    NUSRA,
    RUSSIAN_FORCES,
    SARMIN,
    SYRIAN_ARMY,
    claim,
    day,
    facts,
    facts_for,
    province,
    toll,
    town,
)

from dateline.fusion import fuse
from dateline.fusion.settings import comparison
from dateline.records import EventType as T
from dateline.records import Scope, Status

SUNDAY, MONDAY = day("2016-06-05"), day("2016-06-06")


def events_of(*claims):
    """Sets of claim ids, one an event."""
    _, events = fuse(claims, facts_for(*claims))
    return sorted(event.claims for event in events)


ONE = {
    "two outlets, one strike": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("b1", place=town(ALEPPO), date=SUNDAY),
    ),
    "a killing and the strike that did it": (
        claim("a1", T.KILLING, place=town(ALEPPO), date=SUNDAY, harm=(toll("15", 15, 15),)),
        claim("b1", place=town(ALEPPO), date=SUNDAY, harm=(toll("15", 15, 15),)),
    ),
    "a bare attack and a bombing": (
        claim("a1", T.ATTACK, place=town(ALEPPO), date=SUNDAY),
        claim("b1", T.BOMBING, place=town(ALEPPO), date=SUNDAY),
    ),
    "one has no date, its publication fits": (
        claim("a1", place=town(HOMS), date=day("2016-06-09")),
        claim("b1", place=town(HOMS)),
    ),
    "background in one report, news in another": (
        claim("a1", place=town(HOMS), date=SUNDAY),
        claim("b1", place=town(HOMS), date=SUNDAY, old=True),
    ),
    "a day and the week it is in": (
        claim("a1", place=town(HOMS), date=SUNDAY),
        claim("b1", place=town(HOMS), date=day("2016-06-02", "2016-06-08")),
    ),
    "a town and its province, one toll": (
        claim("a1", place=town(ALEPPO), date=SUNDAY, harm=(toll("15", 15, 15),)),
        claim("b1", place=province("Aleppo"), date=SUNDAY, harm=(toll("15", 15, 15),)),
    ),
    "neighbouring towns, one toll and target": (
        claim("a1", place=town(IDLIB_CITY), date=SUNDAY, harm=(toll("15", 15, 15),), targets=(NUSRA,)),
        claim("b1", place=town(SARMIN), date=SUNDAY, harm=(toll("15", 15, 15),), targets=(NUSRA,)),
    ),
    "a toll that rose": (
        claim("a1", place=town(ALEPPO), date=SUNDAY, harm=(toll("12", 12, 12),)),
        claim("b1", place=town(ALEPPO), date=SUNDAY, harm=(toll("20", 20, 20),)),
    ),
    "rival accounts of who did it": (
        claim("a1", place=town(ALEPPO), date=SUNDAY, actors=(SYRIAN_ARMY,)),
        claim("b1", place=town(ALEPPO), date=SUNDAY, actors=(COALITION,)),
    ),
    "a denial and what it denies": (
        claim("a1", place=town(ALEPPO), date=SUNDAY, actors=(RUSSIAN_FORCES,)),
        claim("b1", place=town(ALEPPO), date=SUNDAY, actors=(RUSSIAN_FORCES,), status=Status.DENIED),
    ),
    "a campaign told twice in its month": (
        claim("a1", place=town(ALEPPO), date=day("2016-06-01", "2016-06-30"), scope=Scope.REPEATED),
        claim("b1", place=town(ALEPPO), date=day("2016-06-01", "2016-06-30"), scope=Scope.REPEATED),
    ),
    "inside a report, an attack taken up again": (
        claim("a1", T.SUICIDE_BOMBING, place=town(ALEPPO), date=SUNDAY, trigger="suicide bombing"),
        claim("a2", T.SUICIDE_BOMBING, trigger="attack", harm=(toll("12", 12, 12),)),
    ),
    "inside a report, what the tagger ties": (
        claim("a1", T.CAPTURE, place=town(ALEPPO), date=SUNDAY, trigger="captured"),
        claim("a2", T.CLASH, trigger="fighting", same_as=("a1",)),
    ),
}

APART = {
    "different days": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("b1", place=town(ALEPPO), date=MONDAY),
    ),
    "different towns": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("b1", place=town(HOMS), date=SUNDAY),
    ),
    "neighbouring towns and nothing else": (
        claim("a1", place=town(IDLIB_CITY), date=SUNDAY),
        claim("b1", place=town(SARMIN), date=SUNDAY),
    ),
    "a strike and a clash": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("b1", T.CLASH, place=town(ALEPPO), date=SUNDAY),
    ),
    "a capture and the fighting for it": (
        claim("a1", T.CAPTURE, place=town(ALEPPO), date=SUNDAY, trigger="captured"),
        claim("b1", T.CLASH, place=town(ALEPPO), date=SUNDAY, trigger="fighting"),
    ),
    "planned and happened": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("b1", place=town(ALEPPO), date=SUNDAY, status=Status.PLANNED),
    ),
    "one strike and a campaign": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("b1", place=town(ALEPPO), date=SUNDAY, scope=Scope.REPEATED),
    ),
    "campaigns of two months": (
        claim("a1", place=town(ALEPPO), date=day("2016-05-20", "2016-06-02"), scope=Scope.REPEATED),
        claim("b1", place=town(ALEPPO), date=day("2016-06-01", "2016-06-20"), scope=Scope.REPEATED),
    ),
    "background and news of one report": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("a2", place=town(ALEPPO), date=SUNDAY, old=True),
    ),
    "alike words in other slots": (
        claim("a1", T.KILLING, place=town(ALEPPO), date=SUNDAY, harm=(toll("30", 30, 30),)),
        claim("b1", T.KILLING, place=town(HOMS), date=SUNDAY, harm=(toll("300", 300, 300),)),
    ),
    "no place and no date": (claim("a1"), claim("b1")),
    "inside a report, a second strike on another town": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("a2", place=town(HOMS), date=SUNDAY),
    ),
    "inside a report, a second strike on another day, though the tagger ties them": (
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("a2", place=town(ALEPPO), date=MONDAY, same_as=("a1",)),
    ),
}


@pytest.mark.parametrize("claims", ONE.values(), ids=ONE.keys())
def test_one_event(claims):
    assert events_of(*claims) == [tuple(sorted(c.claim_id for c in claims))]


@pytest.mark.parametrize("claims", APART.values(), ids=APART.keys())
def test_an_event_each(claims):
    assert events_of(*claims) == sorted((c.claim_id,) for c in claims)


def test_undated_claims_do_not_join_two_days():
    """The undated claim goes to one of the days; it does not chain them."""
    claims = [
        claim("a1", place=town(ALEPPO), date=day("2016-06-08")),
        claim("b1", place=town(ALEPPO), date=day("2016-06-09")),
        claim("c1", place=town(ALEPPO)),
        claim("d1", place=town(ALEPPO)),
    ]
    for event in events_of(*claims):
        assert not {"a1", "b1"} <= set(event)


def test_copies_are_one_event_even_without_place_and_date():
    text = " ".join(f"word{at}" for at in range(60))
    claims = [claim("a1", trigger="blast"), claim("b1", trigger="blast")]
    _, events = fuse(claims, {"a": facts("a", text=text), "b": facts("b", text=text + " and more")})
    assert [event.claims for event in events] == [("a1", "b1")]


def test_ids_follow_from_the_claims():
    _, (first,) = fuse([claim("a1")], {"a": facts("a")})
    _, (second,) = fuse([claim("a1", place=town(HOMS))], {})
    assert first.event_id == second.event_id
    assert first.event_id[0] == "e"
    assert len(first.event_id) == 13


def test_events_are_ordered_by_date_place_and_id():
    claims = [
        claim("a1", place=town(HOMS), date=MONDAY),
        claim("b1", place=town(ALEPPO), date=MONDAY),
        claim("c1", place=town(HOMS), date=SUNDAY),
        claim("d1"),
    ]
    _, events = fuse(claims, {c.report_id: facts(c.report_id) for c in claims[:3]})
    assert [event.claims[0] for event in events] == ["c1", "b1", "a1", "d1"]


def test_nothing_in_nothing_out():
    assert fuse([], {}) == ([], [])


def test_blocks_too_large_to_compare_in_full_are_told_of() -> None:
    full = comparison().blocks.full_pairs
    for reports, told in ((full, 0), (full + 1, 1)):
        claims = [claim(f"r{n}x1", date=SUNDAY, place=town(ALEPPO)) for n in range(reports)]
        notes: list[str] = []
        fuse(claims, {}, note=notes.append)
        assert len(notes) == told, notes
    assert f"up to {full + 1}" in notes[0]
