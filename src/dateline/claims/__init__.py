"""Claim: spans and links become claims by the codebook. Words only; the world comes in the next stage."""

from __future__ import annotations

from bisect import bisect_right

from dateline.claims.attribution import attribution_of
from dateline.claims.boilerplate import boilerplate, within
from dateline.claims.harm import harm_of, unknown_harm
from dateline.claims.roles import spans_for
from dateline.claims.words import claim_words
from dateline.records import (
    ActorMention,
    Claim,
    DateMention,
    PlaceMention,
    Report,
    Role,
    Sentence,
    SiteMention,
    Span,
    Tags,
    WeaponMention,
)

__all__ = ["claims_of"]

#: Characters before a place in which words of telling are looked for.
TELLING_REACH = 60


def claims_of(report: Report, tags: Tags, bounds: list[tuple[int, int]]) -> list[Claim]:
    """One claim a trigger, in order of appearance, outside boilerplate; every value is a span of the report.

    ``bounds``: the sentences of the report, ``(start, end)``. Claim ids are the report's id and a number.
    """
    words = claim_words()
    text = report.text
    beside = boilerplate(text)
    told = [t for t, trigger in enumerate(tags.triggers) if not within(beside, trigger.start)]
    order = sorted(told, key=lambda t: tags.triggers[t].start)
    ids = {t: f"{report.id}.c{n}" for n, t in enumerate(order, 1)}
    same: dict[int, set[int]] = {}
    for join in tags.same_incident:
        same.setdefault(join.first, set()).add(join.second)
        same.setdefault(join.second, set()).add(join.first)
    sentences = [_sentence(bounds, tags.triggers[t].start, tags.triggers[t].end) for t in order]
    found = []
    for at, t in enumerate(order):
        trigger = tags.triggers[t]
        sentence, following = sentences[at], sentences[at + 1 : at + 2]
        actors = spans_for(tags, t, Role.ACTOR, ActorMention, text)
        targets = spans_for(tags, t, Role.TARGET, ActorMention, text)
        harm = harm_of(text, tags, t, actors, targets, words)
        # What is said of losses in the sentence, or in the next one when it has no trigger of its own,
        # belongs to the last trigger before it.
        if following != [sentence]:
            kinds = {h.kind for h in harm}
            for reach in _followed_by(bounds, sentence, following):
                for unknown in unknown_harm(text, reach, words):
                    if unknown.kind not in kinds:
                        kinds.add(unknown.kind)
                        harm.append(unknown)
        found.append(
            Claim(
                claim_id=ids[t],
                report_id=report.id,
                event_id=None,
                type=trigger.type,
                status=trigger.status,
                scope=trigger.scope,
                old=trigger.old,
                trigger=Span.of(text, trigger.start, trigger.end),
                sentence=sentence,
                actors=actors,
                targets=targets,
                places=tuple(
                    place
                    for place in spans_for(tags, t, Role.PLACE, PlaceMention, text)
                    if not words.telling_place.search(text, max(0, place.start - TELLING_REACH), place.start)
                ),
                sites=spans_for(tags, t, Role.SITE, SiteMention, text),
                dates=spans_for(tags, t, Role.DATE, DateMention, text),
                weapons=spans_for(tags, t, Role.WEAPON, WeaponMention, text),
                harm=tuple(harm),
                attribution=attribution_of(text, tags, t, sentence, trigger.status, words),
                confidence=trigger.confidence,
                same_as=tuple(sorted(ids[o] for o in same.get(t, ()) if o in ids)),
            )
        )
    return found


def _sentence(bounds: list[tuple[int, int]], start: int, end: int) -> Sentence:
    """The sentence that holds ``start``, stretched over a trigger that crosses its end."""
    if not bounds:
        return Sentence(start=start, end=end)
    at = max(0, bisect_right(bounds, start, key=lambda b: b[0]) - 1)
    return Sentence(start=min(bounds[at][0], start), end=max(bounds[at][1], end))


def _followed_by(
    bounds: list[tuple[int, int]], sentence: Sentence, following: list[Sentence]
) -> list[Sentence]:
    """The sentence, and the next one unless that has a trigger of its own."""
    after = next((b for b in bounds if b[0] >= sentence.end), None)
    if after is None or (following and following[0].start <= after[0]):
        return [sentence]
    return [sentence, Sentence(start=after[0], end=after[1])]
