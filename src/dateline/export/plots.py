"""Plots for a situation report, with the uncertainty drawn and a caption that says what is counted.

Drawn with altair and vl-convert (``pip install 'dateline[plots]'``), offline. Texts and colours:
``data/plots.toml``. What is drawn comes from a Dataset's events alone, so that a public one cannot show more.
"""

from __future__ import annotations

import datetime
import textwrap
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from dateline.errors import InstallationError, OutputError
from dateline.export.dataset import Dataset
from dateline.records import Event, Scope, Status

KINDS = ("events", "killed", "actors", "places")
WIDTH, HEIGHT = 640, 300
CAPTION_COLUMNS = 100
ROW = 22
"""Pixels of a row of a plot by actor or place."""


class Span(NamedTuple):
    """The reported killed of one week, actor or place, added up; ``open``: no upper bound is known."""

    group: str
    low: int
    high: int
    open: bool


class Drawn(NamedTuple):
    """What a plot shows: its rows, and how many events they rest on and leave out."""

    rows: list[dict[str, Any]]
    events: int
    without: int


def counted(events: Iterable[Event]) -> list[Event]:
    """The events that totals count: single incidents that happened, no background."""
    return [e for e in events if e.status is Status.HAPPENED and e.scope is Scope.SINGLE and not e.old]


def week_of(event: Event) -> str | None:
    """The Monday (ISO date) of the week of the event's last day; None without one."""
    last = event.date.to or event.date.from_
    if last is None:
        return None
    day = datetime.date.fromisoformat(last)
    return (day - datetime.timedelta(days=day.weekday())).isoformat()


def by_type(events: Sequence[Event]) -> Drawn:
    """Events by week and type: rows of ``week``, ``type``, ``events``; rare types are ``other``."""
    dated = [(week, event) for event in events if (week := week_of(event)) is not None]
    most = Counter(event.type.value for _, event in dated).most_common(_texts()["types_shown"])
    named = {name for name, _ in most}
    counts = Counter(
        (week, event.type.value if event.type.value in named else "other") for week, event in dated
    )
    rows = [
        {"week": week, "type": kind.replace("_", " "), "events": number}
        for (week, kind), number in sorted(counts.items())
    ]
    return Drawn(rows, len(dated), len(events) - len(dated))


def killed_by(events: Sequence[Event], groups: Any) -> tuple[list[Span], int]:
    """Ranges of killed by what ``groups`` names for an event, and how many events they rest on."""
    lows: Counter[str] = Counter()
    highs: Counter[str] = Counter()
    opened: defaultdict[str, bool] = defaultdict(bool)
    used = 0
    for event in events:
        toll, names = event.killed, list(groups(event))
        if toll is None or (toll.min is None and toll.max is None) or not names:
            continue
        used += 1
        low, high = toll.min or 0, toll.max
        for name in names:
            lows[name] += low
            highs[name] += high if high is not None else low
            opened[name] = opened[name] or high is None
    return [Span(name, lows[name], highs[name], opened[name]) for name in lows], used


def actors_of(event: Event) -> Iterator[str]:
    """The actors that are known by an id."""
    yield from sorted({actor.name for actor in event.actors if actor.id and actor.name})


def places_of(event: Event) -> Iterator[str]:
    """The first-level division with its country, else the country."""
    place = event.place
    if place and (place.admin1 or place.country_name):
        yield ", ".join(part for part in (place.admin1, place.country_name) if part)


def _weeks(event: Event) -> Iterator[str]:
    week = week_of(event)
    if week is not None:
        yield week


def drawn(kind: str, dataset: Dataset) -> Drawn:
    """The rows of the plot ``kind`` (one of KINDS)."""
    events = counted(dataset.events)
    if kind == "events":
        return by_type(events)
    spans, used = killed_by(events, {"killed": _weeks, "actors": actors_of, "places": places_of}[kind])
    if kind != "killed":
        spans = sorted(spans, key=lambda s: (-s.high, s.group))[: _texts()["groups_shown"]]
    rows = [
        {"group": s.group, "low": s.low, "high": s.high, "mark": "▶" if s.open else ""}
        for s in (sorted(spans) if kind == "killed" else spans)
    ]
    return Drawn(rows, used, len(events) - used)


