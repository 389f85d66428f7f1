"""The neural part: weights in ONNX, a report's words in, scores out. onnxruntime only, never torch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

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

FILES = ("encoder.onnx", "links.onnx", "tokenizer.json")
"""The files of weights, each with its digest in ``card.json``."""

_T = TypeVar("_T")


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
        # One plan of memory for each length of window would be kept for good; the arena itself is bounded
        # by the longest window.
        options.enable_mem_pattern = False
        self._encoder = _loaded(folder / "encoder.onnx", partial(_session, options))
        self._links = _loaded(folder / "links.onnx", partial(_session, options))
        self._tokenizer = _loaded(folder / "tokenizer.json", Tokenizer.from_file)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._cls = self._tokenizer.token_to_id("[CLS]")
        self._sep = self._tokenizer.token_to_id("[SEP]")
        if self._cls is None or self._sep is None:
            raise InstallationError(_damaged(folder / "tokenizer.json", "it has no [CLS] and [SEP]"))

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


#: Joined skip connections are slower on the CPU than apart (training/export.py has the figures).
_SLOWER = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]


def _session(options: onnxruntime.SessionOptions, path: str) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(
        path, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )


def _loaded(path: Path, load: Callable[[str], _T]) -> _T:
    """What ``load`` makes of a weights file; InstallationError when it makes nothing."""
    if not path.is_file():
        raise InstallationError(_damaged(path, "no such file"))
    try:
        return load(str(path))
    except Exception as error:  # both libraries raise bare Exceptions
        raise InstallationError(_damaged(path, error)) from error


def _damaged(path: Path, why: object) -> str:
    return (
        f"the tagger's weights {path} are missing or damaged ({why}): reinstall dateline, or train again "
        "(make train)"
    )


def _card(folder: Path) -> dict[str, Any]:
    """The card of the weights in ``folder``, held to what is read from it."""
    path = folder / "card.json"
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InstallationError(_damaged(path, error)) from error
    if not isinstance(card, dict) or not {"labels", "features", "sha256"} <= card.keys():
        raise InstallationError(_damaged(path, "it lacks labels, features or sha256"))
    digests = card["sha256"]
    if not isinstance(digests, dict) or not digests.keys() >= set(FILES):
        raise InstallationError(_damaged(path, f"its sha256 must name {', '.join(FILES)}"))
    if card["labels"] != labels.orders() or card["features"] != list(FEATURES):
        raise InstallationError(
            f"the weights in {folder} were trained for another label order; train again (make train)"
        )
    return card


def verify_weights(folder: Path = WEIGHTS) -> dict[str, Any]:
    """Hold every weights file against its digest in ``card.json``; return the card.

    InstallationError names the file that differs or is missing. Not done at each start: it costs 60 ms.
    """
    card = _card(folder)
    for name, digest in card["sha256"].items():
        path = folder / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise InstallationError(_damaged(path, error)) from error
        if found != digest:
            raise InstallationError(_damaged(path, f"its sha256 is not {digest}"))
    return card
