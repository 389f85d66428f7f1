"""A real headless browser for the tests, and a watch on what it asks and complains of."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

ARGUMENTS = (
    "headless=new",
    "no-sandbox",
    "disable-gpu",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "no-first-run",
    "window-size=1440,1000",
)


def start() -> Chrome:
    """Debian's chromium, with its console and network logged."""
    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for argument in ARGUMENTS:
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return Chrome(options=options, service=Service(shutil.which("chromedriver")))


def log(chrome: Chrome, kind: str) -> list[Any]:
    """What the browser wrote since it was last asked."""
    return list(chrome.get_log(kind))  # type: ignore[no-untyped-call]


@contextmanager
def quiet(chrome: Chrome, page: str) -> Iterator[None]:
    """Open ``page``; at the end hold that nothing complained and no network was asked."""
    chrome.get("about:blank")
    log(chrome, "performance")
    log(chrome, "browser")
    chrome.get(page)
    yield
    assert log(chrome, "browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in log(chrome, "performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert asked and all(url.startswith(("file:", "data:", "about:")) for url in asked)
    # Chromium's own picture beside a date field is no request.
    own = {url.partition("#")[0] for url in asked if not url.startswith("data:image/")}
    assert own <= {page.partition("#")[0], "about:blank"}
