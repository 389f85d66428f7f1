"""Plots: what is counted, how uncertain it is, and that a public one shows no private name."""

from __future__ import annotations

from pathlib import Path

import pytest
from exporting import ARMY, DAY, REBELS, TOWN, made, toll
from msgspec.structs import replace

from dateline.export import plots
from dateline.export.dataset import Audience, Dataset
from dateline.records import Actor, Event, Interval, Scope, Status

NOBODY = Actor(name="Oldra Venn")


def given(*events: Event) -> Dataset:
    """A public run of these events."""
    return Dataset(audience=Audience.PUBLIC, events=events)


def test_a_week_begins_on_monday_and_counts_the_last_day() -> None:
    assert plots.week_of(made(date=DAY)) == "2017-06-05"
    assert plots.week_of(made(date=Interval(from_="2017-06-10", to="2017-06-12"))) == "2017-06-12"
    assert plots.week_of(made(date=Interval())) is None


def test_only_single_incidents_that_happened_are_counted() -> None:
    unlike = ({"status": Status.PLANNED}, {"scope": Scope.REPEATED}, {"old": True})
    others = [made(date=DAY, **fields) for fields in unlike]
    found = plots.drawn("events", given(made(date=DAY), *others))
    assert (found.events, sum(row["events"] for row in found.rows)) == (1, 1)


def test_ranges_add_up_and_an_open_end_shows() -> None:
    twelve, many, unsaid = (made(actors=(ARMY,), killed=k) for k in (toll(12, 15), toll(20, None), None))
    found = plots.drawn("actors", given(twelve, many, unsaid))
    (row,) = found.rows
    assert (row["group"], row["low"], row["high"], row["mark"]) == (ARMY.name, 32, 35, "▶")
    assert (found.events, found.without) == (2, 1)


def test_two_actors_count_for_each_and_nobody_without_an_id_is_named() -> None:
    found = plots.drawn("actors", given(made(actors=(ARMY, REBELS, NOBODY), killed=toll(3, 3))))
    assert {row["group"] for row in found.rows} == {ARMY.name, REBELS.name}


@pytest.mark.parametrize("kind", plots.KINDS)
@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture_is_the_same_each_time_and_says_what_is_counted(
    kind: str, suffix: str, tmp_path: Path
) -> None:
    told = made(date=DAY, actors=(ARMY,), place=TOWN, killed=toll(12, 15))
    dataset = given(told, made(killed=None))
    caption = plots.write(tmp_path / f"a.{suffix}", kind, dataset)
    plots.write(tmp_path / f"b.{suffix}", kind, dataset)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()
    assert "1 event" in caption or "1 single" in caption
    if suffix == "svg":
        drawing = (tmp_path / "a.svg").read_text(encoding="utf-8")
        assert drawing.startswith("<svg")
        assert "http" not in drawing.replace("http://www.w3.org", "")


def test_nothing_to_draw_is_no_error(tmp_path: Path) -> None:
    for kind in plots.KINDS:
        plots.write(tmp_path / f"{kind}.svg", kind, given())


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    hostile = replace(ARMY, name='<script>alert(1)</script>"&')
    plots.write(tmp_path / "a.svg", "actors", given(made(actors=(hostile,), killed=toll(1, 1))))
    assert "<script>" not in (tmp_path / "a.svg").read_text(encoding="utf-8")
