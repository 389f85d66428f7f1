"""Plots for a situation report, with the uncertainty drawn and a caption that says what is counted.

Drawn with altair and vl-convert (``pip install 'dateline[plots]'``), offline. What is counted:
:mod:`.tallies`; words, colours and how much is shown: ``data/plots.toml``. No mark is told by colour alone.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from dateline.errors import InstallationError
from dateline.export.captions import caption, title
from dateline.export.dataset import Dataset
from dateline.export.folder import whole
from dateline.export.tables import table
from dateline.export.tallies import OTHER, Kind, Tally, tally
from dateline.export.worded import plain

try:  # by name: how altair types its marks differs between its versions
    altair, vl_convert = import_module("altair"), import_module("vl_convert")
except ImportError as error:
    raise InstallationError("plots need altair and vl-convert: pip install 'dateline[plots]'") from error

WIDTH, HEIGHT = 640, 280
"""Pixels of a plot by week, without axes and caption; a PNG has twice as many."""
ROW = 24
"""Pixels of a row of a plot by actor or place."""
SMALL = 44
"""Pixels of the height of one type's row."""
CAPTION_COLUMNS = 105
_THICKEST, _THINNEST = 14, 1.5
_ARROW = 11.0
_INK = "#222"
_ARROWS = {
    "x": "M-1,-0.25H0.1V-0.9L1,0L0.1,0.9V0.25H-1Z",
    "y": "M-0.25,1V-0.1H-0.9L0,-1L0.9,-0.1H0.25V1Z",
}
"""An arrow to the right and one upwards, in Vega's square from -1 to 1: a drawn path needs no font."""


def write(path: Path, kind: Kind, dataset: Dataset) -> str:
    """Draw one plot to ``path`` (.svg or .png), whole or not at all, and return its caption.

    The same events give the same bytes. OutputError where ``path`` cannot be written.
    """
    found = tally(kind, dataset.events)
    told = caption(found)
    chart = _drawn(found)
    head = altair.TitleParams(
        title(kind),
        subtitle=textwrap.wrap(told, CAPTION_COLUMNS),
        anchor="start",
        frame="bounds",
        offset=14,
        subtitleColor="#444",
    )
    spec = chart.properties(title=head, background="white", padding=16).configure_view(stroke=None).to_json()
    if path.suffix == ".png":
        drawing = vl_convert.vegalite_to_png(spec, scale=2)
    else:
        drawing = vl_convert.vegalite_to_svg(spec).encode()
    with whole(path) as file:
        file.write(drawing)
    return told


def _drawn(found: Tally) -> Any:
    """The chart of a tally; words instead of axes without a bar."""
    if found.groups:
        return _by_type(found) if found.kind is Kind.EVENTS else _ranges(found)
    words = altair.Chart(altair.Data(values=[{}])).mark_text(text=table("plots")["nothing"], color=_INK)
    return words.properties(width=WIDTH, height=2 * ROW)


def _by_type(found: Tally) -> Any:
    """Bars of all events by week, and below them a row for each type: told by its name, not by a colour."""
    words, often, total = table("plots"), Counter[str](), Counter[str]()
    for one in found.counts:
        often[one.type] += one.events
        total[one.week] += one.events
    names = sorted(often, key=lambda name: (name == OTHER, -often[name], name))
    everything = [{"week": week, "type": "all types", "events": n} for week, n in sorted(total.items())]
    rows = [{"week": c.week, "type": _type(c.type), "events": c.events} for c in found.counts]
    return altair.vconcat(
        _weekly(everything, ["all types"], found.weeks, words["total_colour"], 2 * SMALL, labelled=False),
        _weekly(rows, [_type(name) for name in names], found.weeks, words["colour"], SMALL, labelled=True),
        spacing=6,
    )


def _type(name: str) -> str:
    return "other types" if name == OTHER else plain(name)


