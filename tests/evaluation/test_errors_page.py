"""``errors.html`` in a real browser, from disk: it works, asks no network, runs nothing hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium", reason="skipped: no selenium (pip install selenium)")

from browsing import quiet
from evaluation_making import CODED, GOLD, REPORTS, claim
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from dateline.evaluation.browser import write_errors
from dateline.evaluation.evaluating import compare
from dateline.evaluation.gold import GoldClaim
from dateline.records import EventType, Report

pytestmark = pytest.mark.browser

PWNED = "window.__pwned=1"
HOSTILE = Report(
    id=f"</script><script>{PWNED}</script>",
    text=f"</script><script>{PWNED}</script><img src=x onerror={PWNED}>\u2028\u2029]]>\x00\u200b "
    f'\u202eesrever\u202c \U0001f525\U0001f468\u200d\U0001f469 <svg onload={PWNED}> raid" onfocus="{PWNED}" '
    'x=" ended.',
)
RAID = claim(HOSTILE, "raid", EventType.CLASH, "x", 0.5)
LONG = Report(id="long", text=" ".join(f"Raid {n} hit Osk." for n in range(150)))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("errors") / "errors.html"
    gold = {**GOLD, HOSTILE.id: (GoldClaim(trigger="raid", type=EventType.ATTACK, event="e"),)}
    write_errors(path, compare([*REPORTS, HOSTILE], gold, [*CODED, RAID]))
    return path.as_uri()


@pytest.fixture
def opened(chrome: Chrome, page: str) -> Iterator[Chrome]:
    """The page freshly opened; on leaving, no complaint was logged and no network was asked."""
    with quiet(chrome, page):
        yield chrome
    assert chrome.execute_script("return window.__pwned") is None


def listed(chrome: Chrome) -> list[str]:
    return [str(li.get_attribute("data-kind")) for li in chrome.find_elements(By.CSS_SELECTOR, "#list li")]


def choose(chrome: Chrome, name: str, start: str) -> None:
    select = Select(chrome.find_element(By.ID, name))
    (words,) = [o.text for o in select.options if o.text.startswith(start)]
    select.select_by_visible_text(words)


def test_shows_every_error_with_its_words_marked(opened: Chrome) -> None:
    assert len(listed(opened)) == 11
    assert opened.find_element(By.ID, "shown").text == "11 of 11 errors"
    harm = opened.find_element(By.CSS_SELECTOR, "li[data-kind='wrong harm kind+numbers']")
    for words in (
        "killed: 4 or more (at least four people)",
        "killed: 4 (four people)",
        "shelling",
        "herald",
    ):
        assert words in harm.text
    marks = harm.find_elements(By.CSS_SELECTOR, "blockquote mark")
    assert [(m.get_property("textContent"), m.get_attribute("data-marks")) for m in marks] == [
        ("Shelling", "trigger"),
        ("at least ", "gold"),
        ("four", "gold coded"),
        ("people", "gold coded"),
    ]
    # what a mark is stands beside it in words, not in colour alone
    label = "return getComputedStyle(arguments[0], '::after').content"
    assert opened.execute_script(label, marks[2]) == '"gold + coded"'


def test_filters_by_kind_type_report_and_words(opened: Chrome) -> None:
    kinds = [o.text for o in Select(opened.find_element(By.ID, "kind")).options]
    assert kinds[:5] == [
        "all errors (11)",
        "missed (1)",
        "spurious (1)",
        "wrong type (2)",
        "wrong status (1)",
    ]
    choose(opened, "kind", "wrong type")
    assert listed(opened) == ["wrong type", "wrong type"]
    choose(opened, "type", "protest")
    assert listed(opened) == ["wrong type"]
    assert opened.find_element(By.ID, "shown").text == "1 of 11 errors"
    choose(opened, "kind", "all errors")
    assert listed(opened) == ["wrong type", "wrong actor", "wrong place country"]
    choose(opened, "type", "all types")
    choose(opened, "report", "courier (2)")
    assert listed(opened) == ["wrong status", "wrong place"]
    choose(opened, "report", "all reports")
    opened.find_element(By.ID, "words").send_keys("guns withdrew", Keys.ENTER)
    WebDriverWait(opened, 5).until(lambda d: listed(d) == ["wrong place"])


def test_shows_what_was_taken_for_what(opened: Chrome) -> None:
    opened.find_element(By.CSS_SELECTOR, "summary").click()
    table = opened.find_element(By.CSS_SELECTOR, "details table")
    rows = [
        [cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td")]
        for row in table.find_elements(By.TAG_NAME, "tr")
    ]
    protest = next(row for row in rows if row[0] == "protest")
    assert protest[rows[0].index("riot")] == "1" and protest[rows[0].index("missed")] == "0"


def test_hostile_text_is_shown_and_does_nothing(opened: Chrome) -> None:
    choose(opened, "report", HOSTILE.id)
    assert listed(opened) == ["wrong type"]
    foreign = "img, iframe, object, embed, link, base, svg, a, style:not(head > style)"
    assert opened.find_elements(By.CSS_SELECTOR, foreign) == []
    assert opened.execute_script("return document.querySelectorAll('script').length") == 3
    item = opened.find_element(By.CSS_SELECTOR, "#list li")
    assert "</script><script>" in item.text and "onload=" in item.text
    marks = item.find_elements(By.CSS_SELECTOR, "blockquote .hidden-char")
    codes = [m.get_attribute("data-code") for m in marks]
    assert codes == ["U+2028", "U+2029", "U+0000", "U+200B", "U+202E", "U+202C"]
    text: Any = item.get_property("textContent")
    assert not any(c in text for c in "\u202e\u200b\u2028\x00")
    assert "\U0001f468\u200d\U0001f469" in text, "a joiner between emoji stays"
    isolated = "return getComputedStyle(document.querySelector('#list blockquote')).unicodeBidi"
    assert opened.execute_script(isolated) == "isolate"
    names = "return [...document.querySelectorAll('*')].flatMap(n => [...n.attributes].map(a => a.name))"
    assert not [name for name in opened.execute_script(names) if name.startswith("on")]


def test_controls_have_names_and_work_by_keyboard(opened: Chrome) -> None:
    unnamed = (
        "return [...document.querySelectorAll('select, input, button')].filter("
        "n => !n.closest('label')?.textContent.trim() && !n.textContent.trim()).length"
    )
    assert opened.execute_script(unnamed) == 0
    kind = opened.find_element(By.ID, "kind")
    kind.send_keys("missed")
    WebDriverWait(opened, 5).until(lambda d: listed(d) == ["missed"])
    assert opened.find_element(By.ID, "shown").get_attribute("aria-live") == "polite"


def test_dark_where_the_reader_wants_it_dark(opened: Chrome) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    seen = {}
    for scheme in ("light", "dark"):
        feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
        seen[scheme] = opened.execute_script(ground)
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert seen == {"light": "rgb(246, 246, 244)", "dark": "rgb(18, 20, 23)"}


def test_many_errors_are_drawn_as_they_are_asked_for(chrome: Chrome, tmp_path: Path) -> None:
    gold = tuple(GoldClaim(trigger=f"Raid {n} ", type=EventType.ATTACK, event="e") for n in range(150))
    path = tmp_path / "errors.html"
    write_errors(path, compare([LONG], {"long": gold}, []))
    with quiet(chrome, path.as_uri()):
        assert len(listed(chrome)) == 100
        chrome.find_element(By.ID, "more").click()
        assert len(listed(chrome)) == 150
        focused = chrome.switch_to.active_element
        assert "Raid 100" in focused.text
        assert not chrome.find_element(By.ID, "more").is_displayed()
