"""One plain sentence with its speaker, from an event's fields."""

from __future__ import annotations

import pytest
from exporting import (
    ARMY,
    DAY,
    HOSTILE,
    OTHERS,
    PEOPLE,
    PROVINCE,
    REBELS,
    TOWN,
    account,
    examples,
    hostile,
    made,
    toll,
)

from dateline.export.sentences import listing, sentence, when
from dateline.export.tables import table
from dateline.records import (
    Actor,
    ActorKind,
    EventType,
    HarmState,
    Interval,
    PlacePrecision,
    Range,
    Scope,
    Status,
)


def test_the_sentence_of_the_design() -> None:
    event = made(
        date=DAY,
        place=TOWN,
        actors=(ARMY,),
        targets=(REBELS,),
        killed=toll(
            17, None, accounts=(account(17, None, "Orontes Monitor"), account(17, None, "Seven Wells"))
        ),
        injured=toll(15, 15),
        outlets=("Levant Wire",),
    )
    assert sentence(event) == (
        "On 8 June 2017 an air strike by Syrian Armed Forces on Example Front in Ar Raqqah, Syria, "
        "reportedly killed 17 or more people, according to Orontes Monitor and Seven Wells as told by Levant "
        "Wire; 15 were reported injured."
    )


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "On an unknown date an air strike was reported."),
        ({"scope": Scope.REPEATED}, "On an unknown date air strikes were reported."),
        ({"status": Status.PLANNED}, "On an unknown date an air strike was reported as planned."),
        (
            {"status": Status.DENIED, "killed": toll(3, 3)},
            "On an unknown date an air strike was reported and then said not to have happened; "
            "3 people were spoken of as killed.",
        ),
        (
            {"killed": toll(0, 0, state=HarmState.NONE), "injured": toll(state=HarmState.UNKNOWN)},
            "On an unknown date an air strike was reported; none were reported killed; how many were injured "
            "was said to be unknown.",
        ),
        (
            {"killed": toll()},
            "On an unknown date an air strike reportedly killed an unstated number of people.",
        ),
        ({"killed": toll(1, 1)}, "On an unknown date an air strike reportedly killed 1 person."),
        ({"killed": toll(None, 9)}, "On an unknown date an air strike reportedly killed up to 9 people."),
        (
            {"killed": toll(40_000, 41_000)},
            "On an unknown date an air strike reportedly killed 40,000 to 41,000 people.",
        ),
        (
            {"killed": toll(5, 9, civilians=Range(min=5, max=9))},
            "On an unknown date an air strike reportedly killed 5 to 9 people; all were told as civilians.",
        ),
        (
            {"killed": toll(5, 9, civilians=Range(min=1, max=1))},
            "On an unknown date an air strike reportedly killed 5 to 9 people; 1 was told as civilians.",
        ),
        (
            {"type": EventType.AGREEMENT, "killed": toll(2, 2), "actors": (ARMY,), "targets": (REBELS,)},
            "On an unknown date an agreement between Syrian Armed Forces and Example Front was reported; "
            "2 people were reported killed.",
        ),
        (
            {"type": EventType.CLASH, "actors": (ARMY, OTHERS)},
            "On an unknown date a clash involving Syrian Armed Forces and Example Brigade was reported.",
        ),
        (
            {"type": EventType.KILLING, "targets": (PEOPLE,), "place": PROVINCE},
            "On an unknown date violence against civilians somewhere in Raqqa, Syria, was reported.",
        ),
        (
            {"outlets": ("Tarn Herald",)},
            "On an unknown date an air strike was reported, according to Tarn Herald.",
        ),
    ],
)
def test_what_is_told(fields: dict[str, object], text: str) -> None:
    assert sentence(made(**fields)) == text


