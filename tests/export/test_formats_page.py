"""docs/reference/formats.md names every column that the formats write."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.export import acled, hxl, ucdp
from dateline.export.tables import table


@pytest.fixture(scope="module")
def page(root: Path) -> dict[str, str]:
    """The page by the headings of its sections."""
    text = (root / "docs/reference/formats.md").read_text(encoding="utf-8")
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in text.split("\n## ")[1:]}


def test_columns_stand_in_their_order(page: dict[str, str]) -> None:
    for section, columns in (("ACLED's shape", acled.columns()), ("UCDP GED's shape", ucdp.columns())):
        listing = next(p for p in page[section].split("\n\n") if p.startswith(f"`{columns[0]}`"))
        assert [name.strip("`,") for name in listing.split()] == list(columns)


def test_every_hashtag_is_named(page: dict[str, str]) -> None:
    for tag in hxl.tags():
        base = tag.removesuffix("+min").removesuffix("+max").removesuffix("+best")
        assert base in page["HXL"] or base.replace("#affected", "") in page["HXL"], tag


def test_every_plover_resolution_and_mode_is_named(page: dict[str, str]) -> None:
    for mode in table("plover")["auxiliary"].values():
        assert f"`{mode}`" in page["PLOVER 0.8"]
