"""The data files of the world stage: they parse, keep to closed lists, and contradict themselves nowhere."""

import json
import re
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "src" / "dateline" / "world" / "data"

KINDS = {
    "state_forces",
    "police",
    "rebel_group",
    "militia",
    "coalition",
    "private_force",
    "criminal_group",
    "state",
    "authority",
    "civilians",
    "protesters",
    "journalists",
    "medics",
    "aid_workers",
    "monitor",
    "igo",
    "ngo",
    "media",
    "person",
    "unknown",
}
FILES = ["actors.jsonl", "nationalities.jsonl", "actor_words.jsonl", "weapons.jsonl", "sites.jsonl"]
CODE = re.compile(r"[A-Z]{2}")
# Nouns too common to be anyone's name by themselves.
COMMON = {
    "army",
    "police",
    "government",
    "regime",
    "rebels",
    "coalition",
    "opposition",
    "observatory",
    "monitor",
    "ministry",
    "militants",
    "terrorists",
    "gunmen",
    "media",
    "state media",
    "news agency",
    "the group",
    "amnesty",
    "independent",
    "guardian",
    "southern front",
    "alliance",
    "militia",
    "security forces",
}


def rows(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def words_of(row):
    return row.get("words", [])


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_one_object(name):
    assert all(isinstance(row, dict) for row in rows(name))
    assert (DATA / name).read_bytes().endswith(b"\n")


@pytest.mark.parametrize("name", FILES)
def test_words_are_clean(name):
    for row in rows(name):
        for field in ("aliases", "words", "demonyms", "names"):
            for word in row.get(field, []):
                assert word and word == " ".join(word.split()), (name, word)


# --- actors ---------------------------------------------------------------


def test_there_are_enough_actors():
    assert len(rows("actors.jsonl")) >= 120


def test_actors_have_the_agreed_fields():
    for row in rows("actors.jsonl"):
        assert list(row) == ["id", "name", "kind", "country", "aliases", "from", "to"], row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["country"] is None or CODE.fullmatch(row["country"]), row["id"]
        assert all(row[end] is None or 1800 < row[end] < 2100 for end in ("from", "to")), row["id"]
        if row["from"] and row["to"]:
            assert row["from"] <= row["to"], row["id"]


def test_actor_ids_are_unique_slugs_in_order():
    ids = [row["id"] for row in rows("actors.jsonl")]
    assert ids == sorted(ids) and len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one) for one in ids)


def test_an_alias_belongs_to_one_actor():
    owner = {}
    for row in rows("actors.jsonl"):
        for alias in [row["name"], *row["aliases"]]:
            assert owner.setdefault(alias.casefold(), row["id"]) == row["id"], alias


def test_an_actor_lists_no_alias_twice():
    for row in rows("actors.jsonl"):
        spelled = [row["name"], *row["aliases"]]
        assert len(spelled) == len(set(spelled)), row["id"]


def test_a_long_alias_is_a_name_and_no_description():
    described = re.compile(r"\b(?:based|backed|loyal to|allied to|led by|so called|charity|activist group)\b")
    for row in rows("actors.jsonl"):
        for alias in row["aliases"]:
            assert len(alias.split()) <= 6 or not described.search(alias), (row["id"], alias)


def test_no_alias_is_a_plain_place_or_a_plain_noun():
    places = {
        word.casefold() for row in rows("nationalities.jsonl") for word in row["names"] + row["demonyms"]
    }
    for row in rows("actors.jsonl"):
        for alias in [row["name"], *row["aliases"]]:
            assert alias.casefold() not in places | COMMON, (row["id"], alias)


@pytest.mark.parametrize(
    ("alias", "actor"),
    [
        ("Daesh", "isis"),
        ("ISIL", "isis"),
        ("IS", "isis"),
        ("the so-called Islamic State group", "isis"),
        ("Jabhat al-Nusra", "al-nusra"),
        ("HTS", "hts"),
        ("US-led coalition", "us-led-coalition"),
        ("SOHR", "sohr"),
        ("OCHA", "un-ocha"),
        ("SANA", "sana"),
        ("Sana", "sana"),
        ("Syrias army", "sy-army"),
        ("Rapid Support Forces", "rsf-sudan"),
        ("Russian Defense Ministry", "ru-defence-ministry"),
        ("M23", "m23"),
        ("JNIM", "jnim"),
        ("Tatmadaw", "mm-army"),
        ("Pentagon", "us-defense-department"),
    ],
)
def test_well_known_names(alias, actor):
    found = [row["id"] for row in rows("actors.jsonl") if alias in [row["name"], *row["aliases"]]]
    assert found == [actor]


