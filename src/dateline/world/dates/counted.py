"""Rules for times counted in units: last week, the past three days, two months ago, the third day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from dateline.world.dates.grammar import Grammar, Reader, adding_to
from dateline.world.dates.intervals import (
    DAY,
    MONTH,
    ONE_DAY,
    RANGE,
    WEEK,
    YEAR,
    Days,
    months_on,
    one_day,
    shifted,
    unresolved,
    whole_month,
    whole_week,
    whole_year,
)
from dateline.world.dates.patterns import A_DAY, A_FEW, A_NUMBER, A_UNIT, AN_ORDINAL, WHICH, number_of
from dateline.world.dates.words import ORDINALS

RULES: Grammar = []
rule = adding_to(RULES)


@rule(
    rf"(?P<which>{WHICH}) (?P<unit>day|night|morning|afternoon|evening|weekend|week|month|year)",
    r"(?P<which>this|last) (?P<unit>week|month|year)s",  # an apostrophe lost
)
def _calendar_unit(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Last week, this month, next year, that day, the previous night."""
    which, unit = match["which"], match["unit"]
    if unit in ("night", "morning", "afternoon", "evening"):
        if which == "this":
            return reader.near(0, 0)
        unit = "day"
    if which == "past" or (which == "last" and lead.endswith("the ") and unit != "weekend"):
        return reader.rolling(1, unit)
    if which in ("same", "that", "following", "previous") or unit == "day":
        return _anchored_unit(reader, which, unit)
    steps = {"last": -1, "next": 1, "coming": 1}.get(which, 0)
    return _unit_around(reader, reader.today, unit, steps, f"{which} {unit}")


def _anchored_unit(reader: Reader, which: str, unit: str) -> Days | None:
    """That week, the next day, the previous month: counted from what was told of before."""
    anchored = reader.anchored()
    if anchored is None:
        return unresolved("counted from a day told of before")
    start, end = anchored
    if unit == "day" and which in ("same", "that", "this"):
        return Days(start, end, DAY if start == end else RANGE, "the day told of before")
    steps = {"previous": -1, "last": -1, "next": 1, "following": 1, "coming": 1}.get(which, 0)
    if unit == "day":
        moved = (start if steps < 0 else end) + steps * ONE_DAY
        return one_day(moved, "counted from the day told of before")
    return _unit_around(reader, start, unit, steps, "counted from a day told of before")


def _unit_around(reader: Reader, day: date, unit: str, steps: int, rule: str) -> Days:
    """The calendar unit around ``day``, moved by ``steps`` units."""
    if unit == "year":
        return whole_year(day.year + steps, rule)
    if unit == "month":
        moved = months_on(day.replace(day=1), steps)
        return whole_month(moved.year, moved.month, rule)
    monday = day - timedelta(days=day.weekday())
    if unit == "weekend":
        return _weekend(reader, monday, steps)
    week = whole_week(monday + timedelta(days=7 * steps), rule)
    if steps == 0 and day == reader.published:
        return week._replace(start=day) if reader.future else week._replace(end=day)
    return week


def _weekend(reader: Reader, monday: date, steps: int) -> Days:
    """Saturday and Sunday: in the week of publication, the one before, the coming one."""
    saturday = monday + timedelta(days=5)
    if steps < 0:
        saturday -= timedelta(days=7)
    elif steps > 0 and saturday <= reader.today:
        saturday += timedelta(days=7)
    return Days(saturday, saturday + ONE_DAY, RANGE, "weekend")


