"""What a page carries beside its report: lists of other headlines, pointers, notes on cookies.

It stays in the text, so that offsets hold, and no claim is made of it. By line; where a line may be the
report's own, it is. Words: ``claims/data/boilerplate.toml``. What a saved page carries is left out before, by
its reader.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s*$")


def boilerplate(text: str) -> list[tuple[int, int]]:
    """Where the lines of ``text`` that are no part of its report begin and end, in order."""
    data = _data()
    found: list[tuple[int, int]] = []
    listed = False
    for match in re.finditer(r"[^\r\n\f]+", text):
        line = match[0].strip()
        if not line:
            continue
        short = len(line) <= data["longest_headline"]
        if short and _heads().fullmatch(line):
            listed = True
        elif listed and (not short or _SENTENCE_END.search(line)):
            listed = False  # running text: the report goes on
        if (
            listed
            or (short and _pointers().match(line))
            or (len(line) <= data["longest_site"] and _site().search(line))
        ):
            found.append(match.span())
    return found


def within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether what stands at ``at`` lies in one of ``spans``, which are in order."""
    before = bisect_right(spans, (at, float("inf"))) - 1
    return before >= 0 and at < spans[before][1]


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(_data()['heads'])})\s*:?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _pointers() -> re.Pattern[str]:
    return re.compile(
        rf"[\W_]{{0,4}}(?:{_any(_data()['pointers'])})\s*(?::|\||>|»|→|\s[–—-]\s)", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _site() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(_data()['site'])})\b", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = resources.files("dateline.claims").joinpath("data/boilerplate.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
