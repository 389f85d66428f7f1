"""Harm read from its words: bounds, units, tolls so far, one person, standing. Codebook, field harm."""

from __future__ import annotations

import pytest

from dateline.records import Civilian, Harm, HarmKind, HarmState, Span
from dateline.world.harm import parts_of_names, read_harm
from dateline.world.people import standing_of, tells_one, unit_of
from dateline.world.quantities import counts_all_so_far


def harm(text: str, *, count: str = "", who: str = "", names: frozenset[str] = frozenset()) -> Harm:
    """The harm that ``count`` and ``who`` in ``text`` tell."""

    def span(words: str) -> Span | None:
        at = text.index(words)
        return Span.of(text, at, at + len(words)) if words else None

    return read_harm(Harm(kind=HarmKind.KILLED, count=span(count), who=span(who)), text, names)


@pytest.mark.parametrize(
    ("text", "count", "who", "bounds"),
    [
        ("Shelling displaced two families.", "two", "families", (None, None)),
        ("A strike buried dozens of families.", "dozens", "families", (None, None)),
        ("A shell killed a family of five.", "a", "family of five", (5, 5)),
        ("No families were hurt.", "No", "families", (0, 0)),
        ("It killed six of the family.", "six", "family", (6, 6)),
        ("It killed 12 family members.", "12", "family members", (12, 12)),
        ("It killed 14 members of the armed group.", "14", "members of the armed group", (14, 14)),
    ],
)
def test_units_are_not_people(text: str, count: str, who: str, bounds: tuple[int | None, int | None]) -> None:
    found = harm(text, count=count, who=who)
    assert (found.min, found.max) == bounds


@pytest.mark.parametrize(
    "who",
    [
        "driver",
        "his son",
        "journalist Ana Diaz",
        "prisoner Mona Haddad",
        "Lieutenant Omar Saleh",
        "Mr Haddad",
        "head of the local clinic",
        "witness named Ahmad",
        "19-year-old",
    ],
)
def test_a_noun_in_the_singular_is_one_person(who: str) -> None:
    assert tells_one(who)
    found = harm(f"Gunmen shot the {who} dead.", who=who)
    assert (found.min, found.max, found.state) == (1, 1, HarmState.STATED)
    assert found.rule and "is one" in found.rule


@pytest.mark.parametrize(
    "who",
    ["drivers", "civilian", "women and children", "two men", "teacher and nurse", "police", "residents", ""],
)
def test_what_is_not_surely_one_person_has_no_number(who: str) -> None:
    assert not tells_one(who)


def test_each_and_every_is_nobody_in_particular() -> None:
    found = harm("They would shoot every driver.", who="driver")
    assert (found.min, found.max) == (None, None)


def test_a_later_surname_is_the_person_named_before() -> None:
    text = "Police held editor Mona Haddad. Haddad was arrested again. Damascus was not."
    spans = [Span.of(text, text.index("editor"), text.index(". Haddad"))]
    names = parts_of_names(spans)
    assert names == {"Mona", "Haddad"}
    again = text.index("Haddad was")
    told = Harm(kind=HarmKind.DETAINED, who=Span.of(text, again, again + 6))
    assert read_harm(told, text, names).min == 1
    assert read_harm(told, text).min is None


def test_a_toll_that_rose_says_that_it_counts_all_so_far() -> None:
    found = harm("The death toll rose to 23, medics said.", count="23")
    assert (found.min, found.max) == (23, 23)
    assert found.rule == "'23' read as 23; a toll of all so far"
    assert not counts_all_so_far("a mortar hit ")
    assert not counts_all_so_far("they drove to ")
    assert counts_all_so_far("bringing the number of dead to ")


@pytest.mark.parametrize(
    ("who", "standing"),
    [
        ("civilians", Civilian.YES),
        ("young children", Civilian.YES),
        ("aid workers", Civilian.YES),
        ("IS fighters", Civilian.NO),
        ("terrorists", Civilian.NO),
        ("soldiers", Civilian.NO),
        ("soldiers and civilians", Civilian.MIXED),
        ("relatives of soldiers", None),
        ("people", None),
        ("women", None),
        ("police officers", None),
    ],
)
def test_standing_by_the_nouns_alone(who: str, standing: Civilian | None) -> None:
    assert standing_of(who) == standing
    if standing:
        assert harm(f"It killed 12 {who}.", count="12", who=who).civilian is standing


def test_units_by_their_last_word() -> None:
    assert unit_of("displaced families") == "families"
    assert unit_of("families of the dead") == "families"
    assert unit_of("fighters of the group") is None
