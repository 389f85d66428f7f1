from __future__ import annotations

import pytest

import dateline
from dateline.records import ActorKind
from dateline.world.actors import names_one_person
from dateline.world.sites import site_category
from dateline.world.weapons import weapon_category


@pytest.mark.parametrize(
    ("words", "id_", "country", "kind"),
    [
        ("ISIS", "isis", None, ActorKind.REBEL_GROUP),
        ("the so-called Islamic State", "isis", None, ActorKind.REBEL_GROUP),
        ("fighters of the People's Protection Units", "ypg", "SY", ActorKind.MILITIA),
        ("Syrian Observatory for Human Rights", "sohr", "GB", ActorKind.MONITOR),
        ("US-led coalition", "us-led-coalition", None, ActorKind.COALITION),
        ("anti-ISIS coalition", "us-led-coalition", None, ActorKind.COALITION),
        ("SANA", "sana", "SY", ActorKind.MEDIA),
        ("WHO", "un-who", None, ActorKind.IGO),
        ("WHO officials", "un-who", None, ActorKind.IGO),
        ("UK-based Syrian Observatory for Human Rights", "sohr", "GB", ActorKind.MONITOR),
        # by the words alone
        ("IT", None, None, ActorKind.UNKNOWN),
        ("forces loyal to Syrian President Bashar al-Assad", None, "SY", ActorKind.STATE_FORCES),
        ("forces allied to the Government of National Accord", None, None, ActorKind.STATE_FORCES),
        ("Syrian mercenaries", None, "SY", ActorKind.UNKNOWN),
        ("Hezbollah-backed fighters", None, None, ActorKind.REBEL_GROUP),
        ("Russian", None, "RU", ActorKind.STATE),
        ("regime forces", None, None, ActorKind.STATE_FORCES),
        ("gunmen", None, None, ActorKind.UNKNOWN),
        ("residents of Raqqa", None, None, ActorKind.CIVILIANS),
    ],
)
def test_who_words_name(words: str, id_: str | None, country: str | None, kind: ActorKind) -> None:
    who = dateline.resolve_actor(words)
    assert who is not None
    assert (who.id, who.country, who.kind) == (id_, country, kind)


def test_a_body_every_state_has_takes_the_country_given() -> None:
    who = dateline.resolve_actor("the army", country="ML")
    assert who and (who.country, who.kind) == ("ML", ActorKind.STATE_FORCES)
    gunmen = dateline.resolve_actor("gunmen", country="ML")
    assert gunmen and gunmen.country is None


@pytest.mark.parametrize("words", ["", "He", "they", "the", "Who", "it", "I"])
def test_nobody(words: str) -> None:
    assert dateline.resolve_actor(words) is None


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("Hassan al-Omar", True),
        ("Tariq M. Haddad", True),
        ("Abu Bakr al-Baghdadi", True),
        ("Islamic State", False),
        ("Free Syrian Army", False),
        ("Syrian Soldiers", False),
        ("Aleppo Residents", False),
        ("Rebel Leaders", False),
        ("Liwa al-Tawhid", False),
        ("Hassan", False),
        ("", False),
    ],
)
def test_only_a_full_name_of_a_person_is_one_person(words: str, one: bool) -> None:
    assert names_one_person(words) is one


def test_capitals_are_read_as_written() -> None:
    strike = dateline.resolve_actor("US")
    assert strike and strike.country == "US"
    us = dateline.resolve_actor("people like us")
    assert us and us.country is None


@pytest.mark.parametrize(
    ("words", "category"),
    [("barrel bombs", "barrel_bomb"), ("white phosphorus", "white_phosphorus"), ("a teapot", None)],
)
def test_weapons(words: str, category: str | None) -> None:
    assert weapon_category(words) == category


@pytest.mark.parametrize(
    ("words", "category"), [("field hospital", "medical"), ("bakery", "bakery"), ("thing", None)]
)
def test_sites(words: str, category: str | None) -> None:
    assert site_category(words) == category
