"""FollowTheMoney entities that followthemoney itself validates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exporting import ARMY, DAY, PEOPLE, PROVINCE, REBELS, TOWN, bare, dataset, examples, hostile, made
from msgspec.structs import replace

from dateline.export import ftm
from dateline.export.counted import counted
from dateline.export.dataset import Dataset
from dateline.records import Actor, ActorKind, Grade, Interval

# What we use of the model (4.x), so that a typing error is found without the library too.
PROPERTIES = {
    "Event": set(
        (
            "name summary recordId keywords country location addressEntity involved publisher notes date "
            "startDate endDate"
        ).split()
    ),
    "Organization": {"name", "country", "classification"},
    "Address": {"full", "city", "region", "state", "country", "latitude", "longitude"},
}


def _bare() -> Dataset:
    return dataset(bare())


def _hostile() -> Dataset:
    return dataset(*hostile())


each = pytest.mark.parametrize("made_of", [examples, _bare, _hostile], ids=["real", "bare", "hostile"])


def entities(path: Path, data: Dataset) -> list[dict[str, Any]]:
    ftm.write(path, data)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@each
def test_the_model_validates_them(tmp_path: Path, made_of: Callable[[], Dataset]) -> None:
    data = made_of()
    reason = "skipped: no followthemoney (apt-get install libicu-dev; pip install followthemoney)"
    model = pytest.importorskip("followthemoney", reason=reason, exc_type=ImportError).model
    found = entities(tmp_path / "f.jsonl", data)
    assert found
    by_id = {one["id"]: one for one in found}
    for one in found:
        schema = model.get(one["schema"])
        schema.validate(one)
        strict = model.get_proxy(one, cleaned=False)
        assert strict.to_dict()["properties"].keys() == one["properties"].keys()
        for prop, value in strict.itervalues():
            if prop.type.name == "entity":
                assert model.get(by_id[value]["schema"]).is_a(prop.range)
    if data is examples():  # what the model's own cleaning would change or drop of real values: nothing
        for one in found:
            cleaned = model.get_proxy(one, cleaned=True).to_dict()["properties"]
            for name, values in one["properties"].items():
                prop = model.get(one["schema"]).get(name)
                assert [prop.type.clean(v) for v in values] == values, (name, values)
            assert cleaned.keys() == one["properties"].keys()


@each
def test_entities_hold_the_properties_we_know(tmp_path: Path, made_of: Callable[[], Dataset]) -> None:
    data = made_of()
    found = entities(tmp_path / "f.jsonl", data)
    assert len({one["id"] for one in found}) == len(found)
    ids = {one["id"] for one in found}
    for one in found:
        assert set(one) == {"id", "schema", "properties"}
        assert set(one["properties"]) <= PROPERTIES[one["schema"]]
        assert all(v and isinstance(v, str) for values in one["properties"].values() for v in values)
        links = one["properties"].get("involved", []) + one["properties"].get("addressEntity", [])
        assert set(links) <= ids
    events = [one for one in found if one["schema"] == "Event"]
    assert len(events) == len(counted(data.events)[0])


def test_no_person_becomes_an_entity(tmp_path: Path) -> None:
    official = Actor(name="A Minister", id="a-minister", country="SY", kind=ActorKind.PERSON)
    event = made(date=DAY, place=TOWN, actors=(ARMY, official, replace(REBELS, id=None)), targets=(PEOPLE,))
    found = entities(tmp_path / "f.jsonl", dataset(event))
    assert [one["schema"] for one in found] == ["Organization", "Address", "Event"]
    assert found[0]["id"] == "dateline-actor-syrian-armed-forces"
    assert found[2]["properties"]["involved"] == [found[0]["id"]]


def test_places_and_dates(tmp_path: Path) -> None:
    base = made(place=TOWN, grade=Grade.FAIR, origins=2)
    found = entities(
        tmp_path / "f.jsonl",
        dataset(
            replace(base, event_id="day", date=DAY),
            replace(base, event_id="span", date=Interval(from_="2017-06-06", to="2017-06-08")),
            replace(base, event_id="by", date=Interval(to="2017-06-08"), place=PROVINCE),
        ),
    )
    town, day, span, province, by = (one["properties"] for one in found)
    assert (town["latitude"], town["city"]) == (["35.95283"], ["Ar Raqqah"])
    assert not {"latitude", "city"} & set(province)
    assert day["date"] == ["2017-06-08"]
    assert (span["startDate"], span["endDate"]) == (["2017-06-06"], ["2017-06-08"])
    assert not {"date", "startDate", "endDate"} & set(by)
    assert by["name"] == ["Air strike somewhere in Raqqa, Syria, by 8 June 2017"]
    assert day["notes"] == ["Audience: public", "Support: fair, 2 origins"]
