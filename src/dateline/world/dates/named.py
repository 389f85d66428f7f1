"""Rules for times with a name: weekdays, dates, months, years, seasons, feasts, and the parts of these."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.world.dates.grammar import PAST_AHEAD, Grammar, Reader, adding_to
from dateline.world.dates.intervals import (
    RANGE,
    Days,
    narrowed,
    on_day,
    one_day,
    unresolved,
    whole_month,
    whole_season,
    whole_year,
)
from dateline.world.dates.patterns import (
    A_DAY,
    A_MONTH,
    A_WEEKDAY,
    FIRST_DAY,
    ITS_YEAR,
    LAST_DAY,
    MONTH_OF,
    OF,
    WEEKDAY_OF,
    WHICH,
)
from dateline.world.dates.words import FEASTS, SEASONS

RULES: Grammar = []
rule = adding_to(RULES)


@rule(rf"(?:(?P<which>{WHICH}) )?(?P<wd>{A_WEEKDAY})s?")
def _weekday(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Friday: the latest up to publication; the coming one if planned; next, last, this Friday."""
    which, number = match["which"], WEEKDAY_OF[match["wd"]]
    if which in ("same", "that", "following"):
        return unresolved("a day told of before")
    back, on = (reader.today.weekday() - number) % 7, (number - reader.today.weekday()) % 7
    if which in ("last", "past", "previous"):
        return one_day(reader.today - timedelta(days=back or 7), "last such weekday")
    if which in ("next", "coming"):
        return one_day(reader.today + timedelta(days=on or 7), "next such weekday")
    if which == "this" and not reader.past and not reader.future:
        monday = reader.today - timedelta(days=reader.today.weekday())
        return one_day(monday + timedelta(days=number), "weekday in the week of publication")
    if reader.future:
        return one_day(reader.today + timedelta(days=on), "coming weekday")
    return one_day(reader.today - timedelta(days=back), "weekday up to publication")


