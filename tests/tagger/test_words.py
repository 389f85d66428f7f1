from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from dateline.tagger import WEIGHTS, bio
from dateline.tagger.sentences import sentences
from dateline.tagger.windows import windows
from dateline.tagger.words import cut, shape_of


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit al-Ward street in Ciudad Niña, killing 1,200.",
        "emoji 🙂🙂 before, İstanbul dotted, ﬁ ligature",
        "قصف على المدينة and then English",
        "zero​width and ‮rtl‬ marks",
        "",
        "   \n\t ",
    ],
)
def test_words_keep_their_offsets(tokenizer: Tokenizer, text: str) -> None:
    words = cut(text, tokenizer)
    for start, end in zip(words.starts, words.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert (np.diff(words.starts) >= 0).all()
    assert len(words.first) == len(words)
    joined = "".join(text[s:e] for s, e in zip(words.starts, words.ends, strict=True))
    assert "Shells" not in text or "Shells" in joined


@given(st.integers(0, 4000))
def test_windows_keep_every_piece_once(size: int) -> None:
    from dateline.tagger.words import Words

    empty = np.zeros(0, dtype=np.int64)
    first = np.array([p for p in range(size) if p % 3 != 1], dtype=np.int64)
    words = Words("", first, first, first, first, [], np.zeros(size, dtype=np.int64), empty)
    found = windows(words)
    kept = [p for w in found for p in range(w.keep_start, w.keep_end)]
    assert kept == list(range(size))
    for w in found:
        assert w.end - w.start <= 510
        assert w.start <= w.keep_start <= w.keep_end <= w.end


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("the", "lower"),
        ("Raqqa", "initial"),
        ("UN", "capitals"),
        ("A", "initial"),
        ("McCoy", "mixed"),
        ("40", "digits"),
        ("—", "punctuation"),
        ("مدينة", "other"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    from dateline.tagger.words import SHAPES

    assert SHAPES[shape_of(word)] == shape


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Smith spoke. He left.", 2),
        ("The U.S. Army struck at 5 p.m. Friday.", 1),
        ("HEADLINE WITHOUT A STOP\n\nThe lead follows.", 2),
        ("One line\nwrapped in the middle of a sentence.", 1),
        ("“No one was hurt.” The spokesman went on.", 2),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    found = sentences(text)
    assert len(found) == count
    assert all(text[s:e] == text[s:e].strip() and s < e for s, e in found)


def test_bio_spans() -> None:
    logits = np.full((6, 3), -5.0, dtype=np.float32)
    for at, tag in enumerate([0, 1, 2, 1, 0, 2]):
        logits[at, tag] = 5.0
    assert [(a, b) for a, b, _ in bio.spans(logits)] == [(1, 2), (3, 3), (5, 5)]
    assert bio.spans(logits[:0]) == []
