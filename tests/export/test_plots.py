"""Pictures: the same each time, whole or not at all, with every week and every mark in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from exporting import ARMY, DAY, TOWN, dataset, made, toll
from msgspec.structs import replace

from dateline.errors import OutputError
from dateline.export.tallies import Kind
from dateline.records import EventType, Interval

pytest.importorskip("altair", reason="skipped: no altair (pip install 'dateline[plots]')")
pytest.importorskip("vl_convert", reason="skipped: no vl-convert (pip install 'dateline[plots]')")
from dateline.export import plots

TOLD = made(date=DAY, actors=(ARMY,), place=TOWN, killed=toll(12, 15))


def svg(folder: Path, kind: Kind, *events: object) -> str:
    plots.write(folder / "a.svg", kind, dataset(*events))  # type: ignore[arg-type]
    return (folder / "a.svg").read_text(encoding="utf-8")


def labels(drawing: str) -> list[str]:
    """The texts of a drawing in order."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing)


def on(day: str) -> Interval:
    return replace(DAY, from_=day, to=day)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture_is_the_same_each_time_and_says_what_is_counted(
    kind: Kind, suffix: str, tmp_path: Path
) -> None:
    given = dataset(TOLD, made(killed=None))
    caption = plots.write(tmp_path / f"a.{suffix}", kind, given)
    plots.write(tmp_path / f"b.{suffix}", kind, given)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()
    assert "1 event" in caption and "Left out: 1 without" in caption
    if suffix == "svg":
        drawing = (tmp_path / "a.svg").read_text(encoding="utf-8")
        assert drawing.startswith("<svg")
        assert "http" not in drawing.replace("http://www.w3.org", "")


@pytest.mark.parametrize("kind", [Kind.EVENTS, Kind.KILLED])
def test_weeks_without_an_event_are_on_the_axis(kind: Kind, tmp_path: Path) -> None:
    drawing = svg(tmp_path, kind, TOLD, replace(TOLD, date=on("2017-06-29")))
    weeks = [text for text in labels(drawing) if re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
    assert weeks == ["2017-06-05", "2017-06-12", "2017-06-19", "2017-06-26"]


@pytest.mark.parametrize("kind", [Kind.EVENTS, Kind.KILLED])
def test_the_labels_of_many_weeks_are_thinned_evenly(kind: Kind, tmp_path: Path) -> None:
    drawing = svg(tmp_path, kind, TOLD, replace(TOLD, date=on("2021-06-10")))
    weeks = [text for text in labels(drawing) if re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
    assert weeks[:3] == ["2017-06-05", "2017-08-07", "2017-10-09"] and 20 <= len(weeks) <= 26


def test_each_type_has_a_row_with_its_name_and_whole_numbers(tmp_path: Path) -> None:
    found = labels(svg(tmp_path, Kind.EVENTS, TOLD, replace(TOLD, type=EventType.SUICIDE_BOMBING)))
    assert {"all types", "air strike", "suicide bombing", "0", "1", "2"} <= set(found)
    assert [text for text in found if text.isdecimal()] == ["0", "1", "2", "0", "1", "0", "1"]


@pytest.mark.parametrize(("kind", "arrow"), [(Kind.KILLED, "y"), (Kind.ACTORS, "x"), (Kind.PLACES, "x")])
def test_an_open_end_is_drawn_as_an_arrow_and_a_closed_one_is_not(
    kind: Kind, arrow: str, tmp_path: Path
) -> None:
    def arrows(drawing: str) -> int:
        return drawing.count('aria-roledescription="point"')

    closed, opened = TOLD, replace(TOLD, killed=toll(12, None))
    assert arrows(svg(tmp_path, kind, closed)) == 0
    drawing = svg(tmp_path, kind, opened)
    assert arrows(drawing) == 1
    ((x, y),) = re.findall(r'aria-roledescription="point"[^>]* d="M(-?[\d.]+),(-?[\d.]+)', drawing)
    assert (abs(float(x)) > abs(float(y))) is (arrow == "x")  # it begins at its tail


@pytest.mark.parametrize("kind", Kind)
def test_nothing_to_draw_is_said(kind: Kind, tmp_path: Path) -> None:
    drawing = svg(tmp_path, kind)
    assert "No event to draw." in labels(drawing) and "Week beginning" not in drawing


@pytest.mark.parametrize("kind", Kind)
def test_nobody_killed_is_drawn(kind: Kind, tmp_path: Path) -> None:
    found = labels(svg(tmp_path, kind, replace(TOLD, killed=toll(0, 0))))
    assert "No event to draw." not in found and {"0", "1"} <= set(found)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    hostile = replace(ARMY, name='<script>alert(1)</script>"&')
    drawing = svg(tmp_path, Kind.ACTORS, replace(TOLD, actors=(hostile,)))
    assert "<script>" not in drawing and "&lt;script&gt;" in drawing


def test_a_picture_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plots.write(tmp_path / "a.svg", Kind.KILLED, dataset(TOLD))
    before = (tmp_path / "a.svg").read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="disk is full"):
        plots.write(tmp_path / "a.svg", Kind.KILLED, dataset())
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]
    assert (tmp_path / "a.svg").read_bytes() == before
