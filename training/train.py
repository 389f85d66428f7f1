"""The training loop: seeded, resumable, on a GPU or on two CPU cores (see __main__.py)."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, kl_div, log_softmax
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from dateline.tagger import bio, labels
from dateline.tagger.pairs import LayerSpan
from training.examples import HEADS, Example, argument_pairs, batched, joined
from training.model import Encoder, Links


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the weights, beside the data and the code."""

    seed: int = 7
    #: epochs of masked-language training before; 0: none
    masked_epochs: int = 10
    epochs: int = 13
    batch: int = 16
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    warmup: float = 0.1
    weight_decay: float = 0.01
    #: transformer layers kept of the pretrained six
    layers: int = 5
    #: share of windows that lose their commas and apostrophes, and of windows that lose their case
    drop_punctuation: float = 0.15
    drop_case: float = 0.08
    #: from this epoch on the argument links also see the spans the model itself marks
    own_spans_from: int = 2
    tag_weight: float = 3.0
    layer_weight: float = 6.0
    type_weight: float = 0.5
    status_weight: float = 0.3
    link_weight: float = 0.5
    #: R-drop: weight of the divergence between two passes with different dropout
    agreement: float = 0.5
    #: decay of the running average of the weights, a step; 0 keeps the last weights
    average: float = 0.995


class Tagger(nn.Module):
    """Encoder and link heads as one module, so that one average holds both."""

    def __init__(self, encoder: Encoder, links: Links) -> None:
        super().__init__()
        self.encoder, self.links = encoder, links


def train(
    data: list[Example],
    model: Tagger,
    recipe: Recipe,
    work: Path,
    pad: int,
    punctuation: set[int],
    device: torch.device,
) -> Tagger:
    """Train ``model`` on ``data``; a checkpoint in ``work`` after every epoch is taken up again."""
    model.to(device)
    heads = [*model.encoder.head.parameters(), *model.encoder.shape.parameters(), *model.links.parameters()]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.encoder.bert.parameters()), "lr": recipe.encoder_rate},
            {"params": heads, "lr": recipe.head_rate},
        ],
        weight_decay=recipe.weight_decay,
        fused=device.type == "cuda",
    )
    steps = recipe.epochs * math.ceil(len(data) / recipe.batch)
    warm = max(1, int(recipe.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm)))
    )
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(recipe.average))
    parts = {"model": model, "averaged": averaged, "optimizer": optimizer, "schedule": schedule}
    checkpoint = work / "checkpoint.pt"
    begin = _take_up(checkpoint, recipe, len(data), parts, device)
    for epoch in range(begin, recipe.epochs):
        began = time.time()
        dice = random.Random(recipe.seed * 1000 + epoch)
        torch.manual_seed(recipe.seed * 1000 + epoch)
        model.train()
        total: dict[str, float] = {}
        batches = _batches(data, recipe.batch, dice)
        for batch in batches:
            losses = _losses(model, batch, recipe, epoch, dice, pad, punctuation, device)
            loss = torch.stack(list(losses.values())).sum()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(model)
            for name, value in losses.items():
                total[name] = total.get(name, 0.0) + value.detach()  # type: ignore[assignment]
        told = " ".join(f"{k} {float(v) / len(batches):.3f}" for k, v in total.items())
        print(f"epoch {epoch + 1}/{recipe.epochs} {time.time() - began:.0f} s {told}", flush=True)
        _keep(checkpoint, recipe, len(data), epoch, parts)
    if recipe.average:
        model.load_state_dict(averaged.module.state_dict())
    return model.cpu().eval()


