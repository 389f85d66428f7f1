"""Scores to tags: triggers, spans, and the links that hold by the codebook.

Enforced here: one type a trigger; a count's civilian standing is one; a link needs more than its threshold.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dateline.records import (
    Civilian,
    EventType,
    HarmKind,
    Join,
    Layer,
    Link,
    Role,
    Scope,
    Stance,
    Status,
    TaggedSpan,
    Tags,
    Trigger,
)
from dateline.tagger import bio, labels
from dateline.tagger.bio import Floats, sigmoid, softmax
from dateline.tagger.encoder import Reading
from dateline.tagger.pairs import PairSpace
from dateline.tagger.words import Ints, Words

PairScorer = Callable[[Floats, Ints, Ints, dict[str, tuple[Ints, Ints]]], dict[str, Floats]]


@dataclass(frozen=True)
class Thresholds:
    """Where a score becomes a yes; chosen on the dev set (docs/methodology/model-card.md)."""

    trigger_eagerness: float = 0.0
    span_eagerness: float = 0.7
    link: float = 0.5
    counted: float = 0.3
    said: float = 0.3
    incident: float = 0.5
    #: confidence = logistic(slope × logit(score × type score) + offset)
    confidence_slope: float = 1.0
    confidence_offset: float = 0.0

    def confidence(self, score: float) -> float:
        """How often a claim with this product of scores is found and typed rightly."""
        scaled = self.confidence_slope * logit(score) + self.confidence_offset
        return round(float(1 / (1 + np.exp(-scaled))), 4)


def logit(score: float) -> float:
    """Log odds of a probability, within ±8: beyond it a network's scores differ by rounding."""
    bounded = min(max(score, 3e-4), 1 - 3e-4)
    return math.log(bounded / (1 - bounded))


_PLAIN_ROLES = {
    Layer.PLACE: Role.PLACE,
    Layer.SITE: Role.SITE,
    Layer.DATE: Role.DATE,
    Layer.WEAPON: Role.WEAPON,
    Layer.CUE: Role.CUE,
}


def decode(reading: Reading, score: PairScorer, thresholds: Thresholds) -> Tags:
    """Turn a reading into tags; ``score`` runs the link heads."""
    words, logits = reading.words, reading.logits
    found = bio.spans(logits[:, : labels.TYPE_AT], thresholds.trigger_eagerness)
    if not found:
        return Tags()
    bounds = [(first, last) for first, last, _ in found]
    firsts = np.array([first for first, _ in bounds])
    type_scores = softmax(logits[firsts, labels.TYPE_AT : labels.STATUS_AT])
    types = type_scores.argmax(axis=1).tolist()
    spans: list[tuple[Layer, int, int]] = []
    scores: list[float] = []
    for k, layer in enumerate(labels.LAYERS):
        at = labels.LAYER_AT + len(labels.BIO) * k
        for first, last, p in bio.spans(logits[:, at : at + len(labels.BIO)], thresholds.span_eagerness):
            spans.append((layer, first, _same_paragraph(words, first, last)))
            scores.append(p)
    order = sorted(range(len(spans)), key=lambda s: (spans[s][1], spans[s][2], spans[s][0]))
    spans, scores = [spans[s] for s in order], [scores[s] for s in order]
    space = PairSpace(words, bounds, types, spans)
    argument, argument_features = space.arguments()
    counted, counted_features = space.spans_of(Layer.COUNT, Layer.WHO)
    said, said_features = space.spans_of(Layer.SPEAKER, Layer.CUE)
    incident, incident_features = space.incidents()
    scored = score(
        reading.hidden,
        np.array(bounds, dtype=np.int64).reshape(-1, 2),
        np.array([(first, last) for _, first, last in spans], dtype=np.int64).reshape(-1, 2),
        {
            "argument": (_indices(argument), argument_features),
            "counted": (_indices(counted), counted_features),
            "said": (_indices(said), said_features),
            "incident": (_indices(incident), incident_features),
        },
    )
    triggers = []
    status = logits[firsts, labels.STATUS_AT : labels.SCOPE_AT].argmax(axis=1)
    scope = logits[firsts, labels.SCOPE_AT : labels.OLD_AT].argmax(axis=1)
    old = logits[firsts, labels.OLD_AT : labels.LAYER_AT].argmax(axis=1)
    for k, (first, last, p) in enumerate(found):
        triggers.append(
            Trigger.of(
                words.text,
                int(words.starts[first]),
                int(words.ends[last]),
                type=EventType(labels.TYPES[types[k]]),
                status=Status(labels.STATUSES[int(status[k])]),
                scope=Scope(labels.SCOPES[int(scope[k])]),
                old=bool(old[k]),
                score=round(p, 4),
                type_score=round(float(type_scores[k, types[k]]), 4),
                confidence=thresholds.confidence(p * float(type_scores[k, types[k]])),
            )
        )
    tagged = [
        TaggedSpan.of(
            words.text, int(words.starts[first]), int(words.ends[last]), layer=layer, score=round(p, 4)
        )
        for (layer, first, last), p in zip(spans, scores, strict=True)
    ]
    return Tags(
        triggers=tuple(triggers),
        spans=tuple(tagged),
        links=tuple(_links(argument, spans, scored["argument"], thresholds.link)),
        counted=_joins(counted, scored["counted"], thresholds.counted),
        said=_joins(said, scored["said"], thresholds.said),
        same_incident=_joins(incident, scored["incident"], thresholds.incident),
    )


