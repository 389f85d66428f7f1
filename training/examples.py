"""Gold reports as windows of pieces with targets, and batches of windows as tensors."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from dateline.records import Layer
from dateline.tagger import labels
from dateline.tagger.pairs import LayerSpan, PairSpace
from dateline.tagger.windows import windows
from dateline.tagger.words import Words, cut
from training.gold import GoldReport, GoldTrigger


@dataclass
class Example:
    """One window: its words (piece indices local to the window, [CLS] at 0) and what is true in it."""

    report: str
    words: Words
    ids: np.ndarray
    shapes: np.ndarray
    triggers: list[tuple[int, int]]
    gold: list[GoldTrigger]
    #: word-level targets: trigger BIO, and one BIO row a layer
    trigger_tags: np.ndarray
    layer_tags: np.ndarray
    #: gold spans in words, and back to characters
    spans: list[LayerSpan]
    #: (layer, first, last) -> (layer, start, end) as the gold has it
    chars: dict[LayerSpan, LayerSpan]


def examples(reports: list[GoldReport], tokenizer: Tokenizer, cls: int, sep: int) -> list[Example]:
    """Every window of every report."""
    found = []
    for report in reports:
        words = cut(report.text, tokenizer)
        for window in windows(words):
            low = bisect_left(words.first.tolist(), window.start)
            high = bisect_left(words.first.tolist(), window.end)
            part = Words(
                text=report.text,
                starts=words.starts[low:high],
                ends=words.ends[low:high],
                first=words.first[low:high] - window.start + 1,
                sentence=words.sentence[low:high],
                sentences=words.sentences,
                pieces=words.pieces[window.start : window.end],
                shapes=words.shapes[window.start : window.end],
            )
            found.append(_example(report, part, cls, sep))
    return found


def _example(report: GoldReport, words: Words, cls: int, sep: int) -> Example:
    starts, ends = words.starts.tolist(), words.ends.tolist()

    def in_words(start: int, end: int) -> tuple[int, int] | None:
        first = bisect_right(ends, start)
        last = bisect_left(starts, end) - 1
        return (first, last) if first <= last and starts[first] >= start - 12 else None

    trigger_tags = np.zeros(len(words), dtype=np.int64)
    layer_tags = np.zeros((len(labels.LAYERS), len(words)), dtype=np.int64)
    triggers, gold, chars = [], [], {}
    for trigger in report.triggers:
        at = in_words(trigger.start, trigger.end)
        if at is None:
            continue
        triggers.append(at)
        gold.append(trigger)
        trigger_tags[at[0]] = 1
        trigger_tags[at[0] + 1 : at[1] + 1] = 2
        for layer, start, end in trigger.links:
            where = in_words(start, end)
            if where:
                chars[(layer, *where)] = (layer, start, end)
    # Longer spans first, so that a short span inside a long one of the same layer keeps its begin.
    for layer, first, last in sorted(chars, key=lambda s: s[1] - s[2]):
        row = layer_tags[labels.LAYERS.index(layer)]
        row[first] = 1
        row[first + 1 : last + 1] = 2
        if last + 1 < len(row) and row[last + 1] == 2:
            row[last + 1] = 1
    return Example(
        report=report.id,
        words=words,
        ids=np.concatenate([[cls], words.pieces, [sep]]),
        shapes=np.concatenate([[0], words.shapes, [0]]),
        triggers=triggers,
        gold=gold,
        trigger_tags=trigger_tags,
        layer_tags=layer_tags,
        spans=sorted(chars, key=lambda s: (s[1], s[2], s[0])),
        chars=chars,
    )


@dataclass
class Pairs:
    """Pairs of one batch for one head: piece indices (pairs, 2) into the flattened batch, targets, masks."""

    first: Tensor
    second: Tensor
    features: Tensor
    target: Tensor
    mask: Tensor


def _overlap(a: LayerSpan, b: LayerSpan) -> float:
    shared = min(a[2], b[2]) - max(a[1], b[1]) + 1
    return shared / (max(a[2], b[2]) - min(a[1], b[1]) + 1) if a[0] is b[0] and shared > 0 else 0.0


def argument_pairs(
    example: Example, spans: list[LayerSpan], offset: int
) -> tuple[list[list[int]], list[list[int]], np.ndarray, np.ndarray, np.ndarray]:
    """First, second, features, targets and mask of the argument links over ``spans`` (gold or predicted)."""
    types = [labels.TYPES.index(g.type) for g in example.gold]  # type: ignore[arg-type]
    space = PairSpace(example.words, example.triggers, types, spans)
    pairs, features = space.arguments()
    stands_for = [
        example.chars.get(s) or next((example.chars[g] for g in example.spans if _overlap(g, s) >= 0.5), None)
        for s in spans
    ]
    target = np.zeros((len(pairs), labels.LINK_LOGITS), dtype=np.float32)
    mask = np.zeros_like(target)
    for row, (t, s) in enumerate(pairs):
        layer = spans[s][0]
        at, width = labels.LINK_AT[layer], labels.LINK_WIDTH[layer]
        mask[row, at : at + width] = 1.0
        chars = stands_for[s]
        for label in example.gold[t].links.get(chars, ()) if chars else ():
            if layer is Layer.PARTY:
                target[row, at + ("actor", "target").index(label)] = 1.0
            elif layer in (Layer.COUNT, Layer.WHO):
                target[row, at + labels.KINDS.index(label)] = 1.0  # type: ignore[arg-type]
            elif layer is Layer.SPEAKER:
                target[row, at + labels.STANCES.index(label)] = 1.0  # type: ignore[arg-type]
            else:
                target[row, at] = 1.0
        if chars and chars in example.gold[t].civilian:
            standing = example.gold[t].civilian[chars]
            mask[row, labels.CIVILIAN_AT :] = 1.0
            target[row, labels.CIVILIAN_AT + labels.CIVILIANS.index(standing)] = 1.0  # type: ignore[arg-type]
    first = [_pieces(example.words, example.triggers[t], offset) for t, _ in pairs]
    second = [_pieces(example.words, spans[s][1:], offset) for _, s in pairs]
    return first, second, features, target, mask


def joined_pairs(
    example: Example, one: Layer, other: Layer, offset: int
) -> tuple[list[list[int]], list[list[int]], np.ndarray, np.ndarray, np.ndarray]:
    """The same for count–who and speaker–cue pairs over the gold spans."""
    space = PairSpace(example.words, example.triggers, [0] * len(example.triggers), example.spans)
    pairs, features = space.spans_of(one, other)
    true = set()
    for trigger in example.gold:
        for a, b in trigger.counted if one is Layer.COUNT else trigger.said:
            true.add((a, b))
    target = np.array(
        [
            [(example.chars[example.spans[i]][1:], example.chars[example.spans[j]][1:]) in true]
            for i, j in pairs
        ],
        dtype=np.float32,
    ).reshape(-1, 1)
    first = [_pieces(example.words, example.spans[i][1:], offset) for i, _ in pairs]
    second = [_pieces(example.words, example.spans[j][1:], offset) for _, j in pairs]
    return first, second, features, target, np.ones_like(target)


def incident_pairs(
    example: Example, offset: int
) -> tuple[list[list[int]], list[list[int]], np.ndarray, np.ndarray, np.ndarray]:
    """The same for pairs of triggers that tell of one incident."""
    types = [labels.TYPES.index(g.type) for g in example.gold]  # type: ignore[arg-type]
    space = PairSpace(example.words, example.triggers, types, example.spans)
    pairs, features = space.incidents()
    target = np.array(
        [[example.gold[i].event == example.gold[j].event] for i, j in pairs], dtype=np.float32
    ).reshape(-1, 1)
    first = [_pieces(example.words, example.triggers[i], offset) for i, _ in pairs]
    second = [_pieces(example.words, example.triggers[j], offset) for _, j in pairs]
    return first, second, features, target, np.ones_like(target)


def _pieces(words: Words, at: tuple[int, int], offset: int) -> list[int]:
    return [offset + int(words.first[at[0]]), offset + int(words.first[at[1]])]


def as_tensors(parts: list[tuple]) -> Pairs:  # type: ignore[type-arg]
    """Concatenate the pairs of a batch's windows."""
    first = [p for part in parts for p in part[0]]
    second = [p for part in parts for p in part[1]]
    return Pairs(
        first=torch.tensor(first, dtype=torch.long).reshape(-1, 2),
        second=torch.tensor(second, dtype=torch.long).reshape(-1, 2),
        features=torch.from_numpy(np.concatenate([part[2] for part in parts])),
        target=torch.from_numpy(np.concatenate([part[3] for part in parts])),
        mask=torch.from_numpy(np.concatenate([part[4] for part in parts])),
    )
