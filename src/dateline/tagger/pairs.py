"""Which pairs of spans the link heads look at, and the features of each pair.

Spans are given by their words (indices into :class:`~dateline.tagger.words.Words`): ``(first, last)``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.records import Layer
from dateline.tagger import labels
from dateline.tagger.words import Ints, Words

Bounds = tuple[int, int]
LayerSpan = tuple[Layer, int, int]

#: Features of a pair, in order, and how many buckets each has.
FEATURES = ("distance", "sentences", "triggers_between", "same_layer_between", "layer", "kind")
BUCKETS = {
    "distance": 23,
    "sentences": 7,
    "triggers_between": 5,
    "same_layer_between": 5,
    "layer": len(labels.LAYERS) + 1,
    "kind": len(labels.TYPES) + 1,
}
_EDGES = np.array((1, 2, 3, 4, 6, 8, 12, 18, 28, 45, 80))
_OVERLAPPING = len(_EDGES)
_MOST_BETWEEN = 4
_FAR_SENTENCES = 3
_NO_LAYER = len(labels.LAYERS)
_NO_KIND = len(labels.TYPES)


class PairSpace:
    """The pairs of one text, given its triggers (with type indices) and its spans."""

    def __init__(
        self, words: Words, triggers: Sequence[Bounds], types: Sequence[int], spans: Sequence[LayerSpan]
    ) -> None:
        self._sentence = words.sentence
        self._triggers = _bounds(triggers)
        self._types = np.array(types, dtype=np.int64)
        self._spans = _bounds([(first, last) for _, first, last in spans])
        self._layers = np.array([labels.LAYERS.index(layer) for layer, _, _ in spans], dtype=np.int64)
        self._trigger_starts = np.sort(self._triggers[:, 0])
        self._layer_starts = [np.sort(self._spans[self._layers == k, 0]) for k in range(_NO_LAYER)]

    def arguments(self) -> tuple[list[tuple[int, int]], Ints]:
        """All trigger–span pairs within reach: ``[(trigger, span)]`` and features (pairs, FEATURES)."""
        near = _within(self._triggers, self._spans, labels.LINK_REACH)
        t, s = np.nonzero(near)
        features = self._features(self._triggers[t], self._spans[s], self._layers[s], self._types[t])
        return _listed(t, s), features

    def spans_of(self, one: Layer, other: Layer, reach: int = 30) -> tuple[list[tuple[int, int]], Ints]:
        """Pairs of spans of two layers at most ``reach`` words apart."""
        ones = np.flatnonzero(self._layers == labels.LAYERS.index(one))
        others = np.flatnonzero(self._layers == labels.LAYERS.index(other))
        i, j = np.nonzero(_within(self._spans[ones], self._spans[others], reach))
        first, second = ones[i], others[j]
        kinds = np.full(len(first), _NO_KIND)
        features = self._features(self._spans[first], self._spans[second], self._layers[second], kinds)
        return _listed(first, second), features

    def incidents(self) -> tuple[list[tuple[int, int]], Ints]:
        """Pairs of triggers, the earlier first; ``kind`` tells whether their types are the same."""
        order = np.lexsort((self._triggers[:, 1], self._triggers[:, 0]))
        x, y = np.triu_indices(len(order), k=1)
        near = y - x <= labels.INCIDENT_REACH
        first, second = order[x[near]], order[y[near]]
        same = self._types[first] == self._types[second]
        kinds = np.where(same, self._types[first], _NO_KIND)
        layers = np.full(len(first), _NO_LAYER)
        return _listed(first, second), self._features(
            self._triggers[first], self._triggers[second], layers, kinds
        )

    def _features(self, a: Ints, b: Ints, layers: Ints, kinds: Ints) -> Ints:
        """Bucket numbers (pairs, FEATURES) for spans ``a`` and ``b``, each (pairs, 2)."""
        apart = self._sentence[b[:, 0]] - self._sentence[a[:, 0]] if len(a) else np.zeros(0, dtype=np.int64)
        same_layer = np.zeros(len(a), dtype=np.int64)
        for k, starts in enumerate(self._layer_starts):
            here = np.flatnonzero(layers == k)
            if len(here):
                same_layer[here] = _between(starts, a[here], b[here])
        columns = (
            _distance(a, b),
            np.clip(apart, -_FAR_SENTENCES, _FAR_SENTENCES) + _FAR_SENTENCES,
            _between(self._trigger_starts, a, b),
            same_layer,
            layers,
            kinds,
        )
        return np.stack(columns, axis=1).astype(np.int64)


def _bounds(spans: Sequence[Bounds]) -> Ints:
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


def _listed(first: Ints, second: Ints) -> list[tuple[int, int]]:
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _within(a: Ints, b: Ints, reach: int) -> npt.NDArray[np.bool_]:
    """Which of ``a`` × ``b`` have at most ``reach`` words from the end of one to the start of the other."""
    after = b[None, :, 0] - a[:, None, 1]
    before = a[:, None, 0] - b[None, :, 1]
    return np.asarray((after <= reach) & (before <= reach))


def _distance(a: Ints, b: Ints) -> Ints:
    """Signed bucket of the words between spans: 11 overlapping, below it b before a, above it after."""
    after, before = b[:, 0] - a[:, 1], a[:, 0] - b[:, 1]
    bucket = np.full(len(a), _OVERLAPPING)
    bucket = np.where(after > 0, _OVERLAPPING + np.searchsorted(_EDGES, after, side="right"), bucket)
    return np.asarray(
        np.where(before > 0, _OVERLAPPING - np.searchsorted(_EDGES, before, side="right"), bucket)
    )


def _between(starts: Ints, a: Ints, b: Ints) -> Ints:
    """How many of the sorted ``starts`` lie strictly between each two spans, capped."""
    a_first = a[:, 0] <= b[:, 0]
    low = np.where(a_first, a[:, 1], b[:, 1])
    high = np.where(a_first, b[:, 0], a[:, 0])
    count = np.searchsorted(starts, high, side="left") - np.searchsorted(starts, low, side="right")
    return np.asarray(np.minimum(np.maximum(count, 0), _MOST_BETWEEN))  # np.clip takes three times as long
