"""``report.html`` on paper: the whole list, or the one event that is open, readable on A4."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest

pytest.importorskip("selenium", reason="skipped: no selenium (pip install selenium)")
pytest.importorskip("pypdf", reason="skipped: no pypdf (pip install pypdf)")

import pypdf
from export.page_making import EVENTS, TARNHOLM, event
from export.page_reading import open_event, wait
from selenium.webdriver import Chrome

from dateline.export.page import write_page
from dateline.records import EventType

pytestmark = pytest.mark.browser

A4 = (595, 842)  # points


def printed(chrome: Chrome) -> list[Any]:
    done = chrome.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    return list(pypdf.PdfReader(io.BytesIO(base64.b64decode(done["data"]))).pages)


def words(pages: list[Any]) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_list_prints_whole_with_its_figures(chrome: Chrome, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("print") / "report.html"
    events = [event(f"e{n}", EventType.CLASH, TARNHOLM, []) for n in range(120)]
    write_page(path, [], [], [*EVENTS, *events], title="Tarn desk")
    chrome.get(path.as_uri())
    pages = printed(chrome)
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == A4
    text = words(pages)
    assert text.count("Tarnholm") >= 121, "rows out of sight are printed too"
    assert "Internal working" in text and "Tarn desk" in text and "2 or more" in text
    assert 2 <= len(pages) <= 8
    assert "Filter" not in text and "Zoom" not in text
    drawn = chrome.execute_script("return document.querySelectorAll('#rows tr').length")
    assert drawn < 100, "after printing the list is light again"


def test_an_open_event_prints_alone_with_its_words(opened: Chrome) -> None:
    open_event(opened, 0)
    wait(opened, "document.querySelector('#texts .text')")
    text = words(printed(opened))
    for said in ("Tarnholm", "Where accounts disagree", "Who rests on whom", "a nurse", "protesters marched"):
        assert said in text
    assert "Paragraph 39" in text, "the whole text, not the part in sight"
    assert "Actors → targets" not in text, "not the list"
