"""Events in the shape of ACLED's CSV: its 31 columns in the published order (``data/acled.toml``).

The shape only: no row of ACLED's is here, and none is made from theirs. One row is their unit, the same
actors on the same day in the same place; ours that share it are merged, and the notes say which. Only
events that count (:mod:`~dateline.export.counted`), dated to a month at least and placed, have a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dateline.export.counted import counted, listed, number
from dateline.export.dataset import Audience, Dataset
from dateline.export.folder import write_rows
from dateline.export.intervals import Days
from dateline.export.sentences import named, sentence
from dateline.export.tables import country, table
from dateline.export.units import Dated, fitting, units_of
from dateline.records import Actor, ActorKind, Event, EventType, HarmState, Place, PlacePrecision, Toll

_WEEK = 7
_OF_STATES = frozenset({ActorKind.STATE_FORCES, ActorKind.POLICE, ActorKind.STATE, ActorKind.AUTHORITY})
_EXTERNAL = 8
_CIVILIANS = 7
_AGAINST = "Violence against civilians"


def columns() -> tuple[str, ...]:
    """The 31 column names, in order."""
    return tuple(table("acled")["columns"])


def write(path: Path, dataset: Dataset) -> tuple[str, ...]:
    """Write the rows to ``path`` and return what was merged, left out and approximated."""
    kept, notes = counted(dataset.events)
    dated, more = fitting(kept)
    units = units_of(dated)
    rows = (_row(unit, dataset.audience) for unit in units)
    write_rows(path, [columns()], ([row[n] for n in columns()] for row in rows))
    return (*notes, *more, *_notes(units))


def _row(unit: Sequence[Dated], audience: Audience) -> dict[str, object]:
    event, when, place, type_ = unit[0]
    codes = country(place.country)
    actor1, others1, inter1 = _side(event.actors, event, place)
    actor2, others2, inter2 = _side(event.targets, event, place)
    if not actor1 and type_.event_type in table("acled")["unnamed"]:
        unnamed = table("acled")["unnamed"][type_.event_type]
        actor1, inter1 = _labelled(unnamed["label"], place), unnamed["inter"]
    if not actor2 and type_.event_type == _AGAINST and _civilians_told(event):
        actor2, inter2 = _labelled(table("acled")["labels"]["civilians"], place), _CIVILIANS
    violent = table("acled")["disorder"][type_.event_type] == "Political violence"
    ids = [one.event.event_id for one in unit]
    return {
        "event_id_cnty": codes.alpha3 + event.event_id,
        "event_date": when.first.isoformat(),
        "year": when.first.year,
        "time_precision": time_precision(when),
        "disorder_type": table("acled")["disorder"][type_.event_type],
        "event_type": type_.event_type,
        "sub_event_type": type_.sub_event_type,
        "actor1": actor1,
        "assoc_actor_1": others1,
        "inter1": inter1,
        "actor2": actor2,
        "assoc_actor_2": others2,
        "inter2": inter2,
        "interaction": interaction(inter1, inter2),
        "civilian_targeting": "Civilian targeting" if violent and inter2 == _CIVILIANS else None,
        "iso": int(codes.numeric) if codes.numeric else None,
        "region": codes.acled_region,
        "country": place.country_name,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "admin3": None,
        "location": place.name or place.country_name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": table("acled")["geo_precision"][place.precision.value] if place.precision else 3,
        "source": tuple(dict.fromkeys(name for one in unit for name in one.event.outlets)),
        "source_scale": None,
        "notes": " ".join(sentence(one.event) for one in unit),
        "fatalities": sum(fatalities(one.event.killed) for one in unit),
        "tags": ("dateline=" + "+".join(ids), f"audience={audience.value}", *_tags(event)),
        "timestamp": None,
    }


def time_precision(when: Days) -> int:
    """ACLED's code: 1 the day is known, 2 a week, 3 a month; 3 too where only one end is known."""
    if when.open:
        return 3
    return 1 if when.length == 1 else 2 if when.length <= _WEEK else 3


def interaction(inter1: int | None, inter2: int | None) -> int | None:
    """ACLED's pair of inter codes, the lower first (12, 37); one side alone and a nought (10)."""
    if not inter1 or not inter2:
        return (inter1 or inter2 or 0) * 10 or None
    return min(inter1, inter2) * 10 + max(inter1, inter2)


