"""The pieces of fusing that have rules of their own."""

import fusion_gold
import fusion_measure
import pytest
from fusion_making import ALEPPO, HOMS, SARMIN, claim, day, facts, province, town

from dateline.fusion import ReportFacts
from dateline.fusion.comparing import features_across, features_inside
from dateline.fusion.days import Days, together
from dateline.fusion.facts import shingles_of
from dateline.fusion.names import alike
from dateline.fusion.overlap import shared_text
from dateline.fusion.settings import comparison, grades, type_relations
from dateline.fusion.where import finest, inside, km_between, near, same_spot
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
    across_only = {f"presumed.{name}" for name in ("overlap", "later", "apart", "unknown")} | {"text.copied"}
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
