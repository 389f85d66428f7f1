"""Continued masked-language training: the encoder reads conflict news before it learns to code it."""

from __future__ import annotations

import math
import random
import time

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import cross_entropy, gelu

from training.examples import window_words, with_ends
from training.model import Encoder

#: Of the pieces chosen to be foretold: this share is hidden, this share is another piece, the rest stay.
HIDDEN, SWAPPED = 0.8, 0.1


class _Foretell(nn.Module):
    """Hidden states -> scores over the vocabulary; the output words are the input's."""

    def __init__(self, embeddings: nn.Embedding) -> None:
        super().__init__()
        size = embeddings.weight.shape[1]
        self.dense, self.norm = nn.Linear(size, size), nn.LayerNorm(size)
        self.bias = nn.Parameter(torch.zeros(embeddings.weight.shape[0]))
        self._words = [embeddings]  # not a parameter of this module

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        return self.norm(gelu(self.dense(hidden))) @ self._words[0].weight.T + self.bias


def pretrain(
    texts: list[str],
    encoder: Encoder,
    tokenizer: Tokenizer,
    epochs: int,
    seed: int,
    device: torch.device,
    rate: float = 3e-4,
    share: float = 0.2,
    size: int = 16,
) -> None:
    """Train ``encoder`` in place to foretell hidden pieces of ``texts``."""
    dice = random.Random(seed)
    torch.manual_seed(seed)
    windows = [with_ends(w, tokenizer) for text in texts for w in window_words(text, tokenizer)]
    mask_id, pad = tokenizer.token_to_id("[MASK]"), tokenizer.token_to_id("[PAD]")
    encoder.to(device).train()
    head = _Foretell(encoder.bert.embeddings.word_embeddings).to(device)
    parameters = [*encoder.bert.parameters(), *encoder.shape.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01, fused=device.type == "cuda")
    steps = epochs * math.ceil(len(windows) / size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps + 1), max(0.02, 1 - s / steps))
    )
    for epoch in range(epochs):
        began, total, batches = time.time(), 0.0, 0
        order = sorted(windows, key=lambda w: len(w[0]) + dice.random() * 60)
        cut = [order[i : i + size] for i in range(0, len(order), size)]
        dice.shuffle(cut)
        for batch in cut:
            longest = max(len(ids) for ids, _ in batch)
            ids = np.full((len(batch), longest), pad, dtype=np.int64)
            shapes, seen = np.zeros_like(ids), np.zeros_like(ids)
            for k, (pieces, shape) in enumerate(batch):
                ids[k, : len(pieces)], shapes[k, : len(pieces)], seen[k, : len(pieces)] = pieces, shape, 1
            random_state = np.random.default_rng(dice.getrandbits(32))
            chosen = (random_state.random(ids.shape) < share) & (seen == 1) & (ids > 999)
            wanted, roll = ids[chosen], random_state.random(ids.shape)
            ids[chosen & (roll < HIDDEN)] = mask_id
            swap = chosen & (roll >= HIDDEN) & (roll < HIDDEN + SWAPPED)
            ids[swap] = random_state.integers(1000, tokenizer.get_vocab_size(), int(swap.sum()))
            tensors = [torch.from_numpy(a).to(device) for a in (ids, shapes, seen, chosen)]
            hidden, _ = encoder(*tensors[:3])
            loss = cross_entropy(head(hidden[tensors[3]]), torch.from_numpy(wanted).to(device))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            total, batches = total + loss.detach(), batches + 1
        print(f"masked {epoch + 1}/{epochs} {time.time() - began:.0f} s {total / batches:.3f}", flush=True)
