r"""Events as flat rows: the contract's names joined with ``_``, lists joined with ``; ``.

In CSV a cell, and each value of a list in a cell, that a spreadsheet would run as a formula begins with
``'``. The path of standard input stays ``-``. Line ends inside a value become ``\n``; other control
characters but the tab are written out (``\x1b``), so that a row is read alike everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from dateline.records import Actor, Event, Place, Range, Toll

_TOLLS = ("killed", "injured", "displaced", "detained", "abducted", "missing", "trapped")
_PLACE = tuple(f for f in Place.__struct_fields__ if f != "alternatives")
_SIDE = tuple(Actor.__struct_fields__)

# What a spreadsheet would take for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t")
# Standard input, and a line of it ("-:7"): no formula, and the name by which a caller finds its row.
_STANDARD_INPUT = re.compile(r"-(?::\d+)?")
_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def columns() -> list[str]:
    """The column names of ``events.csv``, in order."""
    names = ["event_id", "type", "types", "status", "scope", "old"]
    names += [f"date_{f}" for f in ("from", "to", "precision", "rule")]
    names += [f"place_{f}" for f in _PLACE]
    for side in ("actors", "targets"):
        names += [f"{side}_{f}" for f in _SIDE]
    for toll in _TOLLS:
        names += [f"{toll}_{f}" for f in ("state", "min", "max", "best")]
        names += [f"{toll}_{who}_{end}" for who in ("civilians", "combatants") for end in ("min", "max")]
        names += [f"{toll}_rule"]
    names += ["claims", "reports", "outlets", "origins", "grade", "reasons", "conflicts", "came_from"]
    names += ["audience"]
    return names


def flat(event: Event) -> dict[str, Any]:
    """One event as column to value; None where there is none, a tuple where there may be several."""
    row: dict[str, Any] = {
        "event_id": event.event_id,
        "type": event.type.value,
        "types": _values(event.types),
        "status": event.status.value,
        "scope": event.scope.value,
        "old": event.old,
        "date_from": event.date.from_,
        "date_to": event.date.to,
        "date_precision": event.date.precision.value,
        "date_rule": event.date.rule,
    }
    for name in _PLACE:
        row[f"place_{name}"] = getattr(event.place, name) if event.place else None
    for side in ("actors", "targets"):
        people: tuple[Actor, ...] = getattr(event, side)
        for name in _SIDE:
            row[f"{side}_{name}"] = _values(getattr(p, name) or "" for p in people)
    for name in _TOLLS:
        toll: Toll | None = getattr(event, name)
        row[f"{name}_state"] = toll.state.value if toll else None
        for end in ("min", "max", "best"):
            row[f"{name}_{end}"] = getattr(toll, end) if toll else None
        for who in ("civilians", "combatants"):
            bounds: Range | None = getattr(toll, who) if toll else None
            for end in ("min", "max"):
                row[f"{name}_{who}_{end}"] = getattr(bounds, end) if bounds else None
        row[f"{name}_rule"] = toll.rule if toll else None
    row |= {
        "claims": _values(event.claims),
        "reports": _values(event.reports),
        "outlets": _values(event.outlets),
        "origins": event.origins,
        "grade": event.grade.value if event.grade else None,
        "reasons": _values(event.reasons),
        "conflicts": _values(f"{c.field}: " + " / ".join(v.value for v in c.values) for c in event.conflicts),
        "came_from": _values(event.came_from),
        "audience": event.audience,
    }
    return row


def _values(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(v) for v in values)


def joined(values: Iterable[str]) -> str:
    """Several values in one field."""
    return "; ".join(values)


def cell(value: Any) -> str:
    """A value as CSV text: empty for None, ``true``/``false``, and nothing that a spreadsheet would run.

    >>> cell(("Tarn Herald", "=1+1"))
    "Tarn Herald; '=1+1"
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return msgspec.json.encode(value).decode()
    if isinstance(value, tuple):
        return joined(map(cell, value))
    text = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", _LINE_END.sub("\n", str(value)))
    runs = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return "'" + text if runs and not _STANDARD_INPUT.fullmatch(text) else text
