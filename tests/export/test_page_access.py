"""The page for everybody: accessible by axe's rules, on paper, and quick with thousands of events."""

from __future__ import annotations

import base64
import io
import unicodedata
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from exporting import ARMY, DAY, TOWN, dataset, examples, made, toll
from msgspec.structs import replace

pytest.importorskip("selenium", reason="skipped: no selenium (pip install selenium)")

from browsing import quiet
from selenium.webdriver import Chrome
from selenium.webdriver.support.ui import WebDriverWait

from dateline.export.dataset import Dataset
from dateline.export.html_file import write
from dateline.records import Interval

pytestmark = pytest.mark.browser

#: Milliseconds from typing a filter until its rows stand.
FILTER = 500


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The examples as an internal page, and some of their events as a public one has them."""
    folder = tmp_path_factory.mktemp("pages")
    public = dataset(*(made(event_id=f"e{n:012x}", date=DAY, place=TOWN, actors=(ARMY,)) for n in range(3)))
    found = {"internal": examples(), "public": public}
    for name, given in found.items():
        write(folder / f"{name}.html", given)
    return {name: folder / f"{name}.html" for name in found}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("opened", [False, True], ids=["list", "event"])
@pytest.mark.parametrize("name", ["internal", "public"])
def test_axe_finds_nothing_serious(
    chrome: Chrome, pages: dict[str, Path], name: str, opened: bool, dark: bool
) -> None:
    axe = pytest.importorskip("axe_core_python", reason="skipped: no axe (pip install axe-core-python)")
    script = (resources.files(axe) / "axe.min.js").read_text("utf-8")
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    chrome.get("about:blank")
    chrome.get(pages[name].as_uri())
    if opened:
        chrome.execute_script("document.querySelector('#rows tr').click()")
        shown = "return !document.querySelector('#panel').hidden"
        WebDriverWait(chrome, 5).until(lambda c: c.execute_script(shown))
    chrome.execute_script(script)
    found = chrome.execute_async_script(
        "const done = arguments[0]; axe.run().then((r) => done(r.violations.map("
        "(v) => [v.impact, v.id, v.nodes[0].html, v.nodes[0].failureSummary])))"
    )
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert [one for one in found if one[0] in ("serious", "critical")] == []


def test_it_prints_its_events(chrome: Chrome, pages: dict[str, Path]) -> None:
    pypdf = pytest.importorskip("pypdf", reason="skipped: no pypdf (pip install pypdf)")
    chrome.get("about:blank")
    chrome.get(pages["internal"].as_uri())
    printed: dict[str, Any] = chrome.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    reader = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    text = unicodedata.normalize("NFKC", text)  # fonts have ligatures
    assert "Internal working file" in text
    assert "Arak" in text and "air strike" in text
    assert len(reader.pages) < 20


def day(n: int) -> str:
    """One of nine hundred days."""
    return f"20{10 + n % 10}-0{1 + n % 9}-1{n % 10}"


def many(count: int) -> Dataset:
    """So many events over ten years, at places apart."""
    events = (
        made(
            event_id=f"e{n:012x}",
            date=Interval(from_=day(n), to=day(n)),
            place=replace(TOWN, name=f"Town {n}", lat=30 + n % 97 / 10, lon=30 + n % 89 / 10),
            actors=(ARMY,),
            killed=toll(n % 40, None if n % 3 else n % 40 + 5),
        )
        for n in range(count)
    )
    return dataset(*events)


def test_five_thousand_events_are_filtered_at_once(chrome: Chrome, tmp_path: Path) -> None:
    write(tmp_path / "many.html", many(5_000))
    chrome.set_script_timeout(60)
    with quiet(chrome, (tmp_path / "many.html").as_uri()):
        filtered = chrome.execute_async_script(
            """
            const done = arguments[0], field = document.querySelector("#words");
            const begin = performance.now();
            field.value = "Town 4999"; field.dispatchEvent(new Event("input", { bubbles: true }));
            const look = () => document.querySelectorAll("#rows tr").length === 1
              ? done(performance.now() - begin) : setTimeout(look, 5);
            look();
            """
        )
    assert filtered < FILTER
