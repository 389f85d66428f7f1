"""The pictures of the documentation: there, used, and light enough for the repository."""

from __future__ import annotations

import re
from pathlib import Path

MOST_BYTES = 300_000


def test_every_picture_is_shown_and_small(root: Path) -> None:
    how_to = root / "docs/how-to"
    text = (how_to / "page.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", text)
    assert sorted(shown) == sorted(path.name for path in how_to.glob("page-*.png"))
    script = (root / "scripts/take_screenshots.py").read_text(encoding="utf-8")
    for name in shown:
        picture = (how_to / name).read_bytes()
        assert picture.startswith(b"\x89PNG") and len(picture) < MOST_BYTES, name
        assert f'"{name.removesuffix(".png")}": Shot(' in script, "taken by make screenshots"
