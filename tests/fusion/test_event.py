"""The values an event shows, their rules, origins, grades and conflicts."""

import msgspec
import pytest
from fusion_making import (
    ALEPPO,
    COALITION,
    HOMS,
    NUSRA,
    OBSERVATORY,
    RUSSIAN_FORCES,
    SYRIAN_ARMY,
    claim,
    day,
    facts,
    facts_for,
    province,
    said,
    toll,
    town,
    words,
)

from dateline.fusion import facts_of, fuse
from dateline.records import (
    ActorKind,
    Attribution,
    Civilian,
    DatePrecision,
    Denies,
    Grade,
    HarmKind,
    HarmState,
    Range,
    Report,
    Scope,
    Span,
    Stance,
    Status,
)
from dateline.records import EventType as T

SUNDAY = day("2016-06-05")
HERE = {"place": town(ALEPPO), "date": SUNDAY}


def one_event(*claims, reports=None):
    _, events = fuse(claims, reports or facts_for(*claims))
    assert len(events) == 1
    return events[0]


# ---------------------------------------------------------------- tolls


def test_of_equally_recent_figures_of_one_origin_the_one_most_reports_give_is_shown():
    observatory = (said(OBSERVATORY),)
    event = one_event(
        claim("a1", **HERE, harm=(toll("22", 22, 22),), by=observatory),
        claim("b1", **HERE, harm=(toll("22", 22, 22),), by=observatory),
        claim("c1", **HERE, harm=(toll("1", 1, 1),), by=observatory),
    )
    assert (event.origins, event.killed.best) == (1, 22)
    assert event.killed.rule.startswith("given by most of the most recent reports")


def test_dozens_and_20_keep_both_and_show_the_number():
    event = one_event(
        claim("a1", **HERE, harm=(toll("dozens", 24, None),)),
        claim("b1", **HERE, harm=(toll("20", 20, 20),)),
    )
    assert (event.killed.min, event.killed.max, event.killed.best) == (20, None, 20)
    assert [(a.min, a.max) for a in event.killed.accounts] == [(24, None), (20, 20)]
    (conflict,) = event.conflicts
    assert conflict.field == "killed"
    assert [(v.value, v.claim_ids) for v in conflict.values] == [
        ("20", ("b1",)),
        ("24 or more", ("a1",)),
    ]


def test_dozens_alone_shows_no_number():
    event = one_event(claim("a1", **HERE, harm=(toll("dozens", 24, None),)))
    assert (event.killed.min, event.killed.best) == (24, None)
    assert event.killed.rule == "words without a number only"


def test_at_least_12_supports_15():
    event = one_event(
        claim("a1", **HERE, harm=(toll("at least 12", 12, None),)),
        claim("b1", **HERE, harm=(toll("15", 15, 15),)),
    )
    assert (event.killed.min, event.killed.max, event.killed.best) == (12, 15, 15)
    assert event.killed.rule == "supported by most origins (2 of 2)"
    assert event.conflicts == ()


def test_most_origins_beat_most_reports_and_nothing_is_averaged():
    text = " ".join(f"word{at}" for at in range(60))
    claims = [claim(f"{r}1", **HERE, harm=(toll("30", 30, 30),)) for r in "abc"]
    claims += [claim(f"{r}1", **HERE, harm=(toll("20", 20, 20),)) for r in "de"]
    reports = {r: facts(r, text=text) for r in "abc"} | {r: facts(r) for r in "de"}
    event = one_event(*claims, reports=reports)
    assert (event.killed.min, event.killed.max, event.killed.best, event.origins) == (20, 30, 20, 3)


def test_the_latest_settles_a_tie():
    claims = [
        claim("a1", **HERE, harm=(toll("20", 20, 20),)),
        claim("b1", **HERE, harm=(toll("12", 12, 12),)),
    ]
    reports = {"a": facts("a", published="2016-06-05"), "b": facts("b", published="2016-06-07")}
    event = one_event(*claims, reports=reports)
    assert event.killed.best == 12
    assert event.killed.rule == "most recent of those supported by 1 of 2 origins"


def test_no_information_is_not_zero():
    unknown = toll("no information", None, None, state=HarmState.UNKNOWN)
    event = one_event(claim("a1", **HERE, harm=(unknown,)))
    assert event.killed.state == HarmState.UNKNOWN
    assert (event.killed.min, event.killed.max, event.killed.best) == (None, None, None)
    assert event.injured is None


def test_no_casualties_is_zero_and_contradicts_a_toll():
    none = toll("no casualties", 0, 0, state=HarmState.NONE)
    event = one_event(claim("a1", **HERE, harm=(none,)))
    assert (event.killed.state, event.killed.best) == (HarmState.NONE, 0)
    event = one_event(
        claim("a1", **HERE, harm=(none,)),
        claim("b1", **HERE, harm=(toll("3", 3, 3),)),
    )
    assert (event.killed.state, event.killed.min, event.killed.max) == (HarmState.STATED, 0, 3)
    assert event.conflicts[0].field == "killed"


