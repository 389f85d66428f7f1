"""The page of a small run, opened in a real browser and watched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dateline.export.page import write_page


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    from export.page_making import CLAIMS, COURIER, EVENTS, HERALD, HOSTILE

    path = tmp_path_factory.mktemp("page") / "report.html"
    write_page(
        path,
        [HERALD, COURIER, HOSTILE],
        CLAIMS,
        EVENTS,
        title="Tarn <b>desk</b>",
        outcomes={"coded": 3},
    )
    return path.as_uri()


@pytest.fixture
def opened(chrome: Any, page: str) -> Iterator[Any]:
    """The page freshly opened; on leaving, no complaint was logged and no network was asked."""
    from browsing import quiet

    with quiet(chrome, page):
        yield chrome
    assert chrome.execute_script("return window.__pwned") is None
