"""What the tests of the export formats write: the examples coded for real, and events made by hand."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

import dateline
from dateline.export.dataset import Audience, Dataset
from dateline.records import (
    Account,
    Actor,
    ActorKind,
    Civilian,
    DatePrecision,
    Event,
    EventType,
    Grade,
    HarmState,
    Interval,
    Place,
    PlacePrecision,
    Range,
    Scope,
    Status,
    Toll,
)

ROOT = Path(__file__).resolve().parent.parent

ARMY = Actor(name="Syrian Armed Forces", id="syrian-armed-forces", country="SY", kind=ActorKind.STATE_FORCES)
RUSSIA = Actor(name="Russian Aerospace Forces", id="russia-vks", country="RU", kind=ActorKind.STATE_FORCES)
REBELS = Actor(name="Example Front", id="example-front", country="SY", kind=ActorKind.REBEL_GROUP)
OTHERS = Actor(name="Example Brigade", id="example-brigade", country="SY", kind=ActorKind.REBEL_GROUP)
PEOPLE = Actor(name="civilians", kind=ActorKind.CIVILIANS)

TOWN = Place(
    name="Ar Raqqah",
    geonameid=172955,
    admin1="Raqqa",
    admin1_code="SY-RA",
    country="SY",
    country_name="Syria",
    lat=35.95283,
    lon=39.00788,
    precision=PlacePrecision.SETTLEMENT,
)
PROVINCE = Place(
    name="Raqqa",
    admin1="Raqqa",
    country="SY",
    country_name="Syria",
    lat=36.0,
    lon=38.9,
    precision=PlacePrecision.ADMIN1,
)
DAY = Interval(from_="2017-06-08", to="2017-06-08", precision=DatePrecision.DAY)

_TOLLS = ("killed", "injured", "displaced", "detained", "abducted", "missing", "trapped")

HOSTILE = (
    '=cmd|"/c calc"!A1',
    "+1+1",
    "@SUM(A1)",
    "a\nb\r\nc",
    "say \"so\", twice; and 'again'",
    "الرقة\u202egnp.exe",
    "</script><img src=x onerror=alert(1)>",
    "nul\x00bell\x07",
    "DROP TABLE events;--",
)
"""Strings that break careless writers: formulas, line ends, quotes, right-to-left, markup, controls."""


def made(**fields: Any) -> Event:
    """An event with every optional field null, but for ``fields``."""
    bare: dict[str, Any] = {
        "event_id": "e000000000001",
        "type": EventType.AIR_STRIKE,
        "types": (),
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "date": Interval(),
        "place": None,
        "actors": (),
        "targets": (),
        "claims": (),
        "reports": (),
        "outlets": (),
        "origins": 0,
        "grade": None,
        "reasons": (),
        "conflicts": (),
    }
    return Event(**(bare | dict.fromkeys(_TOLLS) | fields))


def toll(low: int | None = None, high: int | None = None, best: int | None = None, **fields: Any) -> Toll:
    """A toll of this range; ``civilians``, ``combatants``, ``state`` and ``accounts`` as wanted."""
    empty = {
        "state": HarmState.STATED,
        "civilians": Range(),
        "combatants": Range(),
        "rule": "the only number given",
        "accounts": (),
    }
    return Toll(min=low, max=high, best=best, **(empty | fields))


def account(low: int | None, high: int | None, speaker: str | None, outlet: str | None = None) -> Account:
    """One claim's figure."""
    return Account(
        min=low, max=high, civilian=Civilian.UNKNOWN, claim_id="r1.c1", speaker=speaker, outlet=outlet
    )


def bare() -> Event:
    """An event of which nothing is known but its type."""
    return made()


def hostile() -> list[Event]:
    """Events whose every free string is one of :data:`HOSTILE`."""
    return [
        made(
            event_id=f"e{n:012x}",
            type=EventType.CLASH,
            types=(EventType.CLASH,),
            date=replace(DAY, rule=text),
            place=replace(
                TOWN, name=text, admin1=text, admin2=text, country_name=text, rule=text, geonameid=None
            ),
            actors=(
                Actor(name=text, id=text, country=text, kind=ActorKind.UNKNOWN),
                replace(ARMY, name=text),
            ),
            targets=(Actor(name=text, kind=ActorKind.PERSON),),
            killed=toll(1, 2, 1, rule=text, accounts=(account(1, 2, text, text),)),
            outlets=(text, "Levant Wire"),
            reports=(text,),
            claims=(text,),
            reasons=(text,),
            grade=Grade.WEAK,
        )
        for n, text in enumerate(HOSTILE, start=16)
    ]


@lru_cache(maxsize=1)
def examples() -> Dataset:
    """The reports of ``examples/``, coded by the whole pipeline: an internal dataset."""
    found = dateline.code(ROOT / "examples")
    return Dataset(
        audience=Audience.INTERNAL,
        events=tuple(found.events),
        claims=tuple(found.claims),
        reports=tuple(found.reports),
        counts={"coded": len(found.reports)},
        versions={"dateline": dateline.__version__},
    )


def dataset(*events: Event, audience: Audience = Audience.PUBLIC) -> Dataset:
    """These events alone, as a public dataset has them: without claims or reports."""
    return Dataset(audience=audience, events=events)
