"""A report cut into words and word pieces, with what the encoder is told about each."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from dateline.tagger.sentences import sentences

Ints = npt.NDArray[np.int64]

# Word shapes: the encoder's vocabulary is uncased, so case travels beside the pieces. Doubled for pieces
# that continue a word. Worth 2 to 6 points of F1 on names (design notes, 2026).
SHAPES = ("other", "lower", "initial", "capitals", "mixed", "digits", "punctuation")
SHAPE_COUNT = 2 * len(SHAPES)


@dataclass(frozen=True)
class Words:
    """``text`` as words (by the tokenizer's own rule) and pieces.

    starts, ends   code-point offsets of each word, shape (words,)
    first          index of each word's first piece, shape (words,)
    sentence       index into ``sentences`` of each word, shape (words,)
    pieces, shapes piece ids and word-shape ids, shape (pieces,), without special tokens
    """

    text: str
    starts: Ints
    ends: Ints
    first: Ints
    sentence: Ints
    sentences: list[tuple[int, int]]
    pieces: Ints
    shapes: Ints

    def __len__(self) -> int:
        return len(self.starts)


@lru_cache(maxsize=20_000)
def shape_of(word: str) -> int:
    """Index into :data:`SHAPES` for one word."""
    if word.isdigit():
        return 5
    if not any(c.isalnum() for c in word):
        return 6
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word[0].isupper() and word[1:].islower():
        return 2
    return 4 if any(c.isupper() for c in word) else 0


def cut(text: str, tokenizer: Tokenizer) -> Words:
    """Cut ``text`` into words and pieces; nothing is truncated."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    shapes: list[int] = []
    previous: int | None = None
    for at, (word, (begin, end)) in enumerate(zip(encoded.word_ids, encoded.offsets, strict=True)):
        if word != previous or previous is None:
            starts.append(begin)
            ends.append(end)
            first.append(at)
            previous = word
        else:
            ends[-1] = max(end, ends[-1])
    bounds = [*first, len(encoded.ids)]
    for k, (begin, end) in enumerate(zip(starts, ends, strict=True)):
        shape = shape_of(text[begin:end])
        shapes.append(shape)
        shapes.extend([shape + len(SHAPES)] * (bounds[k + 1] - bounds[k] - 1))
    bounds_of = sentences(text)
    begins = [s for s, _ in bounds_of]
    return Words(
        text=text,
        starts=np.array(starts, dtype=np.int64),
        ends=np.array(ends, dtype=np.int64),
        first=np.array(first, dtype=np.int64),
        sentence=np.array([max(0, bisect_right(begins, s) - 1) for s in starts], dtype=np.int64),
        sentences=bounds_of,
        pieces=np.array(encoded.ids, dtype=np.int64),
        shapes=np.array(shapes, dtype=np.int64),
    )