def test_each_kind_but_the_nameless_has_a_known_actor():
    nameless = {"civilians", "protesters", "journalists", "unknown"}
    assert KINDS - nameless <= {row["kind"] for row in rows("actors.jsonl")}


# --- nationalities --------------------------------------------------------


def test_nationalities():
    table = rows("nationalities.jsonl")
    codes = [row["country"] for row in table if row["country"] is not None]
    assert len(codes) == len(set(codes)) >= 195
    assert all(CODE.fullmatch(code) for code in codes)
    owner = {}
    for row in table:
        assert list(row) == ["country", "name", "demonyms", "names"]
        assert row["names"] or row["demonyms"], row["name"]
        for word in row["names"] + row["demonyms"]:
            assert owner.setdefault(word.casefold(), row["name"]) == row["name"], word


def test_actors_use_codes_that_are_listed():
    codes = {row["country"] for row in rows("nationalities.jsonl")}
    for row in rows("actors.jsonl"):
        assert row["country"] in codes, row["id"]


# --- word lists -----------------------------------------------------------


def test_actor_words_start_with_a_note_and_cover_every_kind():
    note, *table = rows("actor_words.jsonl")
    assert list(note) == ["note"]
    assert [row["kind"] for row in table] == list(dict.fromkeys(row["kind"] for row in table))
    assert {row["kind"] for row in table} == KINDS


@pytest.mark.parametrize(("name", "field"), [("weapons.jsonl", "category"), ("sites.jsonl", "category")])
def test_categories_are_slugs_said_once(name, field):
    categories = [row[field] for row in rows(name)]
    assert len(categories) == len(set(categories)) >= 20
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", one) for one in categories)
    assert "other" in categories


@pytest.mark.parametrize(
    ("name", "field"),
    [("actor_words.jsonl", "kind"), ("weapons.jsonl", "category"), ("sites.jsonl", "category")],
)
def test_a_word_has_one_meaning_and_longest_come_first(name, field):
    owner = {}
    for row in rows(name):
        words = words_of(row)
        assert words or "note" in row
        assert [len(w.split()) for w in words] == sorted((len(w.split()) for w in words), reverse=True)
        for word in words:
            assert word == word.lower(), word
            assert word not in owner, (word, owner.get(word), row[field])
            owner[word] = row[field]


@pytest.mark.parametrize(
    ("name", "word", "meaning"),
    [
        ("actor_words.jsonl", "rebels", "rebel_group"),
        ("actor_words.jsonl", "militants", "rebel_group"),
        ("actor_words.jsonl", "gunmen", "unknown"),
        ("actor_words.jsonl", "regime forces", "state_forces"),
        ("actor_words.jsonl", "mercenaries", "unknown"),
        ("actor_words.jsonl", "villagers", "civilians"),
        ("actor_words.jsonl", "nurses", "medics"),
        ("actor_words.jsonl", "cartel", "criminal_group"),
        ("weapons.jsonl", "barrel bombs", "barrel_bomb"),
        ("weapons.jsonl", "car bomb", "car_bomb"),
        ("weapons.jsonl", "tear gas", "tear_gas"),
        ("weapons.jsonl", "warplanes", "aircraft"),
        ("sites.jsonl", "field hospital", "medical"),
        ("sites.jsonl", "refugee camp", "camp"),
        ("sites.jsonl", "military base", "military"),
        ("sites.jsonl", "bakery", "bakery"),
    ],
)
def test_plain_words_mean_what_they_should(name, word, meaning):
    field = "kind" if name == "actor_words.jsonl" else "category"
    assert [row[field] for row in rows(name) if word in words_of(row)] == [meaning]


def test_protected_sites_are_categories_of_sites_and_cite_a_rule() -> None:
    from dateline.world.sites import protected_categories, site_category
    from dateline.world.vocabulary import read_jsonl

    categories = {entry["category"] for entry in read_jsonl("sites.jsonl")}
    assert protected_categories().keys() <= categories
    assert all(re.search(r"(?:GC IV|AP I) Arts?\. \d", rule) for rule in protected_categories().values())
    for words in ("field hospital", "mosque", "bakery", "water pumping station", "refugee camp", "school"):
        assert site_category(words) in protected_categories()
    for words in ("military base", "checkpoint", "market"):
        assert site_category(words) not in protected_categories()
