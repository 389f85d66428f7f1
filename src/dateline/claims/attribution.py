"""Speakers and cues to a claim's attribution: who says so, through whom, and how."""

from __future__ import annotations

import re

from dateline.claims.roles import linked, trimmed
from dateline.claims.words import ClaimWords
from dateline.records import Attribution, Denies, Role, Sentence, Span, Stance, Status, Tags

#: What may stand between "told" and the one who was told.
_ARTICLE = re.compile(r"\s*(?:(?:the|an?)\s+)?", re.IGNORECASE)


def attribution_of(
    text: str, tags: Tags, trigger: int, sentence: Sentence, status: Status, words: ClaimWords
) -> tuple[Attribution, ...]:
    """The chain of speakers of one trigger, the outermost last; a cue alone where no speaker is named."""
    speakers = linked(tags, trigger, Role.SPEAKER)
    cues = linked(tags, trigger, Role.CUE)
    joined: dict[int, list[int]] = {}
    for join in sorted(tags.said, key=lambda j: -j.score):
        joined.setdefault(join.first, []).append(join.second)
    cue_at = {link.span: span for link, span in cues}
    used: set[int] = set()
    chain: list[Attribution] = []
    for link, span in speakers:
        bounds = trimmed(span)
        if bounds is None:  # "the", "their": nobody is named, and the cue stays free
            continue
        mine = next((c for c in joined.get(link.span, []) if c in cue_at and c not in used), None)
        if mine is None:
            mine = next((c for c in joined.get(link.span, []) if c not in used), None)
        if mine is not None:
            used.add(mine)
        stance = link.stance or Stance.SAYS
        chain.append(
            Attribution(
                who=Span.of(text, *bounds),
                cue=_plain(text, tags.spans[mine]) if mine is not None else None,
                stance=stance,
                denies=_denies(text, sentence, status, words) if stance is Stance.DENIES else None,
            )
        )
    if not chain and cues:
        cue, span = cues[0]
        unnamed = (s.stance for s, _ in speakers if cue.span in joined.get(s.span, []))
        stance = next(unnamed, None) or Stance.SAYS
        chain.append(
            Attribution(
                cue=_plain(text, span),
                stance=stance,
                denies=_denies(text, sentence, status, words) if stance is Stance.DENIES else None,
            )
        )
    return tuple(sorted(chain, key=lambda a: _outerness(text, a, words)))


def _plain(text: str, span: Span) -> Span:
    return Span.of(text, span.start, span.end)


def _outerness(text: str, said: Attribution, words: ClaimWords) -> tuple[int, int]:
    """0 for those who speak, 1 for those who relay: "told X", "X quoted …", "according to X"."""
    if said.who is None:
        return (0, 0)
    before = text[max(0, said.who.start - 24) : said.who.start]
    relays = bool(said.cue and words.relaying.search(said.cue.text))
    was_told = any(_ARTICLE.fullmatch(before, m.end()) for m in words.told.finditer(before))
    return (int(relays or was_told), said.who.start)


def _denies(text: str, sentence: Sentence, status: Status, words: ClaimWords) -> Denies:
    said = text[sentence.start : sentence.end]
    for what, pattern in words.denies:
        if pattern.search(said):
            return Denies.OCCURRENCE if status is Status.DENIED and what is Denies.HARM else what
    return Denies.OCCURRENCE
