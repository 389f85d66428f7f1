"""ACLED's shape: the published columns, their unit, their codes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas
import pytest
from exporting import ARMY, DAY, OTHERS, PEOPLE, PROVINCE, REBELS, RUSSIA, TOWN, dataset, examples, made, toll
from msgspec.structs import replace

from dateline.codebook import types
from dateline.export import acled
from dateline.export.counted import counted
from dateline.export.intervals import Days
from dateline.export.tables import country, table
from dateline.records import (
    ActorKind,
    DatePrecision,
    EventType,
    HarmState,
    Interval,
    PlacePrecision,
    Range,
    Scope,
    Status,
)

# As published since March 2023, written down here a second time: the order is the format.
PUBLISHED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country "
    "admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities "
    "tags timestamp"
).split()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_columns_are_the_published_ones(tmp_path: Path) -> None:
    assert len(PUBLISHED) == 31
    acled.write(tmp_path / "a.csv", examples())
    assert list(pandas.read_csv(tmp_path / "a.csv").columns) == PUBLISHED


def test_real_events_read_back(tmp_path: Path) -> None:
    notes = acled.write(tmp_path / "a.csv", examples())
    frame = pandas.read_csv(tmp_path / "a.csv")
    kept, _ = counted(examples().events)
    assert 0 < len(frame) <= len(kept)
    assert frame.event_id_cnty.is_unique
    assert set(frame.time_precision) <= {1, 2, 3}
    assert set(frame.geo_precision) <= {1, 2, 3}
    assert frame.fatalities.dtype == "int64"
    assert set(frame.event_type) <= set(table("acled")["disorder"])
    assert frame.latitude.between(-90, 90).all()
    assert set(frame.country) == {"Syria", "Turkey"}
    assert set(frame.iso) == {760, 792}
    assert all(day == date.fromisoformat(day).isoformat() for day in frame.event_date)
    assert any(note.startswith("Left out, ") for note in notes)
    assert any("not because none died" in note for note in notes)


def test_events_of_one_unit_are_one_row_and_told(tmp_path: Path) -> None:
    strike = made(
        event_id="e1", date=DAY, place=TOWN, actors=(ARMY,), targets=(REBELS,), killed=toll(3, 5), origins=1
    )
    again = replace(
        strike, event_id="e2", type=EventType.SHELLING, killed=toll(4, None), outlets=("Tarn Herald",)
    )
    clash = replace(strike, event_id="e3", type=EventType.CLASH)
    other_day = replace(strike, event_id="e4", date=Interval(from_="2017-06-09", to="2017-06-09"))
    by_then = [replace(strike, event_id=f"e{n}", date=Interval(to="2017-06-08")) for n in (8, 9)]
    nobody = (replace(ARMY, id=None, name="not identified"),)
    nameless = [
        replace(strike, event_id=f"e{n}", actors=a, targets=a) for n, a in ((5, ()), (6, nobody), (7, nobody))
    ]
    notes = acled.write(tmp_path / "a.csv", dataset(strike, again, clash, other_day, *nameless, *by_then))
    found = {row["event_id_cnty"]: row for row in rows(tmp_path / "a.csv")}
    assert list(found) == ["SYRe1", "SYRe3", "SYRe4", "SYRe5", "SYRe6", "SYRe7", "SYRe8", "SYRe9"]
    assert found["SYRe6"]["actor1"] == "Unidentified Armed Group (Syria)"
    assert found["SYRe1"]["fatalities"] == "7"
    assert found["SYRe1"]["source"] == "Tarn Herald"
    assert found["SYRe1"]["tags"].startswith("dateline=e1+e2; audience=public; origins=1; killed=3-5")
    assert found["SYRe1"]["notes"].count("reportedly killed") == 2
    assert [n for n in notes if n.startswith("Merged")] == [
        "Merged into the row of e1: e2 (same actors, day, place and event type; fatalities are summed)."
    ]


def test_what_the_shape_cannot_hold_is_left_out_and_told(tmp_path: Path) -> None:
    base = made(date=DAY, place=TOWN)
    year = Interval(from_="2017-01-01", to="2017-12-31", precision=DatePrecision.YEAR)
    notes = acled.write(
        tmp_path / "a.csv",
        dataset(
            made(event_id="bare"),
            replace(base, event_id="nowhere", place=None),
            replace(base, event_id="year", date=year),
            replace(base, event_id="planned", status=Status.PLANNED),
            replace(base, event_id="sum", scope=Scope.REPEATED),
            replace(base, event_id="past", old=True),
        ),
    )
    assert rows(tmp_path / "a.csv") == []
    assert [n for n in notes if n.startswith("Left out")] == [
        "Left out, 1 event told as background to others: past.",
        "Left out, 1 event told as planned: planned.",
        "Left out, 1 event told as several incidents summed: sum.",
        "Left out, 1 event dated no closer than a month: year.",
        "Left out, 1 event without a date: bare.",
        "Left out, 1 event without a place: nowhere.",
    ]


@pytest.mark.parametrize(
    ("first", "last", "open_", "code"),
    [
        ("2017-06-08", "2017-06-08", False, 1),
        ("2017-06-08", "2017-06-14", False, 2),
        ("2017-06-08", "2017-06-15", False, 3),
        ("2017-06-08", "2017-06-08", True, 3),
    ],
)
def test_time_precision(first: str, last: str, open_: bool, code: int) -> None:
    span = Days(date.fromisoformat(first), date.fromisoformat(last), open_)
    assert acled.time_precision(span) == code


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [(1, 2, 12), (7, 1, 17), (2, 8, 28), (1, None, 10), (None, 7, 70), (None, None, None)],
)
def test_interaction_has_the_lower_code_first(one: int | None, two: int | None, code: int | None) -> None:
    assert acled.interaction(one, two) == code


def test_sides_and_their_codes(tmp_path: Path) -> None:
    base = made(date=DAY, place=TOWN)
    press = replace(PEOPLE, name="reporters", kind=ActorKind.JOURNALISTS)
    acled.write(
        tmp_path / "a.csv",
        dataset(
            replace(base, event_id="e1", actors=(RUSSIA, ARMY), targets=(PEOPLE, press)),
            replace(base, event_id="e2", type=EventType.SHOOTING, actors=(REBELS,)),
            replace(
                base,
                event_id="told",
                type=EventType.SHOOTING,
                actors=(REBELS,),
                killed=toll(3, 3, civilians=Range(min=1, max=1)),
                date=Interval(from_="2017-06-09", to="2017-06-09"),
            ),
            replace(base, event_id="e3", type=EventType.PROTEST, place=PROVINCE),
            replace(base, event_id="e4", actors=(OTHERS,), targets=(REBELS,), type=EventType.CLASH),
            replace(base, event_id="e5", type=EventType.AGREEMENT),
            replace(
                base, event_id="e6", type=EventType.RIOT, actors=(replace(PEOPLE, kind=ActorKind.PROTESTERS),)
            ),
        ),
    )
    names = (
        "actor1",
        "assoc_actor_1",
        "inter1",
        "actor2",
        "assoc_actor_2",
        "inter2",
        "interaction",
        "civilian_targeting",
    )
    found = [tuple(row[n] for n in names) for row in rows(tmp_path / "a.csv")]
    assert found == [
        (
            RUSSIA.name,
            ARMY.name,
            "8",
            "Civilians (Syria)",
            "Journalists (Syria)",
            "7",
            "78",
            "Civilian targeting",
        ),
        (REBELS.name, "", "2", "", "", "", "20", ""),
        (REBELS.name, "", "2", "Civilians (Syria)", "", "7", "27", "Civilian targeting"),
        ("Protesters (Syria)", "", "6", "", "", "", "60", ""),
        (OTHERS.name, "", "2", REBELS.name, "", "2", "22", ""),
        ("", "", "", "", "", "", "", ""),
        ("Rioters (Syria)", "", "5", "", "", "", "50", ""),
    ]


def test_fatalities_are_the_lowest_number() -> None:
    assert acled.fatalities(toll(12, 20, 15)) == 12
    assert acled.fatalities(toll(None, 20)) == 0
    assert acled.fatalities(toll(0, 0, state=HarmState.NONE)) == 0
    assert acled.fatalities(None) == 0


def test_every_list_of_ours_has_a_code() -> None:
    data = table("acled")
    assert set(data["inter"]) == set(ActorKind)
    assert set(data["geo_precision"]) == set(PlacePrecision)
    assert {entry.acled.event_type for entry in types().values()} <= set(data["disorder"])
    assert country("SY").acled_region == "Middle East"
    assert country(None) == country("??")
