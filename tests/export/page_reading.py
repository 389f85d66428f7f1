"""Short ways to look at an opened page."""

from __future__ import annotations

from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait


def row(chrome: Chrome, index: int) -> WebElement:
    return chrome.find_element(By.CSS_SELECTOR, f"#rows tr[data-event='{index}']")


def wait(chrome: Chrome, script: str, *args: object) -> Any:
    return WebDriverWait(chrome, 5).until(lambda d: d.execute_script(f"return {script}", *args))


def open_event(chrome: Chrome, index: int) -> None:
    row(chrome, index).click()
    wait(
        chrome,
        f"document.querySelector('#rows tr[data-event=\"{index}\"]')?.ariaCurrent === 'true'",
    )


def mine(chrome: Chrome, role: str) -> list[str]:
    marks = chrome.find_elements(By.CSS_SELECTOR, f"#texts .text mark.mine[data-role={role}]")
    return [str(mark.get_property("textContent")) for mark in marks]


def in_view(chrome: Chrome, selector: str, pane: str = "#texts") -> bool:
    return bool(
        chrome.execute_script(
            "const n = document.querySelector(arguments[0]).getBoundingClientRect();"
            "const p = document.querySelector(arguments[1]).getBoundingClientRect();"
            "return n.top >= p.top && n.bottom <= p.bottom && n.bottom <= innerHeight",
            selector,
            pane,
        )
    )


def count(chrome: Chrome, selector: str) -> int:
    """How many elements there are."""
    return len(chrome.find_elements(By.CSS_SELECTOR, selector))


def choose(chrome: Chrome, menu: str, text: str) -> None:
    """Choose the entry of a menu that holds these words."""
    found = (
        "const menu = document.getElementById(arguments[0]);"
        "menu.value = [...menu.options].find((option) => option.text.includes(arguments[1])).value;"
        "menu.dispatchEvent(new Event('change'))"
    )
    chrome.execute_script(found, menu, text)
