from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from training.check import violations
from training.gold import read_gold

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PAIRS = sorted(CORPUS.glob("*.reports.jsonl"))


def _gold(reports: Path) -> Path:
    return reports.with_name(reports.name.replace(".reports.", ".gold."))


@pytest.mark.parametrize("reports", PAIRS, ids=lambda p: p.name)
def test_the_corpus_keeps_the_codebook(reports: Path) -> None:
    assert list(violations(reports, _gold(reports))) == []


def test_the_corpus_is_large_enough() -> None:
    assert sum(len(read_gold(p, _gold(p))) for p in PAIRS) >= 60


def test_a_false_annotation_is_caught(tmp_path: Path) -> None:
    (tmp_path / "a.reports.jsonl").write_text('{"id": "a", "invented": true, "text": "Shells fell."}\n')
    (tmp_path / "a.gold.jsonl").write_text(
        '{"id": "a", "claims": [{"trigger": "Shells", "type": "shelling", "status": "happened", '
        '"scope": "single", "event": "e1", "actor": ["rebels"]}]}\n'
    )
    found = list(violations(tmp_path / "a.reports.jsonl", tmp_path / "a.gold.jsonl"))
    assert len(found) == 1 and "'rebels' is not in the text" in found[0]


@pytest.mark.parametrize("reports", PAIRS, ids=lambda p: p.name)
def test_gold_strings_are_placed_where_they_stand(reports: Path) -> None:
    for report in read_gold(reports, _gold(reports)):
        for trigger in report.triggers:
            for _, start, end in trigger.links:
                assert 0 <= start < end <= len(report.text)
                # A value is looked for near its trigger, never in another part of a long report.
                assert min(abs(start - trigger.end), abs(trigger.start - end)) < 2500


def test_examples_are_never_trained_on() -> None:
    source = (CORPUS.parent / "training/__main__.py").read_text(encoding="utf-8")
    assert "examples" not in source.replace("training.examples", "").replace("examples(", "").replace(
        "import examples", ""
    )


def test_training_runs_from_data_to_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="skipped: torch is not installed (make train brings it)")
    reports = (CORPUS / "batch_a.reports.jsonl").read_text(encoding="utf-8").splitlines()[:4]
    gold = (CORPUS / "batch_a.gold.jsonl").read_text(encoding="utf-8").splitlines()[:4]
    small = tmp_path / "corpus"
    small.mkdir()
    (small / "a.reports.jsonl").write_text("\n".join(reports), encoding="utf-8")
    (small / "a.gold.jsonl").write_text("\n".join(gold), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "training",
        "--corpus",
        str(small),
        "--annotated",
        str(tmp_path / "none"),
    ]
    command += ["--work", str(tmp_path / "work"), "--out", str(tmp_path / "out"), "--epochs", "1"]
    subprocess.run(command, check=True, cwd=CORPUS.parent)
    from dateline.tagger import Tagger, verify_weights

    assert verify_weights(tmp_path / "out")["recipe"]["epochs"] == 1
    assert Tagger(tmp_path / "out").version
