"""Spans and links to the roles of one claim: actors, targets, places, sites, dates, weapons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from dateline.claims.words import claim_words
from dateline.records import Link, Role, Span, Tags

_S = TypeVar("_S", bound=Span)

_TRAILING_MARKS = ",;:-–—"


def linked(tags: Tags, trigger: int, role: Role) -> list[tuple[Link, Span]]:
    """The spans tied to a trigger in a role, in order of appearance.

    Of two that overlap the better-scored one stays.
    """
    ties = [(k, tags.spans[k.span]) for k in tags.links if k.trigger == trigger and k.role is role]
    kept: list[tuple[Link, Span]] = []
    for tie in sorted(ties, key=lambda t: (-t[0].score, t[1].start)):
        if not any(tie[1].overlaps(other) for _, other in kept):
            kept.append(tie)
    return sorted(kept, key=lambda t: t[1].start)


def spans_for(tags: Tags, trigger: int, role: Role, kind: type[_S], text: str) -> tuple[_S, ...]:
    """Those spans as records of ``kind``, trimmed."""
    found = (trimmed(span) for _, span in linked(tags, trigger, role))
    return tuple(kind.of(text, *bounds) for bounds in found if bounds)


def trimmed(span: Span, *, number: bool = False) -> tuple[int, int] | None:
    """Bounds of a span less the words that belong to no value ("the", a trailing "and").

    ``number`` keeps a leading "a" or "an". None when nothing is left.
    """
    words = claim_words()
    start, text = 0, span.text
    while (lead := words.leading.match(text, start)) and not (
        number and lead.group().strip().lower() in ("a", "an")
    ):
        start = lead.end()
    end = _end_of_value(text, start)
    only = words.leading.fullmatch(text[start:end] + " ")
    if start >= end or (only and not number):
        return None
    return span.start + start, span.start + end


def _end_of_value(text: str, start: int) -> int:
    """Where a value that begins at ``start`` ends: before the blanks, marks and words that trail it."""
    words, end = claim_words(), len(text)
    while end > start:
        if text[end - 1].isspace() or text[end - 1] in _TRAILING_MARKS:
            end -= 1
        elif trail := words.trailing.search(text, max(start, end - words.trailing_reach), end):
            end = trail.start()
        else:
            break
    return end


def overlaps_any(span: Span, others: Iterable[Span]) -> bool:
    """Whether ``span`` shares a character with any of ``others``."""
    return any(span.overlaps(other) for other in others)
