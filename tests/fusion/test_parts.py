"""The pieces of fusing that have rules of their own."""

from array import array

import fusion_gold
import fusion_measure
import numpy as np
import pytest
from fusion_making import ALEPPO, HOMS, SARMIN, claim, day, facts, province, town

from dateline.fusion import ReportFacts
from dateline.fusion.comparing import features_across, features_inside
from dateline.fusion.days import Days, together
from dateline.fusion.facts import shingles_of
from dateline.fusion.meeting import meetings
from dateline.fusion.names import alike
from dateline.fusion.overlap import like_worded, shared_text
from dateline.fusion.settings import comparison, grades, type_relations
from dateline.fusion.where import finest, inside, km_between, near, same_spot
from dateline.fusion.wording import weighed
from dateline.records import EventType, Grade

PAIRS_F_TRAIN = 0.80
"""Floor; measured .812 with claims from the annotations and no links of the tagger."""


def test_distance_is_that_of_a_map():
    assert km_between((36.2021, 37.1343), (34.7268, 36.7234)) == pytest.approx(168, abs=2)


def test_places():
    assert same_spot(town(ALEPPO), town(ALEPPO))
    assert not same_spot(town(ALEPPO), province("Aleppo"))
    assert inside(town(ALEPPO), province("Aleppo"))
    assert not inside(province("Aleppo"), town(ALEPPO))
    assert not inside(town(HOMS), province("Aleppo"))
    assert near(town("Idlib"), town(SARMIN), 30)
    assert finest([province("Aleppo"), town(ALEPPO)]) == (town(ALEPPO),)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Syrian government troops", "the Syrian government", True),
        ("Syrian troops", "Turkish troops", False),
        ("al-Nusra Front", "Al Nusra", True),
        ("Ḥalab", "halab", True),
        ("fighters", "fighters", True),
    ],
)
def test_names(one, two, same):
    assert alike(one, two) is same


def test_days_together():
    assert together([Days(1, 30), Days(5, 5)]) == Days(5, 5)
    assert together([Days(1, 1), Days(5, 5)]) == Days(1, 5)
    assert together([]) is None


def test_shared_text_is_of_the_shorter_report():
    words = [f"word{at}" for at in range(100)]
    long, short = facts("a", text=" ".join(words)), facts("b", text=" ".join(words[:50]))
    other = facts("c", text=" ".join(f"other{at}" for at in range(100)))
    assert shared_text([other, short, long], 0.4) == {("a", "b"): 1.0}


def test_a_report_is_no_copy_of_itself():
    twice = ReportFacts(id="a", shingles=facts("a", text="one run of words").shingles * 2)
    assert shared_text([twice], 0.4) == {}


def test_shingles_do_not_count_case_marks_and_punctuation():
    plain = shingles_of("an air strike on the town of al hasakah killed ten people")
    assert plain == shingles_of("An air-strike on the town of al-Ḥasakah, killed ten people.")
    assert len(plain) == 4 * 5
    assert shingles_of("") == b""


def test_wording_is_alike_where_rare_words_and_names_are_shared():
    one = facts(
        "a", text="Police in the town said Orla Brandt was shot by Ivo Karsten near Millpond Lane on Sunday."
    )
    two = facts(
        "b", text="Karsten is held for the death of Brandt, whom he shot near Millpond Lane, police said."
    )
    other = facts(
        "c", text="Police in the town said two people were shot and killed near the market on Sunday."
    )
    found = like_worded([other, two, one], 0.2)
    assert set(found) == {("a", "b")} and 0.4 < found["a", "b"] < 1
    assert found == like_worded([one, two, other], 0.2)


def test_wording_does_not_hang_on_the_other_reports():
    one = facts("a", text="Orla Brandt was shot by Ivo Karsten near Millpond Lane.")
    two = facts("b", text="Ivo Karsten shot Orla Brandt near Millpond Lane.")
    more = [facts(f"c{n}", text=f"Orla Brandt, Ivo Karsten, Millpond Lane, and {n} more.") for n in range(5)]
    pair = ("a", "b")
    assert like_worded([one, two], 0.2)[pair] == like_worded([one, two, *more], 0.2)[pair]


def test_common_words_weigh_nothing_and_names_double():
    words, weights = weighed("The army said on Sunday that the Zorvan zorva")
    told = dict(zip(array("I", words), array("f", weights), strict=True))
    assert len(told) == 2 and max(told.values()) == pytest.approx(2 * min(told.values()))


def test_reports_meet_over_what_they_share():
    hashes = [np.array(h, dtype=np.uint32) for h in ([1, 2, 2**31], [2, 3], [1, 2**31, 7], [9])]
    assert meetings(hashes, 1) == {(0, 1), (0, 2)}
    assert meetings(hashes, 2) == {(0, 2)}
    assert meetings([], 1) == set()


def test_every_feature_has_points_and_every_point_a_feature():
    """The names in the table are those that the code can give, and no others."""
    shared = {f"type.{name}" for name in ("same", "same_seldom", "generic", "kin", "other")}
    shared |= {f"days.{n}" for n in ("same", "same_coarse", "overlap", "overlap_coarse", "next", "apart")}
    for place in (
        "same",
        "same_division",
        "same_country",
        "near",
        "in_division",
        "in_country",
        "alike",
        "unlocated",
        "apart",
    ):
        shared.add(f"place.{place}")
    for role in ("actor", "target"):
        shared |= {f"{role}.{name}" for name in ("same", "compatible", "different", "contradictory")}
    shared |= {f"harm.{name}" for name in ("same", "same_few", "overlap", "apart", "far_apart")}
    shared |= {f"words.{name}" for name in ("same_trigger", "same_weapon", "same_site")}
    nearby = ("lead", "same_sentence", "one", "two", "three", "four_to_six", "far")
    inside_only = {f"nearby.{name}" for name in nearby}
    inside_only |= {
        "same_as.linked",
        "same_as.not_linked",
        "scope.repeated",
        "later.bare",
        "later.unplaced",
    }
    inside_only |= {"scene.same", "scene.apart"}
    inside_only |= {f"setting.{name}" for name in ("one_place", "few_places", "many_places")}
    across_only = {f"presumed.{name}" for name in ("overlap", "later", "apart", "unknown")}
    across_only |= {"text.copied", "people.same", "wording.some", "wording.much", "wording.most"}
    assert set(comparison().inside) == shared | inside_only | {"base"}
    assert set(comparison().across) == shared | across_only | {"base"}
    assert features_inside.__doc__
    assert features_across.__doc__


def test_tables_hold_together():
    assert set(grades().definitions) == {grade.value for grade in Grade}
    assert grades().one_sided <= grades().graded_types
    assert type_relations()[EventType.KILLING, EventType.AIR_STRIKE] == "generic"
    assert (EventType.CAPTURE, EventType.CLASH) not in type_relations()
    in_families = set().union(*comparison().families.values())
    assert in_families == set(EventType)


def test_a_claim_may_stand_alone():
    assert claim("a1", date=day("2016-06-05")).event_id is None


@pytest.mark.data
@pytest.mark.skipif(not fusion_gold.ANNOTATED.exists(), reason="no data")
def test_incidents_inside_reports_reach_the_floor():
    assert fusion_measure.pair_figures("train")[2] >= PAIRS_F_TRAIN
