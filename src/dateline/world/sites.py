"""Words for a kind of place to its category (sites.jsonl), and what protects it (protected_sites.toml)."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import msgspec

from dateline.world.vocabulary import Vocabulary, categories


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary[str]:
    return categories("sites.jsonl")


@lru_cache(maxsize=1)
def protected_categories() -> dict[str, str]:
    """Categories of sites that humanitarian law protects specially, each with its rule in short."""
    text = resources.files("dateline.world").joinpath("data/protected_sites.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=dict[str, str])


def site_category(words: str) -> str | None:
    """The category of ``words`` ("field hospital" → ``medical``), None when none of them is known."""
    found = _vocabulary().best(words)
    return found[0] if found else None