@rule("weekend")
def _latest_weekend(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The weekend: the latest begun; the coming one if planned."""
    back = (reader.today.weekday() - 5) % 7
    saturday = reader.today - timedelta(days=back)
    if reader.future and back > 1:
        saturday += timedelta(days=7)
    return Days(saturday, saturday + ONE_DAY, RANGE, "weekend")


@rule(r"week (?:of|beginning|starting) (?P<of>.+)")
def _week_of(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The week of June 5: Monday to Sunday around that day."""
    days = reader.dated(match["of"])
    if days is None or days.start is None or days.precision is not DAY:
        return None
    monday = days.start - timedelta(days=days.start.weekday())
    return whole_week(monday, "week around a day")


@rule(rf"{A_DAY.rstrip('?')}")
def _day_alone(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """On the 14th: the latest such day up to publication; the coming one if planned."""
    if lead != "on the ":
        return None
    first = reader.today.replace(day=1)
    for step in range(5):
        month = months_on(first, step if reader.future else -step)
        if int(match["day"]) <= monthrange(month.year, month.month)[1]:
            found = month.replace(day=int(match["day"]))
            if found >= reader.today if reader.future else found <= reader.today:
                return one_day(found, "day of the month, month from publication")
    return None


@rule("(?P<unit>day|week|month|year)")
def _bare_unit(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Throughout the day, the end of the year: the unit of publication. "In week": seven days."""
    if lead.endswith("the "):
        days = _unit_around(reader, reader.today, match["unit"], 0, "unit of publication")
        return reader.near(0, 0) if match["unit"] == "day" else days
    return reader.rolling(1, match["unit"]) if lead == "in " else None


@rule(rf"(?:last|past|previous|preceding) {A_NUMBER} ?{A_UNIT}", rf"{A_NUMBER} {A_UNIT} past")
def _last_units(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The past three days, the last 24 hours."""
    number = number_of(match)
    return None if number is None else reader.rolling(number, match["unit"])


@rule(rf"(?:next|coming|following) {A_NUMBER} ?{A_UNIT}")
def _next_units(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The next 48 hours, the coming three weeks."""
    number = number_of(match)
    return None if number is None else reader.rolling(number, match["unit"], ahead=True)


@rule(
    rf"(?:last|past|previous|preceding)? ?(?:{A_FEW}) (?P<unit>hour|minute|second|moment)s?",
)
def _few_hours(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The past few hours: the day of publication."""
    return reader.near(0, 0) if lead else None


@rule(
    rf"(?:(?:last|past|previous) )?(?:{A_FEW}) {A_UNIT}",
    rf"(?:more than|over|well over|just over|upwards of|longer than) (?:{A_FEW}|{A_NUMBER}) {A_UNIT}",
    r"(?P<unit>day|week|month|year|decade)s",
    r"(?P<unit>)recent past",
)
def _open_units(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """In recent weeks, for months, more than two years: up to publication, start not said."""
    if lead.startswith(("in ", "over ", "for ", "during ", "within ", "throughout ", "through ")):
        return reader.so_far()
    return reader.so_far() if "recent" in match[0] or "past" in match[0] else None


@rule(rf"(?:next|coming) (?:(?:{A_FEW}) )?{A_UNIT}")
def _coming_units(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """In the coming days: from publication on, end not said."""
    return reader.from_now()


@rule(rf"(?:(?:more than|over|just over|(?:a )?few|several|many|some) )+(?:{A_NUMBER} )?{A_UNIT} ago")
def _long_ago(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """A few days ago, more than two years ago: before publication, when is not said."""
    return reader.so_far()._replace(rule="before publication, how long is not said")


@rule(rf"{A_NUMBER} {A_UNIT}(?: ago| back)")
def _ago(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Three days ago: that day; weeks and months ago: that day, as precise as the unit says."""
    number, unit = number_of(match), match["unit"]
    if number is None:
        return None
    if unit == "year":
        return whole_year(reader.today.year - int(number), "years before publication")
    if unit == "decade":
        return None
    precision = {"week": WEEK, "fortnight": WEEK, "month": MONTH}.get(unit, DAY)
    day = shifted(reader.today, -number, unit)
    return Days(day, day, precision, f"{unit}s before publication")


@rule(rf"{A_NUMBER} ?{A_UNIT}(?: old| long)?(?: (?:period|stretch|span))?(?: now)?")
def _duration(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """For three days, in 24 hours: up to publication; from it on if planned."""
    number, unit = number_of(match), match["unit"]
    if number is None:
        return None
    long = unit in ("month", "year", "decade")
    if "over " in lead and (long or lead.startswith("for ")):  # "more than"
        return reader.so_far()
    adjective = number > 1 and not match["plural"]  # "a 48-hour truce": how long, not when
    if adjective and unit == "hour":
        return None
    if reader.future and lead == "in ":
        return one_day(shifted(reader.today, number, unit), "units after publication")
    if lead.startswith(("for ", "in ", "over ", "within ", "during ")) or unit == "hour":
        return reader.rolling(number, unit, ahead=reader.future)
    return None


@rule(
    rf"(?P<count>{A_NUMBER}) {A_UNIT} (?P<way>earlier|before|prior|later|after|afterwards|on)(?: that)?",
    rf"(?P<count>{A_NUMBER}) {A_UNIT} (?P<way>before|prior to|after|following|from) (?P<from>.+)",
    r"(?P<count>)(?P<n>)(?P<half>)(?P<unit>day) (?P<way>before|after)(?: (?P<from>.+))?",
)
def _counted_from(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Two days after 14 June, a day earlier, the day before: counted from a day told of."""
    number = number_of(match) if match["count"] else 1
    words = match.groupdict().get("from")
    days = reader.dated(words) if words else None
    anchor = (days.start, days.end) if days else reader.anchored()
    if number is None or anchor is None or anchor[0] is None:
        return unresolved("counted from a day told of before")
    back = match["way"] in ("earlier", "before", "prior", "prior to")
    base = anchor[0] if back else anchor[1] or anchor[0]
    day = shifted(base, -number if back else number, match["unit"])
    precision = {"week": WEEK, "month": MONTH, "year": YEAR}.get(match["unit"], DAY)
    return Days(day, day, precision, "counted from a day told of")


@rule(
    rf"{AN_ORDINAL} (?:(?:consecutive|straight|successive|running) )?{A_UNIT}(?: in a row| running)?",
    rf"a {AN_ORDINAL} (?:(?:consecutive|straight|successive) )?{A_UNIT}(?: in a row| running)?",
)
def _nth_day_running(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """For the third (consecutive) day: from the first of them to publication."""
    if not lead.startswith("for "):
        return None
    nth = ORDINALS.get(match["nth"]) or int(match["nth"].rstrip("stndrh"))
    if nth < 1:
        return None
    return reader.rolling(nth - 1, match["unit"])._replace(rule="days in a row up to publication")


@rule(
    rf"(?P<end>first|last|final|opening) (?:{A_NUMBER} )?{A_UNIT} of (?P<of>.+)",
    rf"(?P<end>{'|'.join(ORDINALS)})(?P<n>)(?P<half>) {A_UNIT} of (?P<of>.+)",
)
def _first_of(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The first six months of 2016, the last 12 days of September, the first week of July."""
    days = reader.dated(match["of"])
    number = number_of(match) if match["n"] else 1
    if days is None or days.start is None or days.end is None or not number:
        return None
    unit, rule = match["unit"], "part of a longer time"
    if match["end"] in ("last", "final"):
        start = shifted(days.end + ONE_DAY, -number, unit)
        end = days.end
    else:
        nth = ORDINALS.get(match["end"], 1)
        start = shifted(days.start, (nth - 1) * number, unit)
        end = shifted(start, number, unit) - ONE_DAY
    if start < days.start or end > days.end:
        return None
    return Days(start, end, DAY if start == end else RANGE, rule)
