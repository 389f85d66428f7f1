"""The head of the page: what the events are of, and the figures, each with the rule it was made by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dateline.export.counted import number
from dateline.export.sentences import listing, when
from dateline.export.worded import figure, standing
from dateline.records import Event, HarmState, Interval, Toll

COUNTRIES = 3
"""Countries that the subtitle names; of more it says how many there are."""


class Headline(NamedTuple):
    """A figure at the head of the page: its name, its value, and the rule it was made by."""

    name: str
    value: str
    rule: str


def subtitle(events: Sequence[Event], coverage: Mapping[str, int]) -> str:
    """Where, and from what days' reports: "Syria and Turkey; reports published between … and …"."""
    places = Counter(
        event.place.country_name or event.place.country
        for event in events
        if event.place and not standing(event)
    )
    countries = [name for name, _ in sorted(places.items(), key=lambda item: (-item[1], item[0] or ""))]
    days = sorted(coverage)
    parts = [
        listing(countries, COUNTRIES),
        f"reports published {when(Interval(from_=days[0], to=days[-1]))}" if days else "",
    ]
    told = "; ".join(filter(None, parts))
    return told[:1].upper() + told[1:]


def figures(
    events: Sequence[Event], reports: int, outcomes: Mapping[str, int] | None = None
) -> list[Headline]:
    """The figures at the head of the page: events counted, killed, injured, reports.

    ``outcomes``: inputs by how they ended.
    """
    counted = [event for event in events if not standing(event)]
    first = [standing(event)[0] for event in events if standing(event)]
    repeated, background = first.count("repeated"), first.count("background")
    apart = [
        f"{n:,} {name}"
        for n, name in (
            (len(first) - repeated - background, "planned, possible, prevented or denied"),
            (repeated, "repeated or summed"),
            (background, "background"),
        )
        if n
    ]
    outlets = {outlet for event in events for outlet in event.outlets}
    inputs = sorted((outcomes or {}).items(), key=lambda item: (-item[1], item[0]))
    rules = []
    if not any(event.audience == "public" for event in events):  # there all outlets of no list have one name
        rules.append(f"Events rest on {number(len(outlets), 'outlet')}.")
    if inputs:
        ended = ", ".join(f"{n:,} {name}" for name, n in inputs)
        rules.append(f"Inputs: {sum(n for _, n in inputs):,} ({ended}).")
    return [
        Headline(
            "Events",
            f"{len(counted):,}",
            "Single incidents told as having happened, not background. "
            + ("Kept apart: " + ", ".join(apart) + "." if apart else "None kept apart."),
        ),
        _people("Killed", "deaths", counted, [event.killed for event in counted]),
        _people("Injured", "injuries", counted, [event.injured for event in counted]),
        Headline("Reports", f"{reports:,}", " ".join(rules)),
    ]


def _people(name: str, harms: str, counted: Sequence[Event], told: Sequence[Toll | None]) -> Headline:
    tolls = [toll for toll in told if toll is not None]
    silent = f"{len(counted) - len(tolls):,} of {len(counted):,} events say nothing of {harms}."
    if not tolls:
        return Headline(name, "not stated", silent)
    low = sum(toll.min or 0 for toll in tolls)
    highs = [toll.max for toll in tolls if toll.max is not None]
    unbounded = len(tolls) - len(highs)
    rule = "As reported, lower bounds added up"
    if unbounded:
        rule += f"; {unbounded:,} of {len(tolls):,} give no upper bound. "
    else:
        rule += ", to upper bounds added up. "
    civilians = sum(toll.civilians.min or 0 for toll in tolls)
    told_as = f"At least {civilians:,} told as civilians. " if civilians else ""
    value = figure(HarmState.STATED, low, None if unbounded else sum(highs))
    return Headline(name, value, rule + told_as + silent)
