"""Annotated reports (codebook format) turned into what the tagger must learn.

The codebook's values are strings; training needs places in the text. A string is taken where it stands
nearest to its trigger, the trigger's own sentence first (a pronoun-free codebook makes this safe: of 6,102
training claims' actors 22 lie over 200 characters away).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.records import Layer
from dateline.tagger.sentences import sentences

Bounds = tuple[int, int]


@dataclass(frozen=True)
class GoldReport:
    """One report's text and what is marked in it; triggers are indices, spans ``(layer, start, end)``."""

    id: str
    text: str
    triggers: list[GoldTrigger]


@dataclass(frozen=True)
class GoldTrigger:
    """One claim: bounds of its trigger, its reading, and its links."""

    start: int
    end: int
    type: str
    status: str
    scope: str
    old: bool
    event: str
    #: (layer, start, end) -> labels of the link: actor/target, harm kinds, a stance, or "" for the plain ones
    links: dict[tuple[Layer, int, int], set[str]] = field(default_factory=dict)
    #: civilian standing by count or who span
    civilian: dict[tuple[Layer, int, int], str] = field(default_factory=dict)
    counted: list[tuple[Bounds, Bounds]] = field(default_factory=list)
    said: list[tuple[Bounds, Bounds]] = field(default_factory=list)


def read_gold(reports: Path, gold: Path) -> list[GoldReport]:
    """Read a pair of files; ValueError when an annotated string is not in its text."""
    texts = {r["id"]: r["text"] for r in _lines(reports)}
    return [_report(g, texts[g["id"]]) for g in _lines(gold) if g["id"] in texts]


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _report(gold: dict[str, Any], text: str) -> GoldReport:
    bounds = sentences(text)
    return GoldReport(gold["id"], text, [_trigger(c, text, bounds) for c in gold["claims"]])


def _trigger(claim: dict[str, Any], text: str, bounds: list[Bounds]) -> GoldTrigger:
    start = _nth(text, claim["trigger"], claim.get("n", 1))
    end = start + len(claim["trigger"])
    found = GoldTrigger(
        start, end, claim["type"], claim["status"], claim["scope"], bool(claim["old"]), claim["event"]
    )

    def near(words: str, at: Bounds) -> Bounds | None:
        return _nearest(text, words, at, bounds)

    def link(layer: Layer, at: Bounds | None, label: str) -> None:
        if at:
            found.links.setdefault((layer, *at), set()).add(label)

    here = (start, end)
    for role in ("actor", "target"):
        for words in claim.get(role, []):
            link(Layer.PARTY, near(words, here), role)
    for layer in (Layer.SITE, Layer.WEAPON):
        for words in claim.get(layer, []):
            link(layer, near(words, here), "")
    for layer in (Layer.PLACE, Layer.DATE):
        for value in claim.get(layer, []):
            link(layer, near(value["text"], here), "")
    for harm in claim.get("harm", []):
        count = near(harm["count"], here) if harm.get("count") else None
        who = _after(text, harm["who"], count, bounds) if harm.get("who") and count else None
        if harm.get("who") and not who:
            who = near(harm["who"], count or here)
        for layer, at in ((Layer.COUNT, count), (Layer.WHO, who)):
            link(layer, at, harm["kind"])
            if at:
                found.civilian[(layer, *at)] = harm["civilian"]
        if count and who:
            found.counted.append((count, who))
    for said in claim.get("source", []):
        who = near(said["who"], here) if said.get("who") else None
        cue = near(said["cue"], who or here) if said.get("cue") else None
        link(Layer.SPEAKER, who, said["stance"])
        link(Layer.CUE, cue, "")
        if who and cue:
            found.said.append((who, cue))
    return found


def _nth(text: str, words: str, n: int) -> int:
    at = -1
    for _ in range(n):
        at = text.find(words, at + 1 if at < 0 else at + len(words))
        if at < 0:
            raise ValueError(f"{words!r} does not stand {n} times in the text")
    return at


def _occurrences(text: str, words: str) -> list[Bounds]:
    whole = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return whole or [m.span() for m in re.finditer(re.escape(words), text)]


def _nearest(text: str, words: str, at: Bounds, bounds: list[Bounds]) -> Bounds | None:
    def away(o: Bounds) -> tuple[bool, int]:
        same = any(s <= o[0] < e and s <= at[0] < e for s, e in bounds)
        return (not same, max(at[0] - o[1], o[0] - at[1]))

    return min(_occurrences(text, words), key=away, default=None)


def _after(text: str, words: str, count: Bounds, bounds: list[Bounds]) -> Bounds | None:
    """The first occurrence that follows ``count`` within its sentence (the people follow their number)."""
    end = next((e for s, e in bounds if s <= count[0] < e), len(text))
    return next((o for o in _occurrences(text, words) if count[1] <= o[0] < end), None)
