"""PLOVER 0.8 records: fields, lists, codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from exporting import ARMY, DAY, OTHERS, PEOPLE, PROVINCE, REBELS, TOWN, dataset, examples, made, toll
from msgspec.structs import replace

from dateline.codebook import types
from dateline.export import plover
from dateline.export.dataset import Dataset
from dateline.export.tables import table
from dateline.records import ActorKind, EventType, HarmState, PlacePrecision, Status

# The manual's fields (0.8); Y = required.
REQUIRED = {"id", "date", "actor", "event"}
FIELDS = REQUIRED | set(
    (
        "has_event time enddate endtime recipient event_loc event_text quad_code event_scale mode context "
        "link text text_info cite_info size coder coded_date coded_time comment"
    ).split()
)
ENTITY = {"code", "sector", "entity_text", "identifier_id", "identifier_text"}
# The manual's modes, by event; the auxiliary ones stand with any.
MODES = {
    "ASSAULT": set(
        (
            "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial "
            "drone heavy-weapons crowd-control unconventional"
        ).split()
    ),
    "PROTEST": set("demo riot strike hunger boycott obstruct vandalize".split()),
    "COERCE": set(
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()
    ),
    "RETREAT": set("withdraw release disarm ceasefire access resign".split()),
    "MOBILIZE": set("troops weapons police militia".split()),
}
AUXILIARY = {"historical", "future", "hypothetical", "negation"}


def records(path: Path, data: Dataset) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    notes = plover.write(path, data)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()], notes


def test_real_events_have_the_manual_s_fields(tmp_path: Path) -> None:
    found, notes = records(tmp_path / "p.jsonl", examples())
    assert len(found) > 20
    assert any(note.startswith("Left out, ") for note in notes)
    for record in found:
        assert set(record) <= FIELDS
        assert all(record[name] for name in REQUIRED)
        assert record["quad_code"] in (1, 2, 3, 4)
        assert all(set(e) <= ENTITY for e in (*record["actor"], *record["recipient"]))
        assert set(record["event"]) <= set(table("plover")["events"])
        allowed = AUXILIARY.union(*(MODES.get(name, set()) for name in record["event"]))
        assert set(record["mode"]) <= allowed


def test_an_air_strike(tmp_path: Path) -> None:
    event = made(
        date=DAY,
        place=TOWN,
        actors=(ARMY, REBELS),
        targets=(PEOPLE,),
        killed=toll(17, None),
        injured=toll(state=HarmState.UNKNOWN),
        outlets=("Levant Wire",),
    )
    (record,), _ = records(tmp_path / "p.jsonl", dataset(event))
    assert record["actor"] == [
        {
            "code": "SYR",
            "sector": "MIL",
            "entity_text": "Syrian Armed Forces",
            "identifier_id": "dateline:syrian-armed-forces",
            "identifier_text": "Syrian Armed Forces",
        },
        {
            "code": "SYR",
            "sector": "REB",
            "entity_text": "Example Front",
            "identifier_id": "dateline:example-front",
            "identifier_text": "Example Front",
        },
    ]
    assert record["recipient"] == [{"code": "", "sector": "CVL", "entity_text": "civilians"}]
    assert (record["event"], record["mode"]) == (["ASSAULT"], ["aerial"])
    assert (record["quad_code"], record["event_scale"]) == (4, -9.0)
    assert record["size"] == {"dead": 17}
    assert record["event_loc"]["resolution"] == 4
    assert record["cite_info"]["license"] == "audience: public"
    assert record["comment"].startswith("On 8 June 2017 an air strike")


def test_both_sides_of_a_fight_are_actors(tmp_path: Path) -> None:
    clash = made(type=EventType.CLASH, date=DAY, actors=(ARMY,), targets=(REBELS, OTHERS))
    (record,), _ = records(tmp_path / "p.jsonl", dataset(clash))
    assert [e["entity_text"] for e in record["actor"]] == [ARMY.name, REBELS.name, OTHERS.name]
    assert record["recipient"] == []


def test_what_did_not_happen_carries_its_auxiliary_mode(tmp_path: Path) -> None:
    base = made(date=DAY, place=PROVINCE)
    events = [replace(base, event_id=f"e{n}", status=s) for n, s in enumerate(Status)]
    found, _ = records(tmp_path / "p.jsonl", dataset(*events, replace(base, event_id="past", old=True)))
    assert [r["mode"][1:] for r in found] == [
        [], ["negation"], ["future"], ["hypothetical"], ["negation"], ["historical"],
    ]  # fmt: skip
    assert {r["event_loc"]["resolution"] for r in found} == {2}


def test_what_plover_has_not_is_left_out_and_told(tmp_path: Path) -> None:
    aid = made(event_id="aid", type=EventType.AID, date=DAY)
    flight = made(event_id="flight", type=EventType.DISPLACEMENT, date=DAY)
    found, notes = records(tmp_path / "p.jsonl", dataset(aid, flight, made(event_id="undated")))
    assert [r["id"] for r in found] == ["aid"]
    assert found[0]["recipient"] == found[0]["actor"] == [{"code": "", "sector": "UNK", "entity_text": ""}]
    assert "Left out, 1 event of a type that PLOVER has not: flight." in notes
    assert "Left out, 1 event without a date: undated." in notes


def test_every_list_of_ours_has_a_code() -> None:
    data = table("plover")
    assert set(data["sectors"]) == set(ActorKind)
    assert set(data["resolution"]) == set(PlacePrecision)
    assert set(data["auxiliary"]) == set(Status) - {Status.HAPPENED}
    assert len(data["events"]) == 16
    assert {t.plover.event for t in types().values()} - {""} <= set(data["events"])