def _same_paragraph(words: Words, first: int, last: int) -> int:
    """The last word of a span that stands before any blank line in it: no name runs over one."""
    for k in range(first, last):
        if words.text.count("\n", int(words.ends[k]), int(words.starts[k + 1])) > 1:
            return k
    return last


def _indices(pairs: list[tuple[int, int]]) -> Ints:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _joins(pairs: list[tuple[int, int]], logits: Floats, threshold: float) -> tuple[Join, ...]:
    scores = sigmoid(logits[:, 0]) if len(pairs) else np.zeros(0, dtype=np.float32)
    return tuple(
        Join(first=a, second=b, score=round(float(p), 4))
        for (a, b), p in zip(pairs, scores, strict=True)
        if p >= threshold
    )


def _links(
    pairs: list[tuple[int, int]], spans: list[tuple[Layer, int, int]], logits: Floats, threshold: float
) -> list[Link]:
    scores = sigmoid(logits)
    layer_of = np.array([labels.LAYERS.index(spans[s][0]) for _, s in pairs], dtype=np.int64)
    found: list[tuple[int, list[Link]]] = []
    for k, layer in enumerate(labels.LAYERS):
        at = labels.LINK_AT[layer]
        rows = np.flatnonzero(layer_of == k)
        mine = scores[rows, at : at + labels.LINK_WIDTH[layer]]
        sure = mine.max(axis=1) >= threshold
        for here, row in zip(mine[sure], rows[sure].tolist(), strict=True):
            trigger, span = pairs[row]
            found.append((row, _link(trigger, span, layer, here, logits[row], threshold)))
    return [link for _, links in sorted(found, key=lambda f: f[0]) for link in links]


def _link(t: int, s: int, layer: Layer, here: Floats, logits: Floats, threshold: float) -> list[Link]:
    """The links of one pair that holds; ``here`` are its scores for the labels of its layer."""
    p = round(float(here.max()), 4)
    if layer is Layer.PARTY:
        role = Role.ACTOR if here[0] >= here[1] else Role.TARGET
        return [Link(trigger=t, span=s, role=role, score=p)]
    if layer is Layer.SPEAKER:
        stance = Stance(labels.STANCES[int(here.argmax())])
        return [Link(trigger=t, span=s, role=Role.SPEAKER, score=p, stance=stance)]
    if layer in (Layer.COUNT, Layer.WHO):
        standing = Civilian(labels.CIVILIANS[int(logits[labels.CIVILIAN_AT :].argmax())])
        role = Role.COUNT if layer is Layer.COUNT else Role.WHO
        return [
            Link(
                trigger=t,
                span=s,
                role=role,
                score=round(float(here[k]), 4),
                harm=HarmKind(labels.KINDS[k]),
                civilian=standing,
            )
            for k in np.flatnonzero(here >= threshold).tolist()
        ]
    return [Link(trigger=t, span=s, role=_PLAIN_ROLES[layer], score=p)]
