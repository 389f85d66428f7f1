"""The training loop: seeded, resumable, one command (see __main__.py)."""

from __future__ import annotations

import math
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from dateline.records import Layer
from dateline.tagger import bio, labels
from training.examples import (
    Example,
    argument_pairs,
    as_tensors,
    incident_pairs,
    joined_pairs,
)
from training.model import Encoder, Links


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the weights, beside the data and the code."""

    seed: int = 7
    epochs: int = 12
    batch: int = 8
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    weight_decay: float = 0.01
    #: share of windows that lose their commas and apostrophes, and of windows that lose their case
    drop_punctuation: float = 0.15
    drop_case: float = 0.08
    #: from this epoch on the link heads also see the spans the model itself marks
    own_spans_from: int = 2
    link_weight: float = 1.0


def train(
    data: list[Example], encoder_folder: Path, recipe: Recipe, work: Path, pad: int, punctuation: set[int]
) -> tuple[Encoder, Links]:
    """Train on ``data``; a checkpoint in ``work`` after every epoch is taken up again when found."""
    random.seed(recipe.seed)
    np.random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    encoder, links = Encoder(encoder_folder), Links()
    heads = [*encoder.head.parameters(), *encoder.shape.parameters(), *links.parameters()]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(encoder.bert.parameters()), "lr": recipe.encoder_rate},
            {"params": heads, "lr": recipe.head_rate},
        ],
        weight_decay=recipe.weight_decay,
    )
    steps = recipe.epochs * math.ceil(len(data) / recipe.batch)
    warm = max(1, int(recipe.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm)))
    )
    checkpoint, begin = work / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        if state["recipe"] == asdict(recipe) and state["examples"] == len(data):
            encoder.load_state_dict(state["encoder"])
            links.load_state_dict(state["links"])
            optimizer.load_state_dict(state["optimizer"])
            schedule.load_state_dict(state["schedule"])
            begin = state["epoch"] + 1
            print(f"goes on after epoch {begin} of {recipe.epochs}", flush=True)
    for epoch in range(begin, recipe.epochs):
        began = time.time()
        dice = random.Random(recipe.seed * 1000 + epoch)
        torch.manual_seed(recipe.seed * 1000 + epoch)
        encoder.train()
        links.train()
        total: dict[str, float] = {}
        batches = _batches(data, recipe.batch, dice)
        for batch in batches:
            losses = _losses(encoder, links, batch, recipe, epoch, dice, pad, punctuation)
            loss = sum(losses.values(), torch.zeros(()))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 1.0)
            optimizer.step()
            schedule.step()
            for name, value in losses.items():
                total[name] = total.get(name, 0.0) + float(value)
        told = " ".join(f"{k} {v / len(batches):.3f}" for k, v in total.items())
        print(f"epoch {epoch + 1}/{recipe.epochs} {time.time() - began:.0f} s {told}", flush=True)
        torch.save(
            {
                "recipe": asdict(recipe),
                "examples": len(data),
                "epoch": epoch,
                "encoder": encoder.state_dict(),
                "links": links.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
            },
            checkpoint.with_suffix(".part"),
        )
        checkpoint.with_suffix(".part").replace(checkpoint)
    return encoder.eval(), links.eval()


def _batches(data: list[Example], size: int, dice: random.Random) -> list[list[Example]]:
    """Windows of like length together (less padding), batches in random order."""
    order = sorted(data, key=lambda e: len(e.ids) + dice.random() * 60)
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    dice.shuffle(batches)
    return batches


def _losses(
    encoder: Encoder,
    links: Links,
    batch: list[Example],
    recipe: Recipe,
    epoch: int,
    dice: random.Random,
    pad: int,
    punctuation: set[int],
) -> dict[str, Tensor]:
    batch = [_worn(e, dice, recipe, punctuation) for e in batch]
    longest = max(len(e.ids) for e in batch)
    ids = torch.full((len(batch), longest), pad)
    shapes = torch.zeros((len(batch), longest), dtype=torch.long)
    mask = torch.zeros((len(batch), longest), dtype=torch.long)
    for k, e in enumerate(batch):
        ids[k, : len(e.ids)] = torch.from_numpy(e.ids)
        shapes[k, : len(e.ids)] = torch.from_numpy(e.shapes)
        mask[k, : len(e.ids)] = 1
    hidden, logits = encoder(ids, shapes, mask)
    flat_hidden = hidden.reshape(-1, hidden.shape[-1])
    flat_logits = logits.reshape(-1, logits.shape[-1])
    at_words = torch.cat([torch.from_numpy(e.words.first) + k * longest for k, e in enumerate(batch)])
    words = flat_logits[at_words]
    cross = nn.functional.cross_entropy
    tags = torch.from_numpy(np.concatenate([e.trigger_tags for e in batch]))
    losses = {"trigger": 3.0 * cross(words[:, : labels.TYPE_AT], tags)}
    layer_tags = torch.from_numpy(np.concatenate([e.layer_tags for e in batch], axis=1))
    per_layer = words[:, labels.LAYER_AT :].reshape(len(words), len(labels.LAYERS), len(labels.BIO))
    losses["layers"] = 6.0 * cross(per_layer.permute(0, 2, 1), layer_tags.T)
    at_triggers = [
        k * longest + int(e.words.first[w])
        for k, e in enumerate(batch)
        for first, last in e.triggers
        for w in (first,)
    ]
    gold = [g for e in batch for g in e.gold]
    if gold:
        seen = flat_logits[torch.tensor(at_triggers)]
        for name, begin, end, weight, index in (
            ("type", labels.TYPE_AT, labels.STATUS_AT, 0.5, [labels.TYPES.index(g.type) for g in gold]),  # type: ignore[arg-type]
            (
                "status",
                labels.STATUS_AT,
                labels.SCOPE_AT,
                0.3,
                [labels.STATUSES.index(g.status) for g in gold],
            ),  # type: ignore[arg-type]
            ("scope", labels.SCOPE_AT, labels.OLD_AT, 0.2, [labels.SCOPES.index(g.scope) for g in gold]),  # type: ignore[arg-type]
            ("old", labels.OLD_AT, labels.LAYER_AT, 0.2, [int(g.old) for g in gold]),
        ):
            losses[name] = weight * cross(seen[:, begin:end], torch.tensor(index))
        argument, counted, said, incident = [], [], [], []
        for k, e in enumerate(batch):
            spans = list(e.spans)
            if epoch >= recipe.own_spans_from:
                spans = _with_own(e, spans, flat_logits[k * longest : (k + 1) * longest])
            argument.append(argument_pairs(e, spans, k * longest))
            counted.append(joined_pairs(e, Layer.COUNT, Layer.WHO, k * longest))
            said.append(joined_pairs(e, Layer.SPEAKER, Layer.CUE, k * longest))
            incident.append(incident_pairs(e, k * longest))
        for name, head, parts in (
            ("links", links.argument, argument),
            ("counted", links.counted, counted),
            ("said", links.said, said),
            ("incident", links.incident, incident),
        ):
            pairs = as_tensors(parts)
            if not len(pairs.first):
                continue
            scored = head(flat_hidden, pairs.first, pairs.second, pairs.features)
            raw = nn.functional.binary_cross_entropy_with_logits(
                scored, pairs.target, weight=pairs.mask, reduction="sum"
            )
            losses[name] = recipe.link_weight * 0.5 * raw / (1.0 + pairs.target.sum())
    return losses


def _worn(e: Example, dice: random.Random, recipe: Recipe, punctuation: set[int]) -> Example:
    """The window as badly kept news would have it: without case, or with its punctuation blanked."""
    roll = dice.random()
    if roll < recipe.drop_case:
        capitals = dice.random() < 0.5
        shapes = e.shapes.copy()
        for plain, changed in ((2, 1), (3, 1), (4, 1)) if not capitals else ((1, 3), (2, 3), (4, 3)):
            shapes[e.shapes == plain] = changed
            shapes[e.shapes == plain + 7] = changed + 7
        return Example(**{**e.__dict__, "shapes": shapes})
    if roll < recipe.drop_case + recipe.drop_punctuation:
        ids = e.ids.copy()
        blank = np.isin(ids[1:-1], list(punctuation))
        # The piece stays where it is, so that nothing shifts, but says nothing.
        ids[1:-1][blank] = 1
        return Example(**{**e.__dict__, "ids": ids})
    return e


def _with_own(e: Example, spans: list, logits: Tensor) -> list:  # type: ignore[type-arg]
    words = logits[torch.from_numpy(e.words.first)].detach().numpy()
    known = set(spans)
    for k, layer in enumerate(labels.LAYERS):
        at = labels.LAYER_AT + 3 * k
        for first, last, _ in bio.spans(words[:, at : at + 3], eagerness=0.7):
            if (layer, first, last) not in known:
                spans.append((layer, first, last))
    return sorted(spans, key=lambda s: (s[1], s[2], s[0]))
