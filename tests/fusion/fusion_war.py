"""A made-up war of any size, for measuring speed and memory.

usage: python tests/fusion/fusion_war.py [CLAIMS]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from array import array
from datetime import date, timedelta

from dateline.fusion import ReportFacts, fuse
from dateline.records import (
    ActorKind,
    ActorMention,
    Claim,
    DateMention,
    DatePrecision,
    EventType,
    Harm,
    HarmKind,
    PlaceMention,
    PlacePrecision,
    Scope,
    Sentence,
    Span,
    Status,
)

CLAIMS_A_REPORT = 11
"""As in the annotated reports (6,102 claims in 553)."""

REPORTS_AN_INCIDENT = 5
CLAIMS_AN_INCIDENT = 2
TOWNS = 400
DAYS_FOR_CLAIMS = 100
"""One day of war for so many claims: 1,000 days for 100,000."""

_START = date(2013, 1, 1)
_TYPES = [
    *[EventType.AIR_STRIKE] * 4,
    *[EventType.SHELLING] * 3,
    *[EventType.CLASH] * 4,
    *[EventType.KILLING] * 2,
    *[EventType.BOMBING, EventType.CAPTURE, EventType.ATTACK, EventType.ABDUCTION],
]


def war(size: int, seed: int = 1) -> tuple[list[Claim], dict[str, ReportFacts]]:
    """About ``size`` claims on incidents that several reports tell of, and the reports' facts.

    Towns are hit unevenly (the most-hit gets a tenth), a third of claims has no place, more have
    no date, every tenth report copies most of another's text, and reports of a day share names.
    """
    chance, other = random.Random(seed), random.Random(seed)
    days = max(10, size // DAYS_FOR_CLAIMS)
    reports = max(1, size // CLAIMS_A_REPORT)
    towns = [(f"Town {at}", 33 + chance.random() * 4, 36 + chance.random() * 5) for at in range(TOWNS)]
    weights = [1 / (at + 4) for at in range(TOWNS)]
    claims: list[Claim] = []
    facts: dict[str, ReportFacts] = {}
    last = array("I")
    incidents: dict[int, list[tuple[EventType, int, int]]] = {}
    for number in range(reports):
        report, on = f"r{number:06d}", chance.randrange(days)
        today = incidents.setdefault(on, [])
        running = array("I", sorted({chance.getrandbits(32) for _ in range(290)}))
        if number % 10 == 1:
            running = array("I", sorted({*last[:200], *running[:90]}))
        last = running
        names = range(40_000 + 40 * on, 40_000 + 40 * on + 20)  # those of a day's news are shared
        words = array("I", sorted({*other.sample(range(40_000), 100), *other.sample(names, 6)}))
        facts[report] = ReportFacts(
            id=report,
            outlet=f"outlet {number % 40}",
            published=(_START + timedelta(on + 1)).isoformat(),
            shingles=running.tobytes(),
            words=words.tobytes(),
            weights=array("f", (3 + 9 * other.random() for _ in words)).tobytes(),
        )
        at = 0
        while at < CLAIMS_A_REPORT:
            wanted = reports * CLAIMS_A_REPORT / days / CLAIMS_AN_INCIDENT / REPORTS_AN_INCIDENT
            if not today or (len(today) < wanted and chance.random() < 0.4):
                where = chance.choices(range(TOWNS), weights)[0]
                today.append((chance.choice(_TYPES), where, chance.randrange(1, 60)))
            kind, where, killed = chance.choice(today)
            for _ in range(CLAIMS_AN_INCIDENT):
                claims.append(_claim(report, at, kind, towns[where], on, killed, chance))
                at += 1
    return claims, facts


def _claim(
    report: str,
    at: int,
    kind: EventType,
    where: tuple[str, float, float],
    on: int,
    killed: int,
    chance: random.Random,
) -> Claim:
    name, lat, lon = where
    day = (_START + timedelta(on)).isoformat()
    place = PlaceMention(
        text=name,
        start=0,
        end=len(name),
        name=name,
        admin1=f"Province {int(lon)}",
        country="SY",
        lat=lat,
        lon=lon,
        precision=PlacePrecision.SETTLEMENT,
    )
    when = DateMention(text="on Sunday", start=0, end=9, from_=day, to=day, precision=DatePrecision.DAY)
    actor = ActorMention(
        text="army",
        start=0,
        end=4,
        name="army",
        id="army",
        country="SY",
        kind=ActorKind.STATE_FORCES,
    )
    count = Span(text=str(killed), start=0, end=len(str(killed)))
    return Claim(
        claim_id=f"{report}-{at:02d}",
        report_id=report,
        event_id=None,
        type=kind,
        status=Status.HAPPENED,
        scope=Scope.REPEATED if chance.random() < 0.1 else Scope.SINGLE,
        old=False,
        trigger=Span(text=kind.value, start=at * 100, end=at * 100 + len(kind.value)),
        sentence=Sentence(start=at * 100, end=at * 100 + 90),
        actors=(actor,) if chance.random() < 0.5 else (),
        places=(place,) if chance.random() < 0.7 else (),
        dates=(when,) if chance.random() < 0.4 else (),
        harm=(Harm(kind=HarmKind.KILLED, count=count, min=killed, max=killed),)
        if chance.random() < 0.4
        else (),
    )


def main() -> None:
    """Fuse a war of the size given and say what it took."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    claims, facts = war(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, worked = time.perf_counter(), time.process_time()
    fused, events = fuse(claims, facts)
    took, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    given = f"{len(fused):,} claims of {len(facts):,} reports: {len(events):,} events"
    sys.stdout.write(f"{given} in {took:.1f} s, {worked:.1f} s of one core\n")
    sys.stdout.write(f"peak memory {peak:,.0f} MB, of which {before:,.0f} MB before fusing\n")


if __name__ == "__main__":
    main()
