"""What is compared on a claim: the words of each role, and what some of them were read as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from dateline.evaluation.gold import GoldClaim, GoldDate, GoldHarm, GoldPlace, GoldSource
from dateline.evaluation.matching import alike, paired, same_division, same_words
from dateline.export.worded import figure
from dateline.records import Attribution, Claim, Harm, HarmState, PlaceMention, Span


class Role(NamedTuple):
    """A role: its values on a gold and on a coded claim, and when two of them are the same."""

    name: str
    gold: Callable[[GoldClaim], Sequence[Any]]
    coded: Callable[[Claim], Sequence[Any]]
    same: Callable[[Any, Any], bool]

    def pairs(self, gold: GoldClaim, coded: Claim) -> list[tuple[Any, Any]]:
        """The values that the two claims share."""
        return paired(self.gold(gold), self.coded(coded), self.same)


class Reading(NamedTuple):
    """What the words of a role were read as: compared where the words are shared and the gold has it."""

    name: str
    role: Role
    gold: Callable[[Any], str]
    coded: Callable[[Any], str]
    same: Callable[[str, Any], bool] | None = None  # the gold reading and the coded value; None: equal words

    def right(self, gold: Any, coded: Any) -> bool:
        """Whether the coded value was read as the gold has it."""
        if self.same:
            return self.same(self.gold(gold), coded)
        return self.gold(gold) == self.coded(coded)


def _words(gold: str, coded: Span) -> bool:
    return alike(gold, coded.text)


def _exact(gold: str, coded: Span) -> bool:
    return same_words(gold, coded.text)


def _text(gold: GoldPlace | GoldDate, coded: Span) -> bool:
    return alike(gold.text, coded.text)


def _kind(gold: GoldHarm, coded: Harm) -> bool:
    return gold.kind == coded.kind


def _toll(gold: GoldHarm, coded: Harm) -> bool:
    return (gold.kind, gold.min, gold.max) == (coded.kind, coded.min, coded.max)


def _speaker(gold: GoldSource, coded: Attribution) -> bool:
    return coded.who is not None and alike(gold.who, coded.who.text)


def _country(place: PlaceMention) -> str:
    return place.country_name or place.country or ""


def _interval(start: str | None, end: str | None) -> str:
    return f"{start or 'unknown'} to {end or 'unknown'}" if start or end else ""


PLACE = Role("place", lambda g: g.place, lambda c: c.places, _text)
DATE = Role("date", lambda g: g.date, lambda c: c.dates, _text)
HARM_KIND = Role("harm kind", lambda g: g.harm, lambda c: c.harm, _kind)
SOURCE = Role(
    "source",
    lambda g: [said for said in g.source if said.who],
    lambda c: [said for said in c.attribution if said.who],
    _speaker,
)

MAIN_ROLES = (
    Role("actor", lambda g: g.actor, lambda c: c.actors, _words),
    Role("target", lambda g: g.target, lambda c: c.targets, _words),
    Role("site", lambda g: g.site, lambda c: c.sites, _words),
    Role("weapon", lambda g: g.weapon, lambda c: c.weapons, _words),
    PLACE,
    DATE,
    Role("harm kind+numbers", lambda g: g.harm, lambda c: c.harm, _toll),
    SOURCE,
)
"""The roles as they are judged; each that is wrong is an error of its own."""

ROLES = (
    *MAIN_ROLES,
    Role("actor, exact", lambda g: g.actor, lambda c: c.actors, _exact),
    Role("target, exact", lambda g: g.target, lambda c: c.targets, _exact),
    HARM_KIND,
)
"""Every comparison of roles that is counted: the main ones, and some more strictly or more loosely."""

READINGS = (
    Reading(
        "place country",
        PLACE,
        lambda g: g.country or "",
        _country,
        lambda name, place: alike(name, _country(place)),
    ),
    Reading(
        "place admin1",
        PLACE,
        lambda g: g.admin1 or "",
        lambda c: c.admin1 or "",
        lambda name, place: same_division(name, place.admin1 or "", place.admin1_code or ""),
    ),
    Reading(
        "date interval",
        DATE,
        lambda g: _interval(g.start, g.end) if g.start else "",
        lambda c: _interval(c.from_, c.to),
    ),
    Reading("harm civilian", HARM_KIND, lambda g: g.civilian.value, lambda c: c.civilian.value),
    Reading("stance", SOURCE, lambda g: g.stance.value, lambda c: c.stance.value),
)


def spans_of(value: Any) -> list[Span]:
    """The spans that a coded value is made of."""
    if isinstance(value, Harm):
        return [span for span in (value.count, value.who) if span]
    if isinstance(value, Attribution):
        return [value.who] if value.who else []
    return [value]


def words_of(value: Any) -> list[str]:
    """The words of the report that a gold or coded value is made of."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, GoldPlace | GoldDate):
        return [value.text]
    if isinstance(value, GoldSource):
        return [value.who]
    if isinstance(value, GoldHarm):
        return [words for words in (value.count, value.who) if words]
    return [span.text for span in spans_of(value)]


def shown(value: Any) -> str:
    """A gold or coded value as a reader is shown it: its words, and of harm its kind and bounds too."""
    words = " ".join(words_of(value))
    if isinstance(value, GoldHarm | Harm):
        state = value.state if isinstance(value, Harm) else HarmState.STATED
        return f"{value.kind}: {figure(state, value.min, value.max)} ({words})"
    return words
