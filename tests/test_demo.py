"""What ``make demo`` shows: the example reports, coded, and the page in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    out = tmp_path_factory.mktemp("demo") / "out"
    inputs = [
        str(p.relative_to(root))
        for p in sorted((root / "examples").iterdir())
        if p.suffix in (".txt", ".html")
    ]
    command = [sys.executable, "-m", "dateline", "code", *inputs, "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=root)
    return out


def test_every_input_has_an_outcome_and_copies_are_found(demo: Path) -> None:
    rows = (demo / "outcomes.csv").read_text(encoding="utf-8").splitlines()[1:]
    kinds = Counter(row.split(",")[2] for row in rows)
    # eleven files; 11-two-reports.txt splits in two, both copies of other files
    assert kinds == {"coded": 10, "duplicate": 2}


def test_every_value_is_the_reports_own_words(demo: Path) -> None:
    texts = {r["id"]: r["text"] for r in _lines(demo / "reports.jsonl")}
    checked = 0

    def check(value: Any, text: str) -> None:
        nonlocal checked
        if isinstance(value, dict):
            if {"text", "start", "end"} <= value.keys():
                assert text[value["start"] : value["end"]] == value["text"]
                checked += 1
            for inner in value.values():
                check(inner, text)
        elif isinstance(value, list):
            for inner in value:
                check(inner, text)

    for claim in _lines(demo / "claims.jsonl"):
        check(claim, texts[claim["report_id"]])
    assert checked > 300


def test_nothing_happened_where_it_was_only_told(demo: Path) -> None:
    """The camp where the displaced speak and the cities of datelines are not places of events."""
    told = {"Ain Issa", "`Ayn `Isa", "Ayn Isa", "Beirut", "Gaziantep"}
    reports = {r["id"]: r for r in _lines(demo / "reports.jsonl")}
    assert any(r["dateline_place"] for r in reports.values())
    for event in _lines(demo / "events.jsonl"):
        if event["type"] in ("air_strike", "shelling", "chemical_attack"):
            assert (event["place"] or {}).get("name") not in told


def test_the_strike_of_8_june_is_one_event_with_its_disagreement_kept(demo: Path) -> None:
    strikes = [e for e in _lines(demo / "events.jsonl") if e["type"] == "air_strike" and e["killed"]]
    strike = max(strikes, key=lambda e: len(e["reports"]))
    assert strike["date"]["from"] == strike["date"]["to"] == "2017-06-08"
    assert len(strike["reports"]) >= 4
    assert 2 <= strike["origins"] < len(strike["reports"])
    lows = {a["min"] for a in strike["killed"]["accounts"]}
    assert {17, 20} <= lows


def test_no_information_is_not_zero(demo: Path) -> None:
    states = [h for c in _lines(demo / "claims.jsonl") for h in c["harm"] if h["state"] == "unknown"]
    assert states
    assert all(h["min"] is None and h["max"] is None for h in states)


@pytest.mark.browser
def test_the_page_opens_offline_and_shows_the_words(demo: Path, chrome: Any) -> None:
    from browsing import quiet
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    with quiet(chrome, (demo / "report.html").as_uri()):
        assert "internal" in chrome.find_element(By.TAG_NAME, "body").text.lower()
        row = WebDriverWait(chrome, 10).until(
            lambda d: d.find_element(By.CSS_SELECTOR, "#rows tr[data-event]")
        )
        row.click()
        marks = WebDriverWait(chrome, 10).until(
            lambda d: d.find_elements(By.CSS_SELECTOR, "#texts .text mark.mine[data-role=trigger]")
        )
        triggers = {c["trigger"]["text"] for c in _lines(demo / "claims.jsonl")}
        assert {str(m.get_property("textContent")) for m in marks} <= triggers
        assert marks[0].is_displayed()
