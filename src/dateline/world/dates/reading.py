"""Time words to intervals: "on Friday", "late June", "the past three days", "since March 2011".

A grammar of intervals, read against the day of publication. The readings follow the codebook (field
``date``) and the habits of its annotators, measured on the annotated reports (1,516 intervals): a
weekday is the latest such day up to and including the day of publication; "last week" is the
calendar week before, Monday to Sunday, but "the last week" the seven days up to publication; "since
X" runs from the first day of X to publication; "early" in a month is its first ten days, in a year
its first four months. Words that do not say when by themselves stay unresolved, their words kept.

How it works: the words are made plain (``words``), then held against the rules of the grammar in order
(``grammar``): times with a name (``named``), times counted in units (``counted``), times around another
(``wrapped``).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from dateline.records import Interval
from dateline.world.dates import counted, named, wrapped
from dateline.world.dates.grammar import NeedsPublicationError, Reader, Rules
from dateline.world.dates.intervals import OPEN, UNRESOLVED, Days, unresolved
from dateline.world.dates.words import DATE_LIKE, plain

LONGEST = 200
"""Longer words are no time expression (the longest annotated one has 106 characters)."""

RULES = Rules([*named.RULES, *counted.RULES, *wrapped.RULES])

_TO_COME = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:to|due|set|scheduled|expected|planned|slated)|plans? to"
    r"|due (?:to|on|in)|scheduled (?:to|for)|upcoming)\b",
    re.IGNORECASE,
)
"""Words by which a sentence speaks of what is to come. Not "would": it may have happened since."""

_BEFORE, _AFTER = 50, 30
"""Characters before and after time words within which a verb is taken for theirs."""

_CONTEXT_LEADS = tuple(
    f"{lead} " for lead in ("since", "until", "for", "the past", "the last", "last", "past", "next", "this")
)


def resolve_date(
    words: str,
    published: str | None = None,
    *,
    context: str = "",
    tense: Literal["past", "future"] | None = None,
    anchor: Interval | None = None,
) -> Interval | None:
    """The interval that time words mean, given the day of publication; None when they are no time.

    ``published`` is an ISO date (ValueError if not) or None: then only words that name their year
    resolve. ``tense`` "future" turns "Friday" and "June" to the coming ones. ``context`` is the
    sentence around the words: "since", "last", "for" and the like just before them are heeded, and its
    verbs tell the tense where none is given.
    ``anchor`` is the interval of what was told before, for "the same day", "two days later". Time
    words that do not say when give precision ``unresolved``; an interval with one end unknown is
    ``open``. ``rule`` says in short how the words were read. Source: codebook, field ``date``.

    >>> resolve_date("on Friday", "2016-07-18").from_
    '2016-07-15'
    >>> resolve_date("late June", "2016-07-18").to
    '2016-06-30'
    """
    if len(words) > LONGEST:
        return None
    day = date.fromisoformat(published[:10]) if published else None
    text = plain(words)
    tense = tense or tense_of(words, context)
    reader = Reader(day, tense == "future", tense == "past", anchor, RULES)
    try:
        days = reader.read(_lead_in(words, context) + text) if context else None
        days = days or reader.read(text)
    except NeedsPublicationError:
        days = unresolved("relative words, publication date not known")
    except (OverflowError, ValueError):  # outside the years 1 to 9999
        days = unresolved("outside the calendar")
    if days is None:
        clock = not text and bool(words.strip(" .,;:!?-'()[]"))
        if not clock and not DATE_LIKE.search(text):
            return None
        days = unresolved("not dated by itself")
    return _interval(days)


def tense_of(words: str, sentence: str) -> Literal["future"] | None:
    """Whether a sentence speaks of what is to come near ``words``: "will", "is due to", "scheduled for"."""
    at = sentence.find(words)
    near = sentence[max(0, at - _BEFORE) : at + len(words) + _AFTER] if at >= 0 else ""
    return "future" if _TO_COME.search(near) else None


def _lead_in(words: str, context: str) -> str:
    """A word just before ``words`` in ``context`` that decides how they are read, or ""."""
    at = context.find(words)
    before = " ".join(context[max(0, at - 12) : at].lower().split()) + " " if at > 0 else ""
    return next((lead for lead in _CONTEXT_LEADS if f" {before}".endswith(f" {lead}")), "")


def _interval(days: Days) -> Interval:
    """The record of ``days``; unresolved when neither end is known or they cross."""
    start, end = days.start, days.end
    if start and end and start > end:
        return Interval(rule="ends before it begins")
    precision = days.precision
    if start is None and end is None:
        precision = UNRESOLVED
    elif start is None or end is None:
        precision = OPEN
    return Interval(
        from_=start.isoformat() if start else None,
        to=end.isoformat() if end else None,
        precision=precision,
        rule=days.rule,
    )
