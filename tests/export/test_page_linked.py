"""Filters, list, map and timeline of ``report.html`` are one: what one of them asks, the others show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium", reason="skipped: no selenium (pip install selenium)")

from browsing import quiet
from export.page_making import event, toll
from export.page_reading import choose, count, in_view, wait
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from dateline.export.dataset import Audience
from dateline.export.page import write_page
from dateline.export.pins import is_pin
from dateline.records import (
    Actor,
    ActorKind,
    DatePrecision,
    EventType,
    Grade,
    Interval,
    Place,
    PlacePrecision,
    Report,
    Status,
)

pytestmark = pytest.mark.browser


def place(name: str, lat: float, lon: float, **fields: Any) -> Place:
    whole = {"country": "SY", "country_name": "Syria", "precision": PlacePrecision.SETTLEMENT} | fields
    return Place(name=name, lat=lat, lon=lon, **whole)


def on(first: str | None, last: str | None) -> Interval:
    precision = DatePrecision.DAY if first == last else DatePrecision.RANGE
    return Interval(from_=first, to=last, precision=precision)


OSK, TARN = place("Osk", 35.9, 39.0), place("Tarn", 34.5, 40.1)
WHOLE = place("Syria", 35.0, 38.0, precision=PlacePrecision.COUNTRY)
EVENTS = [
    event("e1", EventType.SHELLING, OSK, [], date=on("2031-05-02", "2031-05-02"), killed=toll(2, 4)),
    event(
        "e2",
        EventType.CLASH,
        TARN,
        [],
        date=on("2031-05-02", "2031-05-04"),
        actors=(Actor(name="Vesk Militia", kind=ActorKind.MILITIA),),
        grade=Grade.CONFIRMED,
    ),
    event("e3", EventType.SHELLING, OSK, [], date=on("2031-05-06", "2031-05-06"), status=Status.PLANNED),
    event("e4", EventType.ABUSE, WHOLE, [], date=on(None, "2031-05-06")),
    event("e5", EventType.PROTEST, None, [], date=on("2011-01-01", "2011-12-31")),
]
REPORTS = [
    Report(id=f"r{day}-{n}", text="x", published=f"2031-05-0{day}")
    for day in (1, 2, 5, 6)
    for n in range(day)
]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("linked") / "report.html"
    write_page(path, REPORTS, [], EVENTS)
    return path.as_uri()


@pytest.fixture
def here(chrome: Chrome, linked: str) -> Iterator[Chrome]:
    with quiet(chrome, linked):
        yield chrome


def ids(chrome: Chrome) -> list[str]:
    rows = chrome.find_elements(By.CSS_SELECTOR, "#rows tr")
    return sorted(f"e{int(str(row.get_attribute('data-event'))) + 1}" for row in rows)


def bar(chrome: Chrome, day: str) -> Any:
    return chrome.find_element(By.CSS_SELECTOR, f".bar[aria-label^='{day}']")


def set_date(chrome: Chrome, field: str, day: str) -> None:
    chrome.execute_script(
        "const f = document.getElementById(arguments[0]); f.value = arguments[1];"
        "f.dispatchEvent(new Event('change'))",
        field,
        day,
    )


def test_each_filter_narrows_and_clearing_brings_all_back(here: Chrome) -> None:
    assert ids(here) == ["e1", "e2", "e4", "e5"]
    for menu, entry, left in (
        ("type", "shelling", ["e1"]),
        ("place", "Osk", ["e1"]),
        ("place", "Syria\u2069, all", ["e1", "e2", "e4"]),
        ("actor", "Vesk Militia", ["e2"]),
        ("grade", "confirmed", ["e2"]),
    ):
        choose(here, menu, entry)
        assert ids(here) == left, entry
        assert "not shown" in here.find_element(By.ID, "shown").text
        here.find_element(By.ID, "clear").click()
        assert ids(here) == ["e1", "e2", "e4", "e5"]
    assert not here.find_element(By.ID, "clear").is_displayed()


def test_dates_ask_for_what_may_have_happened_then(here: Chrome) -> None:
    set_date(here, "from", "2031-05-03")
    assert ids(here) == ["e2", "e4"], "a range that reaches into it, and a bound in it"
    set_date(here, "to", "2031-05-04")
    assert ids(here) == ["e2"]
    assert count(here, ".chosen") == 1


def test_menus_count_what_the_boxes_show(here: Chrome) -> None:
    assert "shelling (1)" in here.find_element(By.ID, "type").text
    here.find_element(By.ID, "show-status").click()
    assert "shelling (2)" in here.find_element(By.ID, "type").text
    assert ids(here) == ["e1", "e2", "e3", "e4", "e5"]


def test_days_without_reports_differ_from_days_without_events(here: Chrome) -> None:
    assert "gap" in bar(here, "3 May").get_attribute("class"), "no report"
    assert "no report published" in bar(here, "4 May").get_attribute("aria-label")
    quiet_day = bar(here, "1 May")
    assert "gap" not in quiet_day.get_attribute("class"), "a report, and no event"
    assert quiet_day.get_attribute("aria-label") == "1 May 2031: 0 events, 1 report published"
    assert count(here, ".bar.gap") == 2
    assert here.find_element(By.ID, "uncovered").is_displayed()


def test_an_uncertain_date_is_drawn_as_perhaps(here: Chrome) -> None:
    assert bar(here, "2 May").get_attribute("aria-label").startswith("2 May 2031: 1 event, 1 more perhaps")
    assert bar(here, "4 May").get_attribute("aria-label").startswith("4 May 2031: 0 events, 1 more perhaps")
    assert bar(here, "6 May").get_attribute("aria-label").startswith("6 May 2031: 0 events, 1 more perhaps")
    assert count(here, ".bar[aria-label^='before']") == 1, "twenty years ago does not stretch a week"


def test_a_bar_lists_its_day_and_a_drag_several(here: Chrome) -> None:
    bar(here, "2 May").find_element(By.CSS_SELECTOR, ".hit").click()
    assert ids(here) == ["e1", "e2"]
    assert here.find_element(By.ID, "from").get_property("value") == "2031-05-02"
    bar(here, "2 May").find_element(By.CSS_SELECTOR, ".hit").click()
    assert ids(here) == ["e1", "e2", "e4", "e5"], "asked again: all times"
    hits = [bar(here, day).find_element(By.CSS_SELECTOR, ".hit") for day in ("3 May", "6 May")]
    ActionChains(here).move_to_element(hits[0]).click_and_hold().move_to_element(hits[1]).release().perform()
    assert ids(here) == ["e2", "e4"]
    bar(here, "before").find_element(By.CSS_SELECTOR, ".hit").click()
    assert ids(here) == ["e5"]


def test_the_timeline_goes_by_keys(here: Chrome) -> None:
    assert count(here, ".bar[tabindex='0']") == 1, "one stop of the tab key"
    here.execute_script("document.querySelector('.bar[tabindex=\"0\"]').focus()")
    for _ in range(2):
        here.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    assert here.switch_to.active_element.get_attribute("aria-label").startswith("2 May")
    here.switch_to.active_element.send_keys(Keys.ENTER)
    assert ids(here) == ["e1", "e2"]
    assert here.switch_to.active_element.get_attribute("aria-label").startswith("2 May"), "focus stays"


def test_filters_reach_the_map_and_the_map_the_list(here: Chrome) -> None:
    assert count(here, ".mark") == 3
    choose(here, "place", "Tarn")
    assert count(here, ".mark") == 1
    here.find_element(By.ID, "clear").click()
    here.find_element(By.CSS_SELECTOR, ".mark.point[aria-label^='Tarn'] circle").click()
    wait(here, "document.querySelector('#rows tr[data-event=\"1\"]').ariaCurrent === 'true'")
    assert count(here, ".when") == 1, "the open event is marked on the timeline"


def test_the_list_can_follow_the_map(here: Chrome) -> None:
    here.find_element(By.ID, "in-view").click()
    assert ids(here) == ["e1", "e2", "e4"], "an event without coordinates is on no map"
    here.execute_script(
        "document.querySelector('#map').dispatchEvent(new WheelEvent('wheel',"
        "{deltaY: -1500, ctrlKey: true, bubbles: true, cancelable: true, clientX: 60, clientY: 400}))"
    )
    wait(here, "document.querySelectorAll('#rows tr').length < 3")


def test_a_country_is_its_outline_and_never_a_pin(here: Chrome) -> None:
    (area,) = here.find_elements(By.CSS_SELECTOR, ".mark.area")
    assert str(area.get_attribute("aria-label")).startswith("Syria, somewhere within (country)")
    assert area.find_elements(By.CSS_SELECTOR, "path.area[fill='url(#hatch)']")
    assert not area.find_elements(By.CSS_SELECTOR, "circle")


def test_the_map_draws_as_points_what_the_formats_do(chrome: Chrome, tmp_path: Path) -> None:
    places = [place(one.value, 20 + n * 8, 20, precision=one) for n, one in enumerate(PlacePrecision)]
    told = [event(f"e{n}", EventType.SHELLING, where, []) for n, where in enumerate(places)]
    write_page(tmp_path / "report.html", [], [], told)
    with quiet(chrome, (tmp_path / "report.html").as_uri()):
        names = "return [...document.querySelectorAll(arguments[0])].map((n) => n.ariaLabel.split(/[:,]/)[0])"
        assert set(chrome.execute_script(names, ".mark.point")) == {p.name for p in places if is_pin(p)}
        assert set(chrome.execute_script(names, ".mark.area")) == {p.name for p in places if not is_pin(p)}


def test_a_row_points_at_its_place_and_time(here: Chrome) -> None:
    ActionChains(here).move_to_element(
        here.find_element(By.CSS_SELECTOR, "#rows tr[data-event='1']")
    ).perform()
    assert count(here, ".mark.pointed[aria-label^='Tarn']") == 1
    assert count(here, ".bar.pointed") == 3


def test_next_previous_back_and_forward(here: Chrome) -> None:
    here.find_element(By.CSS_SELECTOR, "#rows tr[data-event='3']").click()
    wait(here, "location.hash === '#e4' && document.querySelector('[data-step=\"1\"]')")
    here.find_element(By.CSS_SELECTOR, "[data-step='1']").click()
    wait(here, "location.hash === '#e1' || location.hash === '#e2'")
    here.back()
    wait(here, "document.querySelector('#rows tr[data-event=\"3\"]').ariaCurrent === 'true'")
    here.forward()
    wait(
        here,
        "location.hash !== '#e4' && document.querySelector('#rows [aria-current]').dataset.event !== '3'",
    )


def test_a_public_page_lists_links_and_opens_without_reports(chrome: Chrome, tmp_path: Path) -> None:
    path = tmp_path / "public.html"
    days = {"2031-05-02": 3}
    write_page(path, [], [], EVENTS, coverage=days, audience=Audience.PUBLIC)
    with quiet(chrome, path.as_uri() + "#e2"):
        wait(chrome, "!document.querySelector('#panel').hidden")
        assert "For the public" in chrome.find_element(By.CSS_SELECTOR, ".banner").text
        assert not chrome.find_element(By.ID, "texts").is_displayed()
        assert "in Tarn, Syria" in chrome.find_element(By.CSS_SELECTOR, ".say").text
        assert "gap" in bar(chrome, "3 May").get_attribute("class"), "days of publication are no words"
        assert in_view(chrome, "#rows tr[aria-current]", "#scroll")
        assert count(chrome, "mark, blockquote") == 0
