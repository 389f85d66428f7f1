"""What the columns of flat events and of accounts hold: a type and a sentence each (data/columns.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from dateline.export.dataset import Audience
from dateline.export.flat import flat
from dateline.export.sentences import sentence
from dateline.export.tables import table
from dateline.records import Event, HarmKind

ACCOUNT_COLUMNS = ("event_id", "harm", "min", "max", "civilian", "speaker", "outlet", "claim_id")
"""Columns of the table of accounts, in order."""


class ColumnType(StrEnum):
    """What a column's values are; a list is several texts."""

    TEXT = "text"
    LIST = "list"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, and what stands in it."""

    name: str
    type: ColumnType
    about: str


def described(name: str) -> Column:
    """The column of that name; a text of which nothing is known where the table does not describe it."""
    return _columns().get(name, Column(name, ColumnType.TEXT, ""))


def accounts(event: Event) -> Iterator[dict[str, str | int | None]]:
    """One row for each account of each toll of the event, by :data:`ACCOUNT_COLUMNS`."""
    for kind in HarmKind:
        toll = getattr(event, kind.value)
        for told in toll.accounts if toll else ():
            yield {
                "event_id": event.event_id,
                "harm": kind.value,
                "min": told.min,
                "max": told.max,
                "civilian": told.civilian.value,
                "speaker": told.speaker,
                "outlet": told.outlet,
                "claim_id": told.claim_id,
            }


def whole_row(event: Event, audience: Audience) -> dict[str, Any]:
    """The flat event (:mod:`.flat`) with its ``sentence``, marked for ``audience``."""
    return flat(event) | {"sentence": sentence(event), "audience": audience.value}


def storable(text: str) -> str:
    r"""Text that every reader takes: no NUL, no lone surrogate; both are written out (``\x00``)."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


@lru_cache(maxsize=1)
def _columns() -> Mapping[str, Column]:
    members = {"{toll}": [kind.value for kind in HarmKind], "{side}": ["actors", "targets"]}
    found = {}
    for pattern, entry in table("columns").items():
        slot = next((slot for slot in members if slot in pattern), None)
        for value in members[slot] if slot else [""]:
            name, about = (t.replace(slot, value) if slot else t for t in (pattern, entry["about"]))
            found[name] = Column(name, ColumnType(entry["type"]), about)
    return found