def fatalities(killed: Toll | None) -> int:
    """The lowest number that any account gives; 0 where none is given, as ACLED has it."""
    return killed.min or 0 if killed and killed.state is HarmState.STATED else 0


def _side(
    actors: Sequence[Actor], event: Event, place: Place
) -> tuple[str | None, tuple[str, ...], int | None]:
    """The first of a side, the others, and the first one's inter code."""
    labelled = [(_label(a, event, place), a) for a in named(actors)]
    if not labelled:
        return None, (), None
    label, first = labelled[0]
    return (
        label,
        tuple(dict.fromkeys(name for name, _ in labelled[1:] if name != label)),
        _inter(first, event, place),
    )


def _label(actor: Actor, event: Event, place: Place) -> str:
    labels = table("acled")["labels"]
    if actor.id or actor.kind.value not in labels:
        return actor.name or ""
    rioters = event.type is EventType.RIOT and actor.kind is ActorKind.PROTESTERS
    return _labelled(labels["rioters" if rioters else actor.kind.value], place)


def _labelled(label: str, place: Place) -> str:
    where = place.country_name or ""
    return label.format_map({"country": where}) if where else label.removesuffix(" ({country})")


def _inter(actor: Actor, event: Event, place: Place) -> int:
    if event.type is EventType.RIOT and actor.kind is ActorKind.PROTESTERS:
        return 5
    if actor.kind in _OF_STATES and actor.country and place.country and actor.country != place.country:
        return _EXTERNAL
    return int(table("acled")["inter"][actor.kind.value])


def _tags(event: Event) -> list[str]:
    """What ACLED has no column for, and a reader of a merged or graded row needs."""
    tags = [f"origins={event.origins}"]
    if event.grade:
        tags.append(f"grade={event.grade.value}")
    if event.killed and event.killed.state is HarmState.STATED:
        low, high = ("?" if end is None else end for end in (event.killed.min, event.killed.max))
        tags.append(f"killed={low}-{high}")
    return tags


def _notes(units: Sequence[Sequence[Dated]]) -> list[str]:
    """What the rows merge and approximate."""
    notes = []
    shown = [one for unit in units for one in unit]
    for unit in units:
        if len(unit) > 1:
            first, *others = (one.event.event_id for one in unit)
            how = "same actors, day, place and event type; fatalities are summed"
            notes.append(f"Merged into the row of {first}: {listed(others)} ({how}).")
    if zero := [
        one for one in shown if not fatalities(one.event.killed) and not _said_none(one.event.killed)
    ]:
        notes.append(
            f"fatalities is 0 for {number(len(zero), 'event')} because no account gives a number of dead, "
            "not because none died: the shape has no word for unknown."
        )
    if wide := [one for one in shown if one.days.open]:
        notes.append(
            f"{number(len(wide), 'event')} dated only by when they were reported, or from a day on: "
            "event_date is that day and time_precision 3."
        )
    if long := [one for one in shown if one.days.length > 1]:
        notes.append(f"{number(len(long), 'event')} over several days: event_date is the first of them.")
    against = [one for one in shown if one.type.event_type == _AGAINST and not named(one.event.targets)]
    if untold := [one for one in against if not _civilians_told(one.event)]:
        notes.append(
            f"{number(len(untold), 'event')} of violence against civilians, by ACLED's types, whose victims "
            "no account tells: actor2 and civilian_targeting are empty."
        )
    if off := [one for one in shown if one.place.lat is None or one.place.lon is None]:
        notes.append(f"{number(len(off), 'event')} without coordinates: latitude and longitude are empty.")
    coarse = [one for one in shown if one.place.precision is PlacePrecision.COUNTRY and one not in off]
    if coarse:
        notes.append(
            f"{number(len(coarse), 'event')} placed only in a country: the point is the middle of it, "
            "geo_precision 3."
        )
    notes.append(
        "In ACLED's shape, not ACLED's data: actor names are Dateline's, source_scale and timestamp are "
        "empty (nothing tells them), inter codes are digits, and fatalities is the lowest number reported; "
        "the range is in tags."
    )
    return notes


def _civilians_told(event: Event) -> bool:
    """Whether an account tells of civilians among the dead or the injured."""
    ranges = [t.civilians for t in (event.killed, event.injured) if t]
    return any(bounds.min or bounds.max for bounds in ranges)


def _said_none(killed: Toll | None) -> bool:
    return killed is not None and (killed.state is HarmState.NONE or killed.min == 0)
