from __future__ import annotations

import json
from pathlib import Path

from dateline.export.folder import write_events_csv, write_geojson
from dateline.records import DatePrecision, Event, EventType, Grade, HarmKind, Interval, Scope, Status

EVENT = Event(
    event_id="e1",
    type=EventType.SHELLING,
    types=(EventType.SHELLING,),
    status=Status.HAPPENED,
    scope=Scope.SINGLE,
    old=False,
    date=Interval(from_="2031-05-02", to="2031-05-02", precision=DatePrecision.DAY, rule="stated"),
    place=None,
    actors=(),
    targets=(),
    **dict.fromkeys(map(str, HarmKind)),  # type: ignore[arg-type]
    claims=("c1", "c2"),
    reports=("r1",),
    outlets=("Tarn Herald", "=1+1"),
    origins=1,
    grade=Grade.WEAK,
    reasons=("one origin",),
    conflicts=(),
)


def test_lists_are_guarded_in_csv_and_plain_in_geojson(tmp_path: Path) -> None:
    write_events_csv(tmp_path / "events.csv", [EVENT])
    assert "Tarn Herald; '=1+1" in (tmp_path / "events.csv").read_text(encoding="utf-8")
    write_geojson(tmp_path / "events.geojson", [EVENT])
    (feature,) = json.loads((tmp_path / "events.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["outlets"] == "Tarn Herald; =1+1"
    assert feature["properties"]["claims"] == "c1; c2"
