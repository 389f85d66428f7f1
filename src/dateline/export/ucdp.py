"""Events in the shape of UCDP GED: its 49 columns in their order (``data/ucdp.toml``).

UCDP's rule of inclusion holds: an event has a row when an account gives at least one dead, in its best, high
or low figure. What that leaves out is in the notes. Ids of conflicts, dyads and sides are UCDP's to give and
stay empty. Only events that count (:mod:`~dateline.export.counted`) are considered.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from dateline import codebook
from dateline.export.counted import counted, left_out, number
from dateline.export.dataset import Audience, Dataset
from dateline.export.deaths import Deaths, deaths
from dateline.export.folder import write_rows
from dateline.export.intervals import Days, days
from dateline.export.sentences import listing, named
from dateline.export.tables import country, table
from dateline.records import Actor, ActorKind, Event, EventType, Place, Report

_OF_STATES = frozenset({ActorKind.STATE_FORCES, ActorKind.POLICE, ActorKind.STATE})
# Sides of PRIO-GRID's cells in degrees, and cells in a row (Tollefsen, Strand and Buhaug 2012).
_CELL = 0.5
_COLUMNS = 720


class _Fatal(NamedTuple):
    event: Event
    deaths: Deaths
    days: Days | None


def columns() -> tuple[str, ...]:
    """The 49 column names, in order."""
    return tuple(table("ucdp")["columns"])


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the rows to ``path`` and return what was left out and approximated.

    Where the dataset has claims, the dead are laid to sides by them; where it has reports (internal), the
    dates and headlines of the sources are given.
    """
    kept, notes = counted(dataset.events)
    claims = {claim.claim_id: claim for claim in dataset.claims}
    reports = {report.id: report for report in dataset.reports}
    fatal: list[_Fatal] = []
    bloodless: list[str] = []
    for event in kept:
        toll = deaths(event.killed, [claims[c] for c in event.claims if c in claims])
        if toll and (toll.best or toll.high or toll.low):
            fatal.append(_Fatal(event, _in_order(event, toll), days(event.date)))
        else:
            bloodless.append(event.event_id)
    rows = (_row(one, reports, dataset.audience) for one in fatal)
    write_rows(path, [columns()], ([row.get(name) for name in columns()] for row in rows))
    if bloodless:
        notes.append(left_out(bloodless, "without a reported death (UCDP's rule of inclusion)"))
    return (*notes, *_notes(fatal))


def _row(one: _Fatal, reports: Mapping[str, Report], audience: Audience) -> dict[str, object]:
    event, toll, when = one
    side_a, side_b = _sides(event)
    name_a, name_b = (listing(a.name for a in named(side)) or None for side in (side_a, side_b))
    return {
        "id": _number_of(event.event_id),
        "relid": event.event_id,
        "year": when.first.year if when else None,
        "code_status": f"{table('ucdp')['code_status']}; {audience.value}",
        "type_of_violence": type_of_violence(event),
        "dyad_name": f"{name_a} - {name_b}" if name_a and name_b else None,
        "side_a": name_a,
        "side_b": name_b,
        **_sources(event, reports),
        **_where(event.place),
        "event_clarity": event_clarity(event, when),
        "date_prec": date_prec(when) if when else None,
        "date_start": when.first.isoformat() if when else None,
        "date_end": when.last.isoformat() if when else None,
        "deaths_a": toll.a,
        "deaths_b": toll.b,
        "deaths_civilians": toll.civilians,
        "deaths_unknown": toll.unknown,
        "best": toll.best,
        "high": toll.high,
        "low": toll.low,
        "gwnoa": _gwno(side_a),
        "gwnob": _gwno(side_b),
    }


def type_of_violence(event: Event) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided, by the kinds of both sides; None where a side is unknown."""
    return codebook.ucdp_type_of_violence((a.kind for a in event.actors), (t.kind for t in event.targets))


def date_prec(when: Days) -> int:
    """UCDP's code: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 more, or one end is unknown."""
    if when.open:
        return 5
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if when.length <= most), 5)


def event_clarity(event: Event, when: Days | None) -> int:
    """1 one incident on one day; 2 less clear: over several days, or deaths without the act behind them."""
    clear = when is not None and when.length == 1 and not when.open and event.type is not EventType.KILLING
    return 1 if clear else 2