def test_parts_are_not_added():
    event = one_event(
        claim(
            "a1",
            **HERE,
            harm=(toll("18", 18, 18), toll("10", 10, 10, civilian=Civilian.YES, part_of=0)),
        )
    )
    assert (event.killed.min, event.killed.max, event.killed.best) == (18, 18, 18)
    assert event.killed.civilians == Range(min=10, max=10)


def test_separate_entries_are_added_and_kinds_are_not():
    event = one_event(
        claim(
            "a1",
            **HERE,
            harm=(
                toll("15", 15, 15, civilian=Civilian.YES),
                toll("5", 5, 5, civilian=Civilian.NO),
                toll("40", 40, 40, HarmKind.INJURED),
            ),
        )
    )
    assert event.killed.best == 20
    assert (event.killed.civilians, event.killed.combatants) == (
        Range(min=15, max=15),
        Range(min=5, max=5),
    )
    assert event.killed.accounts[0].civilian == Civilian.MIXED
    assert event.injured.best == 40


def test_two_claims_of_one_report_are_not_added():
    event = one_event(
        claim("a1", **HERE, harm=(toll("12", 12, 12),)),
        claim("a2", trigger="strike", harm=(toll("12", 12, 12),), same_as=("a1",)),
    )
    assert (event.killed.min, event.killed.max, event.killed.best) == (12, 12, 12)


def test_parts_told_in_another_sentence_do_not_lower_the_range():
    event = one_event(
        claim("a1", **HERE, harm=(toll("61", 61, 61),), by=(said(OBSERVATORY),)),
        claim(
            "a2", T.KILLING, harm=(toll("three policemen", 3, 3),), by=(said(OBSERVATORY),), same_as=("a1",)
        ),
        claim("a3", T.KILLING, harm=(toll("a boy", 1, 1),), same_as=("a1",)),
    )
    assert (event.killed.min, event.killed.max, event.killed.best) == (61, 61, 61)
    assert event.killed.rule.endswith("are parts")
    assert len(event.killed.accounts) == 3
    assert event.conflicts == ()


def test_two_speakers_in_one_report_are_two_accounts():
    event = one_event(
        claim("a1", **HERE, harm=(toll("61", 61, 61),), by=(said(OBSERVATORY),)),
        claim("a2", harm=(toll("3", 3, 3),), by=(said(SYRIAN_ARMY),), same_as=("a1",)),
    )
    assert (event.killed.min, event.killed.max) == (3, 61)
    assert [conflict.field for conflict in event.conflicts] == ["killed"]


# ---------------------------------------------------------------- date, place, type, parties


def test_without_date_words_only_the_end_is_known():
    event = one_event(claim("a1", place=town(ALEPPO)))
    assert (event.date.from_, event.date.to, event.date.rule) == (
        None,
        "2016-06-10",
        "report_bound",
    )


def test_without_any_date_nothing_is_known():
    event = one_event(claim("a1"), reports={"a": facts("a", published=None)})
    assert (event.date.from_, event.date.to) == (None, None)
    assert event.date.precision == DatePrecision.UNRESOLVED


def test_date_is_what_accounts_share():
    event = one_event(
        claim("a1", place=town(HOMS), date=day("2016-06-02", "2016-06-06")),
        claim("b1", place=town(HOMS), date=day("2016-06-05", "2016-06-09")),
    )
    assert (event.date.from_, event.date.to) == ("2016-06-05", "2016-06-06")
    assert event.date.precision == DatePrecision.RANGE


def test_the_finest_place_is_shown():
    harm = (toll("15", 15, 15),)
    event = one_event(
        claim("a1", place=province("Aleppo"), date=SUNDAY, harm=harm),
        claim("b1", place=province("Aleppo"), date=SUNDAY, harm=harm),
        claim("c1", place=town(ALEPPO), date=SUNDAY, harm=harm),
    )
    assert event.place.precision == "settlement"
    assert not [conflict for conflict in event.conflicts if conflict.field == "place"]


def test_specific_types_name_the_event():
    event = one_event(
        claim("a1", T.KILLING, **HERE),
        claim("b1", T.KILLING, **HERE),
        claim("c1", T.AIR_STRIKE, **HERE),
    )
    assert (event.type, event.types) == (T.AIR_STRIKE, (T.AIR_STRIKE, T.KILLING))


def test_parties_are_distinct_by_id():
    event = one_event(
        claim("a1", **HERE, actors=(SYRIAN_ARMY,)),
        claim("b1", **HERE, actors=(("Assad's forces", *SYRIAN_ARMY[1:]), RUSSIAN_FORCES)),
    )
    assert [actor.id for actor in event.actors] == ["syrian_army", "russian_forces"]


