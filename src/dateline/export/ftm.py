"""Events as FollowTheMoney entities, one JSON object a line: Event, Organization, Address.

For Aleph, OpenAleph and tools of nomenklatura. No Person is ever written, whoever is named. Organizations
are known actors alone (``world/data/actors.jsonl``, or the user's own); others stand in the event's summary.
Only events that count (:mod:`~dateline.export.counted`) are written: the schema has no word for what did not
happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from dateline.export.counted import counted, number
from dateline.export.dataset import Audience, Dataset
from dateline.export.folder import whole
from dateline.export.intervals import Days, days
from dateline.export.sentences import plain, sentence, when, where
from dateline.export.tables import country
from dateline.records import Actor, ActorKind, Event, Place, PlacePrecision

Entity = dict[str, Any]

# Ids of known actors (docs/how-to/actors.md); the model takes no others in a reference.
_ID = re.compile("[a-z0-9][a-z0-9-]*")
_POINTS = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT})


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the entities to ``path`` and return what was left out."""
    kept, notes = counted(dataset.events)
    seen: set[str] = set()
    with whole(path) as file:
        for event in kept:
            for one in entities(event, dataset.audience):
                if one["id"] not in seen:
                    seen.add(one["id"])
                    file.write(msgspec.json.encode(one) + b"\n")
    unknown = sum(bool(a.name) and not _is_body(a) for e in kept for a in (*e.actors, *e.targets))
    if unknown:
        notes.append(
            f"{number(unknown, 'mention')} of a side that is no known body, or is a person: named in the "
            "event's summary alone, no entity."
        )
    notes.append("FollowTheMoney has no field for numbers of people harmed: the summary tells them.")
    return tuple(notes)


def entities(event: Event, audience: Audience) -> Iterator[Entity]:
    """The entities of one event: its known bodies, its place, itself; its notes say for whom."""
    bodies = [_body(a) for a in (*event.actors, *event.targets) if _is_body(a)]
    address = _address(event.place) if event.place else None
    yield from bodies
    if address:
        yield address
    place = event.place
    notes = [f"Support: {event.grade.value}, {number(event.origins, 'origin')}"] if event.grade else []
    yield _entity(
        f"dateline-event-{event.event_id}",
        "Event",
        name=[_name(event)],
        summary=[sentence(event)],
        recordId=[event.event_id],
        keywords=[t.value.replace("_", " ") for t in event.types or (event.type,)],
        country=_country(place.country if place else None),
        location=address["properties"]["full"] if address else [],
        addressEntity=[address["id"]] if address else [],
        involved=[body["id"] for body in bodies],
        publisher=[plain(outlet) for outlet in event.outlets],
        notes=[f"Audience: {audience.value}", *notes],
        **_dates(days(event.date)),
    )


def _name(event: Event) -> str:
    """A short name: "Air strike in Ar Raqqah, Syria, on 8 June 2017"."""
    place = where(event.place)
    parts = (event.type.value.replace("_", " ").capitalize(), place + "," if "," in place else place)
    return " ".join([*(p for p in parts if p), when(event.date)])


def _is_body(actor: Actor) -> bool:
    known = bool(actor.name) and _ID.fullmatch(actor.id or "") is not None
    return known and actor.kind is not ActorKind.PERSON


def _body(actor: Actor) -> Entity:
    return _entity(
        f"dateline-actor-{actor.id}",
        "Organization",
        name=[plain(actor.name or "")],
        country=_country(actor.country),
        classification=[actor.kind.value.replace("_", " ")],
    )


def _address(place: Place) -> Entity | None:
    """The place; coordinates only where they are a point and do not stand for an area."""
    names = dict.fromkeys(plain(n) for n in (place.name, place.admin2, place.admin1, place.country_name) if n)
    if not names:
        return None
    point = place.lat is not None and place.lon is not None and place.precision in _POINTS
    of = str(place.geonameid) if place.geonameid is not None else _digest(place)
    return _entity(
        f"dateline-place-{of}",
        "Address",
        full=[", ".join(names)],
        city=[plain(place.name)] if place.name and place.precision in _POINTS else [],
        region=[plain(place.admin2)] if place.admin2 else [],
        state=[plain(place.admin1)] if place.admin1 else [],
        country=_country(place.country),
        latitude=[str(place.lat)] if point else [],
        longitude=[str(place.lon)] if point else [],
    )


def _country(code: str | None) -> list[str]:
    """A country as the model writes it; none where ISO has no such code, which the model would refuse."""
    return [code.lower()] if code and country(code).alpha3 else []


def _digest(place: Place) -> str:
    parts = (place.name, place.admin2, place.admin1, place.country, place.lat, place.lon)
    return sha256(repr(parts).encode()).hexdigest()[:12]


def _dates(span: Days | None) -> dict[str, list[str]]:
    if span is None:
        return {}
    if span.length == 1 and not span.open:
        return {"date": [span.first.isoformat()]}
    if span.open:
        return {}  # "by 9 June": the name says it, a date would not
    return {"startDate": [span.first.isoformat()], "endDate": [span.last.isoformat()]}


def _entity(id_: str, schema: str, **properties: Iterable[str]) -> Entity:
    known = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: v for name, v in known.items() if v}}
