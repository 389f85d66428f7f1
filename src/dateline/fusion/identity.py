"""Which event an event was before: ids that stay when reports are added.

Given the events of an earlier run by their claims, an event keeps the id of the earlier one it shares most
claims with, each id once. What was merged into it, and what it was split from, stands in ``came_from``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

Earlier = Mapping[str, Collection[str]]
"""The claim ids of each event of an earlier run, by event id."""


class Identity(NamedTuple):
    """An event's id, and the ids of other earlier events that claims of it were in."""

    event_id: str
    came_from: tuple[str, ...]


def event_id(claim_ids: Collection[str]) -> str:
    """The id of a new event: "e", 12 hex digits of the SHA-256 of its sorted claim ids, one a line."""
    return "e" + sha256("\n".join(sorted(claim_ids)).encode()).hexdigest()[:12]


def identities(events: Sequence[Collection[str]], earlier: Earlier) -> list[Identity]:
    """The identity of each of ``events``, given by their claim ids, in their order.

    The pair that shares most claims goes first; ties go to the earlier id, then to the event with the lowest
    claim id. An id that a new event would get but an earlier one had is not given to another.
    """
    event_of = {claim: known for known, claims in earlier.items() for claim in claims}
    shared = [Counter(event_of[claim] for claim in claims if claim in event_of) for claims in events]
    lowest = [min(claims) for claims in events]
    pairs = [
        (-count, known, lowest[at], at) for at, found in enumerate(shared) for known, count in found.items()
    ]
    kept: dict[int, str] = {}
    taken: set[str] = set()
    for _, known, _, at in sorted(pairs):
        if at not in kept and known not in taken:
            kept[at] = known
            taken.add(known)
    found = []
    for at, claims in enumerate(events):
        own = kept.get(at) or _unused(claims, earlier)
        found.append(Identity(own, tuple(sorted(known for known in shared[at] if known != own))))
    return found


def _unused(claims: Collection[str], earlier: Earlier) -> str:
    """A new event's id; with the earlier run's mark where that run gave it to other claims."""
    plain = event_id(claims)
    return plain if plain not in earlier else event_id([*claims, plain])