@pytest.mark.parametrize("pronoun", ["It", "it", "He", "she", "They", " they ", "Others", "I", "We"])
def test_a_pronoun_speaks_for_nobody(pronoun: str) -> None:
    told = {"outlets": ("Levant Wire",), "killed": toll(3, 3, accounts=(account(3, 3, pronoun),))}
    said = "On an unknown date an air strike reportedly killed 3 people, according to Levant Wire."
    assert sentence(made(**told)) == said
    told["killed"] = toll(3, 3, accounts=(account(3, 3, pronoun), account(3, 3, "Orontes Monitor")))
    assert ", according to Orontes Monitor as told by Levant Wire." in sentence(made(**told))
    told["killed"] = toll(3, 3, accounts=(account(3, 3, pronoun),))
    told["injured"] = toll(2, 2, accounts=(account(2, 2, "Orontes Monitor"),))
    assert ", according to Orontes Monitor as told by" in sentence(made(**told)), "who says anything of it"
    assert "according" not in sentence(made(killed=told["killed"]))


def test_capitals_make_a_body_of_a_pronoun() -> None:
    killed = toll(3, 3, accounts=(account(3, 3, "WHO"),))
    assert sentence(made(killed=killed)).endswith("according to WHO.")


def test_a_side_that_only_points_at_somebody_is_not_told() -> None:
    sides = (Actor(name="they", kind=ActorKind.UNKNOWN), Actor(name="group", kind=ActorKind.UNKNOWN), REBELS)
    assert sentence(made(actors=sides[:1], targets=sides)) == (
        "On an unknown date an air strike on Example Front was reported."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (EventType.AIR_STRIKE, "an air strike on pickup trucks, tanks and Example Front"),
        (EventType.DESTRUCTION, "destruction of property belonging to pickup trucks"),
        (EventType.EXECUTION, "an execution of Example Front"),
        (EventType.KILLING, "violence against Example Front"),
        (EventType.CLASH, "a clash involving Example Front"),
    ],
)
def test_nobody_executes_tanks(kind: EventType, said: str) -> None:
    things = tuple(Actor(name=name, kind=ActorKind.UNKNOWN) for name in ("pickup trucks", "tanks"))
    assert said in sentence(made(type=kind, targets=(*things, REBELS)))
    of_people = kind in (EventType.EXECUTION, EventType.KILLING, EventType.CLASH)
    assert ("tanks" in sentence(made(type=kind, targets=things))) is not of_people


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2017-06-08", "2017-06-08", "on 8 June 2017"),
        ("2017-06-01", "2017-06-30", "in June 2017"),
        ("2017-01-01", "2017-12-31", "in 2017"),
        ("2016-02-01", "2016-02-29", "in February 2016"),
        ("2017-06-06", "2017-06-08", "between 6 June 2017 and 8 June 2017"),
        (None, "2017-06-08", "by 8 June 2017"),
        ("2017-06-08", None, "from 8 June 2017 on"),
        (None, None, "on an unknown date"),
        ("=1+1", "soon", "on an unknown date"),
    ],
)
def test_dates_in_words(first: str | None, last: str | None, words: str) -> None:
    assert when(Interval(from_=first, to=last)) == words


def test_names_in_a_row() -> None:
    assert listing([]) == ""
    assert listing(["A", None, "A", " "]) == "A"
    assert listing(["A", "B", "C"]) == "A, B and C"
    assert listing(["A", "B", "C", "D"]) == "A, B, C and 1 other"
    assert listing("ABCDE") == "A, B, C and 2 others"


def test_every_type_status_and_precision_has_its_words() -> None:
    words = table("sentences")
    assert set(words["acts"]) == set(EventType)
    assert set(words["status"]) == set(Status)
    assert set(words["place"]) == set(PlacePrecision)
    assert set(words["verbs"]["always_one"]) | set(words["verbs"]["kills"]) <= set(EventType)
    assert set(words["things"]["may_hit"]) <= set(EventType)
    listed = [*words["nameless"], *words["pronouns"], *words["things"]["words"]]
    assert listed == [word.casefold() for word in listed] and len(set(listed)) == len(listed)


def test_a_hostile_name_stays_in_its_line() -> None:
    for event, text in zip(hostile(), HOSTILE, strict=True):
        said = sentence(event)
        assert said.isprintable()
        assert said.endswith(".")
        assert "\u202e" not in said
        assert " ".join(text.split()).replace("\x00", " ").replace("\x07", "").split("\u202e")[0] in said


def test_real_events_are_each_one_line() -> None:
    for event in examples().events:
        said = sentence(event)
        assert said[0].isupper()
        assert said.isprintable()
        assert "None" not in said
        assert "  " not in said
