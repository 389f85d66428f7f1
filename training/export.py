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
from torch import Tensor, nn

from dateline.tagger import labels
from dateline.tagger.pairs import FEATURES
from training.model import Encoder, Links


class _AllLinks(nn.Module):
    """The four pair heads behind one door: hidden (pieces, 384) and four lists of pairs."""

    def __init__(self, links: Links) -> None:
        super().__init__()
        self.links = links

    def forward(
        self,
        hidden: Tensor,
        argument_first: Tensor,
        argument_second: Tensor,
        argument_features: Tensor,
        counted_first: Tensor,
        counted_second: Tensor,
        counted_features: Tensor,
        said_first: Tensor,
        said_second: Tensor,
        said_features: Tensor,
        incident_first: Tensor,
        incident_second: Tensor,
        incident_features: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        links = self.links
        return (
            links.argument(hidden, argument_first, argument_second, argument_features),
            links.counted(hidden, counted_first, counted_second, counted_features),
            links.said(hidden, said_first, said_second, said_features),
            links.incident(hidden, incident_first, incident_second, incident_features),
        )


class _OneWindow(nn.Module):
    """The encoder for one window without padding: ids, shapes (1, pieces)."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        hidden, logits = self.encoder(ids, shapes)
        return hidden, logits


def export(
    encoder: Encoder,
    links: Links,
    tokenizer: Path,
    out: Path,
    work: Path,
    recipe: dict[str, object],
    sources: list[dict[str, object]],
) -> None:
    """Write ``encoder.onnx`` (int8 a channel), ``links.onnx``, ``tokenizer.json`` and ``card.json``."""
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
        names, shapes = ["hidden"], [torch.randn(24, 384)]
        for head in ("argument", "counted", "said", "incident"):
            for part in ("first", "second", "features"):
                names.append(f"{head}_{part}")
                width = len(FEATURES) if part == "features" else 2
                shapes.append(torch.zeros((3, width), dtype=torch.long))
        axes = {n: {0: n} for n in names}
        results = ["argument", "counted", "said", "incident"]
        torch.onnx.export(
            _AllLinks(links),
            tuple(shapes),
            str(out / "links.onnx"),
            input_names=names,
            output_names=results,
            dynamic_axes=axes | {n: {0: f"{n}_pairs"} for n in results},
            opset_version=17,
            dynamo=False,
        )
    model = fuser.optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=384)
    model.save_model_to_file(str(fused))
    quantize_dynamic(
        str(fused),
        str(out / "encoder.onnx"),
        per_channel=True,
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
