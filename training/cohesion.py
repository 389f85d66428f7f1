"""The weights that tell where one report ends and another begins: ``python -m training.cohesion``.

Two steps. Word vectors: each word alone through the pretrained encoder, cut to 32 dimensions, weighed down by
how common it is, in whole numbers. Then trees (LightGBM) on the features of ``dateline.sources.cohesion``,
from reports run together at random: the training half of ``benchmarks.splitting`` and the articles of
HRDsAttack, those near the dev split left out. ``--cross`` prints the scores of a four-fold cross-validation
inside the training half instead, for choices; the other half stays for the benchmark.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks import splitting
from benchmarks.splitting import Document, documents, half, paragraphs, run_together
from dateline.sources import cohesion
from training.__main__ import ROOT, encoder_folder
from training.texts import NEAR_DEV, article, nearness, phrases

OUT = ROOT / "src/dateline/sources/data/cohesion.npz"
DIMENSIONS, SEED, FOLDS = 32, 1, 4
#: Files made of the training half, and files in which articles of HRDsAttack are mixed in, with their weight.
OWN_FILES, MIXED_FILES, MIXED_WEIGHT = 800, 800, 0.7
#: Paragraphs from which on reports count as equally long.
MOST = 25
#: Common words are weighed by a / (a + frequency) (Arora et al. 2017, "smooth inverse frequency").
SIF = 1e-3
TREES = {
    "n_estimators": 500,
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_child_samples": 40,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.5,
    "reg_lambda": 5,
    "random_state": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


def main(arguments: list[str] | None = None) -> None:
    """Train and write the weights; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m training.cohesion", description=main.__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument(
        "--cross", action="store_true", help="cross-validate; the weights left are of one fold"
    )
    given = parser.parse_args(arguments)
    own = half(documents(given.data / "re3d"), 0)
    others = articles(given.data)
    write(OUT, word_table([*own, *others], given.data) | lengths(own) | grown([]))
    print(f"{len(own)} reports of the training half, {len(others)} articles", flush=True)
    if given.cross:
        cross(own, others)
        return
    table = dict(np.load(OUT))
    write(OUT, table | grown(fitted(own, others).booster_.dump_model()["tree_info"]))
    print(f"weights in {OUT}: {OUT.stat().st_size:,} bytes", flush=True)


def articles(data: Path) -> list[Document]:
    """The articles of HRDsAttack, less those that share text with the dev split."""
    dev = [phrases(json.loads(line)["text"]) for line in _lines(data / "annotated/dev.reports.jsonl")]
    found = []
    for part in ("train", "dev"):
        for row in json.loads((data / f"hrdsattack/{part}.json").read_text(encoding="utf-8")):
            text = article(row["sample"])
            if nearness(phrases(text), dev) <= NEAR_DEV:
                headline, *lines = paragraphs(text)
                key = f"h:{row['sample']['Input.GLOBALEVENTID']}"
                found.append(Document(key, headline, tuple(re.sub(r"\s+", " ", p) for p in lines)))
    return found