def write(path: Path, kind: str, dataset: Dataset) -> str:
    """Draw the plot ``kind`` to ``path`` (.svg or .png) and return its caption.

    Raises InstallationError without altair and vl-convert, OutputError when ``path`` cannot be written.
    """
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise InstallationError("plots need altair and vl-convert: pip install 'dateline[plots]'") from error
    found, texts = drawn(kind, dataset), _texts()["plot"][kind]
    caption: str = texts["caption"].format(n=found.events, without=found.without)
    title = altair.TitleParams(
        texts["title"],
        subtitle=textwrap.wrap(caption, CAPTION_COLUMNS),
        anchor="start",
        offset=14,
        subtitleColor="#555",
    )
    chart = (_stacked if kind == "events" else _ranges)(altair, kind, found.rows)
    chart = chart.properties(title=title, width=WIDTH, background="white", padding=16)
    chart = chart.configure_view(stroke=None)
    spec = chart.to_json()
    try:
        if path.suffix == ".png":
            path.write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
        else:
            path.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")
    except OSError as error:
        raise OutputError.at(path, error) from error
    return caption


def _stacked(altair: Any, kind: str, rows: list[dict[str, Any]]) -> Any:
    order = [name for name, _ in Counter({r["type"]: 0 for r in rows}).most_common()]
    order.sort(key=lambda name: (name == "other", -sum(r["events"] for r in rows if r["type"] == name), name))
    palette = _texts()["palette"]
    scale = altair.Scale(domain=order, range=[*palette[: len(order) - 1], palette[-1]] if order else [])
    if order and order[-1] != "other":
        scale = altair.Scale(domain=order, range=palette[: len(order)])
    return (
        altair.Chart(altair.Data(values=rows))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=altair.X("week:O", title="Week beginning", axis=altair.Axis(labelAngle=-45)),
            y=altair.Y("events:Q", title="Events", axis=altair.Axis(format="d", tickMinStep=1)),
            color=altair.Color("type:N", title="Type", scale=scale, sort=order),
        )
        .properties(height=HEIGHT)
    )


def _ranges(altair: Any, kind: str, rows: list[dict[str, Any]]) -> Any:
    """A bar from the lowest to the highest number, a tick at the lowest, an arrow where the end is open."""
    colour, data = _texts()["range_colour"], altair.Data(values=rows)
    number = altair.Axis(format="d", tickMinStep=1, title="Killed, as reported")
    if kind == "killed":
        group = altair.X("group:O", title="Week beginning", axis=altair.Axis(labelAngle=-45))
        ends = {"y": altair.Y("low:Q", axis=number), "y2": "high:Q"}
        at, where, text = {"x": group}, "y", {"dy": -8, "angle": 270}
        size: dict[str, Any] = {"height": HEIGHT}
    else:
        group = altair.Y("group:N", title=None, sort=None, axis=altair.Axis(labelLimit=260))
        ends = {"x": altair.X("low:Q", axis=number), "x2": "high:Q"}
        at, where, text = {"y": group}, "x", {"dx": 8, "angle": 0}
        size = {"height": max(60, ROW * len(rows))}
    base = altair.Chart(data)
    channel = altair.X if where == "x" else altair.Y
    bars = base.mark_bar(size=9, color=colour, opacity=0.55).encode(**at, **ends)
    ticks = base.mark_tick(color=colour, thickness=3, size=14).encode(**at, **{where: channel("low:Q")})
    marks = base.mark_text(color=colour, fontSize=11, align="center", **text).encode(
        **at, **{where: channel("high:Q")}, text="mark:N"
    )
    return (bars + ticks + marks).properties(**size)


@cache
def _texts() -> dict[str, Any]:
    text = (resources.files("dateline.export") / "data/plots.toml").read_text("utf-8")
    return tomllib.loads(text)
