from __future__ import annotations

import pytest
from export.publishing_making import event, toll

from dateline.errors import InputError
from dateline.export.filters import selection
from dateline.records import DatePrecision, EventType, Grade, Interval, Scope, Status

JUNE = Interval(from_="2017-06-03", to="2017-06-05", precision=DatePrecision.RANGE, rule="stated")


@pytest.mark.parametrize(
    ("expression", "taken"),
    [
        ("type=shelling", True),
        ("type=air_strike,shelling", True),
        ("type=bombing", False),
        ("type!=bombing", True),
        ("country=sy", True),
        ("country=IQ", False),
        ("admin1=SY-ID", True),
        ("actor=isis", True),
        ("grade=fair,confirmed", False),
        ("grade!=none", True),
        ("from=2017-06-05", True),
        ("from=2017-06-06", False),
        ("to=2017-06-03", True),
        ("to=2017-06-02", False),
        ("killed>=10", True),
        ("killed > 10", False),
        ("killed=10", True),
        ("injured>=0", False),  # nobody gives a number
        ("origins<2", True),
        ("status=happened", True),
    ],
)
def test_one_expression(expression: str, taken: bool) -> None:
    one = event(date=JUNE, killed=toll(10), grade=Grade.WEAK)
    assert selection([expression])(one) is taken


def test_all_must_hold_and_an_undated_event_lies_in_no_period() -> None:
    one = event(date=JUNE)
    assert selection(["type=shelling", "from=2017-06-01", "to=2017-06-30"])(one)
    assert not selection(["type=shelling", "from=2018-01-01"])(one)
    assert not selection(["from=1900-01-01"])(event(date=Interval()))


def test_what_is_counted_in_summaries_goes_out_unless_told_otherwise() -> None:
    others = [event(status=Status.DENIED), event(scope=Scope.REPEATED), event(old=True)]
    assert [selection()(one) for one in [event(), *others]] == [True, False, False, False]
    assert all(selection(everything=True)(one) for one in others)
    assert selection(["status=denied"])(others[0])
    assert selection(["status=denied"]).words() == ["status=denied", "scope=single", "old=false"]


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("shelling", "NAME=VALUE"),
        ("kind=shelling", "allowed are type=A,B"),
        ("type=shellings", "none of abduction"),
        ("grade=good", "confirmed"),
        ("killed>=many", "no number"),
        ("country=Syria", "SY,IQ"),
        ("killed=", "NAME=VALUE"),
        ("type>=shelling", "goes with killed"),
        ("from=June", "2017-06-14"),
        ("from!=2017-06-01", "from="),
    ],
)
def test_what_is_no_filter_is_told_with_what_is(expression: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        selection([expression])


def test_every_type_can_be_asked_for() -> None:
    assert all(selection([f"type={kind.value}"])(event(type=kind)) for kind in EventType)
