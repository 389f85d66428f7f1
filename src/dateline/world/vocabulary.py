"""Word lists of ``world/data``: exact lookup and longest-match search over words, case and marks aside."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_MARKS = re.compile(r"[^\w]+")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_DOTS = re.compile(r"\b((?:[A-Za-z]\.){2,})")


def tokens_of(words: str) -> tuple[str, ...]:
    """Words as written, possessives and marks away, "U.S." as "US", "the" left out."""
    plain = _POSSESSIVE.sub("", words)
    plain = _DOTS.sub(lambda m: m.group(1).replace(".", ""), plain)
    return tuple(t for t in _MARKS.sub(" ", plain).split() if t.casefold() != "the")


def key_of(words: str) -> tuple[str, ...]:
    """:func:`tokens_of`, casefolded: the form in which phrases are compared."""
    return tuple(t.casefold() for t in tokens_of(words))


def read_jsonl(name: str) -> Iterator[dict[str, Any]]:
    """The entries of a data file, its opening note left out."""
    text = resources.files("dateline.world").joinpath(f"data/{name}").read_text(encoding="utf-8")
    for line in text.splitlines():
        entry = json.loads(line)
        if "note" not in entry:
            yield entry


@cache
def read_toml(name: str) -> dict[str, Any]:
    """The tables of a data file, which nobody changes."""
    return tomllib.loads(
        resources.files("dateline.world").joinpath(f"data/{name}").read_text(encoding="utf-8")
    )


class Vocabulary(Generic[T]):
    """Phrases to values, found inside words: the longest phrase first, of equal ones the last.

    A phrase of one word without a small letter ("IS", "US") is found only as written.

    >>> found = Vocabulary([("car bomb", 1), ("bomb", 2)])
    >>> found.best("a huge car bomb")
    (1, 2, 4)
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._values: dict[tuple[str, ...], T] = {}
        self._capitals: dict[str, T] = {}
        for phrase, value in entries:
            tokens = tokens_of(phrase)
            if len(tokens) == 1 and tokens[0].isupper():
                self._capitals.setdefault(tokens[0], value)
            elif tokens:
                self._values.setdefault(tuple(t.casefold() for t in tokens), value)
        self._longest = max((len(k) for k in self._values), default=1)

    def _at(self, tokens: tuple[str, ...], keys: tuple[str, ...], start: int, end: int) -> T | None:
        found = self._capitals.get(tokens[start]) if end - start == 1 else None
        return self._values.get(keys[start:end]) if found is None else found

    def exact(self, words: str) -> T | None:
        """The value of exactly these words."""
        tokens = tokens_of(words)
        return self._at(tokens, key_of(words), 0, len(tokens)) if tokens else None

    def best(self, words: str) -> tuple[T, int, int] | None:
        """The longest phrase in ``words``: its value and its bounds in tokens."""
        tokens, keys = tokens_of(words), key_of(words)
        for size in range(min(self._longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - size, -1, -1):
                value = self._at(tokens, keys, start, start + size)
                if value is not None:
                    return value, start, start + size
        return None

    def all(self, words: str) -> list[tuple[T, int, int]]:
        """The phrases in ``words`` from left to right, the longest at each place, as in :meth:`best`."""
        tokens, keys = tokens_of(words), key_of(words)
        found, start = [], 0
        while start < len(tokens):
            for size in range(min(self._longest, len(tokens) - start), 0, -1):
                value = self._at(tokens, keys, start, start + size)
                if value is not None:
                    found.append((value, start, start + size))
                    start += size - 1
                    break
            start += 1
        return found


def categories(name: str) -> Vocabulary[str]:
    """A data file of ``{"category", "words"}`` entries as a vocabulary of categories."""
    return Vocabulary((word, entry["category"]) for entry in read_jsonl(name) for word in entry["words"])
