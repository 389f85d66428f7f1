"""What a rule is, and the reader that holds words against the rules in order.

A rule is a pattern for the whole of plain words and a function from its match to days. Rules that wrap an
expression ("since X", "early X", "X morning") have the reader read the inner one by the same grammar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from dateline.records import Interval
from dateline.world.dates.intervals import DAY, OPEN, RANGE, Days, shifted
from dateline.world.dates.words import LEAD, NEAR_DAYS

AHEAD = timedelta(days=30)
"""A day without a year may lie this far after publication before the year before is meant: "on Jan. 14" in a
report of 6 January is next week, though no verb says so."""
PAST_AHEAD = timedelta(days=3)
"""The same where the act is past, for reports dated a little too early, and of a month without a year: "in
March" in a report of February is most often last year's."""

Rule = Callable[["Reader", re.Match[str], str], Days | None]
"""From the reader, the match and the small words before it to days; None when it does not apply after all."""
Grammar = list[tuple[re.Pattern[str], Rule]]


def adding_to(grammar: Grammar) -> Callable[..., Callable[[Rule], Rule]]:
    """Return a decorator that adds a rule by each of its patterns; order of definition is order of trial."""

    def rule(*patterns: str) -> Callable[[Rule], Rule]:
        def add(function: Rule) -> Rule:
            grammar.extend((re.compile(p), function) for p in patterns)
            return function

        return add

    return rule


class Rules:
    """The rules of a grammar in order, and which of them fit given words: patterns are held to them once."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = tuple(grammar)
        self.fitting = lru_cache(maxsize=8192)(self._fitting)

    def _fitting(self, text: str) -> tuple[tuple[re.Match[str], Rule], ...]:
        found = ((pattern.fullmatch(text), rule) for pattern, rule in self._grammar)
        return tuple((match, rule) for match, rule in found if match)


class NeedsPublicationError(Exception):
    """Relative words, and no day of publication to read them against."""


class Reader:
    """What words are read against: the day of publication, the tense, the day told of before."""

    def __init__(
        self, published: date | None, future: bool, past: bool, anchor: Interval | None, rules: Rules
    ) -> None:
        self.published = published
        self.future = future
        self.past = past
        self.anchor = anchor
        self.rules = rules
        self.seen: dict[str, Days | None] = {}

    @property
    def today(self) -> date:
        """The day of publication."""
        if self.published is None:
            raise NeedsPublicationError
        return self.published

    def back_from(self, day: date | None) -> Reader:
        """A reader of what was past on ``day``."""
        return Reader(day, False, True, self.anchor, self.rules)

    def read(self, text: str) -> Days | None:
        """Plain ``text`` by the first rule that reads it; None when none does."""
        if text not in self.seen:
            self.seen[text] = None
            self.seen[text] = self._by_rule(text)
        return self.seen[text]

    def dated(self, text: str) -> Days | None:
        """Like :meth:`read`, but None unless the words give a first day."""
        days = self.read(text)
        return days if days is not None and days.start is not None else None

    def _by_rule(self, text: str) -> Days | None:
        cut = LEAD.match(text)
        lead = cut[0] if cut else ""
        rest = text[len(lead) :]
        if near := NEAR_DAYS.get(rest) or NEAR_DAYS.get(rest.removesuffix("s")):
            return self.near(*near)
        for match, rule in self.rules.fitting(rest):
            if (days := rule(self, match, lead)) is not None:
                return days
        return None

    # ------------------------------------------------------------ days relative to publication

    def near(self, first: int, last: int) -> Days:
        """From ``first`` to ``last`` days from publication."""
        start, end = self.today + timedelta(days=first), self.today + timedelta(days=last)
        return Days(start, end, DAY if first == last else RANGE, "relative to publication")

    def rolling(self, number: float, unit: str, ahead: bool = False) -> Days:
        """The last (or next) ``number`` units up to (or from) publication."""
        other = shifted(self.today, number if ahead else -number, unit)
        if ahead:
            return Days(self.today, other, RANGE, "from publication on")
        return Days(other, self.today, RANGE, "up to publication")

    def so_far(self) -> Days:
        """Up to publication, since when is not said."""
        return Days(None, self.today, OPEN, "up to publication, start not said")

    def from_now(self) -> Days:
        """From publication on, until when is not said."""
        return Days(self.today, None, OPEN, "from publication on, end not said")

    def nearest(self, month: int, day: int) -> date | None:
        """The day without a year: not more than AHEAD (PAST_AHEAD) after publication, or the coming one."""
        ahead = PAST_AHEAD if self.past else AHEAD
        this = self.today.year
        years = range(this, this + 9) if self.future else range(this + 1, this - 9, -1)
        for year in years:
            if day <= monthrange(year, month)[1]:
                found = date(year, month, day)
                if (found >= self.today) if self.future else (found <= self.today + ahead):
                    return found
        return None

    def anchored(self) -> tuple[date, date] | None:
        """First and last day of what was told of before, where given."""
        if self.anchor is None or self.anchor.from_ is None:
            return None
        start = date.fromisoformat(self.anchor.from_)
        return start, date.fromisoformat(self.anchor.to) if self.anchor.to else start

    def year(self, words: str | None) -> int | None:
        """The year that "2014", "last year", "that year" mean; None when not known."""
        if words is None:
            return None
        if words.isdigit():
            return int(words)
        if words.startswith(("that", "same", "the same")):
            days = self.anchored()
            return days[0].year if days else None
        return self.today.year + {"last": -1, "this": 0, "next": 1}[words.split()[0]]
