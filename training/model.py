"""The tagger as a torch module: one encoder, heads on its pieces, and heads on pairs of spans."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from dateline.tagger import labels
from dateline.tagger.pairs import BUCKETS, FEATURES
from dateline.tagger.words import SHAPE_COUNT


class Encoder(nn.Module):
    """Pieces and shapes in, hidden states and per-piece logits out.

    ids, shapes: (windows, pieces) -> hidden (windows, pieces, 384), logits (windows, pieces, PIECE_LOGITS)
    """

    def __init__(self, folder: Path, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        config = BertConfig.from_json_file(str(folder / "config.json"))
        config.num_hidden_layers = layers
        config.hidden_dropout_prob = dropout
        config.attention_probs_dropout_prob = 0.0  # with dropout torch leaves its fast attention: 4 × slower
        self.bert = BertModel(config, add_pooling_layer=False)
        weights = load_file(str(folder / "model.safetensors"))
        weights = {k.removeprefix("bert."): v for k, v in weights.items() if "pooler" not in k}
        missing, _ = self.bert.load_state_dict(weights, strict=False)
        missing = [k for k in missing if "position_ids" not in k]
        if missing:
            raise ValueError(f"the encoder's weights lack {missing}")
        self.shape = nn.Embedding(SHAPE_COUNT, config.hidden_size)
        nn.init.normal_(self.shape.weight, std=0.01)
        self.drop = nn.Dropout(0.15)
        self.head = nn.Linear(config.hidden_size, labels.PIECE_LOGITS)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        embedded = self.bert.embeddings.word_embeddings(ids) + self.shape(shapes)
        if mask is None:
            mask = torch.ones_like(ids)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden, self.head(self.drop(hidden))


class PairHead(nn.Module):
    """Scores pairs of spans: additive and multiplicative parts of both, and features of the pair.

    hidden (pieces, 384); first, second (pairs, 2) piece indices of each span's ends;
    features (pairs, FEATURES) bucket numbers -> logits (pairs, width)
    """

    def __init__(self, width: int, size: int = 384, inner: int = 192) -> None:
        super().__init__()
        self.first = nn.Linear(2 * size, inner)
        self.second = nn.Linear(2 * size, inner)
        self.buckets = nn.ModuleList(nn.Embedding(BUCKETS[f], inner) for f in FEATURES)
        for bucket in self.buckets:
            nn.init.normal_(bucket.weight, std=0.1)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Sequential(nn.Linear(2 * inner, inner), nn.ReLU(), nn.Linear(inner, width))

    def forward(self, hidden: Tensor, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        hidden = self.drop(hidden)
        return self._score(_ends(self.first, hidden, first), _ends(self.second, hidden, second), features)

    def sparse(self, hidden: Tensor, ones: Tensor, others: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
        """The same for run time: each span of ``ones`` and ``others`` (spans, 2) is projected once."""
        a, b = _ends(self.first, hidden, ones), _ends(self.second, hidden, others)
        return self._score(a[pairs[:, 0]], b[pairs[:, 1]], features)

    def _score(self, a: Tensor, b: Tensor, features: Tensor) -> Tensor:
        added = a + b
        for k, bucket in enumerate(self.buckets):
            added = added + bucket(features[:, k])
        scored: Tensor = self.out(torch.cat([torch.relu(added), a * b], dim=1))
        return scored


def _ends(layer: nn.Module, hidden: Tensor, spans: Tensor) -> Tensor:
    projected: Tensor = layer(torch.cat([hidden[spans[:, 0]], hidden[spans[:, 1]]], dim=1))
    return projected


class Links(nn.Module):
    """The four pair heads: argument links, count–who, speaker–cue, same incident."""

    def __init__(self) -> None:
        super().__init__()
        self.argument = PairHead(labels.LINK_LOGITS)
        self.counted = PairHead(1, inner=96)
        self.said = PairHead(1, inner=96)
        self.incident = PairHead(1, inner=128)
