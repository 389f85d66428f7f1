"""Which events an export holds: ``type=shelling,bombing``, ``killed>=10``, ``from=2017-06-01``.

All expressions must hold. Without one on status, scope or old, events that happened, are single incidents and
are no background are taken, as in the summaries of a run.
"""

from __future__ import annotations

import datetime
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dateline.errors import InputError
from dateline.export.sensitive import people
from dateline.records import Event, EventType, Grade, HarmKind, Scope, Status

Test = Callable[[Event], bool]

_SHAPE = re.compile(r"\s*([a-z_0-9]+)\s*(>=|<=|!=|=|>|<)\s*(.*?)\s*")
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
_CODES: dict[str, tuple[frozenset[str] | None, Callable[[Event], Iterable[str]]]] = {
    "type": (frozenset(EventType), lambda e: [e.type.value]),
    "types": (frozenset(EventType), lambda e: [t.value for t in e.types]),
    "status": (frozenset(Status), lambda e: [e.status.value]),
    "scope": (frozenset(Scope), lambda e: [e.scope.value]),
    "old": (frozenset(("true", "false")), lambda e: ["true" if e.old else "false"]),
    "grade": (frozenset((*Grade, "none")), lambda e: [e.grade.value if e.grade else "none"]),
    "country": (None, lambda e: [e.place.country] if e.place and e.place.country else []),
    "admin1": (None, lambda e: [c for c in (e.place.admin1_code, e.place.admin1) if c] if e.place else []),
    "actor": (None, lambda e: [a.id for a in e.actors if a.id]),
    "target": (None, lambda e: [a.id for a in e.targets if a.id]),
    "event": (None, lambda e: [e.event_id]),
}
NUMBERS: dict[str, Callable[[Event], int | None]] = {
    **{kind.value: lambda e, kind=kind: _people(e, kind) for kind in HarmKind},  # type: ignore[misc]
    "origins": lambda e: e.origins,
    "reports": lambda e: len(e.reports),
}
_DEFAULT = {"status": "happened", "scope": "single", "old": "false"}

ALLOWED = f"""{", ".join(f"{name}=A,B" for name in _CODES)}; from=DATE, to=DATE;
{", ".join(NUMBERS)} with >=, <=, >, <, = or != and a number"""


@dataclass(frozen=True)
class Selection:
    """``expressions`` as given, ``default`` those added for want of others, and what they let through."""

    expressions: tuple[str, ...]
    default: tuple[str, ...]
    tests: tuple[Test, ...]

    def __call__(self, event: Event) -> bool:
        """Whether the event goes out."""
        return all(test(event) for test in self.tests)

    def words(self) -> list[str]:
        """Every expression in force."""
        return [*self.expressions, *self.default]


def selection(expressions: Iterable[str] = (), *, everything: bool = False) -> Selection:
    """The selection of some expressions; ``everything`` adds no default. InputError says what is allowed."""
    given = tuple(expressions)
    tests = [_test(expression) for expression in given]
    named = {found[1] for one in given if (found := _SHAPE.fullmatch(one))}
    default = () if everything else tuple(f"{k}={v}" for k, v in _DEFAULT.items() if k not in named)
    return Selection(given, default, tuple(tests + [_test(one) for one in default]))


def _test(expression: str) -> Test:
    found = _SHAPE.fullmatch(expression)
    if not found or not found[3]:
        raise InputError(f"--filter {expression!r}: write NAME=VALUE or NAME>=NUMBER; allowed are {ALLOWED}")
    name, sign, value = found.groups()
    if name in NUMBERS:
        if not value.isdecimal():
            raise InputError(f"--filter {expression!r}: {value!r} is no number")
        return _number_test(NUMBERS[name], _COMPARE[sign], int(value))
    if sign not in ("=", "!="):
        raise InputError(f"--filter {expression!r}: {sign} goes with {', '.join(NUMBERS)} only")
    if name in ("from", "to"):
        if sign != "=":
            raise InputError(f"--filter {expression!r}: write {name}=2017-06-14")
        return _date_test(expression, name, value)
    if name not in _CODES:
        raise InputError(f"--filter {expression!r}: no filter is called {name}; allowed are {ALLOWED}")
    return _code_test(expression, name, value, sign == "=")


def _code_test(expression: str, name: str, value: str, wanted: bool) -> Test:
    codes, pick = _CODES[name]
    values = {one.strip() for one in value.split(",")}
    unknown = sorted(values - codes) if codes is not None else []
    if name == "country" and not all(re.fullmatch("[A-Za-z]{2}", one) for one in values):
        raise InputError(f"--filter {expression!r}: write countries as SY,IQ (ISO 3166-1 alpha-2)")
    if codes is not None and unknown:
        raise InputError(f"--filter {expression!r}: {unknown[0]!r} is none of {', '.join(sorted(codes))}")
    lowered = {one.casefold() for one in values}
    return lambda event: any(one.casefold() in lowered for one in pick(event)) is wanted


def _number_test(pick: Callable[[Event], int | None], compare: Callable[[int, int], bool], than: int) -> Test:
    def test(event: Event) -> bool:
        number = pick(event)
        return number is not None and compare(number, than)

    return test


def _date_test(expression: str, name: str, value: str) -> Test:
    """Whether the days of an event reach into the period; an event without any date does not."""
    try:
        day = datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise InputError(f"--filter {expression!r}: {value!r} is no date; write it as 2017-06-14") from None

    def test(event: Event) -> bool:
        first, last = event.date.from_ or event.date.to, event.date.to or event.date.from_
        if first is None or last is None:
            return False
        return last >= day if name == "from" else first <= day

    return test


def _people(event: Event, kind: HarmKind) -> int | None:
    """The figure shown for a kind of harm, else the least; None where nobody gives a number."""
    toll = getattr(event, kind.value)
    return None if toll is None or (toll.best is None and toll.min is None) else people(toll)
