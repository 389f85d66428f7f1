"""Claims as the annotated reports give them, for measuring fusion without the stages before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.fusion import ReportFacts
from dateline.records import (
    ActorMention,
    Civilian,
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
    SiteMention,
    Span,
    Status,
    WeaponMention,
)

ANNOTATED = Path(__file__).parents[3] / "shared" / "data" / "annotated"

_ADMIN1_WORDS = ("governorate", "province", "state", "region", "countryside")


def reports(part: str) -> Iterator[tuple[ReportFacts, list[Claim], list[str]]]:
    """Each report of ``train`` or ``dev`` with its claims and the gold event of each claim."""
    texts = {row["id"]: row for row in _rows(ANNOTATED / f"{part}.reports.jsonl")}
    for gold in _rows(ANNOTATED / f"{part}.gold.jsonl"):
        row = texts[gold["id"]]
        facts = ReportFacts(id=row["id"], outlet=row.get("outlet"), published=row.get("published"))
        claims = [_claim(row, at, told) for at, told in enumerate(gold["claims"])]
        yield facts, claims, [told["event"] for told in gold["claims"]]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _claim(row: dict[str, Any], at: int, told: dict[str, Any]) -> Claim:
    text: str = row["text"]
    trigger = _nth(text, told["trigger"], told.get("n", 1))
    stop = text.rfind(". ", 0, trigger.start)
    end = text.find(". ", trigger.end)
    return Claim(
        claim_id=f"{row['id']}-{at:03d}",
        report_id=row["id"],
        event_id=None,
        type=EventType(told["type"]),
        status=Status(told["status"]),
        scope=Scope(told["scope"]),
        old=told["old"],
        trigger=trigger,
        sentence=Sentence(start=stop + 2 if stop >= 0 else 0, end=end + 1 if end >= 0 else len(text)),
        actors=tuple(ActorMention(**_words(a)) for a in told["actor"] if a),
        targets=tuple(ActorMention(**_words(t)) for t in told["target"] if t),
        places=tuple(_place(place) for place in told["place"]),
        sites=tuple(SiteMention(**_words(site)) for site in told["site"] if site),
        dates=tuple(
            DateMention(**_words(d["text"]), from_=d["start"], to=d["end"], precision=DatePrecision.RANGE)
            for d in told["date"]
        ),
        weapons=tuple(WeaponMention(**_words(weapon)) for weapon in told["weapon"] if weapon),
        harm=tuple(_harm(harm) for harm in told["harm"] if harm["count"] or harm["who"]),
    )


def _nth(text: str, words: str, n: int) -> Span:
    at = -len(words)
    for _ in range(n):
        at = text.index(words, at + len(words))
    return Span.of(text, at, at + len(words))


def _words(text: str) -> dict[str, Any]:
    """A span of the words alone: where they stand plays no part in fusing."""
    return {"text": text, "start": 0, "end": len(text)}


def _place(told: dict[str, Any]) -> PlaceMention:
    name, admin1, country = told["name"], told.get("admin1") or None, told.get("country") or None
    if name == country:
        precision = PlacePrecision.COUNTRY
    elif name and any(word in name.casefold().split() for word in _ADMIN1_WORDS):
        precision = PlacePrecision.ADMIN1
    else:
        precision = PlacePrecision.SETTLEMENT
    return PlaceMention(
        **_words(told["text"]), name=name, admin1=admin1, country_name=country, precision=precision
    )


def _harm(told: dict[str, Any]) -> Harm:
    return Harm(
        kind=HarmKind(told["kind"]),
        count=Span(**_words(told["count"])) if told["count"] else None,
        who=Span(**_words(told["who"])) if told["who"] else None,
        min=told["min"],
        max=told["max"],
        civilian=Civilian(told["civilian"]),
        part_of=told["part_of"],
    )
