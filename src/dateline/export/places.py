"""A place as a public file may show it: the gazetteer's own name, or the division it lies in."""

from __future__ import annotations

from dateline.export.vocabulary import Vocabulary
from dateline.records import Place, PlacePrecision

_OPENINGS = (("half way between", "between"), ("not in the gazetteer", "unlisted"))
_PARTS = (("; computed ", "computed"), ("point is th", "near"), ("point: the middle", "middle"))
_ORDER = (PlacePrecision.ADMIN2, PlacePrecision.ADMIN1, PlacePrecision.COUNTRY)
#: What is wider than a second-level division already.
_WIDTH = {PlacePrecision.ADMIN2: 1, PlacePrecision.ADMIN1: 2, PlacePrecision.COUNTRY: 3}


def shown_place(place: Place | None, words: Vocabulary) -> Place | None:
    """The place with its names held against the gazetteer; a name it lacks gives way to the division.

    None where not even the country is known. Other readings of the words are left out.
    """
    if place is None:
        return None
    listed = place.geonameid is not None or place.lat is not None  # else the name is words of a report
    if not listed or not place.name or not words.is_place(place.name):
        return _division(place, "admin2", words, "unlisted")
    return Place(
        name=place.name,
        geonameid=place.geonameid,
        admin2=_ours(place.admin2, words),
        admin1=_ours(place.admin1, words),
        admin1_code=_code(place, words),
        country=_country(place, words),
        country_name=_ours(place.country_name, words),
        lat=place.lat,
        lon=place.lon,
        precision=place.precision,
        rule=words.words["place_rules"][_rule(place.rule or "")],
    )


def coarse(place: Place, to: str, words: Vocabulary) -> Place:
    """The division that ``place``, already public, lies in; the place itself where it is no finer."""
    if place.precision and _WIDTH.get(place.precision, 0) >= _WIDTH[PlacePrecision(to)]:
        return place
    return _division(place, to, words, "coarsened") or Place(rule=words.words["place_rules"]["coarsened"])


def _division(place: Place, to: str, words: Vocabulary, rule: str) -> Place | None:
    """The narrowest division known from ``to`` up, without coordinates; None where there is none."""
    for level in _ORDER[_ORDER.index(PlacePrecision(to)) :]:
        at = _WIDTH[level]
        name = {1: place.admin2, 2: place.admin1, 3: place.country_name}[at]
        shown = _ours(name, words)
        if shown is None:
            continue
        return Place(
            name=shown,
            admin2=shown if at == 1 else None,
            admin1=_ours(place.admin1, words) if at <= 2 else None,
            admin1_code=_code(place, words) if at <= 2 else None,
            country=_country(place, words),
            country_name=_ours(place.country_name, words),
            precision=level,
            rule=words.words["place_rules"][rule],
        )
    return None


def _ours(name: str | None, words: Vocabulary) -> str | None:
    return name if name and words.is_place(name) else None


def _country(place: Place, words: Vocabulary) -> str | None:
    return place.country if place.country in words.known.countries else None


def _code(place: Place, words: Vocabulary) -> str | None:
    return place.admin1_code if place.admin1_code and words.is_division_code(place.admin1_code) else None


def _rule(rule: str) -> str:
    for opening, key in _OPENINGS:
        if rule.startswith(opening):
            return key
    return next((key for part, key in _PARTS if part in rule), "named")
