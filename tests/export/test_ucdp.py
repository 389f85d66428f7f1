"""UCDP's shape: the 49 columns, the rule of inclusion, the three figures and whose dead they are."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas
import pytest
from exporting import (
    ARMY,
    DAY,
    OTHERS,
    PEOPLE,
    PROVINCE,
    REBELS,
    RUSSIA,
    TOWN,
    account,
    dataset,
    examples,
    made,
    toll,
)
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.export import ucdp
from dateline.export.counted import counted
from dateline.export.deaths import deaths
from dateline.export.intervals import Days
from dateline.export.tables import table
from dateline.records import (
    Civilian,
    Claim,
    Event,
    EventType,
    Harm,
    HarmKind,
    HarmState,
    PlacePrecision,
    Range,
    Scope,
    Sentence,
    Side,
    Span,
    Status,
)

PUBLISHED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id "
    "side_b_new_id side_b number_of_sources source_article source_office source_date source_headline "
    "source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude "
    "geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a "
    "deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()
WORD = Span(text="x", start=0, end=1)


def write(tmp_path: Path, *events: Event) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    notes = ucdp.write(tmp_path / "u.csv", dataset(*events))
    with (tmp_path / "u.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), notes


def test_the_columns_are_the_published_ones(tmp_path: Path) -> None:
    assert len(PUBLISHED) == 49
    ucdp.write(tmp_path / "u.csv", examples())
    assert list(pandas.read_csv(tmp_path / "u.csv").columns) == PUBLISHED


def test_real_events_read_back(tmp_path: Path) -> None:
    notes = ucdp.write(tmp_path / "u.csv", examples())
    frame = pandas.read_csv(tmp_path / "u.csv")
    parts = frame[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert (parts == frame.best).all()
    assert (frame.low <= frame.best).all()
    assert (frame.best <= frame.high).all()
    assert (frame.high >= 1).all()
    assert frame.id.is_unique
    assert set(frame.type_of_violence.dropna()) <= {1, 2, 3}
    assert set(frame.where_prec.dropna()) <= set(range(1, 8))
    kept, _ = counted(examples().events)
    bloodless = {e.event_id for e in kept} - set(frame.relid)
    told = next(note for note in notes if "rule of inclusion" in note)
    assert all(event_id in told for event_id in bloodless)


def test_an_event_without_a_death_is_left_out_and_told(tmp_path: Path) -> None:
    rows, notes = write(
        tmp_path,
        made(event_id="e1"),
        made(event_id="e2", killed=toll(0, 0, state=HarmState.NONE)),
        made(event_id="e3", killed=toll(state=HarmState.UNKNOWN)),
        made(event_id="e4", killed=toll()),
        made(event_id="e5", killed=toll(0, 3)),
        made(event_id="e6", killed=toll(1, None)),
        made(event_id="e7", killed=toll(9, 9), status=Status.PLANNED),
        made(event_id="e8", killed=toll(9, 9), scope=Scope.REPEATED),
    )
    assert [row["relid"] for row in rows] == ["e5", "e6"]
    assert "Left out, 4 events without a reported death (UCDP's rule of inclusion): e1, e2, e3, e4." in notes


def test_the_state_is_side_a(tmp_path: Path) -> None:
    base = made(date=DAY, place=TOWN, type=EventType.CLASH, killed=toll(10, 20, 12))
    rows, _ = write(
        tmp_path,
        replace(base, actors=(REBELS,), targets=(ARMY,)),
        replace(base, actors=(RUSSIA, ARMY), targets=(REBELS, OTHERS)),
        replace(base, actors=(REBELS,), targets=(PEOPLE,)),
        replace(base, actors=(REBELS,), targets=(OTHERS,)),
        replace(base, actors=(ARMY,)),
    )
    names = ("type_of_violence", "side_a", "side_b", "gwnoa", "gwnob")
    assert [tuple(row[n] for n in names) for row in rows] == [
        ("1", ARMY.name, REBELS.name, "652", ""),
        ("1", f"{RUSSIA.name} and {ARMY.name}", f"{REBELS.name} and {OTHERS.name}", "365", ""),
        ("3", REBELS.name, "civilians", "", ""),
        ("2", REBELS.name, OTHERS.name, "", ""),
        ("", ARMY.name, "", "652", ""),
    ]


def test_place_and_sources(tmp_path: Path) -> None:
    killed = toll(2, 2, 2, accounts=(account(2, 2, "Orontes Monitor"), account(2, 2, None)))
    rows, _ = write(
        tmp_path,
        made(
            date=DAY,
            place=TOWN,
            killed=killed,
            outlets=("Levant Wire", "Tarn Herald"),
            reports=("r1", "r2", "r3"),
        ),
        made(killed=killed, place=PROVINCE),
    )
    town, province = rows
    assert town["geom_wkt"] == "POINT (39.00788 35.95283)"
    assert town["priogrid_gid"] == str(251 * 720 + 439)
    assert (town["where_prec"], town["country_id"], town["region"]) == ("1", "652", "Middle East")
    assert (town["number_of_sources"], town["source_office"]) == ("3", "Levant Wire; Tarn Herald")
    assert town["source_original"] == "Orontes Monitor"
    assert (town["source_headline"], town["source_article"], town["source_date"]) == ("", "", "")
    assert (town["date_prec"], town["event_clarity"]) == ("1", "1")
    assert (province["where_prec"], province["date_prec"], province["event_clarity"]) == ("4", "", "2")


def test_headlines_stand_only_where_reports_are_given(tmp_path: Path) -> None:
    ucdp.write(tmp_path / "u.csv", examples())
    frame = pandas.read_csv(tmp_path / "u.csv")
    assert frame.source_headline.notna().any()
    assert frame.source_date.str.contains("2017-06").any()


@pytest.mark.parametrize(
    ("lat", "lon", "gid"),
    [(-90, -180, 1), (-89.75, -179.25, 2), (34.53, 69.17, 179779), (90, 180, 259200), (89.9, -180, 258481)],
)
def test_priogrid_cells(lat: float, lon: float, gid: int) -> None:
    assert ucdp.priogrid_gid(lat, lon) == gid


@pytest.mark.parametrize(
    ("last", "open_", "code"),
    [
        ("2017-06-01", False, 1),
        ("2017-06-06", False, 2),
        ("2017-06-07", False, 3),
        ("2017-07-01", False, 4),
        ("2017-07-02", False, 5),
        ("2017-06-01", True, 5),
    ],
)
def test_date_prec(last: str, open_: bool, code: int) -> None:
    assert ucdp.date_prec(Days(date(2017, 6, 1), date.fromisoformat(last), open_)) == code


def _claim(*harm: Harm) -> Claim:
    return Claim(
        claim_id="r1.c1",
        report_id="r1",
        event_id=None,
        type=EventType.CLASH,
        status=Status.HAPPENED,
        scope=Scope.SINGLE,
        old=False,
        trigger=WORD,
        sentence=Sentence(start=0, end=1),
        harm=harm,
    )


def _fighters(n: int, side: Side, kind: HarmKind = HarmKind.KILLED) -> Harm:
    return Harm(kind=kind, count=WORD, min=n, max=n, civilian=Civilian.NO, side=side)


def test_fighters_are_laid_to_a_side_only_where_claims_say_so() -> None:
    killed = toll(10, 12, 10, civilians=Range(min=3, max=4), combatants=Range(min=7, max=7))
    without = deaths(killed)
    assert without is not None
    assert (without.a, without.b, without.civilians, without.unknown) == (0, 0, 3, 7)
    injured = _fighters(9, Side.ACTOR, HarmKind.INJURED)
    told = deaths(killed, [_claim(_fighters(2, Side.ACTOR), _fighters(4, Side.TARGET), injured)])
    assert told is not None
    assert (told.a, told.b, told.civilians, told.unknown, told.best) == (2, 4, 3, 1, 10)


ends = st.none() | st.integers(0, 10_000)


@given(ends, ends, ends, ends, st.integers(0, 99), st.integers(0, 99))
def test_the_parts_make_best_and_best_lies_between(
    low: int | None, high: int | None, best: int | None, civilians: int | None, a: int, b: int
) -> None:
    killed = toll(low, high, best, civilians=Range(min=civilians, max=None))
    found = deaths(killed, [_claim(_fighters(a, Side.ACTOR), _fighters(b, Side.TARGET))])
    if found is None:
        assert (low, high, best) == (None, None, None)
        return
    assert min(found.a, found.b, found.civilians, found.unknown) >= 0
    assert found.a + found.b + found.civilians + found.unknown == found.best
    assert found.low <= found.best <= found.high


def test_every_precision_has_a_code() -> None:
    assert set(table("ucdp")["where_prec"]) == set(PlacePrecision)
