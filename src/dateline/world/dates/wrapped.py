"""Rules for times around a time: a part of its day, from it, until it, since it, or words that hold it."""

from __future__ import annotations

import re
from datetime import date

from dateline.world.dates.grammar import Grammar, Reader, adding_to
from dateline.world.dates.intervals import DAY, ONE_DAY, OPEN, RANGE, Days, one_day, unresolved
from dateline.world.dates.patterns import A_WEEKDAY, ONES, PART_OF_DAY
from dateline.world.dates.words import NAMES

RULES: Grammar = []
rule = adding_to(RULES)


@rule(r"overnight (?:(?P<way>on|into|to|from) )?(?P<day>.+)", r"(?P<day>.+) (?P<way>)overnight")
def _overnight(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Overnight into Friday: Thursday to Friday; overnight on Thursday: Thursday to Friday."""
    days = reader.dated(match["day"])
    if days is None or days.precision is not DAY or days.start is None:
        return days
    day = days.start
    if match["way"] in ("into", "to"):
        return Days(day - ONE_DAY, day, RANGE, "night into the day")
    return Days(day, day + ONE_DAY if day != reader.published else day, RANGE, "night of the day")


@rule(rf"(?P<part>{PART_OF_DAY})")
def _part_of_day(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """At dawn, in the morning: the day of publication; during the night: the night before it."""
    if match["part"] in ("night", "nights"):
        if lead.startswith(("during ", "in ", "through", "over")):
            return reader.near(-1, 0)
        return unresolved("which night is not said")
    return reader.near(0, 0)._replace(rule="part of the day of publication")


@rule(
    rf"{PART_OF_DAY}(?: (?:of|on|in|the|from|to))* (?P<day>.+)",
    rf"(?P<day>.+?)(?: (?:at|in|during|around|before|after|by|the|early|late|mid))* {PART_OF_DAY}",
    r"(?:(?:shortly |soon |just )?(?:after|before|following|end of) )?"
    rf"(?P<day>{A_WEEKDAY}) (?:midday |noon )?prayers?",
    r"(?P<day>.+) (?:local time|itself|alone|this week|prayers)",
)
def _day_with_part(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Friday night, early hours of Tuesday, around noon on Wednesday: the day itself."""
    days = reader.dated(match["day"])
    return days if days and days.precision in (DAY, RANGE) else None


@rule(
    "(?:to date|so far|until now|till now|up to now|to this day|until today|to the present)",
)
def _to_date(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """So far, to date."""
    return reader.so_far()


@rule(r"(?:from |between )?(?P<from>.+?) (?:to|and|until|till|through|-|into|or) (?P<to>.+)")
def _from_to(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """From Monday to Wednesday, mid-2016 to late 2018, Thursday and Friday."""
    if match["to"] in ("date", "now", "today", "present", "the present", "this day"):
        return _running(reader, reader.dated(match["from"]), reader.published)
    last = reader.dated(match["to"])
    if last is None or last.end is None:
        return None
    before = reader.back_from(last.end)
    first = before.dated(match["from"])
    if first is None or first.start is None or first.start > last.end:
        return None
    return Days(first.start, last.end, RANGE, "from one to the other")


def _running(reader: Reader, days: Days | None, end: date | None) -> Days | None:
    """From the first of ``days`` to ``end``; open where the end is unknown or lies before it."""
    if days is None or days.start is None:
        return None
    start = days.start
    if days.rule.startswith("mid ") and days.end:  # "since mid-March": from the 15th
        start += (days.end - start) // 2
    if end is None or start > end:
        return Days(start, None, OPEN, "since then, end not said")
    return Days(start, end, RANGE, "since then, up to publication")


@rule(r"(?:ever )?since(?: (?P<from>.+))?")
def _since(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Since March 2011, since the war began in March 2011, since then: up to publication."""
    words = match["from"]
    if words in (None, "then", "that", "that time", "that day"):
        start = reader.anchored()
        if start:
            return _running(reader, one_day(start[0], ""), reader.published)
        return reader.so_far()
    past = reader.back_from(reader.published)
    days = past.dated(words) or _inside(past, words)
    return _running(reader, days, reader.published) or reader.so_far()


@rule(
    r"(?:began|begun|started|launched|erupted|starting|beginning)(?: on| in| from)? (?P<from>.+)",
    r"(?:as of|from|as early as) (?P<from>.+?)(?: onwards?| on)?",
)
def _from(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """From Monday, started in March 2011: up to publication."""
    return _running(reader, reader.dated(match["from"]), reader.published)


@rule(r"(?:until|till|up to|by|no later than|not later than|before|prior to) (?P<to>.+)")
def _until(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """Until Friday, by the end of the year, before 2011: start not said."""
    days = reader.dated(match["to"])
    if days is None or days.start is None or days.end is None:
        return None
    if match[0].startswith(("before", "prior")):
        return Days(None, days.start - ONE_DAY, OPEN, "before that, start not said")
    return Days(None, days.end, OPEN, "until then, start not said")


@rule(r"(?:after|following|soon after|shortly after|right after) (?P<from>.+)")
def _after(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """After 14 June: end not said."""
    days = reader.dated(match["from"])
    if days is None or days.end is None:
        return None
    return Days(days.end, None, OPEN, "after that, end not said")


_STARTER = re.compile(
    rf"\b(?:(?:{NAMES})\b|last|this|early|late|mid|end of|\d|yesterday|today|nearly|{ONES}"
    r"|ten|an? )"
)
_NUMBER_BEFORE = re.compile(r"\d\w* $")
_RELATION = re.compile(r"\b(?:after|before|since|until|till|ago|later|earlier|eve|following|prior|every)\b")


def _inside(reader: Reader, text: str) -> Days | None:
    """The first dated expression that ends ``text``, or else the first within it.

    Not one next to a number it leaves out: "14 June 20l7" is no "June".
    """
    starts = [m.start() for m in _STARTER.finditer(text) if not _NUMBER_BEFORE.search(text[: m.start()])]
    for start in starts:
        if start and (days := reader.dated(text[start:])):
            return days
    for start in starts:
        words = text[start:].split()
        for length in (3, 2, 1):
            if len(words) <= length or words[length][0].isdigit():
                continue
            if days := reader.dated(" ".join(words[:length])):
                return days
    return None


@rule(r".+ .+")
def _day_in_words(reader: Reader, match: re.Match[str], lead: str) -> Days | None:
    """The battle on 14 June: the date in the words, where nothing sets the act apart from it."""
    if _RELATION.search(match[0]) or not (days := _inside(reader, match[0])):
        return None
    return days._replace(rule=f"{days.rule}, from among the words")