def priogrid_gid(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell of half a degree that a point lies in, from 1 in the south-west.

    >>> priogrid_gid(34.53, 69.17)  # Kabul
    179779
    """
    row = min(math.floor((lat + 90) / _CELL), round(180 / _CELL) - 1)
    column = min(math.floor((lon + 180) / _CELL), _COLUMNS - 1)
    return row * _COLUMNS + column + 1


def _sides(event: Event) -> tuple[Sequence[Actor], Sequence[Actor]]:
    """UCDP's sides: in state-based violence the state is side A."""
    return (event.targets, event.actors) if _turned(event) else (event.actors, event.targets)


def _turned(event: Event) -> bool:
    state = [any(a.kind in _OF_STATES for a in side) for side in (event.actors, event.targets)]
    return type_of_violence(event) == 1 and state == [False, True]


def _in_order(event: Event, toll: Deaths) -> Deaths:
    if not _turned(event):
        return toll
    return Deaths(toll.b, toll.a, toll.civilians, toll.unknown, toll.high, toll.low, toll.open)


def _sources(event: Event, reports: Mapping[str, Report]) -> dict[str, object]:
    found = [reports[r] for r in event.reports if r in reports]
    said = [a.speaker for a in event.killed.accounts if a.speaker] if event.killed else []
    return {
        "number_of_sources": len(event.reports) or len(event.outlets) or event.origins,
        "source_article": _joined(f"{r.outlet or ''},{r.published or ''},{r.title or ''}" for r in found),
        "source_office": _joined(event.outlets),
        "source_date": _joined(r.published or "" for r in found),
        "source_headline": _joined(r.title or "" for r in found),
        "source_original": _joined(dict.fromkeys(said)),
    }


def _joined(values: Iterable[str]) -> tuple[str, ...] | None:
    """Values for one cell, None where there is nothing in any of them."""
    listed = tuple(values)
    return listed if any(value.strip(",") for value in listed) else None


def _where(place: Place | None) -> dict[str, object]:
    if place is None:
        return {}
    codes = country(place.country)
    point: dict[str, object] = {}
    if place.lat is not None and place.lon is not None:
        point = {
            "latitude": place.lat,
            "longitude": place.lon,
            "geom_wkt": f"POINT ({place.lon} {place.lat})",
            "priogrid_gid": priogrid_gid(place.lat, place.lon),
        }
    names = (place.name, place.admin2, place.admin1, place.country_name)
    return point | {
        "where_prec": table("ucdp")["where_prec"][place.precision.value] if place.precision else None,
        "where_coordinates": place.name or place.country_name,
        "where_description": ", ".join(dict.fromkeys(name for name in names if name)) or None,
        "adm_1": place.admin1,
        "adm_2": place.admin2,
        "country": place.country_name,
        "country_id": int(codes.gw) if codes.gw else None,
        "region": codes.ucdp_region or None,
    }


def _gwno(side: Sequence[Actor]) -> int | None:
    """Gleditsch and Ward's number of the first state on a side."""
    gw = next((country(a.country).gw for a in side if a.kind in _OF_STATES and country(a.country).gw), "")
    return int(gw) if gw else None


def _number_of(event_id: str) -> int | None:
    """UCDP's ids are integers: the number that our id's hexadecimal digits write (below 2 to the 48th)."""
    try:
        return int(event_id.removeprefix("e"), 16)
    except ValueError:
        return None


def _notes(fatal: Sequence[_Fatal]) -> list[str]:
    notes = []

    def note(found: list[Event], what: str) -> None:
        if found:
            notes.append(f"{number(len(found), 'event')} {what}")

    note([f.event for f in fatal if f.deaths.open], "with no upper bound: high is the highest number given.")
    note(
        [f.event for f in fatal if f.event.killed and f.event.killed.best is None],
        "with no figure chosen to show: best is the lowest number given, 0 where there is none.",
    )
    note(
        [f.event for f in fatal if type_of_violence(f.event) is None],
        "without type_of_violence: a side is unknown.",
    )
    note([f.event for f in fatal if f.days and f.days.open], "dated by one end only: date_prec is 5.")
    note([f.event for f in fatal if f.days is None], "without a date: year and dates are empty.")
    note([f.event for f in fatal if f.event.place is None], "without a place: it is empty.")
    notes.append(
        "In UCDP's shape, not UCDP's data: ids of conflicts, dyads and sides and active_year are empty; id "
        "is the number that the hexadecimal digits of Dateline's id (relid) write. best, high and low are "
        "reported figures, no interval of confidence. Fighters whose side no account tells are in "
        "deaths_unknown."
    )
    return notes