# ---------------------------------------------------------------- origins


def test_a_wire_copy_is_one_origin():
    text = " ".join(f"word{at}" for at in range(60))
    claims = (claim("a1", **HERE), claim("b1", **HERE))
    reports = [
        Report(id="a", text=text, outlet="Paper", published="2016-06-06"),
        Report(id="b", text="Shorter: " + text[:300], outlet="Radio", published="2016-06-06"),
    ]
    for given in (reports, {report.id: facts_of(report) for report in reports}):
        event = one_event(*claims, reports=given)
        assert (event.origins, event.grade) == (1, Grade.WEAK)
        assert event.outlets == ("Paper", "Radio")
        assert event.reasons == ("2 reports with one origin between them",)


@pytest.mark.parametrize(("agencies", "origins"), [(("AFP", "AFP"), 1), (("AFP", "Reuters"), 2)])
def test_an_agency_and_some_shared_text_is_one_origin(agencies, origins):
    shared = " ".join(f"word{at}" for at in range(20))
    own = [" ".join(f"{name}{at}" for at in range(50)) for name in ("one", "two")]
    reports = {
        r: facts(r, text=f"{shared} {tail}", agency=agency)
        for r, tail, agency in zip("ab", own, agencies, strict=True)
    }
    event = one_event(claim("a1", **HERE), claim("b1", **HERE), reports=reports)
    assert event.origins == origins


def test_one_outlet_is_one_origin():
    reports = {r: facts(r, outlet="Paper") for r in "ab"}
    event = one_event(claim("a1", **HERE), claim("b1", **HERE), reports=reports)
    assert event.origins == 1


def test_one_named_speaker_for_the_toll_is_one_origin():
    harm = (toll("15", 15, 15),)
    red_cross = ("Red Cross", "icrc", "CH", ActorKind.NGO)
    both = (
        claim("a1", **HERE, harm=harm, by=(said(OBSERVATORY),)),
        claim("b1", **HERE, harm=harm, by=(said(OBSERVATORY),)),
    )
    assert one_event(*both).origins == 1
    # A third who quotes the Red Cross is new; a fourth who quotes both is not.
    more = (
        claim("c1", **HERE, harm=harm, by=(said(red_cross),)),
        claim("d1", **HERE, harm=harm, by=(said(OBSERVATORY),)),
        claim("d2", trigger="strike", harm=harm, by=(said(red_cross),), same_as=("d1",)),
    )
    assert one_event(*both, *more).origins == 2


def test_unnamed_speakers_are_not_one_and_the_same():
    by = (Attribution(who=Span(**words("activists")), kind=ActorKind.UNKNOWN),)
    harm = (toll("15", 15, 15),)
    assert (
        one_event(claim("a1", **HERE, harm=harm, by=by), claim("b1", **HERE, harm=harm, by=by)).origins == 2
    )


def test_a_pronoun_is_no_speaker_of_its_own():
    harm = (toll("15", 15, 15),)
    unclear = (Attribution(who=Span(**words("It"))),)
    observatory = (said(OBSERVATORY),)
    event = one_event(
        claim("a1", **HERE, harm=harm, by=observatory),
        claim("b1", **HERE, harm=harm, by=(*unclear, *observatory)),
        claim("c1", **HERE, harm=harm, by=observatory),
    )
    assert event.origins == 1
    # One whose bearer is plain goes by that name, in the account too.
    plain = (msgspec.structs.replace(observatory[0], who=Span(**words("It"))),)
    event = one_event(
        claim("a1", **HERE, harm=harm, by=observatory), claim("b1", **HERE, harm=harm, by=plain)
    )
    assert event.origins == 1
    assert {account.speaker for account in event.killed.accounts} == {OBSERVATORY[0]}


def test_a_denial_by_a_pronoun_quotes_no_pronoun():
    denial = Attribution(who=Span(**words("He")), stance=Stance.DENIES, denies=Denies.OCCURRENCE)
    event = one_event(claim("a1", **HERE, by=(denial,)), claim("b1", **HERE))
    assert "a speaker who is not named denies that it happened" in event.reasons


# ---------------------------------------------------------------- grades


