"""``report.html`` for everybody: axe-core finds nothing serious, keys reach all, any script keeps its way."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium", reason="skipped: no selenium (pip install selenium)")

from browsing import quiet
from export.page_making import CLAIMS, COURIER, EVENTS, HERALD, HOSTILE, event
from export.page_reading import open_event, wait
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from dateline.export.dataset import Audience
from dateline.export.page import write_page
from dateline.records import Actor, ActorKind, Event, EventType, Place, PlacePrecision, Report

pytestmark = pytest.mark.browser


def violations(chrome: Chrome) -> list[str]:
    """What axe-core finds on the page, by rule, with the first node of each."""
    try:
        axe = resources.files("axe_core_python") / "axe.min.js"
    except ModuleNotFoundError:
        pytest.skip("skipped: no axe (pip install axe-core-python)")
    chrome.execute_script(axe.read_text("utf-8"))
    chrome.set_script_timeout(30)
    found = chrome.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then("
        "(r) => done(r.violations.map((v) => [v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 200),"
        "v.nodes[0].failureSummary])))"
    )
    return [json.dumps(one) for one in found if one[0] in ("serious", "critical")]


def scheme(chrome: Chrome, name: str) -> None:
    feature = {"name": "prefers-color-scheme", "value": name}
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Chrome, colours: str) -> None:
    scheme(opened, colours)
    try:
        assert violations(opened) == []
        open_event(opened, 0)
        opened.execute_script("document.getAnimations().forEach((a) => a.finish())")
        assert violations(opened) == []
    finally:
        scheme(opened, "light")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious_on_a_narrow_public_page(
    chrome: Chrome, tmp_path: Path, colours: str
) -> None:
    path = tmp_path / "public.html"
    write_page(path, [], [], EVENTS[:2], audience=Audience.PUBLIC)
    size = chrome.get_window_size()
    scheme(chrome, colours)
    chrome.set_window_size(500, 900)
    try:
        with quiet(chrome, path.as_uri()):
            assert violations(chrome) == []
            wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert chrome.execute_script(wide) <= 0, "nothing sticks out at the side"
            chrome.get(path.as_uri() + "#march-1")
            assert not chrome.find_element(By.CSS_SELECTOR, ".list").is_displayed(), "the event has the page"
            assert violations(chrome) == []
    finally:
        chrome.set_window_size(size["width"], size["height"])
        scheme(chrome, "light")


def test_tab_goes_through_the_page_in_reading_order(opened: Chrome) -> None:
    seen: list[str] = []
    for _ in range(40):
        opened.switch_to.active_element.send_keys(Keys.TAB)
        part = opened.execute_script(
            "const n = document.activeElement;"
            "const part = n.closest('.skip, form, .map, .time, #heads, #rows');"
            "return part ? part.id || part.className : n.tagName"
        )
        if not seen or seen[-1] != part:
            seen.append(part)
        if part == "rows":
            break
    assert seen == ["skip", "filters", "map", "time", "heads", "rows"]


def test_skip_leads_to_the_list_and_keys_through_it(opened: Chrome) -> None:
    opened.switch_to.active_element.send_keys(Keys.TAB)
    assert opened.switch_to.active_element.get_attribute("id") == "skip"
    opened.switch_to.active_element.send_keys(Keys.ENTER)
    assert opened.switch_to.active_element.get_attribute("aria-rowindex") == "2"
    opened.switch_to.active_element.send_keys(Keys.END)
    assert opened.switch_to.active_element.get_attribute("aria-rowindex") == "4"
    opened.switch_to.active_element.send_keys(Keys.HOME)
    assert opened.switch_to.active_element.get_attribute("aria-rowindex") == "2"
    opened.switch_to.active_element.send_keys(Keys.SPACE)
    wait(opened, "document.activeElement.id === 'event-name'")


def test_right_to_left_text_keeps_to_itself(chrome: Chrome, tmp_path: Path) -> None:
    name, party, outlet = "حلب الجديدة", "\u202eغرفة العمليات", "وكالة الأنباء (شام)"
    text = "قصف مدفعي على حلب الجديدة يوم الجمعة، قال ناشطون. Shelling hit the town."
    report = Report(id="r1", text=text, outlet=outlet, title="قصف", published="2031-05-02")
    told: list[Event] = [
        event(
            "e1",
            EventType.SHELLING,
            Place(name=name, country="SY", lat=36.2, lon=37.1, precision=PlacePrecision.SETTLEMENT),
            [],
            actors=(Actor(name=party, kind=ActorKind.REBEL_GROUP),),
            outlets=(outlet,),
            reports=("r1",),
        )
    ]
    path = tmp_path / "report.html"
    write_page(path, [report], [], told)
    with quiet(chrome, path.as_uri() + "#e1"):
        wait(chrome, "document.querySelector('#texts .text')")

        def of(selector: str, script: str) -> Any:
            return chrome.execute_script(
                f"const n = document.querySelector(arguments[0]); return {script}", selector
            )

        assert of("#texts .text", "getComputedStyle(n).direction") == "rtl", "its first letter decides"
        assert of("#texts .text", "n.textContent") == text
        assert of("#facts", "getComputedStyle(n).direction") == "ltr"
        assert of("h2 bdi", "getComputedStyle(n).unicodeBidi") == "isolate"
        assert of(".tools .permalink", "n.getBoundingClientRect().right <= innerWidth")
        assert "\u202e" not in of("body", "n.innerText"), "an override is shown as a mark"
        assert of("#actor option:nth-child(2)", "n.textContent").startswith("\u2068")
        over = "document.documentElement.scrollWidth <= innerWidth"
        assert of("body", over)


def test_hostile_names_break_no_menu_and_no_map(chrome: Chrome, tmp_path: Path) -> None:
    bad = '"><img src=x onerror="window.__pwned=1">' + "x" * 300
    place = Place(name=bad, country_name=bad, lat=36.2, lon=37.1, precision=PlacePrecision.ADMIN1)
    told = event("e1", EventType.CLASH, place, [], actors=(Actor(name=bad, kind=ActorKind.MILITIA),))
    path = tmp_path / "report.html"
    write_page(path, [HERALD, COURIER, HOSTILE], CLAIMS, [told])
    with quiet(chrome, path.as_uri() + "#e1"):
        wait(chrome, "!document.querySelector('#panel').hidden")
        assert chrome.find_elements(By.TAG_NAME, "img") == []
        assert chrome.execute_script("return window.__pwned ?? null") is None
        assert chrome.execute_script("return document.documentElement.scrollWidth <= innerWidth")
