"""Take the screenshots of ``docs/how-to/page.md`` from the example reports.

Codes ``examples/``, opens the page in headless chromium and writes ``docs/how-to/page-*.png``::

    make screenshots    # or: python scripts/take_screenshots.py

Needs chromium and chromedriver on PATH and selenium (dependency group ``test``). The pictures show the fonts
of the machine that takes them: look at each before you commit it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from selenium.webdriver import Chrome

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]
from browsing import start  # noqa: E402

TARGET = ROOT / "docs/how-to"
MOST_BYTES = 300_000
"""What one picture may weigh in the repository."""
SETTLED = 1.0
"""Seconds until the page stands still: an opened event flashes its words for 1.4 s at most."""

# The event of most origins among those that count, by its address.
OPEN = """
const events = JSON.parse(document.querySelector("#data-events").textContent).filter((e) => !e.apart.length);
location.hash = events.sort((a, b) => b.origins - a.origins)[0].id;
"""
TO_ACCOUNTS = (
    OPEN
    + """
setTimeout(() => {
  const facts = document.querySelector("#facts");
  const heading = document.querySelector("table.figures-table").previousElementSibling;
  facts.scrollTop = heading.offsetTop - facts.offsetTop - 8;
}, 100);
"""
)


class Shot(NamedTuple):
    """One picture: the size of the screen in pixels, its colours, and a script run on the page first."""

    width: int
    height: int
    colours: str
    script: str


SHOTS: Mapping[str, Shot] = {
    "page-list": Shot(1280, 800, "light", ""),
    "page-event": Shot(1440, 1000, "light", TO_ACCOUNTS),
    "page-narrow-dark": Shot(400, 860, "dark", OPEN),
}


def take(chrome: Chrome, page: str, shot: Shot, path: Path) -> None:
    """Write one picture as PNG to ``path``; SystemExit where it is over MOST_BYTES."""
    size = {"width": shot.width, "height": shot.height, "deviceScaleFactor": 1, "mobile": shot.width < 600}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [
        {"name": "prefers-color-scheme", "value": shot.colours},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    chrome.get("about:blank")
    chrome.get(page)
    chrome.execute_script(shot.script)
    time.sleep(SETTLED)
    path.write_bytes(chrome.get_screenshot_as_png())
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(
            f"{path.name} has {path.stat().st_size:,} bytes, more than {MOST_BYTES:,}: make it smaller"
        )
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


def main() -> None:
    """Code the examples and take every picture."""
    found = sorted((ROOT / "examples").iterdir())
    inputs = [str(path.relative_to(ROOT)) for path in found if path.suffix in (".txt", ".html")]
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dateline", "code", *inputs, "-o", folder]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        chrome = start()
        try:
            for name, shot in SHOTS.items():
                take(chrome, (Path(folder) / "report.html").as_uri(), shot, TARGET / f"{name}.png")
        finally:
            chrome.quit()


if __name__ == "__main__":
    main()
