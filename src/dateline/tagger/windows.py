"""Long texts in overlapping windows: each piece is read where it stands farthest from a window's edge."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.tagger.words import Words

#: Pieces a window holds beside [CLS] and [SEP]; the encoder has 512 positions.
WINDOW = 510
#: Pieces that neighbouring windows share.
OVERLAP = 96
#: Pieces by which a window may fall short of its planned end to end between words.
SLACK = 16


@dataclass(frozen=True)
class Window:
    """Pieces ``start:end`` are read; of these ``keep_start:keep_end`` are kept."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def windows(words: Words, size: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    """Windows over ``words.pieces`` that start and end between words and keep every piece once.

    Windows are of about equal size. A single word of more than ``size`` pieces is cut.
    """
    total = len(words.pieces)
    if total <= size:
        return [Window(0, total, 0, total)] if total else []
    count = -(-(total - overlap) // (size - overlap))
    even = min(size, -(-(total - overlap) // count) + overlap + SLACK)
    firsts = {int(f) for f in words.first}
    bounds: list[tuple[int, int]] = []
    start = 0
    while True:
        end = min(start + even, total)
        if end < total:
            end = _word_edge(end, firsts, lowest=start + overlap + 1)
        bounds.append((start, end))
        if end == total:
            break
        start = _word_edge(end - overlap, firsts, lowest=start + 1)
    found, kept = [], 0
    for k, (start, end) in enumerate(bounds):
        last = k + 1 == len(bounds)
        until = total if last else _word_edge((bounds[k + 1][0] + end) // 2, firsts, lowest=kept)
        found.append(Window(start, end, kept, until))
        kept = until
    return found


def _word_edge(at: int, firsts: set[int], lowest: int) -> int:
    """The last word start at or before ``at``; ``at`` itself where there is none from ``lowest`` on."""
    edge = at
    while edge >= lowest and edge not in firsts:
        edge -= 1
    return edge if edge >= lowest else at
