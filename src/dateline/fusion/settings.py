"""The tables of fusion/data, read once and held to a schema."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from typing import TypeVar

import msgspec

from dateline.errors import InstallationError
from dateline.records import ActorKind, EventType

_DATA = Path(__file__).with_name("data")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the tables: a key that the schema does not know is an error."""


class Kin(_Table, frozen=True):
    """``pairs``: different types that reports give one act. ``seldom_twice``: see the file."""

    pairs: tuple[tuple[EventType, EventType], ...]
    seldom_twice: frozenset[EventType]


class Naming(_Table, frozen=True):
    """Types that name an event only where no other type does."""

    generic: frozenset[EventType]


class Names(_Table, frozen=True):
    """Words that tell no actor or place from another."""

    empty: frozenset[str]


class Blocks(_Table, frozen=True):
    """Limits of :mod:`dateline.fusion.blocking`, described in the file."""

    cell_degrees: float
    near_km: float
    undated_days: int
    stale_days: int
    full_pairs: int
    window: int
    report_window: int


class Wording(_Table, frozen=True):
    """Least likeness of the wording of two reports (0…1) for each of its features."""

    some: float
    much: float
    most: float


class Thresholds(_Table, frozen=True):
    """Least mean points that join two clusters."""

    inside: float
    across: float


class Comparison(_Table, frozen=True):
    """``comparison.toml``: types, limits and points."""

    families: dict[str, frozenset[EventType]]
    generic: dict[EventType, frozenset[EventType]]
    kin: Kin
    naming: Naming
    names: Names
    blocks: Blocks
    wording: Wording
    thresholds: Thresholds
    inside: dict[str, float]
    across: dict[str, float]


class Grades(_Table, frozen=True):
    """``grades.toml``: definitions, thresholds and closed lists of grading, origins and tolls."""

    definitions: dict[str, str]
    graded_types: frozenset[EventType]
    one_sided: frozenset[EventType]
    fair_origins: int
    copied_share: float
    agency_share: float
    state_kinds: frozenset[ActorKind]
    armed_kinds: frozenset[ActorKind]
    unnamed_kinds: frozenset[ActorKind]
    pronouns: frozenset[str]
    vague_words: frozenset[str]


class Reasons(_Table, frozen=True):
    """``reasons.toml``: what features and rules say in plain words."""

    features: dict[str, str]
    rules: dict[str, str]


_T = TypeVar("_T", bound=_Table)


@cache
def comparison() -> Comparison:
    """``comparison.toml``; InstallationError when it is missing or damaged."""
    return _read("comparison.toml", Comparison)


@cache
def grades() -> Grades:
    """``grades.toml``; InstallationError when it is missing or damaged."""
    return _read("grades.toml", Grades)


@cache
def reasons() -> Reasons:
    """``reasons.toml``; InstallationError when it is missing or damaged."""
    return _read("reasons.toml", Reasons)


@cache
def type_relations() -> dict[tuple[EventType, EventType], str]:
    """For each two types that may be one incident, how: ``same``, ``generic`` or ``kin``."""
    table = comparison()
    found: dict[tuple[EventType, EventType], str] = {}
    for one, two in table.kin.pairs:
        found[one, two] = found[two, one] = "kin"
    for one, others in table.generic.items():
        for two in others:
            found[one, two] = found[two, one] = "generic"
    for one, two in product(table.generic, repeat=2):
        found[one, two] = "generic"
    for one in EventType:
        found[one, one] = "same"
    return found


@cache
def families_of(kind: EventType) -> tuple[str, ...]:
    """Names of the families that a type stands in; its own name when it stands in none."""
    families = comparison().families
    return tuple(sorted(name for name, types in families.items() if kind in types)) or (kind.value,)


def _read(name: str, table: type[_T]) -> _T:
    path = _DATA / name
    try:
        return msgspec.toml.decode(path.read_bytes(), type=table)
    except (OSError, msgspec.DecodeError) as error:
        raise InstallationError(f"{path} cannot be used ({error}): install Dateline again") from error
