"""An event as one plain sentence with its speakers, from its fields alone: never from report text.

Wording: ``export/data/sentences.toml``. Where an event's names are of closed vocabularies, as in a public
dataset, so is the sentence.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence

from dateline.export.intervals import day
from dateline.export.tables import table
from dateline.records import (
    Actor,
    ActorKind,
    Event,
    HarmState,
    Interval,
    Place,
    PlacePrecision,
    Scope,
    Status,
    Toll,
)

NAMED = 3
"""Names that a sentence lists of one kind; of more it says how many there are."""

_TOLLS = ("injured", "displaced", "detained", "abducted", "missing", "trapped")
# Control characters and the marks that turn the reading order of what follows them (bidirectional controls).
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def sentence(event: Event) -> str:
    """What is said to have happened, to how many, according to whom; one line, a full stop at its end.

    "On 8 June 2017 an air strike by US-led Coalition in Ar Raqqah, Syria, reportedly killed 17 or more
    people, according to Levant Wire; 15 were reported injured."
    """
    act = " ".join(part for part in (when(event.date), _act(event), where(event.place)) if part)
    # A comma closes what the comma before the country opened.
    act += "," if "," in where(event.place) else ""
    said = f"{act} {_outcome(event)}{_according(event)}"
    return _capital("; ".join([said, *_further(event)])) + "."


def when(date: Interval) -> str:
    """The date in words: "on 8 June 2017", "in June 2017", "by 9 June 2017", "on an unknown date"."""
    first, last = day(date.from_), day(date.to)
    if first and last:
        if first == last:
            return f"on {_words(first)}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return f"in {first.year}"
        month = (first.year, first.month) == (last.year, last.month) and first.day == 1
        if month and last.day == monthrange(last.year, last.month)[1]:
            return f"in {_MONTHS[first.month - 1]} {first.year}"
        return f"between {_words(first)} and {_words(last)}"
    if last:
        return f"by {_words(last)}"
    return f"from {_words(first)} on" if first else "on an unknown date"


def where(place: Place | None) -> str:
    """The place in words, with its country; "" where none is known."""
    if place is None or not (place.name or place.country_name):
        return ""
    names = [plain(name) for name in (place.name, place.country_name) if name]
    form = table("sentences")["place"][(place.precision or PlacePrecision.SETTLEMENT).value]
    return str(form).format_map({"place": ", ".join(dict.fromkeys(names))})


def people(toll: Toll) -> str:
    """How many, in words: "17 or more people", "1 person", "an unstated number of people"."""
    number = _number(toll.min, toll.max)
    if number == "some":
        return "an unstated number of people"
    return "1 person" if number == "1" else f"{number} people"


def listing(names: Iterable[str | None], upto: int = NAMED) -> str:
    """Names in a row: "A", "A and B", "A, B, C and 2 others"; each once, none of the empty ones."""
    known = list(dict.fromkeys(plain(name) for name in names if name and plain(name)))
    more = len(known) - upto
    if more > 0:
        known[upto:] = [f"{more} other" if more == 1 else f"{more} others"]
    return known[0] if len(known) == 1 else " and ".join([", ".join(known[:-1]), known[-1]]) if known else ""


def named(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those of a side who have a name that names somebody: not "not identified", "the group" or "they"."""
    return tuple(actor for actor in actors if actor.name and not _names_nobody(actor.name))


def _names_nobody(name: str) -> bool:
    """Whether a whole name is a pronoun or another word for nobody in particular; "WHO" is a body."""
    words, word = table("sentences"), name.strip()
    if word.casefold() in words["nameless"]:
        return True
    return word.casefold() in words["pronouns"] and not (len(word) > 1 and word.isupper())


def plain(name: str) -> str:
    """A name that stays one name in a line: no line ends, no control or direction marks."""
    return " ".join(_UNPRINTABLE.sub(" ", name).split())


