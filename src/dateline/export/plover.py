"""Events as PLOVER 0.8 records, one JSON object a line (``data/plover.toml`` and the codebook's crosswalk).

One line an event: PLOVER's ``actor``, ``recipient``, ``event`` and ``mode`` are lists, so an event with
several of them stays one record. In two-sided fighting both sides are ``actor``, as the manual has it.
Every event that PLOVER has a type for and that has a date is written, with the manual's auxiliary modes for
what did not happen or is background. PLOVER has no field for speakers or for conflicting figures:
``comment`` tells them in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dateline import codebook
from dateline.export.counted import left_out, number
from dateline.export.dataset import Dataset
from dateline.export.folder import whole
from dateline.export.intervals import Days, days
from dateline.export.sentences import sentence
from dateline.export.tables import country, table
from dateline.records import Actor, ActorKind, Event, EventType, HarmState, Place, Scope, Toll

_TWO_SIDED = frozenset({EventType.CLASH})


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the records to ``path`` and return what was left out and what PLOVER cannot hold."""
    left: dict[str, list[str]] = {}
    summed = filled = written = 0
    with whole(path) as file:
        for event in dataset.events:
            when, types = days(event.date), _types(event)
            if when is None or not types:
                why = "without a date" if types else "of a type that PLOVER has not"
                left.setdefault(why, []).append(event.event_id)
                continue
            record = _record(event, when, types, dataset)
            file.write(msgspec.json.encode(record) + b"\n")
            written += 1
            summed += event.scope is Scope.REPEATED
            filled += _UNKNOWN in (*record["actor"], *record["recipient"])
    notes = [left_out(ids, why) for why, ids in sorted(left.items())]
    if summed:
        notes.append(
            f"{number(summed, 'record')} sum several incidents, which PLOVER has no word for: see comment."
        )
    if filled:
        notes.append(f"{number(filled, 'record')} with an actor or a recipient nobody names: sector UNK.")
    if written:
        notes.append(
            "size holds the lowest number reported. date is the first day an act may fall on, enddate the "
            "last. Contexts are not coded."
        )
    return tuple(notes)


_UNKNOWN: dict[str, str] = {"code": "", "sector": "UNK", "entity_text": ""}


def _record(event: Event, when: Days, types: Sequence[EventType], dataset: Dataset) -> dict[str, Any]:
    names = list(dict.fromkeys(codebook.types()[t].plover.event for t in types))
    main = table("plover")["events"][names[0]]
    actors = [entity(a) for a in event.actors]
    targets = [entity(t) for t in event.targets]
    if event.type in _TWO_SIDED:
        actors, targets = actors + targets, []
    if not targets and main["recipient"]:
        targets = [_UNKNOWN]
    return {
        "id": event.event_id,
        "date": when.first.isoformat(),
        "enddate": when.last.isoformat(),
        "actor": actors or [_UNKNOWN],
        "recipient": targets,
        "event": names,
        "mode": _modes(event, types),
        "context": [],
        "quad_code": main["quad"],
        "event_scale": main["scale"],
        "event_loc": location(event.place) if event.place else None,
        "size": _size(event),
        "cite_info": {
            "publication": "; ".join(event.outlets),
            "license": f"audience: {dataset.audience.value}",
            "coder": "Dateline",
            "codebook": table("plover")["version"],
            "version": dataset.versions.get("dateline", ""),
        },
        "comment": sentence(event),
    }


def entity(actor: Actor) -> dict[str, str]:
    """One actor: ISO alpha-3 or IGO, sector, name, and Dateline's id where the actor is a known one."""
    code = "IGO" if actor.kind is ActorKind.IGO else country(actor.country).alpha3
    found = {
        "code": code,
        "sector": table("plover")["sectors"][actor.kind.value],
        "entity_text": actor.name or "",
    }
    if actor.id:
        found |= {"identifier_id": f"dateline:{actor.id}", "identifier_text": actor.name or ""}
    return found


def location(place: Place) -> dict[str, Any]:
    """A place with the names that Mordecai 3 gives it; what is not known is null."""
    precision = place.precision.value if place.precision else None
    return {
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "district": place.admin2,
        "province": place.admin1,
        "country": place.country_name,
        "country_code": country(place.country).alpha3 or None,
        "resolution": table("plover")["resolution"].get(precision),
    }


def _types(event: Event) -> list[EventType]:
    """Our types that PLOVER has, the shown one first; none where the shown one has no PLOVER event."""
    if not codebook.types()[event.type].plover.event:
        return []
    named = dict.fromkeys([event.type, *event.types])
    return [t for t in named if codebook.types()[t].plover.event]


def _modes(event: Event, types: Iterable[EventType]) -> list[str]:
    modes = [codebook.types()[t].plover.mode for t in types]
    modes.append(table("plover")["auxiliary"].get(event.status.value, ""))
    modes.append("historical" if event.old else "")
    return list(dict.fromkeys(mode for mode in modes if mode))


def _size(event: Event) -> dict[str, int]:
    """PLOVER's three numbers; one that no account gives is left out, for 0 would be a statement."""
    tolls: dict[str, Toll | None] = {
        "dead": event.killed,
        "injured": event.injured,
        "arrested": event.detained,
    }
    known = {name: t for name, t in tolls.items() if t and t.state is not HarmState.UNKNOWN}
    return {name: t.min for name, t in known.items() if t.min is not None}
