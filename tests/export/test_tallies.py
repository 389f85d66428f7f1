"""What the plots count: by week, actor and place, what is left out, and how the caption says so."""

from __future__ import annotations

import pytest
from exporting import ARMY, DAY, PROVINCE, REBELS, TOWN, account, made, toll

from dateline.export.captions import caption
from dateline.export.tables import table
from dateline.export.tallies import OTHER, Count, Kind, LeftOut, Span, tally, week_of, weeks_between
from dateline.records import Actor, DatePrecision, Event, EventType, HarmState, Interval, Place, Scope, Status

BY_WEEK = (Kind.EVENTS, Kind.KILLED)
NOBODY = Actor(name="Oldra Venn")


def on(first: str | None, last: str | None = None, precision: DatePrecision = DatePrecision.DAY) -> Interval:
    return Interval(from_=first, to=last or first, precision=precision)


@pytest.mark.parametrize(
    ("date", "week"),
    [
        (DAY, "2017-06-05"),
        (on("2017-06-04"), "2017-05-29"),  # a Sunday ends its week
        (on("2017-06-10", "2017-06-12", DatePrecision.RANGE), "2017-06-12"),
        (on("2017-06-06", "2017-06-12", DatePrecision.RANGE), "2017-06-12"),
        (on("2017-06-05", "2017-06-11", DatePrecision.WEEK), "2017-06-05"),
        (on("2017-06-06", "2017-06-13", DatePrecision.RANGE), LeftOut.COARSE),  # eight days
        (on("2017-06-01", "2017-06-30", DatePrecision.MONTH), LeftOut.COARSE),
        (on("2017-03-14", "2017-03-14", DatePrecision.MONTH), LeftOut.COARSE),  # "three months ago"
        (on("2017-06-01", "2017-08-31", DatePrecision.SEASON), LeftOut.COARSE),
        (on("2017-01-01", "2017-12-31", DatePrecision.YEAR), LeftOut.COARSE),
        (Interval(to="2017-06-08", precision=DatePrecision.OPEN), "2017-06-05"),
        (Interval(from_="2014-06-01", precision=DatePrecision.OPEN), LeftOut.NO_END),
        (Interval(), LeftOut.NO_DATE),
        (on("long ago"), LeftOut.NO_DATE),
    ],
)
def test_a_date_belongs_to_the_week_of_its_last_day_or_to_none(date: Interval, week: str) -> None:
    assert week_of(date) == week


def test_every_week_between_the_first_and_the_last_is_there() -> None:
    assert weeks_between(["2017-01-02", "2016-12-12"]) == (
        "2016-12-12",
        "2016-12-19",
        "2016-12-26",
        "2017-01-02",
    )
    assert weeks_between(["2017-01-02"]) == ("2017-01-02",) and weeks_between([]) == ()


@pytest.mark.parametrize("kind", BY_WEEK)
def test_weeks_without_an_event_stay_on_the_axis_as_empty(kind: Kind) -> None:
    found = tally(kind, [made(date=on(day), killed=toll(1, 1)) for day in ("2017-06-08", "2017-06-29")])
    assert found.weeks == ("2017-06-05", "2017-06-12", "2017-06-19", "2017-06-26")
    barred = {one.week for one in found.counts} | {one.group for one in found.spans}
    assert barred == {"2017-06-05", "2017-06-26"}
    assert "An empty week" in caption(found)
    assert "An empty week" not in caption(tally(kind, [made(date=DAY, killed=toll(1, 1))]))


@pytest.mark.parametrize("kind", BY_WEEK)
def test_what_is_dated_to_a_month_makes_no_peak_and_the_caption_says_why(kind: Kind) -> None:
    june = on("2017-06-01", "2017-06-30", DatePrecision.MONTH)
    year = on("2017-01-01", "2017-12-31", DatePrecision.YEAR)
    events = [made(date=date, killed=toll(5, 5)) for date in (DAY, june, june, year, Interval())]
    found = tally(kind, events)
    assert found.weeks == ("2017-06-05",) and found.events == 1
    assert found.left_out == {LeftOut.COARSE: 3, LeftOut.NO_DATE: 1}
    assert "Left out: 1 without a date; 3 dated no closer than a week (a month" in caption(found)
    assert "false peak" in caption(found)


@pytest.mark.parametrize("kind", [Kind.ACTORS, Kind.PLACES])
def test_what_is_not_by_week_needs_no_date(kind: Kind) -> None:
    found = tally(kind, [made(actors=(ARMY,), place=TOWN, killed=toll(3, 3))])
    assert (found.events, found.weeks, found.left_out) == (1, (), {})


