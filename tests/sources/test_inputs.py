"""What paths mean: files and folders left out on request."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from dateline.records import Outcome, OutcomeKind
from dateline.sources import read


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Path:
    """A folder with reports and an output folder, which it is also reached through by a link."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "in/b.txt", "out/old.txt", "out/deep/older.txt", "outer.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(body)
    Path("in/link").symlink_to(tmp_path / "out")
    Path("in/within").symlink_to(tmp_path / "out" / "deep")
    return tmp_path


def shown(paths: str | list[str], skip: Iterable[Path]) -> list[str]:
    """The paths read, tidied."""
    return [os.path.normpath(result.path or "") for result in read(paths, skip=skip)]


@pytest.mark.parametrize("path", [".", "*", "**", "**/*.txt", "[a-z]*"])
def test_folders_and_patterns_leave_out_what_is_skipped(here: Path, path: str) -> None:
    assert shown(path, [here / "out"]) == ["a.txt", "in/b.txt", "outer.txt"]
    assert shown(path, [here / "out", here / "a.txt", here / "nowhere"]) == ["in/b.txt", "outer.txt"]


def test_what_is_named_is_read(here: Path) -> None:
    skip = [here / "out"]
    assert shown("out", skip) == ["out/deep/older.txt", "out/old.txt"]
    assert shown("out/deep", skip) == ["out/deep/older.txt"]
    assert shown("in/link", skip) == ["in/link/deep/older.txt", "in/link/old.txt"]
    assert shown("out/old.txt", [*skip, here / "out/old.txt"]) == ["out/old.txt"]
    assert shown("out", [*skip, here / "out/deep"]) == ["out/old.txt"]


@pytest.mark.parametrize("path", [".", "o*"])
def test_nothing_left_is_an_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    (result,) = read(path, skip=[tmp_path / "out"])
    assert isinstance(result, Outcome)
    assert result.outcome is OutcomeKind.EMPTY
