"""Quality is a floor: figures on the dev set, pinned with the digest of its files."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FLOORS: dict[str, Any] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scored(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    annotated = shared / "data/annotated"
    for name, digest in FLOORS["data"].items():
        assert hashlib.sha256((annotated / name).read_bytes()).hexdigest() == digest, (
            f"{name} is not the file the floors were measured on; measure again and change floors.json"
        )
    out = tmp_path_factory.mktemp("dev")
    code = [sys.executable, "-m", "dateline", "code", str(annotated / "dev.reports.jsonl"), "-o", str(out)]
    subprocess.run(code, check=True, capture_output=True)
    check = [sys.executable, str(shared / "tools/check_contract.py"), str(out)]
    assert ", 0 violations" in subprocess.run(check, check=True, capture_output=True, text=True).stdout
    score = [sys.executable, str(shared / "tools/score_claims.py")]
    score += [
        str(annotated / "dev.reports.jsonl"),
        str(annotated / "dev.gold.jsonl"),
        str(out / "claims.jsonl"),
    ]
    done = subprocess.run([*score, "--json"], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.data
@pytest.mark.parametrize("name", FLOORS["floors"])
def test_no_figure_falls_below_its_floor(scored: dict[str, Any], name: str) -> None:
    value = scored[name] if name in scored else scored["F1"][name]["F"]
    assert value >= FLOORS["floors"][name]


@pytest.mark.data
@pytest.mark.parametrize("name", FLOORS["shares"])
def test_no_share_of_what_was_found_falls_below_its_floor(scored: dict[str, Any], name: str) -> None:
    assert scored["accuracy"][name]["right"] >= FLOORS["shares"][name]


@pytest.mark.data
@pytest.mark.parametrize("name", FLOORS["ceilings"])
def test_no_error_rises_above_its_ceiling(scored: dict[str, Any], name: str) -> None:
    assert scored[name] <= FLOORS["ceilings"][name]


@pytest.mark.data
def test_every_value_is_grounded(scored: dict[str, Any]) -> None:
    assert scored["ungrounded values"] == 0


def test_the_floors_are_not_below_what_was_promised() -> None:
    promised = {"claim found": 0.84, "claim found and typed": 0.74, "mean role F": 0.68}
    assert all(FLOORS["floors"][name] >= low for name, low in promised.items())
