"""What a page carries beside its report: lists of other headlines, pointers, notes on cookies.

It stays in the text, so that offsets hold, and no claim is made of it. By line; where a line may be the
report's own, it is. Words: ``claims/data/boilerplate.toml``. What a saved page carries is left out before, by
its reader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.claims.words import either, read_toml

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s*$")


def boilerplate(text: str) -> list[tuple[int, int]]:
    """Where the lines of ``text`` that are no part of its report begin and end, in order."""
    words = _words()
    found: list[tuple[int, int]] = []
    listed = False
    for match in re.finditer(r"[^\r\n\f]+", text):
        line = match[0].strip()
        if not line:
            continue
        short = len(line) <= words.longest_headline
        if short and words.heads.fullmatch(line):
            listed = True
        elif listed and (not short or _SENTENCE_END.search(line)):
            listed = False  # running text: the report goes on
        if (
            listed
            or (short and words.pointers.match(line))
            or (len(line) <= words.longest_site and words.site.search(line))
        ):
            found.append(match.span())
    return found


def within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether what stands at ``at`` lies in one of ``spans``, which are in order."""
    before = bisect_right(spans, (at, float("inf"))) - 1
    return before >= 0 and at < spans[before][1]


@dataclass(frozen=True)
class _Words:
    """See the comments of boilerplate.toml."""

    heads: re.Pattern[str]
    pointers: re.Pattern[str]
    site: re.Pattern[str]
    longest_site: int
    longest_headline: int


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_toml("boilerplate.toml")
    heads, pointers, site = (either(data[n]).replace(r"\ ", r"\s+") for n in ("heads", "pointers", "site"))
    return _Words(
        heads=re.compile(rf"(?:{heads})\s*:?", re.IGNORECASE),
        pointers=re.compile(rf"[\W_]{{0,4}}(?:{pointers})\s*(?::|\||>|»|→|\s[–—-]\s)", re.IGNORECASE),
        site=re.compile(rf"\b(?:{site})\b", re.IGNORECASE),
        longest_site=data["longest_site"],
        longest_headline=data["longest_headline"],
    )
