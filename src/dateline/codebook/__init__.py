"""Codebook: event types and every other closed list with definitions, and crosswalks to field schemas.

All of it is data (``codebook/data``): PLOVER 0.8 event and mode, CAMEO root code, ACLED event and sub-event
type, UCDP type of violence. Sources: the PLOVER manual 0.8, the CAMEO2PLOVER-2021 table, ACLED's and UCDP's
codebooks; codes are facts, definitions are ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from dateline.records import ActorKind, EventType

__all__ = [
    "AcledType",
    "PloverType",
    "TypeEntry",
    "acled",
    "actor_kinds",
    "terms",
    "types",
    "ucdp_type_of_violence",
]


@dataclass(frozen=True)
class PloverType:
    """PLOVER 0.8 event and mode; both empty where PLOVER has no such event."""

    event: str
    mode: str


@dataclass(frozen=True)
class AcledType:
    """ACLED event type and sub-event type."""

    event_type: str
    sub_event_type: str


@dataclass(frozen=True)
class TypeEntry:
    """One event type: its definition and its crosswalks. ``specific`` ranks rival readings (0…4)."""

    type: EventType
    definition: str
    specific: int
    plover: PloverType
    cameo: str
    acled: AcledType
    acled_when: tuple[Mapping[str, str], ...]


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath(f"data/{name}").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def types() -> Mapping[EventType, TypeEntry]:
    """Every event type, in the codebook's order."""
    return {
        EventType(name): TypeEntry(
            type=EventType(name),
            definition=entry["definition"],
            specific=entry["specific"],
            plover=PloverType(**entry["plover"]),
            cameo=entry["cameo"],
            acled=AcledType(**entry["acled"]),
            acled_when=tuple(entry.get("acled_when", ())),
        )
        for name, entry in _data("types.toml").items()
    }


@lru_cache(maxsize=1)
def terms() -> Mapping[str, Mapping[str, str]]:
    """The other closed lists: list name to value to definition."""
    return _data("terms.toml")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Any]:
    return _data("kinds.toml")


def actor_kinds() -> Mapping[ActorKind, str]:
    """Actor kinds with their definitions."""
    return {ActorKind(k): text for k, text in _kinds()["kinds"].items()}


def _in(kinds: Iterable[ActorKind], groups: Iterable[str]) -> bool:
    members = {kind for group in groups for kind in _kinds()["groups"][group]}
    return any(kind in members for kind in kinds)


def acled(type_: EventType, actors: Iterable[ActorKind] = (), targets: Iterable[ActorKind] = ()) -> AcledType:
    """ACLED's event and sub-event type for an event type, given the kinds of its two sides."""
    entry = types()[type_]
    sides = {"actor": list(actors), "target": list(targets)}
    for rule in entry.acled_when:
        if all(_in(sides[side], [rule[side]]) for side in ("actor", "target") if side in rule):
            return AcledType(rule["event_type"], rule["sub_event_type"])
    return entry.acled


def ucdp_type_of_violence(actors: Iterable[ActorKind], targets: Iterable[ActorKind]) -> int | None:
    """UCDP's type of violence (1 state-based, 2 non-state, 3 one-sided) from the kinds of the two sides.

    None where a side is unknown: UCDP needs both.
    """
    one, other = list(actors), list(targets)
    for rule in _kinds()["ucdp"]:
        if _in(one, rule["actor"]) and _in(other, rule["target"]):
            return int(rule["code"])
        if rule.get("both") and _in(other, rule["actor"]) and _in(one, rule["target"]):
            return int(rule["code"])
    return None
