"""Gold reports as windows of pieces with targets, and batches of windows as tensors."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from dateline.records import Layer
from dateline.tagger import labels
from dateline.tagger.pairs import LayerSpan, PairSpace
from dateline.tagger.windows import windows
from dateline.tagger.words import Words, cut
from training.gold import GoldReport, GoldTrigger

Floats = npt.NDArray[np.float32]

#: The pair heads of the model; all but the first see gold spans only.
HEADS = ("argument", "counted", "said", "incident")


@dataclass
class Pairs:
    """Pairs of one window for one head.

    first, second  (pairs, 2) piece indices of each span's ends, [CLS] at 0
    features       (pairs, FEATURES) bucket numbers
    target, mask   (pairs, width) probabilities, and which of them count
    """

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    features: npt.NDArray[np.int64]
    target: Floats
    mask: Floats


@dataclass
class Example:
    """One window: its words (piece indices local to the window, [CLS] at 0) and what is true in it.

    Targets are probabilities:
    tags (words, BIO), layers (layers, words, BIO), kinds (triggers, TYPES), status, scope, old (triggers, …).
    """

    report: str
    words: Words
    ids: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.int64]
    #: trigger bounds in words, with the index of each one's type
    triggers: list[tuple[int, int]]
    types: list[int]
    tags: Floats
    layers: Floats
    kinds: Floats
    status: Floats
    scope: Floats
    old: Floats
    #: marked spans in words, and what the gold has for each: (layer, start, end) in characters
    spans: list[LayerSpan]
    chars: dict[LayerSpan, LayerSpan]
    #: the claims of ``triggers``
    gold: list[GoldTrigger]
    #: pairs that stay the same in every epoch, by head
    pairs: dict[str, Pairs] = field(default_factory=dict)


def window_words(text: str, tokenizer: Tokenizer) -> Iterator[Words]:
    """The windows of a text as run time cuts it, each as words of its own."""
    words = cut(text, tokenizer)
    firsts = words.first.tolist()
    for window in windows(words):
        low, high = bisect_left(firsts, window.start), bisect_left(firsts, window.end)
        yield Words(
            text=text,
            starts=words.starts[low:high],
            ends=words.ends[low:high],
            first=words.first[low:high] - window.start + 1,
            sentence=words.sentence[low:high],
            sentences=words.sentences,
            pieces=words.pieces[window.start : window.end],
            shapes=words.shapes[window.start : window.end],
        )


def examples(reports: list[GoldReport], tokenizer: Tokenizer) -> list[Example]:
    """Every window of every report."""
    return [_example(r, words, tokenizer) for r in reports for words in window_words(r.text, tokenizer)]


def with_ends(words: Words, tokenizer: Tokenizer) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Piece ids and shapes of a window between [CLS] and [SEP]."""
    ids = [[tokenizer.token_to_id("[CLS]")], words.pieces, [tokenizer.token_to_id("[SEP]")]]
    return np.concatenate(ids), np.concatenate([[0], words.shapes, [0]])


def _example(report: GoldReport, words: Words, tokenizer: Tokenizer) -> Example:
    starts, ends = words.starts.tolist(), words.ends.tolist()

    def in_words(start: int, end: int) -> tuple[int, int] | None:
        first = bisect_right(ends, start)
        last = bisect_left(starts, end) - 1
        return (first, last) if first <= last and starts[first] >= start - 12 else None

    tags = np.zeros(len(words), dtype=np.int64)
    layers = np.zeros((len(labels.LAYERS), len(words)), dtype=np.int64)
    triggers, gold, chars = [], [], {}
    for trigger in report.triggers:
        at = in_words(trigger.start, trigger.end)
        if at is None:
            continue
        triggers.append(at)
        gold.append(trigger)
        tags[at[0]] = 1
        tags[at[0] + 1 : at[1] + 1] = 2
        for layer, start, end in trigger.links:
            where = in_words(start, end)
            if where:
                chars[(layer, *where)] = (layer, start, end)
    # Longer spans first, so that a short span inside a long one of the same layer keeps its begin.
    for layer, first, last in sorted(chars, key=lambda s: s[1] - s[2]):
        row = layers[labels.LAYERS.index(layer)]
        row[first] = 1
        row[first + 1 : last + 1] = 2
        if last + 1 < len(row) and row[last + 1] == 2:
            row[last + 1] = 1
    ids, shapes = with_ends(words, tokenizer)
    types = [labels.TYPES.index(g.type) for g in gold]  # type: ignore[arg-type]
    example = Example(
        report=report.id,
        words=words,
        ids=ids,
        shapes=shapes,
        triggers=triggers,
        types=types,
        tags=_one_hot(tags, len(labels.BIO)),
        layers=_one_hot(layers, len(labels.BIO)),
        kinds=_one_hot(types, len(labels.TYPES)),
        status=_one_hot([labels.STATUSES.index(g.status) for g in gold], len(labels.STATUSES)),  # type: ignore[arg-type]
        scope=_one_hot([labels.SCOPES.index(g.scope) for g in gold], len(labels.SCOPES)),  # type: ignore[arg-type]
        old=_one_hot([int(g.old) for g in gold], 2),
        spans=sorted(chars, key=lambda s: (s[1], s[2], s[0])),
        chars=chars,
        gold=gold,
    )
    example.pairs = {
        "argument": argument_pairs(example, example.spans),
        "counted": _joined(example, Layer.COUNT, Layer.WHO),
        "said": _joined(example, Layer.SPEAKER, Layer.CUE),
        "incident": _incidents(example),
    }
    return example


