"""What the tests share: where the data is, and whether there is a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    no_data = pytest.mark.skip(reason="skipped: no data (../shared is not there)")
    no_browser = pytest.mark.skip(reason="skipped: no browser (apt-get install chromium chromium-driver)")
    browser = shutil.which("chromium") and shutil.which("chromedriver")
    for item in items:
        if "data" in item.keywords and not (SHARED / "data").is_dir():
            item.add_marker(no_data)
        if "browser" in item.keywords and not browser:
            item.add_marker(no_browser)


@pytest.fixture(scope="session", autouse=True)
def _no_packs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests know the places that Dateline ships, not the packs of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED


@pytest.fixture(scope="session")
def chrome() -> Iterator[object]:
    """A headless browser, one for the whole run."""
    browsing = pytest.importorskip("browsing", reason="skipped: no selenium")
    driver = browsing.start()
    yield driver
    driver.quit()
