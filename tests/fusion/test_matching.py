"""A run's events against a user's list: which are one, by day, place and the dead."""

from fusion_making import ALEPPO, HOMS, IDLIB_CITY, SARMIN, claim, day, facts_for, toll, town

from dateline.fusion import fuse
from dateline.fusion.matching import Incident, match
from dateline.records import Place, PlacePrecision


def events_of(*claims):
    return fuse(claims, facts_for(*claims))[1]


def at(mention):
    return Place(name=mention.name, lat=mention.lat, lon=mention.lon, precision=PlacePrecision.SETTLEMENT)


def incident(row, when, place, killed=None):
    return Incident(
        row, f"i{row}", when, at(place) if place else None, place.name if place else "Xyzzyq", killed
    )


SUNDAY = day("2016-06-05")


def test_the_same_day_and_place_match_and_the_rest_is_missing_or_new():
    events = events_of(
        claim("a1", place=town(ALEPPO), date=SUNDAY, harm=(toll("12", 12, 12),)),
        claim("b1", place=town(HOMS), date=SUNDAY),
    )
    found = match(
        [incident(2, "2016-06-05", town(ALEPPO), 12), incident(3, "2016-06-20", town(HOMS))], events
    )
    assert [one.state for one in found] == ["matched", "missing", "new"]
    assert found[0].reasons == ("the same day", "the same place", "the dead agree")
    assert found[1].reasons == ("no event within two days and 60 km",)


def test_each_event_is_taken_once_by_the_incident_that_fits_best():
    events = events_of(claim("a1", place=town(IDLIB_CITY), date=SUNDAY))
    near, right = incident(2, "2016-06-05", town(SARMIN)), incident(3, "2016-06-05", town(IDLIB_CITY))
    assert [one.state for one in match([near, right], events)] == ["missing", "matched"]


def test_tolls_far_apart_speak_against_it():
    events = events_of(claim("a1", place=town(SARMIN), date=SUNDAY, harm=(toll("90", 90, 90),)))
    (found, _) = match([incident(2, "2016-06-05", town(IDLIB_CITY), 3)], events)
    assert found.state == "missing"


def test_a_place_without_a_point_is_matched_by_name():
    events = events_of(claim("a1", place=town(ALEPPO), date=SUNDAY))
    listed = Incident(2, "i2", "2016-06-05", None, "Aleppo", None)
    assert match([listed], events)[0].reasons == ("the same day", "a place of like name")


def test_no_day_is_told():
    events = events_of(claim("a1", place=town(ALEPPO), date=SUNDAY))
    (found, _) = match([incident(2, "someday", town(ALEPPO))], events)
    assert found.reasons == ("no day in the list that can be read",)
