"""Counts and people to harm: what was done to how many of whom (codebook, field ``harm``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.claims.roles import overlaps_any, trimmed
from dateline.claims.words import ClaimWords
from dateline.records import (
    ActorMention,
    Civilian,
    Harm,
    HarmKind,
    HarmState,
    Link,
    Role,
    Sentence,
    Side,
    Span,
    Tags,
)

#: Score from which a span is taken to tell two kinds of harm at once ("killed and injured five").
TWO_KINDS = 0.6


@dataclass
class _Item:
    kind: HarmKind
    count: Span | None
    who: Span | None
    civilian: Civilian
    shared: bool = False

    @property
    def start(self) -> int:
        return min(s.start for s in (self.count, self.who) if s)

    @property
    def end(self) -> int:
        return max(s.end for s in (self.count, self.who) if s)


def harm_of(
    text: str,
    tags: Tags,
    trigger: int,
    actors: tuple[ActorMention, ...],
    targets: tuple[ActorMention, ...],
    words: ClaimWords,
) -> list[Harm]:
    """The harm entries of one trigger, in order of appearance.

    Numbers are left to the resolve stage; ``rule`` here says only when one count was told for two kinds at
    once ("killed and injured five"), whose bounds nobody can know unless the count is none.
    """
    items = _counted(text, tags, trigger)
    items.sort(key=lambda i: (i.start, i.end, i.kind))
    found: list[Harm] = []
    for at, item in enumerate(items):
        who_text = item.who.text if item.who else ""
        found.append(
            Harm(
                kind=item.kind,
                count=item.count,
                who=item.who,
                civilian=item.civilian,
                groups=tuple(g for g, pattern in words.groups if pattern.search(who_text)),
                side=_side(item, actors, targets),
                part_of=_part_of(text, items, at, words),
                rule="one count told for two kinds of harm" if item.shared else None,
            )
        )
    return found


def _counted(text: str, tags: Tags, trigger: int) -> list[_Item]:
    """Counts with their people, and people without a count."""
    here = [k for k in tags.links if k.trigger == trigger]
    counts = _best(tags, [k for k in here if k.role is Role.COUNT])
    whos = _best(tags, [k for k in here if k.role is Role.WHO])
    who_of: dict[int, int] = {}
    for join in sorted(tags.counted, key=lambda j: (-j.score, j.first, j.second)):
        who_of.setdefault(join.first, join.second)
    items: list[_Item] = []
    for span, links in counts.items():
        who = who_of.get(span)
        number = _span(text, tags.spans[span], number=True)
        people = _span(text, tags.spans[who]) if who is not None else None
        standing = whos[who][0].civilian if who in whos else links[0].civilian
        kinds = _kinds(links)
        shared = len(kinds) > 1
        if number or people:
            items += [_Item(k, number, people, standing or Civilian.UNKNOWN, shared) for k in kinds]
    counted = {who_of.get(span) for span in counts}
    for span, links in whos.items():
        people = _span(text, tags.spans[span])
        if people and span not in counted:
            standing = links[0].civilian or Civilian.UNKNOWN
            items += [_Item(k, None, people, standing) for k in _kinds(links)]
    return items


def _kinds(links: list[Link]) -> list[HarmKind]:
    """The kind of harm of one span: its best link's, or killed and injured where both are sure."""
    sure = [k.harm for k in links if k.score >= TWO_KINDS]
    if {HarmKind.KILLED, HarmKind.INJURED} <= set(sure):
        return [HarmKind.KILLED, HarmKind.INJURED]
    return [k.harm for k in links[:1] if k.harm]


def _best(tags: Tags, links: list[Link]) -> dict[int, list[Link]]:
    """Links by span, best first; of overlapping spans only the best-scored."""
    by_span: dict[int, list[Link]] = {}
    for link in sorted(links, key=lambda k: (-k.score, k.span, str(k.harm))):
        if link.span in by_span or not any(tags.spans[link.span].overlaps(tags.spans[s]) for s in by_span):
            by_span.setdefault(link.span, []).append(link)
    return by_span


def _span(text: str, span: Span, *, number: bool = False) -> Span | None:
    bounds = trimmed(span, number=number)
    return Span.of(text, *bounds) if bounds else None


def _side(item: _Item, actors: tuple[ActorMention, ...], targets: tuple[ActorMention, ...]) -> Side:
    people = [s for s in (item.who, item.count) if s]
    if any(overlaps_any(s, actors) for s in people):
        return Side.ACTOR
    if any(overlaps_any(s, targets) for s in people):
        return Side.TARGET
    return Side.UNKNOWN


def _part_of(text: str, items: list[_Item], at: int, words: ClaimWords) -> int | None:
    """The nearest earlier toll of the same kind, where only words of inclusion stand between the two."""
    item = items[at]
    for before in range(at - 1, -1, -1):
        wider = items[before]
        if wider.kind is not item.kind or wider.count is None or item.start < wider.end:
            continue
        between = text[wider.end : item.start]
        if len(between) <= 60 and "." not in between and words.subset.search(between):
            return before
        # A list inside a subset: "including two women and three children".
        if len(between) <= 12 and re.fullmatch(r"[\s,]*(?:and)?[\s,]*", between):
            return _part_of(text, items, before, words)
        return None
    return None


def unknown_harm(text: str, sentence: Sentence, words: ClaimWords) -> list[Harm]:
    """Harm with state ``unknown`` for words that say nothing is known of losses, inside ``sentence``."""
    found: list[Harm] = []
    for form in words.unknown_harm:
        for match in form.pattern.finditer(text, sentence.start, sentence.end):
            people = match.group("who").lower()
            for kind, of in words.unknown_kinds:
                if people in of:
                    found.append(
                        Harm(
                            kind=kind,
                            count=Span.of(text, *match.span("count")),
                            who=Span.of(text, *match.span("who")),
                            state=HarmState.UNKNOWN,
                            rule="the text says that nothing is known",
                        )
                    )
    return found
