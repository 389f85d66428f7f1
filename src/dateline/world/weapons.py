"""Words for a weapon to its category (world/data/weapons.jsonl)."""

from __future__ import annotations

from functools import lru_cache

from dateline.world.vocabulary import Vocabulary, categories


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary[str]:
    return categories("weapons.jsonl")


def weapon_category(words: str) -> str | None:
    """The category of ``words`` ("barrel bombs" → ``barrel_bomb``), None when none of them is known."""
    found = _vocabulary().best(words)
    return found[0] if found else None
