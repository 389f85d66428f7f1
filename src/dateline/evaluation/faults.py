"""The errors one by one, each with the passages it stands in and the words in question marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from dateline.evaluation.gold import GoldClaim
from dateline.evaluation.matching import Meeting
from dateline.evaluation.roles import MAIN_ROLES, READINGS, shown, spans_of, words_of
from dateline.records import Claim, Record, Span
from dateline.tagger.sentences import sentences

Bounds = tuple[int, int]

MISSED, SPURIOUS, WRONG_TYPE, WRONG_STATUS = "missed", "spurious", "wrong type", "wrong status"
KINDS = (
    *(MISSED, SPURIOUS, WRONG_TYPE, WRONG_STATUS),
    *(f"wrong {one.name}" for one in (*MAIN_ROLES, *READINGS)),
)
"""Every kind of error, in the order in which they are told."""


class Piece(Record, frozen=True):
    """Words of a report, and what they are in an error: any of trigger, gold, coded."""

    text: str
    marks: tuple[str, ...] = ()


class Fault(Record, frozen=True):
    """One error: what the gold says and what was coded, either perhaps nothing, and where.

    ``kind`` is one of :data:`KINDS`, ``type`` the gold's, or of a spurious claim the coded one.
    ``passages``: the sentences that hold the words in question, each cut where a mark begins or ends.
    """

    kind: str
    report_id: str
    type: str
    gold: tuple[str, ...]
    coded: tuple[str, ...]
    passages: tuple[tuple[Piece, ...], ...]


class _Mark(NamedTuple):
    start: int
    end: int
    name: str


def faults_of(meeting: Meeting, text: str) -> list[Fault]:
    """The errors of one report, in the order of the text."""
    passages = _Passages(text)
    found: list[tuple[int, Fault]] = []

    def add(
        kind: str, of: GoldClaim | Claim, gold: list[str], coded: list[str], marks: Iterable[_Mark] = ()
    ) -> None:
        trigger = of.at(text) if isinstance(of, GoldClaim) else of.trigger
        fault = Fault(
            kind=kind,
            report_id=meeting.report_id,
            type=of.type.value,
            gold=tuple(gold),
            coded=tuple(coded),
            passages=passages.around([_Mark(trigger.start, trigger.end, "trigger"), *marks]),
        )
        found.append((trigger.start, fault))

    for gold in meeting.missed:
        add(MISSED, gold, [gold.trigger], [], [_mark(gold.at(text), "gold")])
    for claim in meeting.spurious:
        add(SPURIOUS, claim, [], [claim.trigger.text], [_mark(claim.trigger, "coded")])
    for gold, claim in meeting.pairs:
        both = [_mark(gold.at(text), "gold"), _mark(claim.trigger, "coded")]
        if gold.type != claim.type:
            add(WRONG_TYPE, gold, [gold.type.value], [claim.type.value], both)
        if gold.status != claim.status:
            add(WRONG_STATUS, gold, [gold.status.value], [claim.status.value], both)
        for name, ours, theirs in _values(gold, claim):
            marks = [
                *(
                    _mark(passages.nearest(words, gold.at(text)), "gold")
                    for v in ours
                    for words in words_of(v)
                ),
                *(_mark(span, "coded") for v in theirs for span in spans_of(v)),
            ]
            add(f"wrong {name}", gold, [shown(v) for v in ours], [shown(v) for v in theirs], marks)
        for reading in READINGS:
            for one, other in reading.role.pairs(gold, claim):
                if reading.gold(one) and not reading.right(one, other):
                    marks = [_mark(span, "coded") for span in spans_of(other)]
                    add(f"wrong {reading.name}", gold, [reading.gold(one)], [reading.coded(other)], marks)
    return [fault for _, fault in sorted(found, key=lambda one: (one[0], KINDS.index(one[1].kind)))]


def _values(gold: GoldClaim, claim: Claim) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Each role with the values that only the gold or only the coded claim has."""
    for role in MAIN_ROLES:
        pairs = role.pairs(gold, claim)
        ours, theirs = list(role.gold(gold)), list(role.coded(claim))
        for one, other in pairs:
            ours.remove(one)
            theirs.remove(other)
        if ours or theirs:
            yield role.name, ours, theirs


def _mark(span: Span, name: str) -> _Mark:
    return _Mark(span.start, span.end, name)


class _Passages:
    """The sentences of one text, found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = sentences(text)

    def nearest(self, words: str, to: Span) -> Span:
        """Where gold words most likely stand: in the trigger's sentence, else nearest to it."""

        def away(start: int) -> tuple[bool, int]:
            together = any(s <= start < e and s <= to.start < e for s, e in self._sentences)
            return not together, abs(start - to.start)

        start = min(self._occurrences(words), key=away)
        return Span.of(self._text, start, start + len(words))

    def _occurrences(self, words: str) -> Iterator[int]:
        at = self._text.find(words)
        while at >= 0:
            yield at
            at = self._text.find(words, at + 1)

    def around(self, marks: list[_Mark]) -> tuple[tuple[Piece, ...], ...]:
        """The sentences that hold a mark, cut into pieces."""
        holding = [
            (start, end)
            for start, end in self._sentences
            if any(mark.start < end and start < mark.end for mark in marks)
        ]
        return tuple(self._pieces(bounds, marks) for bounds in holding)

    def _pieces(self, bounds: Bounds, marks: list[_Mark]) -> tuple[Piece, ...]:
        start, end = bounds
        cuts = {start, end, *(at for mark in marks for at in mark[:2] if start < at < end)}
        edges = sorted(cuts)
        return tuple(
            Piece(
                text=self._text[a:b],
                marks=tuple(sorted({m.name for m in marks if m.start <= a and b <= m.end}, reverse=True)),
            )
            for a, b in pairwise(edges)
        )
