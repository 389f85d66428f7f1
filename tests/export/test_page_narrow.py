"""``report.html`` on a telephone of 400 pixels, and beside an open event: nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("selenium", reason="skipped: no selenium (pip install selenium)")

from browsing import quiet
from export.page_making import CLAIMS, COURIER, EVENTS, HERALD, event, toll
from export.page_reading import open_event, wait
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from dateline.export.page import write_page
from dateline.records import EventType, Interval, Place, PlacePrecision

pytestmark = pytest.mark.browser


@contextmanager
def sized(chrome: Chrome, width: int, height: int) -> Iterator[None]:
    """The page at this size; a window of chromium's own cannot be as narrow."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def place(name: str, lat: float, lon: float) -> Place:
    return Place(name=name, country="ZZ", lat=lat, lon=lon, precision=PlacePrecision.SETTLEMENT)


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Events at the corners of a map, one just west of another, with dates of every form."""
    places = [place("Nord", 16, 20), place("Sund", 10, 20), place("Ost", 10, 30), place("Mittel", 13, 25)]
    places.append(place("Westby", 13, 24.2))
    dates = [
        Interval(from_="2031-05-02", to="2031-05-02"),
        Interval(from_="2031-05-02", to="2031-05-04"),
        Interval(from_=None, to="2031-05-22"),
        Interval(from_="2031-05-01", to="2031-05-31"),
        Interval(from_="2030-12-28", to="2031-01-02"),
    ]
    events = [
        event(f"e{n}", EventType.DISPLACEMENT, where, [], date=when, killed=toll(25, 120))
        for n, (where, when) in enumerate(zip(places, dates, strict=True))
    ]
    path = tmp_path_factory.mktemp("spread") / "report.html"
    write_page(path, [], [], events)
    return path.as_uri()


def test_a_narrow_list_shows_its_dates_types_and_figures_whole(chrome: Chrome, spread: str) -> None:
    with sized(chrome, 400, 860), quiet(chrome, spread):
        cut = (
            "return [...document.querySelectorAll('#rows td.date, #rows td.type, #rows td.killed')]"
            ".filter((n) => n.scrollWidth > n.clientWidth).map((n) => n.textContent)"
        )
        assert chrome.execute_script(cut) == []
        assert len(chrome.find_elements(By.CSS_SELECTOR, "#rows td.date")) == 5


def test_a_narrow_event_breaks_no_word_of_its_tables(chrome: Chrome, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_page(path, [HERALD, COURIER], CLAIMS, EVENTS[:2])
    with sized(chrome, 400, 860), quiet(chrome, path.as_uri()):
        open_event(chrome, 0)
        cells = chrome.find_elements(By.CSS_SELECTOR, ".figures-table td:not(.long)")
        assert [cell.text for cell in cells[:3]] == ["killed", "4 or more", "not said"]
        assert all(cell.size["height"] < 30 for cell in cells), "each stands on one line"
        said = chrome.find_element(By.CSS_SELECTOR, ".figures-table tr td.long")
        label = "return getComputedStyle(arguments[0], '::before').content"
        assert chrome.execute_script(label, said) == '"who says it: "'
        over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert chrome.execute_script(over) <= 0
        tops = "return [...document.querySelectorAll('.tools button')].map((n) => n.offsetTop)"
        assert len(set(chrome.execute_script(tops))) == 1, "Close stands beside Previous and Next"


def test_the_map_holds_all_its_marks_while_an_event_is_open(chrome: Chrome, spread: str) -> None:
    outside = (
        "(() => { const box = document.getElementById('map').getBoundingClientRect();"
        "return [...document.querySelectorAll('.mark circle')].map((n) => n.getBoundingClientRect())"
        ".filter((m) => m.top < box.top || m.bottom > box.bottom || m.left < box.left || m.right > box.right)"
        ".length; })()"
    )
    with sized(chrome, 1440, 900), quiet(chrome, spread):
        assert chrome.execute_script(f"return {outside}") == 0
        open_event(chrome, 3)
        wait(chrome, f"{outside} === 0")
        chrome.find_element(By.CSS_SELECTOR, "[data-close]").click()
        wait(chrome, f"{outside} === 0")


def test_a_name_without_room_on_the_right_goes_to_the_left(chrome: Chrome, spread: str) -> None:
    with sized(chrome, 1440, 900), quiet(chrome, spread):
        names = "return [...document.querySelectorAll('.mark .name.left')].map((n) => n.textContent)"
        assert "Westby" in chrome.execute_script(names)
        shown = "return document.querySelectorAll('.mark .name').length"
        assert chrome.execute_script(shown) == 5