def _keep(path: Path, recipe: Recipe, count: int, epoch: int, parts: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    told = {"recipe": asdict(recipe), "examples": count, "epoch": epoch}
    torch.save(told | {k: v.state_dict() for k, v in parts.items()}, part)
    part.replace(path)


def _take_up(path: Path, recipe: Recipe, count: int, parts: dict[str, Any], device: torch.device) -> int:
    """Load a checkpoint of the same recipe and as many examples; the epoch to begin with."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=False, map_location=device)
    if state["recipe"] != asdict(recipe) or state["examples"] != count:
        return 0
    for name, part in parts.items():
        part.load_state_dict(state[name])
    print(f"goes on after epoch {state['epoch'] + 1} of {recipe.epochs}", flush=True)
    return int(state["epoch"]) + 1


def _batches(data: list[Example], size: int, dice: random.Random) -> list[list[Example]]:
    """Windows of like length together (less padding), batches in random order."""
    order = sorted(data, key=lambda e: len(e.ids) + dice.random() * 60)
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    dice.shuffle(batches)
    return batches


def _losses(
    model: Tagger,
    batch: list[Example],
    recipe: Recipe,
    epoch: int,
    dice: random.Random,
    pad: int,
    punctuation: set[int],
    device: torch.device,
) -> dict[str, Tensor]:
    batch = [_worn(e, dice, recipe, punctuation) for e in batch]
    at = batched(batch, pad, device)
    longest = at.ids.shape[1]
    hidden, logits = model.encoder(at.ids, at.shapes, at.mask)
    hidden, logits = hidden.reshape(-1, hidden.shape[-1]), logits.reshape(-1, logits.shape[-1])
    losses = _tag_losses(logits[at.words], logits[at.triggers], batch, recipe, device)
    if recipe.agreement:
        again = model.encoder(at.ids, at.shapes, at.mask)[1].reshape(-1, logits.shape[-1])
        losses |= {
            f"{k}'": v
            for k, v in _tag_losses(again[at.words], again[at.triggers], batch, recipe, device).items()
        }
        losses["agreement"] = recipe.agreement * _divergence(
            logits[at.words], again[at.words], logits[at.triggers], again[at.triggers]
        )
    marked = logits.detach().cpu().numpy() if epoch >= recipe.own_spans_from else None
    for head in HEADS:
        parts = []
        for k, e in enumerate(batch):
            pairs = e.pairs[head]
            if head == "argument" and marked is not None and e.gold:
                pairs = argument_pairs(e, with_own(e, marked[k * longest : (k + 1) * longest]))
            parts.append(pairs)
        first, second, features, target, mask = joined(parts, longest, device)
        if not len(first):
            continue
        scored = getattr(model.links, head)(hidden, first, second, features)
        raw = binary_cross_entropy_with_logits(scored, target, weight=mask, reduction="sum")
        losses[head] = recipe.link_weight * raw / (1.0 + target.sum())
    return losses


def _tag_losses(
    words: Tensor, triggers: Tensor, batch: list[Example], recipe: Recipe, device: torch.device
) -> dict[str, Tensor]:
    """Losses of what is said of single words: ``words``, ``triggers`` (…, PIECE_LOGITS)."""

    def target(arrays: Iterable[np.ndarray], axis: int = 0) -> Tensor:
        return torch.from_numpy(np.concatenate(list(arrays), axis=axis)).to(device)

    tags = target(e.tags for e in batch)
    losses = {"tags": recipe.tag_weight * cross_entropy(words[:, : labels.TYPE_AT], tags)}
    layers = target((e.layers for e in batch), axis=1).permute(1, 2, 0)
    per_layer = words[:, labels.LAYER_AT :].reshape(len(words), len(labels.LAYERS), len(labels.BIO))
    losses["layers"] = recipe.layer_weight * cross_entropy(per_layer.permute(0, 2, 1), layers)
    if len(triggers):
        for name, begin, end, weight in (
            ("kinds", labels.TYPE_AT, labels.STATUS_AT, recipe.type_weight),
            ("status", labels.STATUS_AT, labels.SCOPE_AT, recipe.status_weight),
            ("scope", labels.SCOPE_AT, labels.OLD_AT, 0.67 * recipe.status_weight),
            ("old", labels.OLD_AT, labels.LAYER_AT, 0.67 * recipe.status_weight),
        ):
            wanted = target(getattr(e, name) for e in batch)
            losses[name] = weight * cross_entropy(triggers[:, begin:end], wanted)
    return losses


def _divergence(one: Tensor, other: Tensor, one_triggers: Tensor, other_triggers: Tensor) -> Tensor:
    """Symmetric divergence of two readings of the same words (tags, layers) and triggers (types)."""
    spans = [(0, labels.TYPE_AT), *((at, at + 3) for at in range(labels.LAYER_AT, labels.PIECE_LOGITS, 3))]
    parts = [(one[:, begin:end], other[:, begin:end]) for begin, end in spans]
    if len(one_triggers):
        types = slice(labels.TYPE_AT, labels.STATUS_AT)
        parts.append((0.2 * one_triggers[:, types], 0.2 * other_triggers[:, types]))
    found = torch.zeros((), device=one.device)
    for a, b in parts:
        p, q = log_softmax(a, dim=-1), log_softmax(b, dim=-1)
        found = found + kl_div(p, q, log_target=True, reduction="batchmean")
        found = found + kl_div(q, p, log_target=True, reduction="batchmean")
    return found / 2


def _worn(e: Example, dice: random.Random, recipe: Recipe, punctuation: set[int]) -> Example:
    """The window as badly kept news would have it: without case, with its punctuation blanked.

    A blanked piece stays where it is, so that nothing shifts, but says nothing.
    """
    roll = dice.random()
    ids, shapes = e.ids, e.shapes
    if roll < recipe.drop_case:
        capitals = dice.random() < 0.5
        shapes = shapes.copy()
        for plain, changed in ((2, 1), (3, 1), (4, 1)) if not capitals else ((1, 3), (2, 3), (4, 3)):
            shapes[e.shapes == plain] = changed
            shapes[e.shapes == plain + 7] = changed + 7
    elif roll < recipe.drop_case + recipe.drop_punctuation:
        ids = ids.copy()
        ids[1:-1][np.isin(ids[1:-1], list(punctuation))] = BLANK
    return e if ids is e.ids and shapes is e.shapes else replace(e, ids=ids, shapes=shapes)


#: An unused piece of the vocabulary.
BLANK = 1


def with_own(e: Example, logits: np.ndarray) -> list[LayerSpan]:
    """The gold's spans and those the model marks itself; ``logits`` (pieces, PIECE_LOGITS)."""
    words = logits[e.words.first]
    spans = list(e.spans)
    known = set(spans)
    for k, layer in enumerate(labels.LAYERS):
        at = labels.LAYER_AT + 3 * k
        for first, last, _ in bio.spans(words[:, at : at + 3], eagerness=0.7):
            if (layer, first, last) not in known:
                spans.append((layer, first, last))
    return sorted(spans, key=lambda s: (s[1], s[2], s[0]))