GRADES = {
    "one report": (Grade.WEAK, claim("a1", **HERE)),
    "two origins": (Grade.FAIR, claim("a1", **HERE), claim("b1", **HERE)),
    "the doer admits it": (
        Grade.CONFIRMED,
        claim("a1", **HERE, actors=(COALITION,), by=(said(COALITION, Stance.ADMITS),)),
    ),
    "the doer claims it": (
        Grade.CONFIRMED,
        claim("a1", **HERE, actors=(NUSRA,)),
        claim("b1", **HERE, by=(said(NUSRA, Stance.CLAIMS_RESPONSIBILITY),)),
    ),
    "somebody else admits something": (
        Grade.FAIR,
        claim("a1", **HERE, actors=(SYRIAN_ARMY,)),
        claim("b1", **HERE, by=(said(COALITION, Stance.ADMITS),)),
    ),
    "somebody says so, the doer does not": (
        Grade.WEAK,
        claim("a1", **HERE, actors=(SYRIAN_ARMY,), by=(said(OBSERVATORY, Stance.ACCUSES),)),
    ),
    "the doer denies having done it": (
        Grade.CONTESTED,
        claim("a1", **HERE, actors=(RUSSIAN_FORCES,)),
        claim("b1", **HERE, by=(said(RUSSIAN_FORCES, Stance.DENIES, Denies.ACTOR),)),
    ),
    "it is denied": (
        Grade.CONTESTED,
        claim("a1", **HERE, actors=(RUSSIAN_FORCES,)),
        claim("b1", **HERE, by=(said(RUSSIAN_FORCES, Stance.DENIES, Denies.OCCURRENCE),)),
    ),
    "only the toll is denied": (
        Grade.FAIR,
        claim("a1", **HERE, actors=(RUSSIAN_FORCES,)),
        claim("b1", **HERE, by=(said(RUSSIAN_FORCES, Stance.DENIES, Denies.HARM),)),
    ),
    "denied first and admitted then": (
        Grade.CONFIRMED,
        claim("a1", **HERE, actors=(COALITION,), by=(said(COALITION, Stance.DENIES, Denies.ACTOR),)),
        claim("b1", **HERE, actors=(COALITION,), by=(said(COALITION, Stance.ADMITS),)),
    ),
    "rivals are accused": (
        Grade.CONTESTED,
        claim("a1", **HERE, actors=(SYRIAN_ARMY,)),
        claim("b1", **HERE, actors=(NUSRA,)),
    ),
    "allies told together are no rivals": (
        Grade.FAIR,
        claim("a1", **HERE, actors=(SYRIAN_ARMY, RUSSIAN_FORCES)),
        claim("b1", **HERE, actors=(RUSSIAN_FORCES,)),
    ),
    "the two sides of a clash are no rivals": (
        Grade.FAIR,
        claim("a1", T.CLASH, **HERE, actors=(SYRIAN_ARMY,), targets=(NUSRA,)),
        claim("b1", T.CLASH, **HERE, actors=(NUSRA,), targets=(SYRIAN_ARMY,)),
    ),
    "planned": (None, claim("a1", **HERE, status=Status.PLANNED)),
    "a campaign": (None, claim("a1", **HERE, scope=Scope.REPEATED)),
    "a protest": (None, claim("a1", T.PROTEST, **HERE)),
    "aid": (None, claim("a1", T.AID, **HERE)),
}


@pytest.mark.parametrize(("grade", "claims"), [(g, c) for g, *c in GRADES.values()], ids=GRADES.keys())
def test_grade(grade, claims):
    event = one_event(*claims)
    assert event.grade == grade
    assert event.reasons


def test_reasons_are_plain_words():
    event = one_event(
        claim("a1", **HERE, actors=(RUSSIAN_FORCES,)),
        claim("b1", **HERE, by=(said(RUSSIAN_FORCES, Stance.DENIES, Denies.ACTOR),)),
    )
    assert event.reasons == (
        "Russian forces denies having done it",
        "2 reports, each with an origin of its own",
    )


# ---------------------------------------------------------------- conflicts


def test_rivals_and_denials_stand_side_by_side():
    event = one_event(
        claim("a1", **HERE, actors=(SYRIAN_ARMY,)),
        claim("b1", **HERE, actors=(NUSRA,), by=(said(NUSRA, Stance.DENIES, Denies.ACTOR),)),
        claim("c1", **HERE, status=Status.DENIED),
    )
    told = {c.field: [(v.value, v.claim_ids) for v in c.values] for c in event.conflicts}
    assert told == {
        "actors": [("Nusra Front", ("b1",)), ("Syrian army", ("a1",))],
        "actor": [("named as the doer", ("a1", "b1")), ("the doer denied", ("b1",))],
        "occurrence": [("denied", ("c1",)), ("told as having happened", ("a1", "b1"))],
    }
    assert event.status == Status.HAPPENED


def test_dates_that_differ_stand_side_by_side():
    event = one_event(
        claim("a1", place=town(HOMS), date=day("2016-06-05"), trigger="blast"),
        claim("a2", date=day("2016-06-06", "2016-06-07"), trigger="blast", same_as=("a1",)),
    )
    (conflict,) = event.conflicts
    assert (conflict.field, conflict.values[0].value, conflict.values[1].value) == (
        "date",
        "2016-06-05",
        "2016-06-06 to 2016-06-07",
    )
    assert event.date.from_ == "2016-06-05"