@rule(
    rf"(?:(?P<wd>{A_WEEKDAY}) )?(?:the )?{A_DAY}{OF} {A_MONTH}{ITS_YEAR}(?: (?:{A_WEEKDAY}))?",
    rf"(?:(?P<wd>{A_WEEKDAY}) )?{A_MONTH} (?:the )?{A_DAY}{ITS_YEAR}(?: (?:{A_WEEKDAY}))?",
)
def _explicit_day(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """14 June, the 14th of June 2017, Monday, Dec. 26."""
    days = _dated_day(reader, match["day"], match["month"], match["year"])
    if days and days.start and match["wd"] and days.start.weekday() != WEEKDAY_OF[match["wd"]]:
        return days._replace(rule=f"{days.rule} (the weekday named does not fit)")
    return days


def _dated_day(reader: Reader, day: str, month: str, year_words: str | None) -> Days | None:
    number, month_number = int(day), MONTH_OF[month]
    if year_words:
        year = reader.year(year_words)
        if year is None:
            return unresolved("year not said")
        return on_day(year, month_number, number, "explicit day")
    found = reader.nearest(month_number, number)
    if found is None:
        return unresolved("no such day")
    return one_day(found, "explicit day, year from publication")


@rule(
    rf"(?:from |between )?{FIRST_DAY}(?: ?- ?| to | and | until | through ){LAST_DAY}"
    rf"{OF} {A_MONTH}{ITS_YEAR}",
    rf"(?:from |between )?{A_MONTH} {FIRST_DAY}(?: ?- ?| to | and | until | through ){LAST_DAY}{ITS_YEAR}",
)
def _days_of_month(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Between 3 and 7 June, June 5-9, 21 and 26 of September."""
    end = _dated_day(reader, match["last"], match["month"], match["year"])
    if end is None or end.start is None or int(match["first"]) > end.start.day:
        return end if end is not None and end.start is None else None
    return Days(end.start.replace(day=int(match["first"])), end.end, RANGE, "explicit days")


@rule(
    rf"(?:(?P<which>last|this|past|next|coming|previous) )?(?:month of )?{A_MONTH}{ITS_YEAR}",
    rf"(?P<year>(?:last|this|next) year) {A_MONTH}(?P<which>)",
    rf"(?P<year>1\d{{3}}|20\d{{2}}) {A_MONTH}(?P<which>)",
)
def _named_month(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """June, June 2014, June last year, last September: the whole month."""
    month, which = MONTH_OF[match["month"]], match["which"]
    if match["year"]:
        year = reader.year(match["year"])
        return whole_month(year, month, "month") if year else unresolved("year not said")
    this, now = reader.today.year, reader.today.month
    if which in ("last", "past", "previous"):
        return whole_month(this if month < now else this - 1, month, "last such month")
    if which in ("next", "coming") or (reader.future and which != "this"):
        beyond = month > now or (month == now and not which)
        return whole_month(this if beyond else this + 1, month, "coming month")
    if which == "this" or date(this, month, 1) <= reader.today + PAST_AHEAD:
        return whole_month(this, month, "month, year from publication")
    return whole_month(this - 1, month, "month, year from publication")


@rule(r"(?:year )?(?P<year>1\d{3}|20\d{2})", r"(?:year )?(?P<year>1\d{3}|20\d{2})-(?P<to>\d{4}|\d{2})")
def _named_year(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """2014: the whole year; 2012-2014: from the first day to the last."""
    first = whole_year(int(match["year"]), "year")
    if "to" not in match.groupdict():
        return first
    last = int(match["year"][: -len(match["to"])] + match["to"])
    if last < int(match["year"]):
        return None
    return Days(first.start, date(last, 12, 31), RANGE, "years")


@rule(
    r"(?P<which>early|earlier|late|later|mid|middle of|start of|beginning of|end of|close of"
    r"|(?:first|second) half of|(?:first|second|third|fourth|last) quarter of"
    r"|previously|so far|early days of|early part of|latter part of"
    r"|sometime)(?: of)? (?P<of>.+)"
)
def _part_of(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Early 2011, late on Friday, mid-July, the end of last year, earlier this week."""
    if _CONNECTED.search(match["of"]):
        return None
    days = reader.dated(match["of"])
    if days is None or days.start is None or days.end is None:
        return None
    which = match["which"]
    if which in ("earlier", "previously", "so far"):
        end = reader.published
        inside = end is not None and days.start <= end < days.end
        return days._replace(end=end, rule=f"{days.rule}, up to publication") if inside else days
    if which == "later":
        now = reader.published
        inside = now is not None and days.start < now <= days.end
        return days._replace(start=now, rule=f"{days.rule}, from publication") if inside else days
    return narrowed(days.start, days.end, days, _PART_NAMES.get(which, which))


_CONNECTED = re.compile(r" (?:to|and|until|till|through) ")
_PART_NAMES = {
    "early days of": "early",
    "early part of": "early",
    "latter part of": "late",
    "middle of": "mid",
    "beginning of": "start",
    "start of": "start",
    "end of": "end",
    "close of": "end",
}


@rule(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[t ].*)?",
    rf"(?P<year>\d{{4}}) {A_MONTH} {A_DAY}",
)
def _year_first(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """2017-06-14, 2017/6/14, 2017 June 14."""
    month = MONTH_OF.get(match["month"]) or int(match["month"])
    return on_day(int(match["year"]), month, int(match["day"]), "explicit day")


@rule(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<year>\d{4}|\d{2})(?: .*)?")
def _numeric(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """14/6/2017: the day first, unless that is impossible."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if a <= 12 and b <= 12 and a != b:
        return on_day(year, b, a, "explicit day, read day before month (order not sure)")
    if b <= 12:
        return on_day(year, b, a, "explicit day, day before month")
    return on_day(year, a, b, "explicit day, month before day")


@rule(r"(?P<decade>1\d{2}|20\d)0s", r"(?P<century>1?\d|2[01])(?:st|nd|rd|th) century")
def _decade(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The 1990s; the 19th century (1801 to 1900)."""
    if match.lastgroup == "decade":
        first, years = int(match["decade"]) * 10, 10
    else:
        first, years = int(match["century"]) * 100 - 99, 100
    if first < 1:
        return None
    return Days(date(first, 1, 1), date(first + years - 1, 12, 31), RANGE, f"{years} years")


@rule(rf"(?:(?P<which>last|this|past|next|coming|previous) )?(?P<season>{'|'.join(SEASONS)}){ITS_YEAR}")
def _named_season(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The summer of 2015, last summer, this spring."""
    month, which, rule = SEASONS[match["season"]], match["which"], "season, northern hemisphere"
    if match["year"]:
        year = reader.year(match["year"])
        return whole_season(year, month, rule) if year else unresolved("year not said")
    if which is None and "the " not in lead and "in " not in lead:
        return unresolved("year not said")
    season = whole_season(reader.today.year, month, rule)
    while season.start and season.start > reader.today and not (reader.future or which == "next"):
        season = whole_season(season.start.year - 1, month, rule)
    if which in ("last", "past", "previous") and season.end and season.end >= reader.today:
        season = whole_season(season.end.year - (2 if month == 12 else 1), month, rule)
    coming = which == "next" or (reader.future and which != "last")
    if coming and season.end and season.end < reader.today:
        season = whole_season(reader.today.year + 1, month, rule)
    return season


@rule(rf"(?P<feast>{'|'.join(sorted(FEASTS, key=len, reverse=True))}){ITS_YEAR}")
def _feast(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """May Day, Christmas Eve: feasts with a fixed day."""
    month, day = FEASTS[match["feast"]]
    if match["year"]:
        year = reader.year(match["year"])
        return on_day(year, month, day, "feast") if year else unresolved("year not said")
    found = reader.nearest(month, day)
    return one_day(found, "feast, year from publication") if found else None
