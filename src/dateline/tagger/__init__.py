"""Tag: one pass of a small neural encoder gives typed triggers, spans, and the links between them."""

from __future__ import annotations

from pathlib import Path

from dateline.records import Report, Tags
from dateline.tagger.decode import Thresholds, decode
from dateline.tagger.encoder import WEIGHTS, Encoder, verify_weights
from dateline.tagger.sentences import sentences

__all__ = ["WEIGHTS", "Tagger", "Thresholds", "sentences", "verify_weights"]


class Tagger:
    """The trained tagger, loaded once a process.

    ``threads`` is the number of onnxruntime threads a report. InstallationError when weights are missing.
    """

    def __init__(
        self, folder: Path = WEIGHTS, threads: int = 1, thresholds: Thresholds | None = None
    ) -> None:
        self._encoder = Encoder(folder, threads)
        self._thresholds = thresholds or Thresholds(**self._encoder.card.get("thresholds", {}))

    @property
    def version(self) -> str:
        """The first digits of the encoder weights' sha256."""
        return str(self._encoder.card["sha256"]["encoder.onnx"])[:12]

    def tag(self, report: Report) -> Tags:
        """Everything the tagger finds in ``report.text``."""
        return decode(self._encoder.read(report.text), self._encoder.link, self._thresholds)
