"""``errors.html`` without a browser: nothing escapes a data block, and the policy fits the page."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from evaluation_making import CODED, GOLD, REPORTS, claim
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import OutputError
from dateline.evaluation import Evaluation, browser
from dateline.evaluation.browser import data_block, shortened, write_errors
from dateline.evaluation.evaluating import compare
from dateline.evaluation.gold import GoldClaim
from dateline.export.page import policy
from dateline.records import EventType, Report

PWNED = "window.__pwned=1"
NASTY = (
    f"</script><script>{PWNED}</script> <!-- <script> ]]> &lt; \u2028\u2029 \x00 \u202e "
    f'<img src=x onerror="{PWNED}">'
)
HOSTILE = Report(id=NASTY, outlet=NASTY, text=f"{NASTY} raid {NASTY}")


def hostile() -> Evaluation:
    """An evaluation every string of which is an attack."""
    gold = GoldClaim(trigger="raid", type=EventType.ATTACK, event=NASTY, actor=(NASTY,), site=("]]>",))
    coded = claim(HOSTILE, "raid", EventType.CLASH, NASTY, 0.5)
    return compare([HOSTILE], {HOSTILE.id: (gold,)}, [coded], {NASTY: NASTY})


def written(path: Path, evaluation: Evaluation) -> str:
    write_errors(path, evaluation, version="1.2.3")
    return path.read_text("utf-8")


def block(html: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(st.lists(ANY_TEXT | st.sampled_from(["</script>", "<!--", "&amp;", "\ud83d", "\u2028"])))
def test_a_data_block_holds_what_it_was_given_and_cannot_be_left(strings: list[str]) -> None:
    data = data_block(strings)
    assert json.loads(data) == strings
    assert data.isascii() and not set("<>&") & set(data)


def test_hostile_text_stays_data(tmp_path: Path) -> None:
    html = written(tmp_path / "errors.html", hostile())
    blocks = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    assert html.count("<script") == html.count("</script>") == len(blocks) == 3
    assert "<img" not in html
    rows = block(html, "faults")
    assert {row[1] for row in rows} == {NASTY}
    assert NASTY in {value for row in rows for value in row[3]}


def test_policy_admits_our_blocks_and_nothing_else(tmp_path: Path) -> None:
    html = written(tmp_path / "errors.html", compare(REPORTS, GOLD, CODED))
    stated = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert stated
    rules = stated[1].replace("&#39;", "'")
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert rules == policy(style, script)
    for kind, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in rules
    assert rules.startswith("default-src 'none'") and "unsafe" not in rules


def test_page_names_nothing_outside_itself_and_says_that_it_is_internal(tmp_path: Path) -> None:
    html = written(tmp_path / "errors.html", compare(REPORTS, GOLD, CODED))
    outside = r"""\s(src|href|action|on\w+)\s*=\s*["'](?!#)"""
    assert not re.search(outside, re.sub(r"<script.*", "", html, flags=re.DOTALL))
    assert "url(" not in html and "@import" not in html and "://" not in html
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch("):
        assert forbidden not in html
    assert "Do not publish" in html and "pass on" in html and "1.2.3" in html
    assert '<meta name="dateline-audience" content="internal">' in html


def test_the_page_has_every_error_and_the_figures(tmp_path: Path) -> None:
    found = compare(REPORTS, GOLD, CODED)
    html = written(tmp_path / "errors.html", found)
    rows = block(html, "faults")
    assert [row[0] for row in rows] == [fault.kind for fault in found.faults]
    assert set(block(html, "kinds")) == {row[0] for row in rows}
    assert "claim found F 0.800" in html and "mean role F 0.578" in html
    assert html == written(tmp_path / "again.html", found)


def test_a_page_of_no_errors(tmp_path: Path) -> None:
    html = written(tmp_path / "errors.html", compare(REPORTS[:1], {"courier": ()}, []))
    assert block(html, "faults") == [] and "claim found F –" in html


def test_above_the_cap_every_report_keeps_as_many_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "FAULTS_UP_TO", 2)
    found = compare(REPORTS, GOLD, CODED)
    kept = shortened(found.faults)
    assert [(f.report_id, f.kind) for f in kept] == [
        ("courier", "wrong status"),
        ("herald", "wrong harm kind+numbers"),
    ]
    html = written(tmp_path / "errors.html", found)
    assert f"Of {len(found.faults)} errors this page holds 2" in html and len(block(html, "faults")) == 2


def test_reports_that_could_not_be_coded_are_told(tmp_path: Path) -> None:
    html = written(tmp_path / "errors.html", hostile())
    assert "1 annotated reports could not be coded" in html


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        write_errors(tmp_path / "absent" / "errors.html", hostile())
