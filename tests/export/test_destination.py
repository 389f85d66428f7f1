from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.export.destination import destination


@pytest.mark.parametrize(
    ("output", "internal", "path"),
    [
        (None, False, "dateline-export/events.acled.csv"),
        (None, True, "dateline-export/events.internal.acled.csv"),
        ("new", False, "new/events.acled.csv"),
        ("there", True, "there/events.internal.acled.csv"),
        ("mine.csv", False, "mine.csv"),
        ("mine.csv", True, "mine.internal.csv"),
        ("mine.acled.csv", True, "mine.internal.acled.csv"),
        ("mine.internal.csv", True, "mine.internal.csv"),
    ],
)
def test_an_internal_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str | None, internal: bool, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    given = Path(output) if output else None
    assert destination(given, "acled.csv", tmp_path / "out", internal=internal) == Path(path)


@pytest.mark.parametrize("output", ["out", "out/mine.csv", "sub/../out/events.csv", "mine.internal.csv"])
def test_no_file_that_could_be_mistaken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "sub").mkdir()
    with pytest.raises(InputError):
        destination(Path(output), "csv", tmp_path / "out", internal=False)
