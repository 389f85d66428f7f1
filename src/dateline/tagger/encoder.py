"""The neural part: weights in ONNX, a report's words in, scores out. onnxruntime only, never torch."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from dateline.errors import InstallationError
from dateline.tagger import labels
from dateline.tagger.bio import Floats
from dateline.tagger.pairs import FEATURES
from dateline.tagger.windows import windows
from dateline.tagger.words import Ints, Words, cut

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Reading:
    """What the encoder makes of one text.

    hidden  state of each word's first piece, shape (words, 384)
    logits  scores of each word's first piece, shape (words, PIECE_LOGITS)
    """

    words: Words
    hidden: Floats
    logits: Floats


class Encoder:
    """The two ONNX sessions and the tokenizer.

    One window is run at a time: int8 activations are scaled a run, so a neighbour in a batch would touch a
    report's result. Raises InstallationError when a weights file is missing, damaged or of another order.
    """

    def __init__(self, folder: Path = WEIGHTS, threads: int = 1) -> None:
        self.card = _card(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # An arena that keeps its largest size would grow with the longest report seen.
        options.enable_cpu_mem_arena = False
        providers = ["CPUExecutionProvider"]
        self._encoder = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=providers
        )
        self._links = onnxruntime.InferenceSession(str(folder / "links.onnx"), options, providers=providers)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._cls = self._tokenizer.token_to_id("[CLS]")
        self._sep = self._tokenizer.token_to_id("[SEP]")

    def read(self, text: str) -> Reading:
        """Run the encoder over ``text``, in windows when it is long."""
        words = cut(text, self._tokenizer)
        hidden = np.zeros((len(words), 384), dtype=np.float32)
        logits = np.zeros((len(words), labels.PIECE_LOGITS), dtype=np.float32)
        for window in windows(words):
            ids = np.concatenate([[self._cls], words.pieces[window.start : window.end], [self._sep]])
            shapes = np.concatenate([[0], words.shapes[window.start : window.end], [0]])
            h, y = self._encoder.run(None, {"ids": ids[None], "shapes": shapes[None]})
            low, high = np.searchsorted(words.first, [window.keep_start, window.keep_end])
            at = words.first[low:high] - window.start + 1
            hidden[low:high] = h[0, at]
            logits[low:high] = y[0, at]
        return Reading(words, hidden, logits)

    def link(
        self, hidden: Floats, triggers: Ints, spans: Ints, pairs: dict[str, tuple[Ints, Ints]]
    ) -> dict[str, Floats]:
        """Score pairs; triggers and spans are (first, last word), ``pairs`` a head's (pairs, features)."""
        given: dict[str, Any] = {"hidden": hidden, "triggers": triggers, "spans": spans}
        for head, (indices, features) in pairs.items():
            given |= {f"{head}_pairs": indices, f"{head}_features": features}
        scored = self._links.run(list(pairs), given)
        return dict(zip(pairs, scored, strict=True))


def _card(folder: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InstallationError(
            f"the tagger's weights are missing or damaged in {folder}: {error}; reinstall dateline"
        ) from error
    if card["labels"] != labels.orders() or card["features"] != list(FEATURES):
        raise InstallationError(
            f"the weights in {folder} were trained for another label order; train again (make train)"
        )
    return card


def verify_weights(folder: Path = WEIGHTS) -> dict[str, Any]:
    """Hold every weights file against its digest in ``card.json``; return the card.

    InstallationError names the file that differs. Not done at each start: it costs 60 ms.
    """
    card = _card(folder)
    for name, digest in card["sha256"].items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise InstallationError(f"{folder / name} is damaged: its sha256 is not {digest}")
    return card
