"""Attributes of victims that too few people of a file share are combined (k-anonymity, k from the rules).

An event is unique by its nature and stays; what is combined is what a file tells of its victims beside their
number: that they were civilians or fighters, journalists, medics, protesters, a person by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from dateline.export.rules import Rules
from dateline.export.sensitive import people
from dateline.export.vocabulary import phrases
from dateline.records import Actor, ActorKind, Civilian, Event, HarmKind, Range, Toll

_STANDINGS = {"civilians": Civilian.YES, "combatants": Civilian.NO}


def combined(events: Sequence[Event], rules: Rules, held: Counter[str]) -> list[Event]:
    """The events of a file with the rare attributes of their victims combined; ``held`` counts them."""
    rare_kinds = _rare_kinds(events, rules)
    rare_standing = _rare_standing(events, rules)
    found = []
    for event in events:
        targets = dict.fromkeys(_combined_target(t, rare_kinds) for t in event.targets)
        held["attributes combined: targets"] += sum(t.kind in rare_kinds for t in event.targets)
        changed: dict[str, Any] = {}
        for kind in HarmKind:
            toll: Toll | None = getattr(event, kind.value)
            if toll is not None and any(
                (kind, who) in rare_standing and _told(toll, who) for who in _STANDINGS
            ):
                changed[kind.value] = _without(toll)
                held["attributes combined: civilians and fighters"] += 1
        found.append(replace(event, targets=tuple(targets), **changed))
    return found


def _rare_kinds(events: Sequence[Event], rules: Rules) -> frozenset[ActorKind]:
    """Kinds of target that fewer than k people of the file share; an event without figures counts one."""
    shared: Counter[ActorKind] = Counter()
    for event in events:
        kinds = {t.kind for t in event.targets if t.id is None and t.kind in rules.victims.groups}
        most = max((people(getattr(event, kind.value)) for kind in HarmKind), default=0)
        for kind in kinds:
            shared[kind] += max(most, 1)
    return frozenset(kind for kind, count in shared.items() if count < rules.victims.k)


def _rare_standing(events: Sequence[Event], rules: Rules) -> frozenset[tuple[HarmKind, str]]:
    """Kinds of harm and standings that fewer than k people of the file share, but at least one."""
    shared: Counter[tuple[HarmKind, str]] = Counter()
    for event in events:
        for kind in HarmKind:
            toll: Toll | None = getattr(event, kind.value)
            for who in _STANDINGS if toll is not None else ():
                shared[kind, who] += _least(getattr(toll, who))
    return frozenset(key for key, count in shared.items() if 0 < count < rules.victims.k)


def _told(toll: Toll, who: str) -> bool:
    """Whether the toll, or one of its accounts, tells of people of this standing."""
    standings = {account.civilian for account in toll.accounts}
    return getattr(toll, who) != Range() or _STANDINGS[who] in standings or Civilian.MIXED in standings


def _least(bounds: Range) -> int:
    return (bounds.min if bounds.min is not None else bounds.max) or 0


def _combined_target(target: Actor, rare: frozenset[ActorKind]) -> Actor:
    if target.kind not in rare or target.id is not None:
        return target
    # A person named may be a fighter; journalists, medics, aid workers and protesters are civilians.
    kind = ActorKind.UNKNOWN if target.kind is ActorKind.PERSON else ActorKind.CIVILIANS
    return Actor(name=phrases()["parties"][kind.value], kind=kind)


def _without(toll: Toll) -> Toll:
    """The toll without any standing: of two ranges the one left would tell the other."""
    accounts = tuple(replace(account, civilian=Civilian.UNKNOWN) for account in toll.accounts)
    return replace(toll, civilians=Range(), combatants=Range(), accounts=accounts)
