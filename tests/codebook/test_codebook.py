from __future__ import annotations

import pytest

from dateline import codebook
from dateline.records import (
    ActorKind,
    Civilian,
    DatePrecision,
    EventType,
    Grade,
    HarmKind,
    HarmState,
    PlacePrecision,
    Scope,
    Stance,
    Status,
)

# PLOVER 0.8 events and modes, ACLED event and sub-event types: as published (docs/reference/crosswalks.md).
PLOVER = {
    "ASSAULT": set(
        (
            "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack "
            "aerial drone heavy-weapons crowd-control unconventional"
        ).split()
    ),
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "RETREAT": {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": set(
        ("seize restrict censor curfew martial-law arrest deport withhold misinformation cyber").split()
    ),
    "AGREE": set(),
    "AID": set(),
    "CONCEDE": set(),
}
ACLED = {
    "Battles": {
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    },
    "Explosions/Remote violence": {
        "Air/drone strike",
        "Chemical weapon",
        "Grenade",
        "Remote explosive/landmine/IED",
        "Shelling/artillery/missile attack",
        "Suicide bomb",
    },
    "Violence against civilians": {"Abduction/forced disappearance", "Attack", "Sexual violence"},
    "Protests": {"Excessive force against protesters", "Peaceful protest", "Protest with intervention"},
    "Riots": {"Mob violence", "Violent demonstration"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}


def test_every_list_of_the_records_is_defined() -> None:
    terms = codebook.terms()
    lists = {
        "status": Status,
        "scope": Scope,
        "stance": Stance,
        "harm": HarmKind,
        "civilian": Civilian,
        "harm_state": HarmState,
        "precision_place": PlacePrecision,
        "precision_date": DatePrecision,
        "grade": Grade,
    }
    assert list(codebook.types()) == list(EventType)
    assert list(codebook.actor_kinds()) == list(ActorKind)
    for name, members in lists.items():
        assert list(terms[name]) == [m.value for m in members], name


@pytest.mark.parametrize("entry", codebook.types().values(), ids=lambda e: e.type.value)
def test_crosswalks_name_published_codes(entry: codebook.TypeEntry) -> None:
    if entry.plover.event:
        assert entry.plover.event in PLOVER
        assert entry.plover.mode in PLOVER[entry.plover.event] | {""}
    assert entry.cameo in {f"{n:02}" for n in range(1, 21)} | {""}
    readings = [entry.acled, codebook.acled(entry.type, [ActorKind.STATE_FORCES], [ActorKind.CIVILIANS])]
    for reading in readings:
        assert reading.sub_event_type in ACLED[reading.event_type]


@pytest.mark.parametrize(
    ("actor", "target", "code"),
    [
        (ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, 1),
        (ActorKind.REBEL_GROUP, ActorKind.STATE_FORCES, 1),
        (ActorKind.STATE_FORCES, ActorKind.COALITION, 1),
        (ActorKind.MILITIA, ActorKind.REBEL_GROUP, 2),
        (ActorKind.REBEL_GROUP, ActorKind.CIVILIANS, 3),
        (ActorKind.POLICE, ActorKind.JOURNALISTS, 3),
        (ActorKind.UNKNOWN, ActorKind.CIVILIANS, None),
        (ActorKind.CIVILIANS, ActorKind.STATE_FORCES, None),
    ],
)
def test_ucdp_type_of_violence(actor: ActorKind, target: ActorKind, code: int | None) -> None:
    assert codebook.ucdp_type_of_violence([actor], [target]) == code


def test_capture_hangs_on_who_takes() -> None:
    state = codebook.acled(EventType.CAPTURE, [ActorKind.STATE_FORCES])
    assert state.sub_event_type == "Government regains territory"
    rebels = codebook.acled(EventType.CAPTURE, [ActorKind.REBEL_GROUP])
    assert rebels.sub_event_type == "Non-state actor overtakes territory"