def _weekly(
    rows: list[dict[str, Any]],
    names: list[str],
    weeks: Sequence[str],
    colour: str,
    height: int,
    *,
    labelled: bool,
) -> Any:
    """A row of bars for each of ``names``, with one scale of numbers and one axis of weeks."""
    numbers = _numbers((row["events"] for row in rows), most=4, minExtent=30)
    header = altair.Header(labelOrient="top", labelAnchor="start", labelPadding=2, labelFontWeight="bold")
    return (
        altair.Chart(altair.Data(values=rows))
        .mark_bar(color=colour, size=_thickness(weeks))
        .encode(
            x=_week_axis("week:O", weeks, labelled=labelled),
            y=altair.Y("events:Q", title=None, **numbers),
            row=altair.Row("type:N", title=None, sort=names, spacing=6, header=header),
        )
        .properties(width=WIDTH, height=height)
    )


def _ranges(found: Tally) -> Any:
    """A bar from the lowest to the highest number, a line at the lowest, an arrow where the end is open."""
    rows = [span._asdict() for span in found.spans]
    value = {"title": "Killed, as reported", **_numbers((span.high for span in found.spans), most=10)}
    if found.kind is Kind.KILLED:
        group: Any = _week_axis("group:O", found.weeks, labelled=True)
        across, along, end, channel = "x", "y", "y2", altair.Y
        size, thick = {"width": WIDTH, "height": HEIGHT}, _thickness(found.weeks)
        room = WIDTH / len(found.weeks)
        tick, arrow = max(_THINNEST, min(thick + 4, room)), max(_ARROW / 2, min(_ARROW, room))
        beyond = {"yOffset": -0.9 * arrow}
    else:
        group = altair.Y("group:N", title=None, sort=None, axis=altair.Axis(labelLimit=320))
        across, along, end, channel = "y", "x", "x2", altair.X
        size, thick = {"width": WIDTH, "height": max(2 * ROW, ROW * len(rows))}, _THICKEST
        tick, arrow, beyond = _THICKEST + 4, _ARROW, {"xOffset": 0.9 * _ARROW}
    colour = table("plots")["colour"]
    base = altair.Chart(altair.Data(values=rows)).encode(**{across: group})
    bars = base.mark_bar(size=thick, color=colour, opacity=0.55).encode(
        **{along: channel("low:Q", **value), end: "high:Q"}
    )
    lowest = base.mark_tick(color=_INK, thickness=2, size=tick, opacity=1).encode(
        **{along: channel("low:Q", **value)}
    )
    arrows = (
        base.transform_filter("datum.open")
        .mark_point(shape=_ARROWS[along], size=arrow**2, filled=True, color=_INK, opacity=1, **beyond)
        .encode(**{along: channel("high:Q", **value)})
    )
    return (bars + lowest + arrows).properties(**size)


def _week_axis(name: str, weeks: Sequence[str], *, labelled: bool) -> Any:
    """Every week has its place; where they are many, only some are labelled, evenly."""
    each = -(-len(weeks) // table("plots")["labels_shown"])
    axis = altair.Axis(labelAngle=-45, values=list(weeks[::each]), labels=labelled, ticks=labelled)
    return altair.X(
        name,
        title="Week beginning" if labelled else None,
        scale=altair.Scale(domain=list(weeks)),
        axis=axis,
    )


def _numbers(found: Iterable[int], *, most: int, **axis: Any) -> dict[str, Any]:
    """Scale and axis of whole numbers from 0, in at most ``most`` steps of 1, 2, 5, 10 and so on."""
    top = max(1, *found)
    steps = (factor * 10**power for power in count() for factor in (1, 2, 5))
    step = next(step for step in steps if step * most >= top)
    marks = list(range(0, top + step, step))
    return {
        "scale": altair.Scale(domain=[0, marks[-1]], nice=False),
        "axis": altair.Axis(format=",d", values=marks, **axis),
    }


def _thickness(weeks: Sequence[str]) -> float:
    """Pixels of a bar: most of its week, on long axes at least a hair."""
    return min(2 * _THICKEST, max(_THINNEST, 0.7 * WIDTH / len(weeks)))
