"""When two names, as words, mean one actor or one place."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dateline.fusion.settings import comparison

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """``name`` in lower case without marks and punctuation: "Al-Ḥasakah" → "al hasakah"."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).casefold()
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain))


@lru_cache(maxsize=65_536)
def telling_words(name: str) -> frozenset[str]:
    """The words of ``name`` that tell it from others; all its words when none does."""
    words = frozenset(folded(name).split())
    return (words - comparison().names.empty) or words


@lru_cache(maxsize=65_536)
def alike(first: str, second: str) -> bool:
    """Whether two names share half of their telling words, or one holds all of the other's.

    The measure of ``score_claims.py`` (the project's scorer), without its limit on added words.
    """
    one, two = telling_words(first), telling_words(second)
    if not one or not two:
        return False
    shared = len(one & two)
    return shared * 2 >= len(one | two) or shared == min(len(one), len(two))
