"""Time words to intervals: a table of cases for each rule of the grammar, and what always holds."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import DatePrecision, Interval
from dateline.world.dates import resolve_date

PUBLISHED = "2017-06-14"  # a Wednesday
Ends = tuple[str | None, str | None]


def ends(interval: Interval | None) -> Ends:
    assert interval is not None
    return interval.from_, interval.to


def one(day: str) -> Ends:
    return day, day


CASES: dict[str, dict[str, Ends]] = {
    "weekdays": {
        "Wednesday": one("2017-06-14"),
        "Thursday": one("2017-06-08"),
        "on Tuesday": one("2017-06-13"),
        "Sunday's": one("2017-06-11"),
        "Mondays": one("2017-06-12"),
        "last Wednesday": one("2017-06-07"),
        "next Wednesday": one("2017-06-21"),
        "this Friday": one("2017-06-16"),
        "  ON   friday . ": one("2017-06-09"),
        "vendredi": one("2017-06-09"),
    },
    "parts of a day": {
        "early on Monday morning": one("2017-06-12"),
        "late Sunday": one("2017-06-11"),
        "Friday night": one("2017-06-09"),
        "the early hours of Tuesday": one("2017-06-13"),
        "around noon on Monday": one("2017-06-12"),
        "after Friday prayers": one("2017-06-09"),
        "at 5.30 p.m. on Monday": one("2017-06-12"),
        "at dawn": one("2017-06-14"),
        "this morning": one("2017-06-14"),
        "earlier in the day": one("2017-06-14"),
        "overnight": ("2017-06-13", "2017-06-14"),
        "overnight into Tuesday": ("2017-06-12", "2017-06-13"),
    },
    "days near publication": {
        "today": one("2017-06-14"),
        "Today at 1.30pm": one("2017-06-14"),
        "tonight": one("2017-06-14"),
        "yesterday": one("2017-06-13"),
        "last night": one("2017-06-13"),
        "the day before yesterday": one("2017-06-12"),
        "tomorrow": one("2017-06-15"),
    },
    "explicit days": {
        "14 June 2016": one("2016-06-14"),
        "June 14, 2017": one("2017-06-14"),
        "June 14 2017": one("2017-06-14"),
        "14th of June 2017": one("2017-06-14"),
        "Mon Jul 18 2016": one("2016-07-18"),
        "Friday, June 9, 2017": one("2017-06-09"),
        "2017-06-14": one("2017-06-14"),
        "2017-06-14T10:00:00Z": one("2017-06-14"),
        "14/6/2017": one("2017-06-14"),
        "6/14/2017": one("2017-06-14"),
        "09-06-2016": one("2016-06-09"),
        "12/31/16": one("2016-12-31"),
        "14 juin 2017": one("2017-06-14"),
        "14 de junio de 2017": one("2017-06-14"),
        "14. Juni 2017": one("2017-06-14"),
        "New Year's Eve": one("2016-12-31"),
    },
    "days without a year": {
        "14 June": one("2017-06-14"),
        "on Jun. 14": one("2017-06-14"),
        "June 17": one("2017-06-17"),
        "June 18": one("2017-06-18"),
        "July 13": one("2017-07-13"),
        "July 20": one("2016-07-20"),
        "Dec. 26": one("2016-12-26"),
        "Feb 29": one("2016-02-29"),
        "14 June last year": one("2016-06-14"),
    },
    "spans of days": {
        "between 3 and 7 June": ("2017-06-03", "2017-06-07"),
        "from 5 to 9 June": ("2017-06-05", "2017-06-09"),
        "June 5-9": ("2017-06-05", "2017-06-09"),
        "5 June - 9 June": ("2017-06-05", "2017-06-09"),
        "May 30-June 2": ("2017-05-30", "2017-06-02"),
        "Monday-Wednesday": ("2017-06-12", "2017-06-14"),
        "on Saturday and Sunday": ("2017-06-10", "2017-06-11"),
        "between September 30 and March 15 2016": ("2015-09-30", "2016-03-15"),
        "mid-2015 to late 2016": ("2015-06-01", "2016-12-31"),
    },
    "months, seasons, years": {
        "June": ("2017-06-01", "2017-06-30"),
        "July": ("2016-07-01", "2016-07-31"),
        "March 2011": ("2011-03-01", "2011-03-31"),
        "in June last year": ("2016-06-01", "2016-06-30"),
        "last year's September": ("2016-09-01", "2016-09-30"),
        "last September": ("2016-09-01", "2016-09-30"),
        "in 2014": ("2014-01-01", "2014-12-31"),
        "2012-2014": ("2012-01-01", "2014-12-31"),
        "the 1990s": ("1990-01-01", "1999-12-31"),
        "the summer of 2015": ("2015-06-01", "2015-08-31"),
        "last summer": ("2016-06-01", "2016-08-31"),
        "winter of 2015": ("2015-12-01", "2016-02-29"),
    },
    "parts of months and years": {
        "early June": ("2017-06-01", "2017-06-10"),
        "mid-May": ("2017-05-11", "2017-05-20"),
        "late June": ("2017-06-21", "2017-06-30"),
        "the end of May": ("2017-05-25", "2017-05-31"),
        "early 2011": ("2011-01-01", "2011-04-30"),
        "mid-2016": ("2016-06-01", "2016-07-31"),
        "late last year": ("2016-10-01", "2016-12-31"),
        "the end of last year": ("2016-12-01", "2016-12-31"),
        "the start of 2014": ("2014-01-01", "2014-01-31"),
        "the first six months of 2016": ("2016-01-01", "2016-06-30"),
        "the last 12 days of May": ("2017-05-20", "2017-05-31"),
        "the first week of May": ("2017-05-01", "2017-05-07"),
        "the late 1970s and early 1980s": ("1977-01-01", "1983-12-31"),
    },
    "calendar units": {
        "last week": ("2017-06-05", "2017-06-11"),
        "this week": ("2017-06-12", "2017-06-14"),
        "next week": ("2017-06-19", "2017-06-25"),
        "earlier this week": ("2017-06-12", "2017-06-14"),
        "last weekend": ("2017-06-10", "2017-06-11"),
        "over the weekend": ("2017-06-10", "2017-06-11"),
        "last month": ("2017-05-01", "2017-05-31"),
        "earlier this month": ("2017-06-01", "2017-06-14"),
        "last year": ("2016-01-01", "2016-12-31"),
        "earlier this year": ("2017-01-01", "2017-06-14"),
        "the week of June 6": ("2017-06-05", "2017-06-11"),
    },
    "times up to publication": {
        "the last week": ("2017-06-07", "2017-06-14"),
        "the past three days": ("2017-06-11", "2017-06-14"),
        "in the past 24 hours": ("2017-06-13", "2017-06-14"),
        "over the last 48 hours": ("2017-06-12", "2017-06-14"),
        "for three days": ("2017-06-11", "2017-06-14"),
        "for the third consecutive day": ("2017-06-12", "2017-06-14"),
        "over the past two years": ("2015-06-14", "2017-06-14"),
        "in recent weeks": (None, "2017-06-14"),
        "for months": (None, "2017-06-14"),
        "for more than two years": (None, "2017-06-14"),
        "to date": (None, "2017-06-14"),
        "so far this year": ("2017-01-01", "2017-06-14"),
    },
    "counted back": {
        "three days ago": one("2017-06-11"),
        "two weeks ago": one("2017-05-31"),
        "a month ago": one("2017-05-14"),
        "five years ago": ("2012-01-01", "2012-12-31"),
        "two days after June 3": one("2017-06-05"),
    },
    "since and until": {
        "since March 2011": ("2011-03-01", "2017-06-14"),
        "since Monday": ("2017-06-12", "2017-06-14"),
        "since mid-March": ("2017-03-15", "2017-06-14"),
        "since the war began in March 2011": ("2011-03-01", "2017-06-14"),
        "since the Monday attack": ("2017-06-12", "2017-06-14"),
        "since the start of the year": ("2017-01-01", "2017-06-14"),
        "from 10 June to date": ("2017-06-10", "2017-06-14"),
        "began on June 3": ("2017-06-03", "2017-06-14"),
        "until Friday": (None, "2017-06-09"),
        "by the end of the year": (None, "2017-12-31"),
        "before 2011": (None, "2010-12-31"),
        "after June 3": ("2017-06-03", None),
    },
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(words, expected, id=f"{rule}: {words}")
        for rule, cases in CASES.items()
        for words, expected in cases.items()
    ],
)
def test_words_give_the_interval_they_mean(words: str, expected: Ends) -> None:
    interval = resolve_date(words, PUBLISHED)
    assert ends(interval) == expected
    assert interval is not None
    assert interval.rule
    assert (interval.precision is DatePrecision.OPEN) == (None in expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Friday", one("2017-06-16")),
        ("Wednesday", one("2017-06-14")),
        ("June 20", one("2017-06-20")),
        ("December", ("2017-12-01", "2017-12-31")),
        ("this week", ("2017-06-14", "2017-06-18")),
        ("the weekend", ("2017-06-17", "2017-06-18")),
        ("in two days", one("2017-06-16")),
        ("for 48 hours", ("2017-06-14", "2017-06-16")),
        ("in the coming days", ("2017-06-14", None)),
        ("since Monday", ("2017-06-12", "2017-06-14")),
    ],
)
def test_what_is_planned_lies_ahead(words: str, expected: Ends) -> None:
    assert ends(resolve_date(words, PUBLISHED, tense="future")) == expected


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("Friday", "day"),
        ("2014", "year"),
        ("June", "month"),
        ("last week", "week"),
        ("two weeks ago", "week"),
        ("last summer", "season"),
        ("overnight", "range"),
        ("since 2011", "range"),
        ("so far", "open"),
    ],
)
def test_precision_is_as_fine_as_the_words(words: str, precision: str) -> None:
    interval = resolve_date(words, PUBLISHED)
    assert interval is not None
    assert interval.precision == precision


@pytest.mark.parametrize(
    "words",
    ["Ramadan", "Eid al-Fitr", "hours later", "the same day", "the next day", "recently", "31 June",
     "two days earlier", "daily", "at 5 pm", "48-hour", "every day",
     "14 June 20l7", "1 January 2100"],
)  # fmt: skip
def test_words_that_do_not_say_when_stay_unresolved(words: str) -> None:
    interval = resolve_date(words, PUBLISHED)
    assert interval is not None
    assert ends(interval) == (None, None)
    assert interval.precision is DatePrecision.UNRESOLVED


@pytest.mark.parametrize("words", ["", "the market", "three", "Aleppo", "2 to 3", "x" * 500])
def test_what_is_no_time_is_none(words: str) -> None:
    assert resolve_date(words, PUBLISHED) is None


@pytest.mark.parametrize("words", ["Friday", "last week", "14 June", "two days ago", "overnight"])
def test_relative_words_need_a_publication_date(words: str) -> None:
    interval = resolve_date(words, None)
    assert interval is not None
    assert interval.precision is DatePrecision.UNRESOLVED


def test_absolute_words_need_none() -> None:
    assert ends(resolve_date("14 June 2017", None)) == one("2017-06-14")
    assert ends(resolve_date("early 2011", None)) == ("2011-01-01", "2011-04-30")
    assert ends(resolve_date("since March 2011", None)) == ("2011-03-01", None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the same day", one("2017-06-03")),
        ("that day", one("2017-06-03")),
        ("the next day", one("2017-06-04")),
        ("the previous day", one("2017-06-02")),
        ("two days later", one("2017-06-05")),
        ("a day earlier", one("2017-06-02")),
        ("the same month", ("2017-06-01", "2017-06-30")),
        ("since then", ("2017-06-03", "2017-06-14")),
    ],
)
def test_an_anchor_dates_what_is_counted_from_it(words: str, expected: Ends) -> None:
    anchor = Interval(from_="2017-06-03", to="2017-06-03", precision=DatePrecision.DAY)
    assert ends(resolve_date(words, PUBLISHED, anchor=anchor)) == expected


def test_a_word_before_the_words_is_heeded() -> None:
    sentence = "Thousands have fled since March 2016, officials said."
    assert ends(resolve_date("March 2016", PUBLISHED, context=sentence)) == (
        "2016-03-01",
        PUBLISHED,
    )


def test_an_order_of_day_and_month_that_is_not_sure_is_said() -> None:
    interval = resolve_date("3/4/2017", PUBLISHED)
    assert ends(interval) == one("2017-04-03")
    assert interval is not None
    assert "order not sure" in (interval.rule or "")


def test_a_publication_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        resolve_date("Friday", "last Friday")


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
TENSES = st.sampled_from([None, "past", "future"])


def test_what_has_happened_did_so_before_publication() -> None:
    assert ends(resolve_date("June 18", PUBLISHED, tense="past")) == one("2016-06-18")
    assert ends(resolve_date("June 17", PUBLISHED, tense="past")) == one(
        "2017-06-17"
    )  # printed a little early


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Talks will open on Friday in Geneva.", "2017-06-16"),
        ("On Friday the convoy is to leave the camp.", "2017-06-16"),
        ("A vote is scheduled for Friday.", "2017-06-16"),
        ("Shells hit the port on Friday.", "2017-06-09"),
        (
            "Shells hit the port on Friday, and the ministry that runs it says that it will not open.",
            "2017-06-09",
        ),
        ("He said on Friday that he would go.", "2017-06-09"),
    ],
)
def test_the_verbs_near_a_weekday_tell_its_tense(sentence: str, expected: str) -> None:
    assert ends(resolve_date("Friday", PUBLISHED, context=sentence)) == one(expected)


@given(DAYS, DAYS)
def test_a_printed_day_is_read_back(day: date, published: date) -> None:
    iso = day.isoformat()
    for form in ("%d %B %Y", "%B %d, %Y", "%b %d %Y", "%A, %d %b. %Y", "%Y-%m-%d", "%a %b %d %Y"):
        assert ends(resolve_date(day.strftime(form), published.isoformat())) == one(iso)


@given(DAYS)
def test_a_weekday_is_within_the_week_up_to_publication(published: date) -> None:
    found = ends(resolve_date("on Friday", published.isoformat()))[0]
    assert found is not None
    day = date.fromisoformat(found)
    assert day.weekday() == 4
    assert 0 <= (published - day).days <= 6


PIECES = st.sampled_from(
    "since,until,early,late,mid,on,the,last,next,this,past,first,three,3,31,two,days,week,of,month,"
    "year,ago,after,before,from,to,and,between,Friday,June,2016,2016-06-31,14/13/2016,overnight,"
    "morning,summer,weekend,a,few,for,in,ever,then,9999,1000,day,(5 pm),-,century,1st,consecutive,"
    "half,quarter,later,earlier,00s,decade".split(",")
)
EDGES = st.one_of(st.dates(), st.sampled_from([date.min, date.max]))


@given(
    st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map(" ".join)),
    st.one_of(st.none(), EDGES),
    TENSES,
)
def test_any_text_gives_ordered_ends_or_none(words: str, published: date | None, tense: str | None) -> None:
    day = published.isoformat() if published else None
    interval = resolve_date(words, day, tense=tense)  # type: ignore[arg-type]
    if interval is None:
        return
    if interval.from_ and interval.to:
        assert date.fromisoformat(interval.from_) <= date.fromisoformat(interval.to)
    known = (interval.from_ is not None) + (interval.to is not None)
    assert (interval.precision is DatePrecision.UNRESOLVED) == (known == 0)
    assert (interval.precision is DatePrecision.OPEN) == (known == 1)


@pytest.mark.parametrize("piece", ["late early mid ", "a ", "since ", "1 to ", "monday night "])
def test_long_repeats_are_read_in_bounded_time(piece: str) -> None:
    start = perf_counter()
    resolve_date((piece * 200)[:200], PUBLISHED)
    assert perf_counter() - start < 2
