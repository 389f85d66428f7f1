"""Who "the group" or "its fighters" is: the one actor of a fitting kind named before in the same report.

Only where it is certain by the report's own names: exactly one known actor of a fitting kind is named in
the passage before, or, when none is there, exactly one in all of the report before. A pronoun that speaks
("it added", "he said") is the last speaker before it in the passage, where that one fits: a body for "it",
one person for "he"; not so "it denied", which answers somebody else. The words stay the evidence; only the
name is the other's. Words and kinds: ``world/data/references.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from msgspec.structs import replace

from dateline.records import Actor, ActorKind, ActorMention, Attribution, Claim, Span, Stance
from dateline.world.actors import KnownActors, named_in
from dateline.world.people import name_at_end, tells_one
from dateline.world.vocabulary import key_of, read_toml

#: Characters before the words in which a name counts as the passage before: about three sentences.
PASSAGE = 500

_Party = TypeVar("_Party", ActorMention, Attribution)

_DEFINITE = ("the", "this", "that", "same")


@dataclass(frozen=True)
class _Reference:
    kinds: frozenset[ActorKind]
    name: str | None
    after: tuple[str, ...]
    speaking: frozenset[ActorKind]
    unless: frozenset[str]


@dataclass(frozen=True)
class _Pronoun:
    kinds: frozenset[ActorKind]
    one_person: bool
    rivals: frozenset[ActorKind]


@lru_cache(maxsize=1)
def _pronouns() -> dict[str, _Pronoun]:
    return {
        word: _Pronoun(
            kinds=frozenset(ActorKind(kind) for kind in entry["kinds"]),
            one_person=entry["one_person"],
            rivals=frozenset(ActorKind(kind) for kind in entry["rivals"]),
        )
        for entry in read_toml("references.toml")["pronoun"]
        for word in entry["words"]
    }


@lru_cache(maxsize=1)
def _references() -> dict[str, _Reference]:
    return {
        word: _Reference(
            kinds=frozenset(ActorKind(kind) for kind in entry["kinds"]),
            name=entry.get("name"),
            after=tuple(entry.get("after", _DEFINITE)),
            speaking=frozenset(ActorKind(kind) for kind in entry.get("speaking", ())),
            unless=frozenset(entry.get("unless", ())),
        )
        for entry in read_toml("references.toml")["reference"]
        for word in entry["words"]
    }


def refer_back(text: str, claims: Sequence[Claim], known: KnownActors | None = None) -> list[Claim]:
    """``claims`` of one report, already resolved, with the words that refer back named; others as they are.

    ``text``: of the report; ``known``: the known actors, if not only ours.
    """
    unlisted = [
        party
        for claim in claims
        for party in (*claim.actors, *claim.targets)
        if party.id is None and party.kind is not ActorKind.PERSON and _is_a_name(party)
    ]

    def named(party: _Party, words: Span | None) -> _Party:
        if words is None or party.id:
            return party
        who = _referent(text, words, unlisted, known, speaks=isinstance(party, Attribution))
        if who is None:
            return party
        return replace(party, name=who.name, id=who.id, country=who.country, kind=who.kind)

    found = [
        replace(
            claim,
            actors=tuple(named(a, a) for a in claim.actors),
            targets=tuple(named(t, t) for t in claim.targets),
            attribution=tuple(named(s, s.who) for s in claim.attribution),
        )
        for claim in claims
    ]
    speakers = _behind_pronouns(text, [said for claim in found for said in claim.attribution], known)
    return [
        replace(claim, attribution=tuple(_as(speakers.get(said.who), said) for said in claim.attribution))
        for claim in found
    ]


def _as(who: Attribution | None, said: Attribution) -> Attribution:
    """What is said, by the name of ``who``."""
    if who is None:
        return said
    name = who.name or (who.who.text if who.who else None)
    return replace(said, name=name, id=who.id, country=who.country, kind=who.kind)


def _behind_pronouns(
    text: str, said: Sequence[Attribution], known: KnownActors | None
) -> dict[Span | None, Attribution]:
    """For the pronouns among a report's speakers the speaker each stands for, where that is plain."""
    found: dict[Span | None, Attribution] = {}
    heard: list[tuple[Span, Attribution]] = []
    words = {one.who: one for one in said if one.who is not None}
    for span, one in sorted(words.items(), key=lambda item: (item[0].start, -item[0].end)):
        pronoun = _pronouns().get(span.text.lower())
        if pronoun is None:
            heard.append((span, one))
        elif one.stance is Stance.SAYS:
            fitting = (before for before in reversed(heard) if _fits(pronoun, before[1]))
            last = next(fitting, None)
            if last is not None and _is_plain(text, span, pronoun, *last, known):
                found[span] = last[1]
                heard.append((span, last[1]))
    return found


def _fits(pronoun: _Pronoun, speaker: Attribution) -> bool:
    """Whether a speaker is one person, or a body that speaks, as the pronoun asks."""
    words = speaker.who.text if speaker.who else ""
    one = tells_one(words)
    named = name_at_end(words) is not None and (one or speaker.id is None)
    person = named or speaker.kind is ActorKind.PERSON
    return (person or one) if pronoun.one_person else (not person and speaker.kind in pronoun.kinds)


def _is_plain(
    text: str, span: Span, pronoun: _Pronoun, last: Span, speaker: Attribution, known: KnownActors | None
) -> bool:
    """Whether a pronoun at ``span`` can only mean the fitting speaker last heard, at ``last``."""
    if span.start - last.end > PASSAGE or span.text == "IT":
        return False
    rivals = (who for who, _ in named_in(text[last.end : span.start], known) if who.kind in pronoun.rivals)
    return all(who.id == speaker.id for who in rivals)


def _is_a_name(party: ActorMention) -> bool:
    """Whether words no list knows may name a body: a word in capitals that is not a country's."""
    return party.country is None and any(word[:1].isupper() for word in party.text.split())


def _referent(
    text: str, words: Span, unlisted: Sequence[Span], known: KnownActors | None, *, speaks: bool
) -> Actor | None:
    """The known actor that ``words`` refer back to; None when in doubt."""
    lead, _, rest = words.text.lower().partition(" ")
    reference = _references().get(rest if lead in _DEFINITE else words.text.lower())
    if reference is None:
        return None
    before = text[: words.start].rstrip().lower()
    if lead not in _DEFINITE and not any(re.search(rf"(?<!\w){a}\Z", before) for a in reference.after):
        return None
    start = max(0, words.start - PASSAGE)
    if any(start <= other.start < words.start for other in unlisted):
        return None
    kinds = reference.kinds | (reference.speaking if speaks else frozenset())
    passage = text[start : words.start]
    found = _fitting(passage, kinds, reference.name, known)
    found = found or _fitting(text[:start], kinds, reference.name, known)
    if len(found) != 1:
        return None
    ((actor, meant),) = found.items()
    doubtful = speaks and actor.kind not in reference.speaking
    if doubtful and not reference.unless.isdisjoint(key_of(passage)):
        return None
    return actor if meant else None


def _fitting(
    passage: str, kinds: frozenset[ActorKind], name: str | None, known: KnownActors | None
) -> dict[Actor, bool]:
    """The known actors of these kinds, with a word in their name, that a passage names.

    Each with whether it is once meant itself, and not only describes another.
    """
    found: dict[Actor, bool] = {}
    for actor, meant in named_in(passage, known):
        if actor.kind in kinds and (name is None or name in (actor.name or "").lower()):
            found[actor] = meant or found.get(actor, False)
    return found
