from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dateline.records import Civilian, EventType, HarmKind, Layer, Scope, Stance, Status
from training.check import violations
from training.distinct import texts_of, variety
from training.gold import read_gold
from training.texts import nearness, phrases

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PAIRS = sorted(CORPUS.glob("*.reports.jsonl"))


def _gold(reports: Path) -> Path:
    return reports.with_name(reports.name.replace(".reports.", ".gold."))


@pytest.mark.parametrize("reports", PAIRS, ids=lambda p: p.name)
def test_the_corpus_keeps_the_codebook(reports: Path) -> None:
    assert list(violations(reports, _gold(reports))) == []


def test_the_corpus_is_large_and_holds_every_type_and_reports_with_nothing_to_code() -> None:
    reports = [r for p in PAIRS for r in read_gold(p, _gold(p))]
    assert len(reports) >= 300
    assert sum(not r.triggers for r in reports) >= len(reports) / 10
    types = Counter(t.type for r in reports for t in r.triggers)
    assert set(types) == set(EventType) and min(types.values()) >= 25


def test_the_reports_do_not_sound_alike() -> None:
    found = variety(texts_of(CORPUS))
    assert found.repeated / found.phrases < 0.002
    assert found.nearest < 0.05
    assert found.type_token > 0.75


def test_the_second_reader_read_reports_of_the_corpus() -> None:
    texts = {json.loads(line)["id"]: json.loads(line)["text"] for p in PAIRS for line in _lines(p)}
    read = [json.loads(line) for line in _lines(CORPUS / "second_reader.gold.jsonl")]
    assert len(read) == 40
    for annotated in read:
        assert all(claim["trigger"] in texts[annotated["id"]] for claim in annotated["claims"])


def test_variety_counts_what_repeats() -> None:
    found = variety(["one two three four five six", "zero one two three four five"])
    assert (found.phrases, found.repeated, found.nearest) == (3, 1, 0.5)


def test_offsets_hold_no_words() -> None:
    lists = (EventType, Status, Scope, Layer, HarmKind, Civilian, Stance)
    plain = {str(v) for values in lists for v in values} | {"", "actor", "target"}
    for path in CORPUS.glob("*.offsets.jsonl"):
        for line in _lines(path):
            kept = json.loads(line)
            words = set(_strings(kept["claims"])) - plain
            assert all(re.fullmatch(r"e\d+[a-z]?", w) for w in words), words
            assert set(kept) == {"id", "length", "sha256", "claims"}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


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
    corpus = [phrases(text) for text in texts_of(CORPUS)]
    shown = sorted((CORPUS.parent / "examples").glob("*.txt"))
    assert len(shown) > 5
    assert all(nearness(phrases(p.read_text(encoding="utf-8")), corpus) < 0.05 for p in shown)


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
        "--data",
        str(tmp_path / "none"),
    ]
    command += ["--work", str(tmp_path / "work"), "--out", str(tmp_path / "out"), "--epochs", "1"]
    subprocess.run(command, check=True, cwd=CORPUS.parent)
    from dateline.tagger import Tagger, verify_weights

    assert verify_weights(tmp_path / "out")["recipe"]["epochs"] == 1
    assert Tagger(tmp_path / "out").version
