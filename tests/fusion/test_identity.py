"""Ids that stay: an event is known again by its claims."""

from fusion_making import ALEPPO, HOMS, claim, day, facts_for, town
from hypothesis import given
from hypothesis import strategies as st

from dateline.fusion import fuse
from dateline.fusion.identity import event_id, identities

SUNDAY = day("2016-06-05")


def test_without_an_earlier_run_an_id_is_that_of_its_claims():
    (found,) = identities([["a1", "b1"]], {})
    assert found == (event_id(["b1", "a1"]), ())


def test_an_event_that_gains_a_claim_keeps_its_id():
    (found,) = identities([["a1", "b1", "c1"]], {"eold": ["a1", "b1"]})
    assert found == ("eold", ())


def test_a_merge_keeps_the_larger_ones_id_and_names_the_other():
    (found,) = identities([["a1", "b1", "c1"]], {"ex": ["a1"], "ey": ["b1", "c1"]})
    assert found == ("ey", ("ex",))


def test_a_split_keeps_the_id_once_and_both_know_where_they_came_from():
    small, large = identities([["a1"], ["b1", "c1"]], {"eold": ["a1", "b1", "c1"]})
    assert large == ("eold", ())
    assert small == (event_id(["a1"]), ("eold",))


def test_an_id_of_before_is_not_given_to_other_claims():
    old = event_id(["z1"])
    (found,) = identities([["z1"]], {old: ["a1"], "ez": []})
    assert found.event_id not in (old, "ez")


CLAIMS = [f"{report}{n}" for report in "abcd" for n in range(3)]
partitions = st.lists(st.integers(0, 5), min_size=len(CLAIMS), max_size=len(CLAIMS)).map(
    lambda where: [[c for c, at in zip(CLAIMS, where, strict=True) if at == k] for k in sorted(set(where))]
)


@given(partitions, partitions, st.randoms())
def test_each_id_stands_once_and_order_does_not_matter(before, now, chance):
    earlier = {f"e{n}": claims for n, claims in enumerate(before)}
    found = identities(now, earlier)
    assert len({one.event_id for one in found}) == len(now)
    order = list(range(len(now)))
    chance.shuffle(order)
    again = identities([now[at] for at in order], dict(reversed(earlier.items())))
    assert [again[order.index(at)] for at in range(len(now))] == found


@given(partitions)
def test_the_same_events_keep_all_their_ids(events):
    earlier = {f"e{n}": claims for n, claims in enumerate(events)}
    assert identities(events, earlier) == [(f"e{n}", ()) for n in range(len(events))]


def test_one_report_more_changes_only_the_event_it_tells_of():
    two = [
        claim("a1", place=town(ALEPPO), date=SUNDAY),
        claim("b1", place=town(HOMS), date=SUNDAY),
    ]
    _, before = fuse(two, facts_for(*two))
    three = [*two, claim("c1", place=town(ALEPPO), date=SUNDAY)]
    _, now = fuse(three, facts_for(*three), {event.event_id: event.claims for event in before})
    assert {event.event_id for event in now} == {event.event_id for event in before}
    (homs,) = [event for event in now if event.claims == ("b1",)]
    assert homs in before
