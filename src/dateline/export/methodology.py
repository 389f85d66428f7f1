"""The methodology sheet beside every export, generated from what ran.

Every Casualty asks for five areas (``having-a-transparent-methodology``): sources, collection, evaluation,
corroboration, quality control, with definitions and what is in and out. A public sheet is made of closed
terms like the file it belongs to.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dateline.codebook import terms, types
from dateline.export.counted import number
from dateline.export.dataset import Audience, Dataset
from dateline.export.disclosing import LEVELS
from dateline.export.filters import Selection
from dateline.export.tables import damaged, table
from dateline.records import Event, HarmKind, Outcome, PlacePrecision, Report, Scope, Status

GAP_DAYS = 7
"""So many days without a report are told as a gap in coverage."""
MOST_GAPS = 20
MOST_PATHS = 200
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Ran:
    """What stands behind an export: all of the run, and how it was told to choose from it."""

    events: Sequence[Event]
    reports: Sequence[Report]
    outcomes: Sequence[Outcome]
    selection: Selection
    outlets: Mapping[str, str]
    """Outlets by the name the reports give, to the name that this sheet may show."""
    notes: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    accepted: str | None = None
    coarsened_to: str = "admin2"
    """The level at which the rules show sensitive places: admin2, admin1 or country."""


def sheet(dataset: Dataset, ran: Ran, format_name: str, title: str) -> str:
    """The sheet in Markdown for a file that holds ``dataset``."""
    internal = dataset.audience is Audience.INTERNAL
    lines = [f"# Methodology: {title}", ""]
    if internal:
        lines += ["**Internal: names people, outlets and files. Not to be handed on.**", ""]
    else:
        lines += [
            "For the public: made of closed vocabularies, without words of reports. What was held back "
            "stands in the disclosure report beside this sheet.",
            "",
        ]
    lines += _holds(dataset, ran, format_name)
    lines += _sources(ran)
    lines += _collection(dataset, ran, internal)
    lines += _made(dataset)
    lines += [] if internal else _coarsened(dataset, ran)
    lines += _left_out(ran)
    lines += _gaps(ran)
    lines += _errors()
    lines += ["## Versions", "", *(f"- {part}: {what}" for part, what in dataset.versions.items())]
    lines += ["- as installed when this sheet was written; code and export with one installation", ""]
    return "\n".join(lines)


def _holds(dataset: Dataset, ran: Ran, format_name: str) -> list[str]:
    events = dataset.events
    days = sorted(d for e in events for d in (e.date.from_, e.date.to) if d)
    lines = [
        "## What it holds",
        "",
        f"- {len(events):,} of {len(ran.events):,} events of the run, as {format_name}",
    ]
    if days:
        lines.append(f"- events from {days[0]} to {days[-1]}")
    undated = sum(e.date.from_ is None and e.date.to is None for e in events)
    unplaced = sum(e.place is None for e in events)
    lines.append(f"- {undated:,} without any date, {unplaced:,} without any place: not known, never guessed")
    lines.append(f"- chosen by: {'; '.join(ran.filters) or 'nothing: every event'}")
    lines += [f"- {note}" for note in ran.notes]
    if ran.accepted:
        lines.append(f"- risk accepted, with this reason: {ran.accepted}")
    counts = Counter(e.type for e in events)
    lines += ["", "| type | events | definition |", "|---|---|---|"]
    lines += [f"| {kind.value} | {n:,} | {types()[kind].definition} |" for kind, n in counts.most_common()]
    return [*lines, ""]


def _sources(ran: Ran) -> list[str]:
    days = sorted(report.published[:10] for report in ran.reports if report.published)
    undated = sum(report.published is None for report in ran.reports)
    lines = ["## Sources", "", f"- {len(ran.reports):,} reports read"]
    if days:
        lines.append(f"- published from {days[0]} to {days[-1]}; {undated:,} without a date of publication")
    shown: dict[str, list[str]] = {}
    number: Counter[str] = Counter()
    for report in ran.reports:
        name = ran.outlets.get(report.outlet or "", "no outlet told")
        number[name] += 1
        shown.setdefault(name, []).extend([report.published[:10]] if report.published else [])
    lines += ["", "| outlet | reports | first | last |", "|---|---|---|---|"]
    for name, n in sorted(number.items(), key=lambda item: (-item[1], item[0])):
        dates = sorted(shown[name])
        first, last = (dates[0], dates[-1]) if dates else ("—", "—")
        lines.append(f"| {_cell(name)} | {n:,} | {first} | {last} |")
    return [*lines, ""]


def _collection(dataset: Dataset, ran: Ran, internal: bool) -> list[str]:
    lines = ["## How the inputs ended", "", "| outcome | inputs |", "|---|---|"]
    lines += [f"| {name} | {n:,} |" for name, n in sorted(dataset.counts.items())] or [
        "| not on record | — |"
    ]
    lines.append("")
    if internal:
        failed = [o for o in ran.outcomes if o.outcome.is_error]
        lines += [f"- `{_cell(o.path)}`: {o.outcome.value}: {_cell(o.reason)}" for o in failed[:MOST_PATHS]]
        lines += (
            [f"- and {len(failed) - MOST_PATHS:,} more in outcomes.csv"] if len(failed) > MOST_PATHS else []
        )
        lines += [""] if failed else []
    return lines


def _made(dataset: Dataset) -> list[str]:
    events = dataset.events
    lines = ["## How values are made", ""]
    lines.append(
        "A neural tagger marks words of a report and writes none; rules make the values from these words."
    )
    lines.append(
        "Accounts that disagree stand side by side; a shown figure is one that somebody gave, never a mean."
    )
    lines.append("From the lowest to the highest figure is the **reported range**, no confidence interval.")
    lines.append("")
    rules = Counter(
        _NUMBER.sub("n", toll.rule) for e in events for kind in HarmKind if (toll := getattr(e, kind.value))
    )
    lines += ["| rule that chose a figure | times |", "|---|---|"]
    lines += [f"| {_cell(rule)} | {n:,} |" for rule, n in rules.most_common()] or ["| none | 0 |"]
    dates = Counter(e.date.rule or "no date" for e in events)
    told = {"stated": "words of the reports", "report_bound": "not dated: its end is the first publication"}
    lines += ["", "| date from | events |", "|---|---|"]
    lines += [f"| {told.get(rule, rule)} | {n:,} |" for rule, n in dates.most_common()]
    precisions = Counter(e.place.precision.value if e.place and e.place.precision else "none" for e in events)
    lines += ["", "| place known to | events | |", "|---|---|---|"]
    meant = terms()["precision_place"]
    lines += [f"| {one} | {n:,} | {meant.get(one, 'not known')} |" for one, n in precisions.most_common()]
    grades = Counter(e.grade.value if e.grade else "none" for e in events)
    lines += ["", "| grade | events | proposed by rule where |", "|---|---|---|"]
    meant = terms()["grade"]
    lines += [f"| {g} | {n:,} | {meant.get(g, 'the rule has no say')} |" for g, n in grades.most_common()]
    lines += ["", "Grades are modelled on Airwars' definitions and are not their judgement.", ""]
    return lines


def _coarsened(dataset: Dataset, ran: Ran) -> list[str]:
    """At what level sensitive places are shown: wider than asked for where no such division is known."""
    rule = table("vocabulary")["place_rules"]["coarsened"]
    at = Counter(e.place.precision for e in dataset.events if e.place and e.place.rule == rule)
    told = [f"{number(at[one], 'event')} as {LEVELS[one]}" for one in PlacePrecision if at[one]]
    told += [f"{number(at[None], 'event')} without any place"] if at[None] else []
    level = LEVELS[ran.coarsened_to]
    wider = (
        "" if level == "country" else f", or as the next wider division where the gazetteer knows no {level}"
    )
    shown = ", ".join(told) or "none in this file"
    return [f"Sensitive places are shown as their {level}{wider}, without coordinates: {shown}.", ""]


def _left_out(ran: Ran) -> list[str]:
    out = [event for event in ran.events if not ran.selection(event)]
    lines = ["## Events left out, and why", ""]
    why: Counter[str] = Counter()
    for event in out:
        if event.status is not Status.HAPPENED:
            why[f"told as {event.status.value}, not as having happened"] += 1
        elif event.scope is not Scope.SINGLE:
            why["several incidents summed, not one"] += 1
        elif event.old:
            why["told as background, not as news"] += 1
        else:
            why["the filters"] += 1
    lines += [f"- {words}: {n:,}" for words, n in why.most_common()] or ["- no event of the run"]
    return [*lines, ""]


def _gaps(ran: Ran) -> list[str]:
    lines = ["## Gaps in coverage", ""]
    found = list(gaps(report.published for report in ran.reports))
    for first, last, days in found[:MOST_GAPS]:
        lines.append(f"- {first} to {last}: no report published in {days} days")
    if len(found) > MOST_GAPS:
        lines.append(f"- and {len(found) - MOST_GAPS} more")
    if not found:
        lines.append(f"- no {GAP_DAYS} days in a row without a report between the first and the last")
    lines.append(
        "- an outlet that begins or ends within the period (see Sources) makes a rise or fall of its own"
    )
    lines.append("- what no report tells is not here; English reports only")
    return [*lines, ""]


def gaps(published: Iterable[str | None]) -> Iterator[tuple[str, str, int]]:
    """First and last day, and number, of the days in a row without a report, from GAP_DAYS on."""
    days = sorted({datetime.date.fromisoformat(day[:10]) for day in published if day})
    for one, two in pairwise(days):
        missing = (two - one).days - 1
        if missing >= GAP_DAYS:
            first, last = one + datetime.timedelta(1), two - datetime.timedelta(1)
            yield first.isoformat(), last.isoformat(), missing


def _errors() -> list[str]:
    lines = [
        "## Known error rates",
        "",
        "Held against readings by language models; no human gold exists.",
        "",
    ]
    lines += ["| what | figure | 95 % | of | data | command | date |", "|---|---|---|---|---|---|---|"]
    for rate in _rates():
        interval = f"{rate['low']:.3f}–{rate['high']:.3f}" if "low" in rate else "—"
        cells = [rate["what"], f"{rate['figure']:.3f}", interval, f"{rate['of']:,}"]
        cells += [rate["data"], f"`{rate['command']}`", rate["date"]]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _rates() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] | None = table("error_rates").get("rate")
    if found is None:
        raise damaged("error_rates.toml", "it has no rates")
    return found


def _cell(text: str) -> str:
    """Words of others inside a Markdown table: no pipe, no line end, no markup."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return re.sub(r"([|`<>\[\]*_\\])", r"\\\1", plain)
