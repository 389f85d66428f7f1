"""What a public event holds, field by field; leaks over whole runs: test_leaks."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest
from export.publishing_making import TEXT, TOWN, claim, dataset, event, harmed, site, toll
from msgspec.structs import replace

from dateline.cli.known import known
from dateline.errors import DisclosureError, InputError
from dateline.export.checking import check
from dateline.export.dataset import Dataset
from dateline.export.publishing import publish
from dateline.export.rules import Rules, rules, shipped_text
from dateline.export.vocabulary import Vocabulary
from dateline.records import (
    Actor,
    ActorKind,
    Attribution,
    Civilian,
    Claim,
    Conflict,
    ConflictValue,
    Event,
    PlaceMention,
    PlacePrecision,
    Range,
    Span,
)

PRIVATE = Actor(name="Oldra Venn", kind=ActorKind.PERSON)


def public(one: Event, *claims: Claim, ruled: Rules | None = None, text: str = TEXT) -> Event:
    found, _ = publish(dataset(one, claims=claims, text=text), ruled or rules(), known())
    return found.events[0]


def ours(tmp_path: Path, text: str) -> Rules:
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return rules(path)


def test_parties_are_known_ones_or_kinds() -> None:
    found = public(
        event(
            actors=(
                Actor(name="IS", id="isis", kind=ActorKind.REBEL_GROUP),
                Actor(name="Oldra's men", country="SY", kind=ActorKind.MILITIA),
                Actor(name="Oldra Venn", id="own-venn", kind=ActorKind.REBEL_GROUP),
                Actor(name="Russia", country="RU", kind=ActorKind.STATE),
            ),
            targets=(
                PRIVATE,
                Actor(name="government forces (Syria)", country="SY", kind=ActorKind.STATE_FORCES),
            ),
        )
    )
    assert [a.name for a in found.actors] == [
        "Islamic State",
        "militia (Syria)",
        "armed opposition group",
        "Russia",
    ]
    assert [a.id for a in found.actors] == ["isis", None, None, None]
    assert found.targets[-1].name == "government forces (Syria)"
    assert "Venn" not in msgspec.json.encode(found).decode()


def test_a_users_actor_with_an_id_of_ours_is_shown_as_ours() -> None:
    found = public(event(actors=(Actor(name="Oldra Venn", id="isis", kind=ActorKind.PERSON),)))
    assert (found.actors[0].name, found.actors[0].kind) == ("Islamic State", ActorKind.REBEL_GROUP)


def test_public_officials_and_names_published_stay(tmp_path: Path) -> None:
    minister = Actor(name="Sergei Lavrov", id="sergei-lavrov", kind=ActorKind.PERSON)
    assert minister.id in known().actors
    many = toll(9)
    found = public(event(actors=(minister,), targets=(PRIVATE,), killed=many))
    assert found.actors[0].name == "Sergei Lavrov" and found.targets[0].name != "Oldra Venn"
    ruled = ours(tmp_path, '[published]\nnames = ["Oldra Venn"]\noutlets = ["Venn\'s Letters"]\n')
    found = public(event(targets=(PRIVATE,), killed=many), ruled=ruled)
    assert found.targets[0].name == "Oldra Venn" and found.outlets == ("Venn's Letters",)
    assert found.killed and found.killed.accounts[0].speaker == "Oldra Venn"


def test_speakers_outlets_and_ids() -> None:
    found = public(event(killed=toll(9), outlets=("Venn's Letters", "REUTERS", "Oldra Post")))
    assert found.outlets == ("another outlet", "Reuters", "another outlet")
    assert (found.claims, found.reports) == (("c1",), ("r1",))
    assert found.killed
    account = found.killed.accounts[0]
    assert (account.speaker, account.outlet, account.claim_id) == ("a witness", "another outlet", "c1")


def test_a_known_speaker_is_named() -> None:
    monitor = Attribution(
        who=Span.of(TEXT, 30, 40),
        id="sohr",
        name="Syrian Observatory for Human Rights",
        kind=ActorKind.MONITOR,
    )
    assert monitor.id in known().actors
    found = public(event(killed=toll(9)), claim(attribution=(monitor,)))
    assert found.killed and found.killed.accounts[0].speaker == "Syrian Observatory for Human Rights"


def test_an_event_id_that_is_no_digest_of_ours_gets_a_number() -> None:
    found = public(event(event_id="oldra-venn", came_from=("e0123456789ab", "venn-2")))
    assert found.event_id == "x1" and found.came_from == ("e0123456789ab", "x2")


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("3 reports with 2 independent origins", "3 reports with 2 independent origins"),
        ("not graded: told as planned, not as having happened", None),
        ("not graded: the grades do not speak of air strike", None),
        ("Islamic State, named as the doer, claims responsibility", None),
        ("Oldra Venn denies that it happened", "a speaker who is not named denies that it happened"),
        (
            "Oldra Venn, named as the doer, admits it",
            "a speaker who is not named, named as the doer, admits it",
        ),
        ("Oldra Venn said so", "a reason in the words of a report, left out here"),
        (
            "not graded: told as Oldra, not as having happened",
            "a reason in the words of a report, left out here",
        ),
        (
            "different parties are named as the doer: Oldra Venn, Russia",
            "different parties are named as the doer: another party, Russia",
        ),
    ],
)
def test_reasons_are_rebuilt_from_closed_terms(reason: str, shown: str | None) -> None:
    given = tuple(ConflictValue(value=v, claim_ids=("interview-oldra.c1",)) for v in ("Oldra Venn", "Russia"))
    found = public(event(reasons=(reason,), conflicts=(Conflict(field="actors", values=given),)))
    assert found.reasons == (shown or reason,)


def test_conflicts_hold_closed_terms_and_places_of_the_gazetteer() -> None:
    words = Span.of(TEXT, 46, 50)
    resolved = PlaceMention(text="hall", start=46, end=50, name="Saraqib", lat=35.86, lon=36.8)
    unlisted = PlaceMention(text="hall", start=46, end=50, name="Riverbank")
    values = {
        "place": ("Saraqib", "the Venn house", "Riverbank"),
        "killed": ("12 to 15", "Venn's two"),
        "date": ("2031-05-02", "2031-05-01 to 2031-05-03", "Venn's wedding"),
        "occurrence": ("denied", "told as having happened"),
        "Venn": ("a field of no list",),
    }
    conflicts = tuple(
        Conflict(
            field=name, values=tuple(ConflictValue(value=v, claim_ids=("interview-oldra.c1",)) for v in given)
        )
        for name, given in values.items()
    )
    assert words.text == "hall"
    found = public(event(conflicts=conflicts), claim(places=(resolved, unlisted)))
    shown = {c.field: [v.value for v in c.values] for c in found.conflicts}
    assert shown == {
        "place": ["Saraqib", "a place that is not shown"],
        "killed": ["12 to 15", "another figure"],
        "date": ["2031-05-02", "2031-05-01 to 2031-05-03", "another date"],
        "occurrence": ["denied", "told as having happened"],
    }


def test_a_place_that_no_list_has_gives_way_to_its_division() -> None:
    village = replace(
        TOWN, name="Venn's Well", geonameid=None, lat=None, lon=None, precision=None, admin2=None
    )
    place = public(event(place=village)).place
    assert place and (place.name, place.precision) == ("Idlib", PlacePrecision.ADMIN1)
    # A name that some other place has is not this place's while the gazetteer did not find it.
    assert public(event(place=replace(village, name="Aleppo"))).place == place
    nowhere = public(event(place=replace(village, admin1="Vennshire", country_name="Vennland"))).place
    assert nowhere is None


@pytest.mark.parametrize(
    "case",
    [
        {"claims": (claim(sites=(site("shelter"),)),)},
        {"claims": (claim(sites=(site("medical"),)),)},
        {"claims": (claim(sites=(site("aid"),)),)},
        {"claims": (claim(harm=(harmed("patients"),)),)},
        {"event": {"targets": (Actor(name="medics", kind=ActorKind.MEDICS),)}},
        {"event": {"place": replace(TOWN, name="Kalma camp")}},
        {"text": "Shells fell on those sheltering in cellar."},
        {"event": {"targets": (PRIVATE,), "abducted": toll(1)}},
    ],
)
def test_sensitive_places_are_shown_as_their_district(case: dict[str, dict[str, object]]) -> None:
    found = public(event(**case.get("event", {})), *case.get("claims", ()), text=str(case.get("text", TEXT)))
    place = found.place
    assert place and (place.name, place.precision) == ("Idlib", PlacePrecision.ADMIN2)
    assert (place.lat, place.lon, place.geonameid) == (None, None, None)
    assert "Saraqib" not in msgspec.json.encode(found).decode()


def test_other_places_keep_their_point_but_no_other_readings() -> None:
    place = public(event(), claim(sites=(site("market"),))).place
    assert place and (place.name, place.lat, place.alternatives) == ("Saraqib", 35.86, ())


def test_the_rules_say_how_coarse_and_what(tmp_path: Path) -> None:
    ruled = ours(tmp_path, '[coarsen]\nto = "country"\nsites = ["market"]\n')
    place = public(event(), claim(sites=(site("market"),)), ruled=ruled).place
    assert place and (place.name, place.admin1, place.precision) == ("Syria", None, PlacePrecision.COUNTRY)
    place = public(event(), claim(sites=(site("shelter"),)), ruled=ruled).place
    assert place and place.name == "Saraqib"


def test_attributes_of_few_victims_are_combined() -> None:
    few = toll(2, civilians=Range(min=1, max=1), combatants=Range(min=1, max=1), civilian=Civilian.MIXED)
    reporter = Actor(name="journalists", kind=ActorKind.JOURNALISTS)
    found = public(event(killed=few, targets=(reporter,)))
    assert found.killed and (found.killed.civilians, found.killed.combatants) == (Range(), Range())
    assert (found.killed.best, found.killed.accounts[0].civilian) == (2, Civilian.UNKNOWN)
    assert found.targets[0].kind is ActorKind.CIVILIANS
    many = toll(5, civilians=Range(min=5, max=5), civilian=Civilian.YES)
    found = public(event(killed=many, targets=(reporter,)))
    assert found.killed and found.killed.civilians == Range(min=5, max=5)
    assert found.targets[0].kind is ActorKind.JOURNALISTS


def test_k_counts_people_of_the_file_not_of_the_event() -> None:
    few = toll(1, civilians=Range(min=1, max=1))
    three = [event(event_id=f"e0123456789a{n}", killed=few) for n in "abc"]
    found, _ = publish(dataset(*three), rules(), known())
    assert all(e.killed and e.killed.civilians.min == 1 for e in found.events)
    found, _ = publish(dataset(*three[:2]), rules(), known())
    assert all(e.killed and e.killed.civilians.min is None for e in found.events)


def test_a_number_too_long_for_people_is_left_out() -> None:
    found = public(event(killed=toll(963944123456)))
    assert found.killed and found.killed.best is None and found.killed.accounts[0].min is None


def test_claims_reports_and_outcomes_stay_behind() -> None:
    found, _ = publish(dataset(event()), rules(), known())
    assert (found.claims, found.reports, found.outcomes) == ((), (), ())
    assert found.events[0].audience == "public"


# ---------------------------------------------------------------- the last look


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in _paths(inner, (*path, name))]
    if isinstance(value, list):
        return [found for at, inner in enumerate(value) for found in _paths(inner, (*path, at))]
    return [path] if isinstance(value, str) else []


FULL = event(
    killed=toll(9),
    actors=(Actor(name="Islamic State", id="isis", country="SY", kind=ActorKind.REBEL_GROUP),),
    targets=(Actor(name="civilians", country="SY", kind=ActorKind.CIVILIANS),),
    came_from=("e0123456789ac",),
    conflicts=(
        Conflict(
            field="occurrence", values=(ConflictValue(value="denied", claim_ids=("interview-oldra.c1",)),)
        ),
    ),
)


def test_whatever_field_is_tampered_with_the_file_is_not_written() -> None:
    """Put a private name into each string of a public event in turn."""
    found, _ = publish(dataset(FULL), rules(), known())
    words = Vocabulary(known(), rules())
    check(found, words)
    encoded = msgspec.json.encode(found.events[0])
    paths = _paths(msgspec.json.decode(encoded))
    assert len(paths) > 30
    for path in paths:
        changed = at = msgspec.json.decode(encoded)
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = "Oldra Venn"
        try:
            tampered = msgspec.convert(changed, Event)
        except msgspec.ValidationError:
            continue  # a closed list of the records themselves
        with pytest.raises(DisclosureError) as caught:
            check(_with(found, tampered), words)
        assert "Venn" not in str(caught.value)


def _with(found: Dataset, tampered: Event) -> Dataset:
    return dataclasses.replace(found, events=(tampered,))


def test_a_field_of_tomorrow_with_words_in_it_stops_the_export() -> None:
    class Tomorrow(Event, frozen=True):
        remark: str = "Oldra Venn"

    found, _ = publish(dataset(FULL), rules(), known())
    fields = {name: getattr(found.events[0], name) for name in Event.__struct_fields__}
    with pytest.raises(DisclosureError, match="remark"):
        check(_with(found, Tomorrow(**fields)), Vocabulary(known(), rules()))
    check(_with(found, Tomorrow(**fields, remark="happened")), Vocabulary(known(), rules()))


def test_internal_data_is_not_fit_for_the_public() -> None:
    with pytest.raises(DisclosureError, match="internal"):
        check(dataset(FULL), Vocabulary(known(), rules()))


# ---------------------------------------------------------------- the report in words, and the rules


def test_the_disclosure_report_tells_what_was_done() -> None:
    one = event(killed=toll(1, civilians=Range(min=1, max=1)))
    _, told = publish(dataset(one, claims=(claim(sites=(site("medical"),)),)), rules(), known())
    text = "\n".join(told.lines())
    assert "1 event at medical sites" in text and "district level" in text
    assert "outlets not in the lists: once" in text and "words for speakers: once" in text
    assert "civilians and fighters: in 1 place" in text and not told.stops


def test_risk_above_the_threshold_stops(tmp_path: Path) -> None:
    ruled = ours(tmp_path, "[coarsen]\nfew_living_victims = false\n[victims]\nk = 3\n")
    held = [event(event_id=f"e0123456789a{n}", targets=(PRIVATE,), abducted=toll(1)) for n in "abc"]
    _, told = publish(dataset(*held), ruled, known())
    assert told.stops and told.risks[0].events == 3 and "living victims" in told.risks[0].words
    ruled = ours(tmp_path, "[coarsen]\nfew_living_victims = false\n[risk]\nstop_above = 1.0\n")
    _, told = publish(dataset(*held), ruled, known())
    assert not told.stops and told.risks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[coarsen]\nsights = []", "sights"),
        ("[coarse]\nsites = []", "coarse"),
        ("[coarsen]\nto = 'village'", "village"),
        ("[victims]\nk = 0", "k"),
        ("coarsen = 3", "coarsen"),
        ("[coarsen", "TOML"),
    ],
)
def test_rules_that_are_none_say_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ours(tmp_path, text)


def test_the_shipped_rules_are_a_file_to_copy(tmp_path: Path) -> None:
    assert ours(tmp_path, shipped_text()) == rules()
    assert ours(tmp_path, "[victims]\nk = 9").digest != rules().digest
    with pytest.raises(InputError, match="cannot be read"):
        rules(tmp_path / "none.toml")


RICH = event(
    killed=toll(9),
    injured=toll(4, civilians=Range(min=4, max=4)),
    actors=(Actor(name="Islamic State", id="isis", country="SY", kind=ActorKind.REBEL_GROUP),),
    targets=(Actor(name="civilians", country="SY", kind=ActorKind.CIVILIANS),),
    came_from=("e0123456789ac",),
    reasons=(
        "one report",
        "Russia denies that it happened",
        "different parties are named as the doer: Russia",
    ),
    conflicts=tuple(
        Conflict(field=name, values=(ConflictValue(value=value, claim_ids=("interview-oldra.c1",)),))
        for name, value in (
            ("actors", "Russia"),
            ("killed", "9"),
            ("date", "2031-05-02"),
            ("place", "Saraqib"),
        )
    ),
)


@pytest.mark.parametrize("form", ["{}", "{} Ildra", "{}, Ildra", "{}\nIldra", "Ildra – {}", "{} (Ildra)"])
def test_words_in_any_field_of_the_working_records_stay_behind(form: str) -> None:
    """Put a private name into each string of an internal event in turn, alone and beside what stood there."""
    encoded = msgspec.json.encode(RICH)
    paths = _paths(msgspec.json.decode(encoded))
    assert len(paths) > 50
    for path in paths:
        changed = at = msgspec.json.decode(encoded)
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = form.format(at[path[-1]]) if form != "{}" else "Ildra"
        try:
            tampered = msgspec.convert(changed, Event)
        except msgspec.ValidationError:
            continue  # a closed list of the records themselves
        assert "Ildra" not in msgspec.json.encode(public(tampered)).decode(), path
