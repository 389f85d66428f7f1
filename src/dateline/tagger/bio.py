"""Begin / inside / outside scores to spans."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def softmax(logits: Floats) -> Floats:
    """Softmax over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(logits: Floats) -> Floats:
    """Logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -60, 60))), dtype=np.float32)


def spans(logits: Floats, eagerness: float = 0.0) -> list[tuple[int, int, float]]:
    """Spans ``(first word, last word, score)`` from logits (words, 3) in the order O, B, I.

    ``eagerness`` is taken off the logit of O: above 0 more spans are found, with lower scores. An inside
    without a begin opens a span. The score is the least probability, over the span's words, of not being
    outside.
    """
    if not len(logits):
        return []
    inside = 1.0 - softmax(logits)[:, 0]
    shifted = logits.copy()
    shifted[:, 0] -= eagerness
    tags = shifted.argmax(axis=-1)
    found: list[tuple[int, int, float]] = []
    start = -1
    for at, tag in enumerate([*tags.tolist(), 0]):
        if start >= 0 and tag != 2:
            found.append((start, at - 1, float(inside[start:at].min())))
            start = -1
        if tag == 1 or (tag == 2 and start < 0):
            start = at
    return found
