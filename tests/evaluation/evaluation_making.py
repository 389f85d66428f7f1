"""Two invented reports with their gold and a coding of them in which every kind of error stands once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from dateline.evaluation.gold import GoldClaim
from dateline.export.folder import write_jsonl
from dateline.records import (
    ActorMention,
    Attribution,
    Claim,
    DateMention,
    DatePrecision,
    EventType,
    Harm,
    HarmKind,
    PlaceMention,
    Report,
    Scope,
    Sentence,
    Span,
    Stance,
    Status,
)

HERALD = Report(
    id="herald",
    outlet="Tarn Herald",
    published="2031-05-04",
    text="Shelling by the Vesk militia killed at least four people in Tarnholm on Friday, a nurse said. "
    "Protesters marched in Osk. Soldiers may raid the port.",
)
COURIER = Report(
    id="courier",
    outlet="Osk Courier",
    published="2031-05-05",
    text="The army of Vesk reportedly retreated from Osk. It withdrew its guns.",
)
REPORTS = [COURIER, HERALD]

WRITTEN: dict[str, list[dict[str, Any]]] = {
    "herald": [
        {
            "trigger": "Shelling",
            "n": 1,
            "type": "shelling",
            "event": "e1",
            "actor": ["Vesk militia"],
            "place": [
                {"text": "Tarnholm", "name": "Tarnholm", "admin1": "Vesk Province", "country": "Ruritania"}
            ],
            "date": [{"text": "on Friday", "start": "2031-05-02", "end": "2031-05-02"}],
            "harm": [{"kind": "killed", "count": "at least four", "who": "people", "min": 4, "max": None}],
            "source": [{"who": "a nurse", "cue": "said", "stance": "says"}],
        },
        {
            "trigger": "marched",
            "type": "protest",
            "old": True,
            "event": "e2",
            "actor": ["Protesters"],
            "place": [{"text": "Osk", "name": "Osk", "admin1": "", "country": "Ruritania"}],
        },
        {
            "trigger": "raid",
            "type": "attack",
            "status": "possible",
            "event": "e3",
            "actor": ["Soldiers"],
            "site": ["port"],
        },
    ],
    "courier": [
        {
            "trigger": "retreated",
            "type": "withdrawal",
            "event": "e1",
            "actor": ["army"],
            "source": [{"who": "", "cue": "reportedly", "stance": "says"}],
        },
        {"trigger": "withdrew", "type": "withdrawal", "old": True, "event": "e1"},
    ],
}
GOLD = {
    name: tuple(msgspec.convert(claim, GoldClaim) for claim in claims) for name, claims in WRITTEN.items()
}


def at(report: Report, words: str) -> dict[str, Any]:
    """Fields of a span: the first place where the words stand."""
    start = report.text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def claim(
    report: Report, trigger: str, kind: EventType, event: str, confidence: float, **fields: Any
) -> Claim:
    """A claim that happened, is single and new, unless told otherwise."""
    whole: dict[str, Any] = {
        "claim_id": f"{report.id}-{trigger}",
        "report_id": report.id,
        "event_id": event,
        "type": kind,
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "trigger": Span(**at(report, trigger)),
        "sentence": Sentence(start=0, end=len(report.text)),
        "confidence": confidence,
    }
    return Claim(**(whole | fields)).check(report)


CODED = [
    claim(
        HERALD,
        "Shelling",
        EventType.SHELLING,
        "x1",
        0.95,
        actors=(ActorMention(**at(HERALD, "Vesk militia")),),
        places=(PlaceMention(**at(HERALD, "Tarnholm"), admin1="Vesk", country_name="Ruritania"),),
        dates=(
            DateMention(
                **at(HERALD, "Friday"), from_="2031-05-09", to="2031-05-09", precision=DatePrecision.DAY
            ),
        ),
        harm=(
            Harm(
                kind=HarmKind.KILLED,
                count=Span(**at(HERALD, "four")),
                who=Span(**at(HERALD, "people")),
                min=4,
                max=4,
            ),
        ),
        attribution=(Attribution(who=Span(**at(HERALD, "a nurse")), stance=Stance.DENIES),),
    ),
    claim(
        HERALD,
        "marched",
        EventType.RIOT,
        "x1",
        0.95,
        scope=Scope.REPEATED,
        places=(PlaceMention(**at(HERALD, "Osk")),),
    ),
    claim(
        HERALD,
        "port",
        EventType.ATTACK,
        "x2",
        0.25,
        status=Status.PLANNED,
        targets=(ActorMention(**at(HERALD, "the port")),),
    ),
    claim(
        COURIER,
        "retreated",
        EventType.WITHDRAWAL,
        "y1",
        0.55,
        status=Status.PLANNED,
        actors=(ActorMention(**at(COURIER, "army of Vesk")),),
    ),
    claim(
        COURIER,
        "withdrew",
        EventType.WITHDRAWAL,
        "y1",
        0.55,
        places=(PlaceMention(**at(COURIER, "Osk")),),
    ),
]


def write_case(folder: Path) -> tuple[Path, Path, Path]:
    """The reports, the gold and the coding as files: reports.jsonl, gold.jsonl, run/claims.jsonl."""
    run = folder / "run"
    run.mkdir(parents=True)
    write_jsonl(folder / "reports.jsonl", REPORTS)
    write_gold(folder / "gold.jsonl", WRITTEN)
    write_jsonl(run / "claims.jsonl", CODED)
    return folder / "reports.jsonl", folder / "gold.jsonl", run


def write_gold(path: Path, gold: dict[str, list[dict[str, Any]]]) -> None:
    """Gold as an annotator has it."""
    lines = [json.dumps({"id": name, "claims": claims}) for name, claims in gold.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
