"""Weights that are missing or damaged say so, and say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dateline.errors import InstallationError
from dateline.tagger import WEIGHTS, verify_weights
from dateline.tagger.encoder import FILES, Encoder

#: Scores of one sentence, measured with AVX512-VNNI.
PINNED = {"mean": -0.8507, "deviation": 3.3049, "last": 5.9061}

WHAT_TO_DO = r"reinstall dateline.*make train"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder of links to the weights: one can be taken away or replaced."""
    for name in (*FILES, "card.json"):
        (tmp_path / name).symlink_to(WEIGHTS / name)
    return tmp_path


@pytest.mark.parametrize("name", [*FILES, "card.json"])
def test_a_missing_file_is_named(weights: Path, name: str) -> None:
    (weights / name).unlink()
    with pytest.raises(InstallationError, match=rf"{name}.*{WHAT_TO_DO}"):
        Encoder(weights)
    with pytest.raises(InstallationError, match=rf"{name}.*{WHAT_TO_DO}"):
        verify_weights(weights)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfenot weights"], ids=["empty", "braces", "bytes"])
def test_a_damaged_file_is_named(weights: Path, name: str, content: bytes) -> None:
    (weights / name).unlink()
    (weights / name).write_bytes(content)
    with pytest.raises(InstallationError, match=rf"{name}.*{WHAT_TO_DO}"):
        Encoder(weights)
    with pytest.raises(InstallationError, match=rf"{name}.*{WHAT_TO_DO}"):
        verify_weights(weights)


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"labels": {}, "features": [], "sha256": {}}'])
def test_a_damaged_card_is_named(weights: Path, content: str) -> None:
    (weights / "card.json").unlink()
    (weights / "card.json").write_text(content, encoding="utf-8")
    with pytest.raises(InstallationError, match=rf"card\.json.*{WHAT_TO_DO}"):
        Encoder(weights)


def test_weights_of_another_label_order(weights: Path) -> None:
    card = json.loads((WEIGHTS / "card.json").read_text(encoding="utf-8"))
    (weights / "card.json").unlink()
    (weights / "card.json").write_text(json.dumps(card | {"features": []}), encoding="utf-8")
    with pytest.raises(InstallationError, match="make train"):
        Encoder(weights)


def test_every_processor_reads_alike() -> None:
    """Scores pinned on one family of processors hold on all; with 8-bit weights AVX2 was off by up to 1."""
    logits = (
        Encoder()
        .read("Shells hit a bakery in Harran on Monday, killing at least 12 people, a nurse said.")
        .logits
    )
    found = {"mean": float(logits.mean()), "deviation": float(logits.std()), "last": float(logits[-1, 0])}
    assert found == pytest.approx(PINNED, abs=1e-3)
    assert np.isfinite(logits).all()
