"""Short ways to make claims and reports for the tests of fusion."""

from __future__ import annotations

from typing import Any

from dateline.fusion import ReportFacts
from dateline.fusion.facts import shingles_of
from dateline.fusion.wording import weighed
from dateline.records import (
    ActorKind,
    ActorMention,
    Attribution,
    Civilian,
    Claim,
    DateMention,
    DatePrecision,
    Denies,
    EventType,
    Harm,
    HarmKind,
    HarmState,
    PlaceMention,
    PlacePrecision,
    Scope,
    Sentence,
    Span,
    Stance,
    Status,
)

ALEPPO, IDLIB_CITY, SARMIN, HOMS = "Aleppo", "Idlib", "Sarmin", "Homs"

_TOWNS = {
    ALEPPO: (170063, "Aleppo", 36.2021, 37.1343),
    IDLIB_CITY: (169389, "Idlib", 35.9306, 36.6339),
    SARMIN: (None, "Idlib", 35.9036, 36.7261),
    HOMS: (169577, "Homs", 34.7268, 36.7234),
}

SYRIAN_ARMY = ("Syrian army", "syrian_army", "SY", ActorKind.STATE_FORCES)
RUSSIAN_FORCES = ("Russian forces", "russian_forces", "RU", ActorKind.STATE_FORCES)
COALITION = ("US-led coalition", "us_led_coalition", None, ActorKind.COALITION)
NUSRA = ("Nusra Front", "nusra_front", "SY", ActorKind.REBEL_GROUP)
OBSERVATORY = ("Syrian Observatory for Human Rights", "sohr", "GB", ActorKind.MONITOR)

Known = tuple[str, str | None, str | None, ActorKind]


def words(text: str) -> dict[str, Any]:
    """Fields of a span of these words; where they stand plays no part here."""
    return {"text": text, "start": 0, "end": len(text)}


def town(name: str) -> PlaceMention:
    """A Syrian town with coordinates."""
    geonameid, admin1, lat, lon = _TOWNS[name]
    return PlaceMention(
        **words(name),
        name=name,
        geonameid=geonameid,
        admin1=admin1,
        country="SY",
        lat=lat,
        lon=lon,
        precision=PlacePrecision.SETTLEMENT,
    )


def province(name: str) -> PlaceMention:
    """A Syrian province, by its name."""
    return PlaceMention(
        **words(f"{name} province"),
        name=name,
        admin1=name,
        country="SY",
        lat=35.9,
        lon=36.9,
        precision=PlacePrecision.ADMIN1,
    )


def day(iso: str, last: str | None = None) -> DateMention:
    """A day, or the interval to ``last``."""
    precision = DatePrecision.RANGE if last else DatePrecision.DAY
    return DateMention(**words("on the day"), from_=iso, to=last or iso, precision=precision)


def party(known: Known) -> ActorMention:
    """A known actor as mentioned."""
    name, id_, country, kind = known
    return ActorMention(**words(name), name=name, id=id_, country=country, kind=kind)


def said(known: Known, stance: Stance = Stance.SAYS, denies: Denies | None = None) -> Attribution:
    """A known speaker with a stance."""
    name, id_, country, kind = known
    return Attribution(
        who=Span(**words(name)),
        stance=stance,
        denies=denies,
        name=name,
        id=id_,
        country=country,
        kind=kind,
    )


def toll(
    count: str,
    low: int | None,
    high: int | None,
    kind: HarmKind = HarmKind.KILLED,
    civilian: Civilian = Civilian.UNKNOWN,
    part_of: int | None = None,
    state: HarmState = HarmState.STATED,
) -> Harm:
    """People harmed, by the words for how many."""
    return Harm(
        kind=kind,
        count=Span(**words(count)),
        min=low,
        max=high,
        civilian=civilian,
        part_of=part_of,
        state=state,
    )


def claim(
    claim_id: str,
    kind: EventType = EventType.AIR_STRIKE,
    *,
    place: PlaceMention | None = None,
    date: DateMention | None = None,
    status: Status = Status.HAPPENED,
    scope: Scope = Scope.SINGLE,
    old: bool = False,
    trigger: str = "strike",
    actors: tuple[Known, ...] = (),
    targets: tuple[Known, ...] = (),
    harm: tuple[Harm, ...] = (),
    by: tuple[Attribution, ...] = (),
    same_as: tuple[str, ...] = (),
) -> Claim:
    """A claim; "a2" is the second of report "a" and stands after the first."""
    report, number = claim_id[:-1], int(claim_id[-1])
    start = 200 * number
    return Claim(
        claim_id=claim_id,
        report_id=report,
        event_id=None,
        type=kind,
        status=status,
        scope=scope,
        old=old,
        trigger=Span(text=trigger, start=start, end=start + len(trigger)),
        sentence=Sentence(start=start - 20, end=start + 100),
        actors=tuple(map(party, actors)),
        targets=tuple(map(party, targets)),
        places=(place,) if place else (),
        dates=(date,) if date else (),
        harm=harm,
        attribution=by,
        same_as=same_as,
    )


def facts(
    report_id: str,
    outlet: str | None = None,
    published: str | None = "2016-06-10",
    text: str = "",
    agency: str | None = None,
) -> ReportFacts:
    """What is known of a report; its outlet is named for its id unless given."""
    words, weights = weighed(text)
    return ReportFacts(
        id=report_id,
        outlet=outlet or f"outlet {report_id}",
        published=published,
        agency=agency,
        shingles=shingles_of(text),
        words=words,
        weights=weights,
    )


def facts_for(*claims: Claim) -> dict[str, ReportFacts]:
    """Facts of all reports of these claims, each of an outlet of its own."""
    return {told.report_id: facts(told.report_id) for told in claims}
