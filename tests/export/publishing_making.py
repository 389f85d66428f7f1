"""Short ways to make runs for the tests of publishing."""

from __future__ import annotations

from typing import Any

from dateline.export.dataset import Audience, Dataset
from dateline.records import (
    Account,
    Actor,
    ActorKind,
    Attribution,
    Civilian,
    Claim,
    DatePrecision,
    Event,
    EventType,
    Grade,
    Harm,
    HarmKind,
    HarmState,
    Interval,
    Place,
    PlacePrecision,
    Range,
    Report,
    Scope,
    Sentence,
    SiteMention,
    Span,
    Status,
    Toll,
)

TEXT = "Shells fell on the town, said Oldra Venn. The hall was hit."
TOWN = Place(
    name="Saraqib",
    geonameid=172955,
    admin2="Idlib",
    admin1="Idlib",
    admin1_code="SY-ID",
    country="SY",
    country_name="Syria",
    lat=35.86,
    lon=36.8,
    precision=PlacePrecision.SETTLEMENT,
    rule="exact name; only candidate",
)


def toll(count: int | None, **fields: Any) -> Toll:
    """A toll of one account by a private speaker in a private outlet."""
    account = Account(
        min=count,
        max=count,
        civilian=fields.pop("civilian", Civilian.UNKNOWN),
        claim_id="interview-oldra.c1",
        speaker="Oldra Venn",
        outlet="Venn's Letters",
    )
    plain = {
        "state": HarmState.STATED,
        "min": count,
        "max": count,
        "best": count,
        "civilians": Range(),
        "combatants": Range(),
        "rule": "the only number given (1 of 1 origins)",
        "accounts": (account,),
    }
    return Toll(**(plain | fields))


def event(**fields: Any) -> Event:
    """A shelling of one town on one day, told by one private report."""
    plain: dict[str, Any] = {
        "event_id": "e0123456789ab",
        "type": EventType.SHELLING,
        "types": (EventType.SHELLING,),
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "date": Interval(from_="2031-05-02", to="2031-05-02", precision=DatePrecision.DAY, rule="stated"),
        "place": TOWN,
        "actors": (Actor(name="Islamic State", id="isis", kind=ActorKind.REBEL_GROUP),),
        "targets": (Actor(name="civilians", kind=ActorKind.CIVILIANS),),
        **dict.fromkeys(map(str, HarmKind)),
        "claims": ("interview-oldra.c1",),
        "reports": ("interview-oldra",),
        "outlets": ("Venn's Letters",),
        "origins": 1,
        "grade": Grade.WEAK,
        "reasons": ("one report",),
        "conflicts": (),
    }
    return Event(**(plain | fields))


def claim(**fields: Any) -> Claim:
    """A claim of :data:`TEXT`, by Oldra Venn."""
    plain: dict[str, Any] = {
        "claim_id": "interview-oldra.c1",
        "report_id": "interview-oldra",
        "event_id": "e0123456789ab",
        "type": EventType.SHELLING,
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "trigger": Span.of(TEXT, 0, 6),
        "sentence": Sentence(start=0, end=41),
        "attribution": (Attribution(who=Span.of(TEXT, 30, 40), name="Oldra Venn", kind=ActorKind.CIVILIANS),),
    }
    return Claim(**(plain | fields))


def site(category: str) -> SiteMention:
    """ "The hall", as a site of some category."""
    return SiteMention.of(TEXT, 46, 50, category=category)


def harmed(*groups: str) -> Harm:
    """Somebody of these groups was injured."""
    return Harm(kind=HarmKind.INJURED, who=Span.of(TEXT, 46, 50), groups=groups)


def dataset(*events: Event, claims: tuple[Claim, ...] = (), text: str = TEXT) -> Dataset:
    """An internal run of these events."""
    report = Report(id="interview-oldra", text=text, outlet="Venn's Letters")
    return Dataset(
        audience=Audience.INTERNAL,
        events=events,
        claims=claims or (claim(),),
        reports=(report,),
        counts={"coded": 1},
        versions={"dateline": "0.1.0"},
    )
