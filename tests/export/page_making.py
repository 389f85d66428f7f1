"""A small run for the tests of the page, in words of our own; some of them hostile."""

from __future__ import annotations

from typing import Any

from dateline.records import (
    Account,
    Actor,
    ActorKind,
    ActorMention,
    Attribution,
    Civilian,
    Claim,
    Conflict,
    ConflictValue,
    DateMention,
    DatePrecision,
    Event,
    EventType,
    Grade,
    Harm,
    HarmKind,
    HarmState,
    Interval,
    Place,
    PlaceMention,
    PlacePrecision,
    Range,
    Report,
    Scope,
    Sentence,
    Span,
    Stance,
    Status,
    Toll,
    WeaponMention,
)

FILLER = "\n\n".join(
    f"Paragraph {n}: the river stayed low and the ferries kept to their hours." for n in range(40)
)
HERALD = Report(
    id="herald-1",
    outlet="Tarn Herald",
    published="2031-05-04",
    title="Bakery hit in Tarnholm",
    text="TARNHOLM \U0001f525\U0001f468\u200d\U0001f469\u200d\U0001f467 (Tarn Herald) \u2014 A quiet week "
    f"ended badly.\n\n{FILLER}\n\n\U0001f6a8 Shelling by Vesk militia killed at least four people at a "
    "bakery in Tarnholm on Friday, a nurse said. Later, protesters marched in Osk under mortar fire.",
)
COURIER = Report(
    id="courier-1",
    outlet="Osk Courier",
    published="2031-05-05",
    text=f"{FILLER}\n\nThe ministry said two died when the town was shelled on Friday.",
)
PWNED = "window.__pwned=1"
HOSTILE = Report(
    id="</script><script>" + PWNED + "</script>",
    outlet=f"<img src=x onerror={PWNED}>",
    title="]]> <!-- <script> --!>",
    url=f"javascript:{PWNED}",
    byline="\u202egnirts",
    text=f"</script><script>{PWNED}</script><img src=x onerror={PWNED}>\u2028\u2029]]>\x00\u200b "
    f"\u202eesrever\u202c "
    f'<svg onload={PWNED}><style>*{{display:none}}</style> raid" onfocus="{PWNED}" autofocus x=" ended.',
)


def at(report: Report, words: str) -> dict[str, Any]:
    start = report.text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def claim(name: str, event: str, report: Report, kind: EventType, trigger: str, **fields: Any) -> Claim:
    span = Span(**at(report, trigger))
    start = report.text.rfind("\n", 0, span.start) + 1
    end = report.text.find("\n", span.end)
    told = Claim(
        claim_id=name,
        report_id=report.id,
        event_id=event,
        type=kind,
        status=Status.HAPPENED,
        scope=Scope.SINGLE,
        old=False,
        trigger=span,
        sentence=Sentence(start=start, end=len(report.text) if end < 0 else end),
        **fields,
    )
    return told.check(report)


def toll(low: int, high: int | None, *accounts: Account) -> Toll:
    return Toll(
        state=HarmState.STATED,
        min=low,
        max=high,
        best=low,
        civilians=Range(min=low),
        combatants=Range(),
        rule="most cautious account",
        accounts=accounts,
    )


def event(name: str, kind: EventType, place: Place | None, claims: list[Claim], **fields: Any) -> Event:
    whole: dict[str, Any] = {
        "event_id": name,
        "type": kind,
        "types": (kind,),
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "date": Interval(from_="2031-05-02", to="2031-05-02", precision=DatePrecision.DAY, rule="stated"),
        "place": place,
        "actors": (),
        "targets": (),
        **dict.fromkeys(map(str, HarmKind)),
        "claims": tuple(c.claim_id for c in claims),
        "reports": tuple(dict.fromkeys(c.report_id for c in claims)),
        "outlets": ("Tarn Herald",),
        "origins": 1,
        "grade": Grade.FAIR,
        "reasons": ("two origins agree",),
        "conflicts": (),
    }
    return Event(**(whole | fields))


TARNHOLM = Place(name="Tarnholm", country="ZZ", lat=12.5, lon=22.5, precision=PlacePrecision.SETTLEMENT)
OSK = Place(name="Osk", country="ZZ", lat=14.0, lon=25.0, precision=PlacePrecision.ADMIN1)

SHELLING = claim(
    "c1",
    "shelling 1",
    HERALD,
    EventType.SHELLING,
    "Shelling",
    actors=(ActorMention(**at(HERALD, "Vesk militia"), name="Vesk Militia", kind=ActorKind.MILITIA),),
    places=(PlaceMention(**at(HERALD, "Tarnholm"), name="Tarnholm", rule="only candidate"),),
    dates=(
        DateMention(
            **at(HERALD, "on Friday"),
            from_="2031-05-02",
            to="2031-05-02",
            precision=DatePrecision.DAY,
            rule="weekday before publication",
        ),
    ),
    harm=(
        Harm(
            kind=HarmKind.KILLED,
            count=Span(**at(HERALD, "at least four")),
            who=Span(**at(HERALD, "people")),
            min=4,
            rule="at least n",
        ),
    ),
    attribution=(
        Attribution(who=Span(**at(HERALD, "a nurse")), cue=Span(**at(HERALD, "said")), stance=Stance.SAYS),
    ),
)
SHELLED = claim(
    "c2",
    "shelling 1",
    COURIER,
    EventType.SHELLING,
    "shelled",
    harm=(Harm(kind=HarmKind.KILLED, count=Span(**at(COURIER, "two")), min=2, max=2, rule="numeral"),),
    attribution=(Attribution(who=Span(**at(COURIER, "The ministry")), stance=Stance.SAYS),),
)
MARCH = claim("c3", "march-1", HERALD, EventType.PROTEST, "marched")
RAID = claim("c4", HOSTILE.id, HOSTILE, EventType.ATTACK, "raid")
MORTARS = claim(
    "c5",
    "mortars-1",
    HERALD,
    EventType.SHELLING,
    "mortar fire",
    weapons=(WeaponMention(**at(HERALD, "mortar"), category="mortar"),),
)
CLAIMS = [MORTARS, SHELLING, SHELLED, MARCH, RAID]
EVENTS = [
    event(
        "shelling 1",
        EventType.SHELLING,
        TARNHOLM,
        [SHELLING, SHELLED],
        actors=(Actor(name="Vesk Militia", kind=ActorKind.MILITIA),),
        killed=toll(
            2,
            None,
            Account(
                min=4,
                max=None,
                civilian=Civilian.UNKNOWN,
                claim_id="c1",
                speaker="a nurse",
                outlet="Tarn Herald",
            ),
            Account(
                min=2,
                max=2,
                civilian=Civilian.UNKNOWN,
                claim_id="c2",
                speaker=None,
                outlet="Osk Courier",
            ),
        ),
        conflicts=(
            Conflict(
                field="killed",
                values=(
                    ConflictValue(value="4 or more", claim_ids=("c1",)),
                    ConflictValue(value="2", claim_ids=("c2",)),
                ),
            ),
        ),
    ),
    event("march-1", EventType.PROTEST, OSK, [MARCH]),
    event(
        HOSTILE.id,
        EventType.ATTACK,
        None,
        [RAID],
        outlets=(HOSTILE.outlet,),
        reasons=(HOSTILE.text,),
    ),
    event("planned-1", EventType.SIEGE, TARNHOLM, [], status=Status.PLANNED),
    event("mortars-1", EventType.SHELLING, None, [MORTARS], old=True),
]