def test_events_of_which_the_latest_day_alone_is_known_are_told_apart() -> None:
    by = Interval(to="2017-06-09", precision=DatePrecision.OPEN, rule="report_bound")
    found = tally(Kind.EVENTS, [made(date=DAY), made(date=by)])
    assert (found.events, found.latest) == (2, 1)
    assert "Of 1 event only the latest possible day is known" in caption(found)


@pytest.mark.parametrize("kind", Kind)
def test_only_single_incidents_that_happened_are_counted(kind: Kind) -> None:
    told = {"date": DAY, "actors": (ARMY,), "place": TOWN, "killed": toll(1, 1)}
    unlike = ({"status": Status.PLANNED}, {"scope": Scope.REPEATED}, {"old": True})
    found = tally(kind, [made(**told), *(made(**(told | fields)) for fields in unlike)])
    assert (found.events, found.left_out) == (1, {LeftOut.NOT_COUNTED: 3})
    assert "Left out: 3 planned, denied," in caption(found)


def test_the_rarest_types_share_a_row_and_none_is_lost() -> None:
    kinds = list(EventType)[:9]
    events = [made(date=DAY, type=kind) for n, kind in enumerate(kinds) for _ in range(10 - n)]
    counts = tally(Kind.EVENTS, events).counts
    assert {one.type for one in counts} == {*(str(kind) for kind in kinds[:7]), OTHER}
    assert Count("2017-06-05", OTHER, 3 + 2) in counts
    assert sum(one.events for one in counts) == len(events)


def test_ranges_add_up_and_an_open_end_shows() -> None:
    events = [made(actors=(ARMY,), killed=k) for k in (toll(12, 15), toll(20, None), None)]
    found = tally(Kind.ACTORS, events)
    assert found.spans == (Span(str(ARMY.name), 32, 35, open=True),)
    assert (found.events, found.left_out) == (2, {LeftOut.NO_NUMBER: 1})
    assert "An arrow" in caption(found) and "1 without a number of dead, which is not zero" in caption(found)
    closed = tally(Kind.ACTORS, events[:1])
    assert closed.spans == (Span(str(ARMY.name), 12, 15, open=False),) and "arrow" not in caption(closed)


def test_the_highest_number_of_any_account_ends_an_open_range() -> None:
    told = toll(17, None, accounts=(account(17, None, None), account(20, None, None)))
    (span,) = tally(Kind.KILLED, [made(date=DAY, killed=told)]).spans
    assert span == Span("2017-06-05", 17, 20, open=True)


def test_nobody_killed_is_a_number_and_unknown_is_none() -> None:
    none, unknown = toll(state=HarmState.NONE), toll(state=HarmState.UNKNOWN)
    found = tally(Kind.KILLED, [made(date=DAY, killed=one) for one in (none, unknown)])
    assert found.spans == (Span("2017-06-05", 0, 0, open=False),)
    assert found.left_out == {LeftOut.NO_NUMBER: 1}


def test_two_actors_count_for_each_and_nobody_without_an_id_is_named() -> None:
    events = [
        made(actors=(ARMY, REBELS, NOBODY), killed=toll(3, 3)),
        made(actors=(NOBODY,), killed=toll(1, 1)),
    ]
    found = tally(Kind.ACTORS, events)
    assert {span.group for span in found.spans} == {ARMY.name, REBELS.name}
    assert (found.events, found.left_out) == (1, {LeftOut.NO_ACTOR: 1})


def test_places_are_divisions_else_countries() -> None:
    places = (TOWN, PROVINCE, Place(country="SY", country_name="Syria"), Place(name="the river"), None)
    found = tally(Kind.PLACES, [made(place=place, killed=toll(1, 2)) for place in places])
    assert found.spans == (Span("Raqqa, Syria", 2, 4, open=False), Span("Syria", 1, 2, open=False))
    assert found.left_out == {LeftOut.NO_PLACE: 2}


def test_groups_beyond_those_shown_are_told() -> None:
    most = table("plots")["groups_shown"]

    def by(n: int) -> Event:
        return made(actors=(Actor(name=f"Group {n:02}", id=f"g{n}"),), killed=toll(n, n))

    found = tally(Kind.ACTORS, [by(n) for n in range(1, most + 4)])
    assert (len(found.spans), found.groups, found.spans[0].high) == (most, most + 3, most + 3)
    assert f"Of {most + 3} the {most} with the highest numbers are shown." in caption(found)


def test_every_kind_and_reason_has_its_words() -> None:
    words = table("plots")
    assert set(words["plot"]) == set(Kind) and set(words["left_out"]) == set(LeftOut)
