"""Why claims are one event: what is told must be what fusing counted."""

import pytest
from fusion_making import ALEPPO, IDLIB_CITY, SARMIN, claim, day, facts_for, toll, town

from dateline.fusion import explain, fuse
from dateline.fusion.settings import comparison, reasons
from dateline.records import EventType as T
from dateline.records import Scope

SUNDAY, MONDAY = day("2016-06-05"), day("2016-06-06")


def explained(*claims, of):
    facts = facts_for(*claims)
    fused, _ = fuse(claims, facts)
    event = next(c.event_id for c in fused if c.claim_id == of)
    return explain(event, fused, facts)


def test_ties_across_reports_name_what_was_counted():
    told = explained(
        claim("a1", place=town(ALEPPO), date=SUNDAY, harm=(toll("12", 12, 12),)),
        claim("b1", place=town(ALEPPO), date=SUNDAY, harm=(toll("12", 12, 12),)),
        of="a1",
    )
    (tie,) = told.across
    points = comparison().across
    assert {reason.feature: reason.points for reason in tie.reasons} == {
        name: points[name]
        for name in ("type.same", "days.same", "place.same", "harm.same", "words.same_trigger")
    }
    assert tie.points == pytest.approx(points["base"] + sum(r.points for r in tie.reasons), abs=0.05)
    assert tie.points >= told.needed and told.nearest is None
    assert [abs(r.points) for r in tie.reasons] == sorted((abs(r.points) for r in tie.reasons), reverse=True)


def test_claims_of_one_report_are_explained_too():
    told = explained(
        claim("a1", place=town(ALEPPO), date=SUNDAY), claim("a2", T.KILLING, same_as=("a1",)), of="a1"
    )
    (tie,) = told.inside
    assert (tie.claims, tie.others) == (("a1",), ("a2",))
    assert tie.reasons[0].words == "the tagger read both as one incident"


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"date": MONDAY}, "day"),
        ({"date": SUNDAY, "scope": Scope.REPEATED}, "scope"),
    ],
)
def test_a_rule_that_keeps_events_apart_is_named(other, rule):
    told = explained(
        claim("a1", place=town(ALEPPO), date=SUNDAY), claim("b1", place=town(ALEPPO), **other), of="a1"
    )
    assert told.across == ()
    assert told.nearest is not None and told.nearest.why == reasons().rules[rule]


def test_too_few_points_are_told_as_such():
    told = explained(
        claim("a1", T.CLASH, place=town(IDLIB_CITY), date=SUNDAY),
        claim("b1", T.CLASH, place=town(SARMIN), date=SUNDAY),
        of="a1",
    )
    assert told.nearest is not None
    assert told.nearest.tie.points < told.needed and "points on average" in told.nearest.why


def test_an_id_no_claim_has_gives_nothing():
    assert explain("e0", [], {}) is None


def test_every_feature_and_rule_has_words():
    names = set(comparison().inside) | set(comparison().across)
    assert names == set(reasons().features)
    assert set(reasons().rules) == {"scope", "old", "planned", "day", "far"}
