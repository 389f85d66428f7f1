"""``report.html`` in a real browser, from disk: it works, asks no network, runs nothing hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("selenium", reason="skipped: no selenium (pip install selenium)")

from browsing import log
from export.page_making import CLAIMS, COURIER, EVENTS, HERALD, HOSTILE, SHELLING, TARNHOLM, event
from export.page_reading import in_view, mine, open_event, row, wait
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from dateline.export.page import write_page
from dateline.records import EventType

pytestmark = pytest.mark.browser


def test_shows_counted_events_and_keeps_the_rest_apart(opened: Chrome) -> None:
    assert len(opened.find_elements(By.CSS_SELECTOR, "#rows tr")) == 3
    assert "Do not publish" in opened.find_element(By.CSS_SELECTOR, ".banner").text
    assert "2 or more" in opened.find_element(By.CSS_SELECTOR, ".figures").text
    assert opened.find_element(By.TAG_NAME, "h1").text == "Tarn <b>desk</b>"
    opened.find_element(By.ID, "show-status").click()
    assert len(opened.find_elements(By.CSS_SELECTOR, "#rows tr")) == 4
    assert "planned" in row(opened, 3).text


def test_filters_by_words_and_type_and_sorts(opened: Chrome) -> None:
    opened.find_element(By.ID, "words").send_keys("vesk")
    wait(opened, "document.querySelectorAll('#rows tr').length === 1")
    assert "shelling" in row(opened, 0).text
    opened.find_element(By.ID, "words").clear()
    opened.find_element(By.ID, "words").send_keys(" ")
    wait(opened, "document.querySelectorAll('#rows tr').length === 3")
    opened.find_element(By.CSS_SELECTOR, "#type option[value=protest]").click()
    assert [r.get_attribute("data-event") for r in opened.find_elements(By.CSS_SELECTOR, "#rows tr")] == ["1"]
    opened.find_element(By.CSS_SELECTOR, "#type option[value='']").click()
    opened.find_element(By.CSS_SELECTOR, "[data-sort=type]").click()
    order = [r.get_attribute("data-event") for r in opened.find_elements(By.CSS_SELECTOR, "#rows tr")]
    assert order == ["2", "1", "0"]
    assert opened.find_element(By.CSS_SELECTOR, "th.type").get_attribute("aria-sort") == "ascending"
    opened.find_element(By.CSS_SELECTOR, "[data-sort=killed]").click()
    first = opened.find_element(By.CSS_SELECTOR, "#rows tr")
    assert first.get_attribute("data-event") == "0", "not stated sorts last"


def test_a_row_opens_its_words_highlighted_and_in_view(opened: Chrome) -> None:
    open_event(opened, 0)
    assert mine(opened, "trigger") == ["Shelling", "shelled"]
    assert mine(opened, "actor") == ["Vesk militia"]
    assert mine(opened, "date") == ["on Friday"]
    assert mine(opened, "harm") == ["at least four", "people", "two"]
    assert mine(opened, "speaker") == ["a nurse", "The ministry"]
    assert in_view(opened, "#texts .text mark.mine[data-role=trigger]")
    facts = opened.find_element(By.ID, "facts").text
    for words in (
        "Where accounts disagree",
        "2 or more",
        "two origins agree",
        "Tarn Herald",
        "Osk Courier",
        "weekday before publication",
        "Militia",
        "a nurse says",
    ):
        assert words in facts
    quotes = opened.find_elements(By.CSS_SELECTOR, ".account blockquote mark.mine[data-role=trigger]")
    assert [q.get_property("textContent") for q in quotes] == ["Shelling", "shelled"]


def test_offsets_count_code_points(opened: Chrome) -> None:
    assert any(ord(c) > 0xFFFF for c in HERALD.text[: SHELLING.trigger.start])
    open_event(opened, 0)
    assert mine(opened, "trigger")[0] == SHELLING.trigger.text
    shown = opened.execute_script("return document.querySelector('#texts .text').textContent")
    assert shown == HERALD.text, "an emoji's joiners stay, and nothing else is lost"


def test_words_lead_to_their_event_and_back_to_the_account(opened: Chrome) -> None:
    open_event(opened, 0)
    other = opened.find_element(By.CSS_SELECTOR, "#texts .text mark.other[data-role=trigger]")
    assert other.get_property("textContent") == "marched"
    other.click()
    wait(opened, "location.hash === '#march-1'")
    wait(opened, "document.querySelector('#texts .text mark.mine')?.textContent === 'marched'")
    assert row(opened, 1).get_attribute("aria-current") == "true"
    opened.find_element(By.CSS_SELECTOR, "#texts .text mark.mine").click()
    wait(opened, "document.querySelector('.account.flash') !== null")
    opened.back()
    wait(opened, "document.querySelector('#rows tr[data-event=\"0\"]').ariaCurrent === 'true'")


def test_a_trigger_that_holds_its_weapon_is_one_mark(opened: Chrome, page: str) -> None:
    opened.get("about:blank")
    opened.get(page + "#mortars-1")
    assert mine(opened, "trigger") == ["mortar fire"]
    mark = opened.find_element(By.CSS_SELECTOR, "#texts .text mark.mine")
    assert mark.get_attribute("data-label") == "trigger + weapon"
    assert "hide this event" in opened.find_element(By.ID, "facts").text, "background events are off the list"


def test_account_leads_to_its_words(opened: Chrome) -> None:
    open_event(opened, 0)
    buttons = opened.find_elements(By.CSS_SELECTOR, ".account .go")
    opened.execute_script("arguments[0].scrollIntoView()", buttons[1])
    buttons[1].click()
    assert in_view(opened, "details[data-report='1'] mark.mine[data-role=trigger]")
    assert not in_view(opened, "details[data-report='0'] mark.mine[data-role=trigger]")


def test_a_mark_on_the_map_selects_its_event(opened: Chrome) -> None:
    wait(opened, "document.querySelectorAll('.mark').length === 2")
    opened.find_element(By.CSS_SELECTOR, ".mark.point circle").click()
    wait(opened, "location.hash === '#shelling%201'")
    wait(opened, "document.querySelector('.mark.point').classList.contains('selected')")
    assert mine(opened, "trigger") == ["Shelling", "shelled"]


def test_a_province_is_an_area_and_not_a_point(opened: Chrome) -> None:
    area = opened.find_element(By.CSS_SELECTOR, ".mark.area")
    assert str(area.get_attribute("aria-label")).startswith("Osk")
    assert len(area.find_elements(By.CSS_SELECTOR, "circle.area")) == 1
    assert area.find_elements(By.CSS_SELECTOR, "circle.point") == []
    radius = [
        float(str(opened.find_element(By.CSS_SELECTOR, f".mark.{kind} circle").get_attribute("r")))
        for kind in ("area", "point")
    ]
    assert radius[0] > 3 * radius[1]


def test_events_at_one_place_share_a_mark_with_their_count(opened: Chrome) -> None:
    opened.find_element(By.ID, "show-status").click()
    wait(opened, "document.querySelector('.mark.point text')?.textContent === '2'")
    opened.find_element(By.CSS_SELECTOR, ".mark.point circle").click()
    wait(opened, "document.querySelectorAll('#rows tr').length === 2")
    everywhere = opened.find_element(By.ID, "everywhere")
    assert "2 events at Tarnholm" in everywhere.text
    everywhere.click()
    wait(opened, "document.querySelectorAll('#rows tr').length === 4")


def test_map_pans_and_zooms(opened: Chrome) -> None:
    place = "document.querySelector('.mark.point').getAttribute('transform')"
    before = opened.execute_script(f"return {place}")
    svg = opened.find_element(By.ID, "map")
    ActionChains(opened).move_to_element_with_offset(svg, 0, 90).click_and_hold().move_by_offset(
        60, 10
    ).release().perform()
    wait(opened, f"{place} !== arguments[0]", before)
    assert opened.execute_script("return location.hash") == "", "a drag is not a click"
    radius = "Number(document.querySelector('.mark.area circle').getAttribute('r'))"
    wide = opened.execute_script(f"return {radius}")
    opened.find_element(By.CSS_SELECTOR, "[data-zoom=out]").click()
    assert opened.execute_script(f"return {radius}") < wide
    opened.find_element(By.CSS_SELECTOR, "[data-zoom=fit]").click()
    assert opened.execute_script(f"return {radius}") == wide


def test_permalink_works_on_reload(opened: Chrome, page: str) -> None:
    opened.get("about:blank")
    opened.get(page + "#shelling%201")
    assert mine(opened, "trigger") == ["Shelling", "shelled"]
    opened.refresh()
    assert mine(opened, "trigger") == ["Shelling", "shelled"]
    assert in_view(opened, "#texts .text mark.mine[data-role=trigger]")


def test_keyboard_opens_moves_and_closes(opened: Chrome) -> None:
    row(opened, 0).send_keys(Keys.ARROW_DOWN)
    assert opened.switch_to.active_element.get_attribute("data-event") == "1"
    opened.switch_to.active_element.send_keys(Keys.ENTER)
    wait(opened, "location.hash === '#march-1'")
    wait(opened, "!document.querySelector('#panel').hidden")
    assert opened.switch_to.active_element.get_attribute("id") == "event-name", "one goes on reading there"
    opened.switch_to.active_element.send_keys(Keys.ESCAPE)
    wait(opened, "document.querySelector('#panel').hidden")
    assert opened.switch_to.active_element.get_attribute("data-event") == "1"


def test_hostile_text_is_shown_and_does_nothing(opened: Chrome) -> None:
    open_event(opened, 2)
    assert mine(opened, "trigger") == ["raid"]
    foreign = "img, iframe, object, embed, link, base, style:not(head > style), svg[onload]"
    assert opened.find_elements(By.CSS_SELECTOR, foreign) == []
    assert opened.execute_script("return document.querySelectorAll('script').length") == 7
    assert opened.execute_script("return document.querySelectorAll('a:not(.permalink)').length") == 0
    text = opened.find_element(By.CSS_SELECTOR, "#texts .text")
    assert "</script><script>" in text.text and "onload=" in text.text
    marks = text.find_elements(By.CSS_SELECTOR, ".hidden-char")
    assert [m.get_attribute("data-code") for m in marks] == [
        "LSEP",
        "PSEP",
        "NUL",
        "ZWSP",
        "RLO",
        "PDF",
    ]
    assert not any(c in text.get_property("textContent") for c in "\u202e\u200b\u2028\x00")  # type: ignore[operator]
    assert (
        opened.execute_script("return getComputedStyle(document.querySelector('#texts .text')).unicodeBidi")
        == "isolate"
    )
    handlers = "[...document.querySelectorAll('*')].flatMap(n => [...n.attributes].map(a => a.name))"
    assert not [name for name in opened.execute_script(f"return {handlers}") if name.startswith("on")]


def test_a_broken_permalink_opens_nothing(opened: Chrome, page: str) -> None:
    for broken in ("#%E0%A4%A", "#nobody", "#__proto__", "#constructor"):
        opened.get("about:blank")
        opened.get(page + broken)
        assert opened.execute_script("return document.querySelector('#panel').hidden") is True


def test_without_texts_and_outlines_the_page_still_works(
    chrome: Chrome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.export.page.TEXTS_UP_TO", 0)
    monkeypatch.setattr("dateline.export.page._basemap", lambda: "null")
    path = tmp_path / "report.html"
    write_page(path, [HERALD, COURIER, HOSTILE], CLAIMS, EVENTS)
    log(chrome, "browser")
    chrome.get(path.as_uri())
    assert "leaves out the texts" in chrome.find_element(By.CSS_SELECTOR, "header .note").text
    assert len(chrome.find_elements(By.CSS_SELECTOR, ".mark")) == 2
    open_event(chrome, 0)
    quotes = chrome.find_elements(By.CSS_SELECTOR, ".account blockquote")
    assert [q.text for q in quotes] == ["Shelling", "shelled"]
    assert "Vesk militia" in chrome.find_element(By.CSS_SELECTOR, ".account .roles").text
    assert log(chrome, "browser") == []


def test_a_thousand_events_are_drawn_as_they_are_looked_at(chrome: Chrome, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_page(path, [], [], [event(f"e{n}", EventType.CLASH, TARNHOLM, []) for n in range(1000)])
    chrome.get(path.as_uri())
    rows = "document.querySelectorAll('#rows tr').length"
    assert 0 < chrome.execute_script(f"return {rows}") < 1000
    chrome.execute_script("document.querySelector('#scroll').scrollTop = 1e6")
    wait(chrome, "document.querySelector('#rows tr[aria-rowindex=\"1001\"]') !== null")
    assert chrome.execute_script(f"return {rows}") < 100, "rows out of sight are let go"
    chrome.get(path.as_uri() + "#e7")
    wait(chrome, "document.querySelector('#rows tr[aria-current]') !== null")
    assert in_view(chrome, "#rows tr[aria-current]", "#scroll")
