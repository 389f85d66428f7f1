"""Reports run together with nothing between them: told apart by what they are about, at paragraphs only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from benchmarks import splitting
from dateline.errors import InstallationError
from dateline.sources import cohesion
from dateline.sources.split import split

MARKET = (
    "Shells struck the grain market of Tel Oreb at dawn on Tuesday, killing four traders and wounding "
    "eleven, the town's council said.",
    "The council blamed the Northern Column, which holds the hills above Tel Oreb and has shelled the "
    "market three times this month. The Northern Column did not answer calls.",
    "Traders said the shells fell as lorries of grain were being unloaded. Two of the wounded died "
    "later in the clinic of Tel Oreb, a nurse there said.",
    "The council asked the Northern Column to let the wounded traders pass to the hospital on the coast.",
)
FERRY = (
    "Police in Port Salwa have seized a ferry that carried rifles and parts of drones and have arrested "
    "its captain, the harbour authority announced on Friday.",
    "The ferry had left the island of Merra without papers, according to the harbour authority, which "
    "showed the rifles to reporters on the quay.",
    "The captain, a fisherman of 52, told police that he did not know what the crates on the ferry held.",
    "He will appear before a judge in Port Salwa on Monday, the harbour authority said.",
)
VALLEY = (
    "Some 300 families have fled villages in the Asha valley since fighting between two clans began "
    "last week, the relief agency of the province said on Sunday.",
    "The families sleep in schools and mosques at the mouth of the valley, where the relief agency "
    "hands out blankets and water.",
    "Elders of the two clans met in the Asha valley on Saturday but agreed on nothing. Eleven men of "
    "the clans have been killed so far, the elders said.",
)


def test_three_subjects_are_three_reports() -> None:
    text = "\n".join((*MARKET, *FERRY, *VALLEY))
    assert [text[p.start : p.end] for p in split(text)] == ["\n".join(r) for r in (MARKET, FERRY, VALLEY)]


@pytest.mark.parametrize("report", [MARKET, FERRY, VALLEY])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n"])
def test_one_subject_is_one_report(report: tuple[str, ...], between: str) -> None:
    assert len(split(between.join(report))) == 1


def test_a_long_report_is_not_cut_for_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohesion, "beginnings", lambda paragraphs: [0.001] * (len(paragraphs) - 1))
    assert cohesion.starts(["Oreb fell."] * 400) == []


def test_wrapped_lines_are_no_paragraphs() -> None:
    wrapped = ["\n".join(textwrap.wrap(p, 60)) for p in (*MARKET, *FERRY, *VALLEY)]
    text = "\n\n".join(wrapped)
    parts = [text[p.start : p.end] for p in split(text)]
    assert parts == ["\n\n".join(wrapped[:4]), "\n\n".join(wrapped[4:8]), "\n\n".join(wrapped[8:])]
    assert len(split("\n".join(wrapped))) == 1


def test_lists_and_headed_sections_stay_whole() -> None:
    assert len(split("\n".join(f"- {p}" for p in (*MARKET, *FERRY, *VALLEY)))) == 1
    headed = ("Tel Oreb", *MARKET, "Port Salwa", *FERRY, "Asha valley", *VALLEY)
    assert len(split("\n".join(headed))) == 1


def test_other_languages_stay_whole() -> None:
    line = "Quatre commerçants ont été tués mardi à l'aube par des obus tombés sur le marché de la ville. "
    other = "La police du port a saisi vendredi un bateau chargé de fusils et elle a arrêté son capitaine. "
    assert len(split("\n".join([line * 2] * 3 + [other * 2] * 3))) == 1


def test_floors_on_the_half_never_trained_on() -> None:
    pool = splitting.half(splitting.documents(), 1)
    if not any(d.key.startswith("r:") for d in pool):
        pytest.skip("skipped: no data (re3d); the floor is of our own reports and re3d's together")
    scores = splitting.measure(pool)
    assert scores.f >= 0.81 and scores.whole >= 0.97, scores


def test_floors_on_our_own_reports() -> None:
    own = [d for d in splitting.half(splitting.documents(), 1) if d.key.startswith("c:")]
    scores = splitting.measure(own, files=100)
    assert scores.f >= 0.77 and scores.whole >= 0.97, scores


def test_the_same_whatever_the_seed_of_hashes() -> None:
    order = (
        "import json, sys; from dateline.sources.cohesion import beginnings; "
        "print(json.dumps(beginnings(json.load(sys.stdin))))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", order],
            input=json.dumps([*MARKET, *FERRY]),
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert told[0] == told[1] == told[2]


def test_trees_are_walked_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = cohesion._weights()
    rows = cohesion.features([*MARKET, *FERRY]).astype(np.float32)

    def walk(row: np.ndarray, at: int) -> float:
        while weights.feature[at] >= 0:
            low = row[weights.feature[at]] <= weights.value[at]
            at = int(weights.left[at] if low else weights.right[at])
        return float(weights.value[at])

    plain = [1 / (1 + np.exp(-sum(walk(row, int(root)) for root in weights.roots))) for row in rows]
    assert cohesion.beginnings([*MARKET, *FERRY]) == pytest.approx(plain, abs=1e-6)
    assert cohesion.beginnings(MARKET[:1]) == []


def test_damaged_weights_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    cohesion._weights.cache_clear()
    monkeypatch.setattr(cohesion.np, "load", lambda *_, **__: {"words": b""})
    with pytest.raises(InstallationError, match="install Dateline again"):
        cohesion.beginnings(MARKET)
    cohesion._weights.cache_clear()


@pytest.mark.parametrize(
    "line", ["a", "Oreb fell. ", "A" * 3000 + ".", "“ " * 50, "1 June ISIS Daesh al-X. " * 20]
)
def test_cost_is_bounded(line: str) -> None:
    cohesion.beginnings(["Oreb fell.", "Oreb fell."])  # loaded
    start = time.perf_counter()
    split("\n".join([line] * 900))
    assert time.perf_counter() - start < 20