def word_table(pool: Sequence[Document], data: Path) -> dict[str, NDArray[np.generic]]:
    """``words`` (bytes, a line each), ``rarity`` (log of texts by texts with it) and ``vectors`` (int8)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(encoder_folder()))
    texts = [" ".join(d.paragraphs) for d in pool]
    texts += [json.loads(line)["text"] for line in _lines(data / "fakes/reports.jsonl")]
    spoken = [[w.lower() for w in re.findall(r"[A-Za-z][\w'’-]+|[A-Za-z]{3,}", text)] for text in texts]
    counts = Counter(word for words in spoken for word in words)
    reports = Counter(word for words in spoken for word in set(words))
    vocabulary = model.tokenizer.get_vocab()
    words = sorted(w for w in vocabulary if re.fullmatch(r"[a-z]{3,}", w))
    words += sorted(
        w for w, n in counts.items() if n > 1 and re.fullmatch(r"[a-z]{3,}", w) and w not in vocabulary
    )
    vectors = model.encode(words, batch_size=256, normalize_embeddings=True)
    vectors -= vectors.mean(axis=0)
    axes = np.linalg.svd(vectors, full_matrices=False)[2][:DIMENSIONS]
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
    total = counts.total()
    common = np.array([SIF / (SIF + counts.get(w, 0.5) / total) for w in words])
    small = (vectors @ axes.T) * common[:, None]
    return {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "rarity": np.array(
            [math.log((len(texts) + 1) / (reports.get(w, 0) + 1)) for w in words], dtype=np.float16
        ),
        "vectors": np.round(small / np.abs(small).max() * 127).astype(np.int8),
    }


def lengths(own: Sequence[Document]) -> dict[str, NDArray[np.generic]]:
    """``usual`` and ``at_least`` of ``cohesion._Weights``: smoothed, a report of one paragraph held rare."""
    counts = Counter(min(MOST, len(d.paragraphs)) for d in own if len(d.paragraphs) > 1)
    sizes = np.array([counts[n] for n in range(1, MOST + 1)], dtype=np.float64)
    padded = np.pad(sizes, 1)
    smooth = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:] + 0.3
    smooth[0] *= 0.3
    share = smooth / smooth.sum()
    rate = 1 / float((np.arange(1, MOST + 1) * share).sum())
    onward = np.arange(MOST) * math.log(1 - rate)
    at_least = np.cumsum(share[::-1])[::-1]
    return {"usual": np.log(share) - math.log(rate) - onward, "at_least": np.log(at_least) - onward}


def fitted(own: Sequence[Document], others: Sequence[Document], seed: int = SEED) -> lightgbm.LGBMClassifier:
    """The trees fitted on files made of these reports, and on each report alone."""
    rng = random.Random(seed)
    several = [d for d in own if len(d.paragraphs) > 1]
    rows, labels, weights = [], [], []

    def add(lines: Sequence[str], begins: Sequence[int], weight: float) -> None:
        if len(lines) < 2:
            return
        rows.append(cohesion.features(lines))
        labels.extend(int(at in begins) for at in range(1, len(lines)))
        weights.extend([weight] * (len(lines) - 1))

    for _ in range(OWN_FILES):
        add(*run_together(rng, several), 1)
    for document in several:
        add(document.paragraphs, (), 2)
    for _ in range(MIXED_FILES if others else 0):
        cut = [_opening_of(rng, d) for d in rng.sample(list(others), 6)]
        add(*run_together(rng, [*cut, *rng.sample(several, 3)]), MIXED_WEIGHT)
    for document in others:
        add(_opening_of(rng, document).paragraphs, (), 1)
        add(document.paragraphs, (), 1)
    model = lightgbm.LGBMClassifier(**TREES)
    model.fit(np.vstack(rows).astype(np.float32), np.array(labels), sample_weight=np.array(weights))
    return model


def _opening_of(rng: random.Random, document: Document) -> Document:
    """The first two to nine paragraphs: articles are longer than the reports people run together."""
    return document._replace(paragraphs=document.paragraphs[: rng.randint(2, 9)])


def grown(trees: Sequence[dict[str, Any]]) -> dict[str, NDArray[np.generic]]:
    """The arrays of ``cohesion._Weights`` for trees as LightGBM dumps them, end on end."""
    roots, feature, value, left, right = [], [], [], [], []

    def put(node: dict[str, Any]) -> int:
        at = len(feature)
        is_leaf = "leaf_value" in node
        feature.append(-1 if is_leaf else node["split_feature"])
        value.append(node["leaf_value"] if is_leaf else node["threshold"])
        left.append(0)
        right.append(0)
        if not is_leaf:
            left[at], right[at] = put(node["left_child"]), put(node["right_child"])
        return at

    for tree in trees:
        roots.append(put(tree["tree_structure"]))
    return {
        "roots": np.array(roots, dtype=np.int32),
        "feature": np.array(feature, dtype=np.int16),
        "value": np.array(value, dtype=np.float32),
        "left": np.array(left, dtype=np.int32),
        "right": np.array(right, dtype=np.int32),
    }


def cross(own: Sequence[Document], others: Sequence[Document], files: int = 150) -> None:
    """Print F and the share of single reports left whole over folds of the training half."""
    right = told = true = 0
    whole, alone = np.zeros(2), np.zeros(2)
    table = dict(np.load(OUT))
    for fold in range(FOLDS):
        held = [d for d in own if _fold(d) == fold and len(d.paragraphs) > 1]
        long = [d for d in others if _fold(d) == fold]
        rest = ([d for d in pool if _fold(d) != fold] for pool in (own, others))
        trees = fitted(*rest, seed=fold).booster_.dump_model()
        write(OUT, table | grown(trees["tree_info"]))
        rng = random.Random(splitting.SEED + fold)
        for _ in range(files):
            lines, begins = run_together(rng, held)
            found, gold = set(cohesion.starts(lines)), set(begins[1:])
            right, told, true = right + len(found & gold), told + len(found), true + len(gold)
        whole += np.array([sum(not cohesion.starts(d.paragraphs) for d in pool) for pool in (held, long)])
        alone += np.array([len(held), len(long)])
    print(f"F {2 * right / (told + true):.3f} (precision {right / told:.3f}, recall {right / true:.3f})")
    for share, many, name in zip(whole / alone, alone, ("single reports", "long articles"), strict=True):
        print(f"{share:.3f} of {many:.0f} {name} whole")


def _fold(document: Document) -> int:
    return int(hashlib.sha256(f"f{document.key}".encode()).hexdigest(), 16) % FOLDS


def write(path: Path, table: dict[str, NDArray[np.generic]]) -> None:
    """The arrays in one file, the same bytes for the same arrays."""
    cohesion._weights.cache_clear()
    with path.open("wb") as stream:
        np.savez_compressed(stream, **table)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()
