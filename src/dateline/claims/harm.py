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

#: Characters before a toll in which a verb that tells its kind is looked for.
VERB_REACH = 48

#: Score from which a span is taken to tell two kinds of harm at once ("killed and injured five").
TWO_KINDS = 0.6


_ARTICLE = re.compile(r"\b(an?) \Z", re.IGNORECASE)


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
    items = _counted(text, tags, trigger, words)
    items.sort(key=lambda i: (i.start, i.end, i.kind))
    items = _told_once(items, tags, trigger)
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


def _counted(text: str, tags: Tags, trigger: int, words: ClaimWords) -> list[_Item]:
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
        if not (number or people):
            continue
        kinds = _kinds(text, links, number, people, words)
        shared = len(kinds) > 1
        items += [_Item(k, number, people, standing or Civilian.UNKNOWN, shared) for k in kinds]
    counted = {who_of.get(span) for span in counts}
    for span, links in whos.items():
        people = _span(text, tags.spans[span])
        if people and span not in counted:
            standing = links[0].civilian or Civilian.UNKNOWN
            number = _article(text, people)
            kinds = _kinds(text, links, number, people, words)
            items += [_Item(k, number, people, standing, len(kinds) > 1) for k in kinds]
    return items


def _article(text: str, people: Span) -> Span | None:
    """The "a" or "an" right before words for a person: a count (codebook, field ``count``)."""
    found = _ARTICLE.search(text, max(0, people.start - 4), people.start)
    return Span.of(text, *found.span(1)) if found else None


def _told_once(items: list[_Item], tags: Tags, trigger: int) -> list[_Item]:
    """``items`` less a toll told twice in one passage, as where a headline ran into the text after it.

    The same number of the same harm, with an act named between the two, and people who do not differ: the
    one nearer to the trigger stays, of equals the one that says who.
    """
    at = tags.triggers[trigger]

    def distance(item: _Item) -> int:
        return max(item.start - at.end, at.start - item.end, 0)

    kept: list[_Item] = []
    for item in sorted(items, key=distance):
        if not any(_same_toll(item, other, tags) for other in kept):
            kept.append(item)
    return [item for item in items if item in kept]


def _same_toll(one: _Item, other: _Item, tags: Tags) -> bool:
    if one.count is None or other.count is None or one.kind is not other.kind:
        return False
    if one.count.text.casefold() != other.count.text.casefold():
        return False
    if one.who and other.who and one.who.text.casefold() != other.who.text.casefold():
        return False
    first, second = sorted((one, other), key=lambda i: i.start)
    return any(first.end <= t.start and t.end <= second.start for t in tags.triggers)


def _kinds(
    text: str, links: list[Link], number: Span | None, people: Span | None, words: ClaimWords
) -> list[HarmKind]:
    """The kinds of harm of one toll: what the words beside it say, else the tagger's best link.

    Words decide only between killed and injured: which of the others it is hangs on the act. Without such
    words two kinds stand where the tagger is sure of both.
    """
    read = next((k.harm for k in links if k.harm), None)
    if read in (HarmKind.KILLED, HarmKind.INJURED):
        told = _told_kinds(text, number, people, words)
        if told:
            return told
    sure = [k.harm for k in links if k.score >= TWO_KINDS]
    if {HarmKind.KILLED, HarmKind.INJURED} <= set(sure):
        return [HarmKind.KILLED, HarmKind.INJURED]
    return [k.harm for k in links[:1] if k.harm]


def _told_kinds(text: str, number: Span | None, people: Span | None, words: ClaimWords) -> list[HarmKind]:
    """What the words right after a toll, else those right before it, say was done to people; may be none."""
    first = number or people
    if first is None:
        return []
    follows = people is not None and first.end <= people.start <= first.end + len("of the more than ")
    end = people.end if people is not None and follows else first.end
    found = words.told_kind.after.match(text, end)
    found = found or words.told_kind.before.search(text, max(0, first.start - VERB_REACH), first.start)
    if found is None:
        return []
    if found["both"]:
        return [HarmKind.KILLED, HarmKind.INJURED]
    return [HarmKind.KILLED if found["killed"] else HarmKind.INJURED]


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
    """The toll that this one is part of: one that overtakes it, or one that it is a subset of.

    Of a subset: the nearest earlier toll of the same kind, where only words of inclusion stand between them.
    """
    item = items[at]
    newer = _overtaken_by(text, items, at, words)
    if newer is not None:
        return newer
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


def _overtaken_by(text: str, items: list[_Item], at: int, words: ClaimWords) -> int | None:
    """The toll beside this one that takes its place: "from 17 to 19", "19, up from 17"."""
    old, said = items[at], words.overtaken
    if old.count is None:
        return None
    for beside in (at + 1, at - 1):
        new = items[beside] if 0 <= beside < len(items) else None
        if new is None or new.kind is not old.kind or new.count is None:
            continue
        if beside > at:
            led_in = said.before.search(text[max(0, old.start - VERB_REACH) : old.start])
            between = said.old_first.fullmatch(text, old.count.end, new.count.start)
            if led_in and between:
                return beside
        elif said.new_first.fullmatch(text, new.count.end, old.count.start):
            return beside
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
