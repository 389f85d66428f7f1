"""Trained modules to the two ONNX files and the card that the run time reads."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer as fuser
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from dateline.tagger import labels
from dateline.tagger.pairs import FEATURES
from training.model import Encoder, Links

HEADS = {
    "argument": ("triggers", "spans"),
    "counted": ("spans", "spans"),
    "said": ("spans", "spans"),
    "incident": ("triggers", "triggers"),
}


class _AllLinks(nn.Module):
    """The four pair heads behind one door: hidden (words, 384), triggers and spans (…, 2), their pairs."""

    def __init__(self, links: Links) -> None:
        super().__init__()
        self.links = links

    def forward(self, hidden: Tensor, triggers: Tensor, spans: Tensor, *pairs: Tensor) -> tuple[Tensor, ...]:
        of = {"triggers": triggers, "spans": spans}
        return tuple(
            getattr(self.links, head).sparse(hidden, of[one], of[other], pairs[2 * k], pairs[2 * k + 1])
            for k, (head, (one, other)) in enumerate(HEADS.items())
        )


class _OneWindow(nn.Module):
    """The encoder for one window without padding: ids, shapes (1, pieces)."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        hidden, logits = self.encoder(ids, shapes)
        return hidden, logits


def fuse(plain: Path, fused: Path) -> None:
    """Join the encoder's operators, attention without a mask, so that onnxruntime takes its blockwise kernel.

    Skip connections are left apart: onnxruntime's joined operator for them took 11 of 120 ms a window on two
    AVX2 cores, the two single ones take 3 (see ``disabled_optimizers`` in ``tagger/encoder.py``).
    RuntimeError where the attention is not recognised.
    """
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False
    options.use_multi_head_attention = True
    model = fuser.optimize_model(
        str(plain), "bert", num_heads=12, hidden_size=384, optimization_options=options, opt_level=0
    )
    attentions = [n for n in model.model.graph.node if n.op_type == "MultiHeadAttention"]
    if not attentions:
        raise RuntimeError("the encoder's attention was not recognised; is it another transformers release?")
    for node in attentions:
        del node.input[4:]  # one window a run: nothing is masked
    model.prune_graph()
    model.save_model_to_file(str(fused))


def export(
    encoder: Encoder,
    links: Links,
    tokenizer: Path,
    out: Path,
    work: Path,
    recipe: dict[str, object],
    sources: list[dict[str, object]],
) -> None:
    """Write ``encoder.onnx`` (7 bits a channel), ``links.onnx``, ``tokenizer.json`` and ``card.json``."""
    out.mkdir(parents=True, exist_ok=True)
    encoder.eval()
    links.eval()
    encoder.bert.config._attn_implementation = "eager"
    ids = torch.randint(1000, 2000, (1, 24))
    plain, fused = work / "encoder.fp32.onnx", work / "encoder.fused.onnx"
    with torch.no_grad():
        torch.onnx.export(
            _OneWindow(encoder),
            (ids, torch.zeros_like(ids)),
            str(plain),
            input_names=["ids", "shapes"],
            output_names=["hidden", "logits"],
            dynamic_axes={n: {1: "pieces"} for n in ("ids", "shapes", "hidden", "logits")},
            opset_version=17,
            dynamo=False,
        )
        names = ["hidden", "triggers", "spans"]
        shapes = [torch.randn(24, 384), *(torch.zeros((5, 2), dtype=torch.long) for _ in range(2))]
        for head in HEADS:
            names += [f"{head}_pairs", f"{head}_features"]
            shapes += [torch.zeros((3, width), dtype=torch.long) for width in (2, len(FEATURES))]
        axes = {n: {0: n} for n in names}
        results = list(HEADS)
        torch.onnx.export(
            _AllLinks(links),
            tuple(shapes),
            str(out / "links.onnx"),
            input_names=names,
            output_names=results,
            dynamic_axes=axes | {n: {0: f"{n}_scored"} for n in results},
            opset_version=17,
            dynamo=False,
        )
    fuse(plain, fused)
    quantize_dynamic(
        str(fused),
        str(out / "encoder.onnx"),
        per_channel=True,
        reduce_range=True,  # 7 bits: of 8 AVX2 clips sums that VNNI does not
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    onnx.checker.check_model(str(out / "links.onnx"))
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    files = ("encoder.onnx", "links.onnx", "tokenizer.json")
    card = {
        "labels": labels.orders(),
        "features": list(FEATURES),
        "recipe": recipe,
        "trained_on": sources,
        "sha256": {f: hashlib.sha256((out / f).read_bytes()).hexdigest() for f in files},
    }
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