def _act(event: Event) -> str:
    words = table("sentences")["acts"][event.type.value]
    names = {"actors": _names(event.actors), "targets": _names(_hit(event))}
    if names["actors"] and names["targets"] and "both" in words:
        sides = words["both"]
    else:
        sides = (words["by"] if names["actors"] else "") + (words["on"] if names["targets"] else "")
    return str(words["one" if event.scope is Scope.SINGLE else "many"] + sides.format_map(names))


def _hit(event: Event) -> tuple[Actor, ...]:
    """The targets that the act can be said to be done to: nobody executes tanks."""
    things = table("sentences")["things"]
    if event.type.value in things["may_hit"]:
        return event.targets
    return tuple(
        target
        for target in event.targets
        if target.kind is not ActorKind.UNKNOWN
        or not target.name
        or (target.name.split() or [""])[-1].casefold() not in things["words"]
    )


def _outcome(event: Event) -> str:
    words = table("sentences")
    if event.killed and _kills(event):
        return f"reportedly killed {people(event.killed)}"
    one = event.scope is Scope.SINGLE or event.type.value in words["verbs"]["always_one"]
    return f"{words['verbs']['one' if one else 'many']} {words['status'][event.status.value]}"


def _kills(event: Event) -> bool:
    """Whether the sentence says that the act killed: an agreement beside which people died did not."""
    violent = event.type.value in table("sentences")["verbs"]["kills"]
    stated = event.killed is not None and event.killed.state is HarmState.STATED
    return event.status is Status.HAPPENED and violent and stated


def _civilians(toll: Toll) -> str | None:
    """How many of the dead are told as civilians; accounts may give more of them than others give dead."""
    low, high = toll.civilians.min, toll.civilians.max
    if not low and not high:
        return None
    number = "all" if (low, high) == (toll.min, toll.max) else _number(low, high)
    return f"{number} {'was' if number == '1' else 'were'} told as civilians"


def _according(event: Event) -> str:
    """Who says it: of the first toll with such a one, speakers who are somebody; else the outlets alone."""
    tolls = (event.killed, *(getattr(event, name) for name in _TOLLS))
    told = ([a.speaker for a in t.accounts if a.speaker and not _names_nobody(a.speaker)] for t in tolls if t)
    speakers, outlets = listing(next(filter(None, told), ())), listing(event.outlets)
    if speakers and outlets and speakers != outlets:
        return f", according to {speakers} as told by {outlets}"
    return f", according to {speakers or outlets}" if speakers or outlets else ""


def _further(event: Event) -> list[str]:
    """What is said of the tolls that the main clause does not tell."""
    parts = []
    killed = event.killed
    if killed and killed.state is HarmState.STATED:
        if not _kills(event):
            how = "reported killed" if event.status is Status.HAPPENED else "spoken of as killed"
            parts.append(f"{people(killed)} were {how}")
        parts += [said for said in [_civilians(killed)] if said]
    for name in ("killed", *_TOLLS):
        toll: Toll | None = getattr(event, name)
        if toll is None or (name == "killed" and toll.state is HarmState.STATED):
            continue
        if toll.state is HarmState.NONE:
            parts.append(f"none were reported {name}")
        elif toll.state is HarmState.UNKNOWN:
            parts.append(f"how many were {name} was said to be unknown")
        else:
            number = _number(toll.min, toll.max)
            parts.append(f"{number} {'was' if number == '1' else 'were'} reported {name}")
    return parts


def _names(actors: Sequence[Actor]) -> str:
    return listing(actor.name for actor in named(actors))


def _number(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "some"
    if high is None:
        return f"{low:,} or more"
    if not low and high:
        return f"up to {high:,}"
    return f"{high:,}" if low == high else f"{low:,} to {high:,}"


def _words(of: datetime.date) -> str:
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Not strftime, which speaks the language of the machine.
_MONTHS = "January February March April May June July August September October November December".split()