def _one_hot(index: npt.ArrayLike, width: int) -> Floats:
    at = np.asarray(index, dtype=np.int64)
    return np.asarray(np.eye(width, dtype=np.float32)[at])


def _overlap(a: LayerSpan, b: LayerSpan) -> float:
    shared = min(a[2], b[2]) - max(a[1], b[1]) + 1
    return shared / (max(a[2], b[2]) - min(a[1], b[1]) + 1) if a[0] is b[0] and shared > 0 else 0.0


def space_of(example: Example, spans: list[LayerSpan]) -> PairSpace:
    """The pairs of a window over ``spans``."""
    return PairSpace(example.words, example.triggers, example.types, spans)


def pairs_of(
    words: Words,
    ones: list[tuple[int, int]],
    others: list[tuple[int, int]],
    features: npt.NDArray[np.int64],
    target: Floats,
    mask: Floats | None = None,
) -> Pairs:
    """Pairs from word bounds."""
    first = words.first[np.array(ones, dtype=np.int64).reshape(-1, 2)]
    second = words.first[np.array(others, dtype=np.int64).reshape(-1, 2)]
    return Pairs(first, second, features, target, np.ones_like(target) if mask is None else mask)


def argument_pairs(example: Example, spans: list[LayerSpan]) -> Pairs:
    """The argument links over ``spans``: the gold's, or those and the model's own."""
    pairs, features = space_of(example, spans).arguments()
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
    ones, others = [example.triggers[t] for t, _ in pairs], [spans[s][1:] for _, s in pairs]
    return pairs_of(example.words, ones, others, features, target, mask)


def _joined(example: Example, one: Layer, other: Layer) -> Pairs:
    """Count–who or speaker–cue pairs over the gold spans."""
    spans = example.spans
    pairs, features = space_of(example, spans).spans_of(one, other)
    true = {pair for g in example.gold for pair in (g.counted if one is Layer.COUNT else g.said)}
    holds = [(example.chars[spans[i]][1:], example.chars[spans[j]][1:]) in true for i, j in pairs]
    target = np.array(holds, dtype=np.float32).reshape(-1, 1)
    ones, others = [spans[i][1:] for i, _ in pairs], [spans[j][1:] for _, j in pairs]
    return pairs_of(example.words, ones, others, features, target)


def _incidents(example: Example) -> Pairs:
    """Pairs of triggers, and whether they tell of one incident."""
    pairs, features = space_of(example, example.spans).incidents()
    same = [example.gold[i].event == example.gold[j].event for i, j in pairs]
    target = np.array(same, dtype=np.float32).reshape(-1, 1)
    ones, others = [example.triggers[i] for i, _ in pairs], [example.triggers[j] for _, j in pairs]
    return pairs_of(example.words, ones, others, features, target)


@dataclass
class Batch:
    """Windows side by side: ids, shapes, mask (windows, pieces).

    words, triggers  where the words and the triggers' first words stand in the flattened batch
    """

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    words: Tensor
    triggers: Tensor


def batched(batch: list[Example], pad: int, device: torch.device) -> Batch:
    """``batch`` as tensors."""
    longest = max(len(e.ids) for e in batch)
    ids = np.full((len(batch), longest), pad, dtype=np.int64)
    shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
    words, triggers = [], []
    for k, e in enumerate(batch):
        ids[k, : len(e.ids)], shapes[k, : len(e.ids)], mask[k, : len(e.ids)] = e.ids, e.shapes, 1
        words.append(e.words.first + k * longest)
        triggers.append(e.words.first[[first for first, _ in e.triggers]] + k * longest)
    arrays = (ids, shapes, mask, np.concatenate(words), np.concatenate(triggers).astype(np.int64))
    return Batch(*(torch.from_numpy(a).to(device) for a in arrays))


def joined(parts: list[Pairs], longest: int, device: torch.device) -> tuple[Tensor, ...]:
    """The pairs of a batch's windows, one after the other: first, second, features, target, mask."""
    columns = (
        [p.first + k * longest for k, p in enumerate(parts)],
        [p.second + k * longest for k, p in enumerate(parts)],
        [p.features for p in parts],
        [p.target for p in parts],
        [p.mask for p in parts],
    )
    return tuple(torch.from_numpy(np.concatenate(c)).to(device) for c in columns)
