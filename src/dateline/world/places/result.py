"""The place that a chosen candidate stands for: names, point, precision, and the rule that says how.

:func:`placed` makes the record of one candidate; :func:`between` the middle of two named places;
:func:`unlisted` what the report says of a place that has no candidate.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict

from dateline.records import Place, PlaceAlternative, PlacePrecision
from dateline.world.places.candidates import Candidate, candidates, magnitude
from dateline.world.places.choice import EARTH_KM, STRONG_CONTEXT, Mention, rank
from dateline.world.places.context import Context
from dateline.world.places.gazetteer import Entry, Kind, country_entries, entry
from dateline.world.places.keys import bare, fold
from dateline.world.places.phrases import BEARINGS, Reading, two_ends

MOST_ALTERNATIVES = 3
OF_ITS_COUNTRY = 0.7
"""Share of the hints to countries from which a report is taken to say where a place lies that no list has.
Of 314 such places in the training reports 258 stand in reports of this share; the country was right for
257 of them, and under it for 50 of 60."""

AROUND = 200
"""Characters to either side of a place that no list has within which others tell its division."""
OF_ITS_DIVISION = 0.8
"""Share of what is named there that must lie in one division. On the training reports 137 places without a
division of their own words got one so, 135 of them the right one."""
NAMESAKE = 100_000
"""A town of this size elsewhere may be the one meant: then not even the country is told."""

_LIES_IN = re.compile(
    r"(?!.*(?:north|south|east|west|km|kilomet\w+|miles?|outside|out) of)"
    r"(?:[^.;:!?\n]{0,50} (?:in|of)(?: [a-z-]+){0,4}|,)\s+"
)
"""What stands between a place and the division it lies in: " in the eastern countryside of ", ", ". Of 58
such divisions in the training reports 56 were right."""

_PRECISION = {
    Kind.COUNTRY: PlacePrecision.COUNTRY,
    Kind.ADMIN1: PlacePrecision.ADMIN1,
    Kind.ADMIN2: PlacePrecision.ADMIN2,
    Kind.CITY: PlacePrecision.SETTLEMENT,
    Kind.AREA: PlacePrecision.AREA,
    Kind.ROAD: PlacePrecision.ROAD,
    Kind.EXACT: PlacePrecision.EXACT,
}


def placed(mention: Mention, ranked: list[tuple[float, Candidate]], context: Context) -> Place:
    """The record of the first of ``ranked``, with the next ones as alternatives."""
    chosen = ranked[0][1]
    found, reading = chosen.entry, chosen.reading
    own = fold(reading.name)
    lat, lon, precision, said = _point(found, reading)
    rule = f"{_how(found, reading, mention.words)}; {_why(ranked, context, own)}{said}"
    first = found if found.kind is Kind.ADMIN1 else _division(found.admin1_id)
    second = found if found.kind is Kind.ADMIN2 else _division(found.admin2_id)
    return Place(
        name=found.name,
        geonameid=found.geonameid,
        admin2=second.name if second else None,
        admin1=first.name if first else None,
        admin1_code=first.code if first else None,
        country=found.country or None,
        country_name=country_entries()[found.country].name if found.country else None,
        lat=round(lat, 5),
        lon=round(lon, 5),
        precision=precision,
        rule=rule,
        alternatives=tuple(_alternative(c.entry) for _, c in ranked[1 : MOST_ALTERNATIVES + 1]),
    )


def unlisted(
    mention: Mention, context: Context, anchors: list[tuple[int, Entry]], report_text: str
) -> Place | None:
    """A place the gazetteer lacks, in the country that the report speaks of; no point, no precision.

    Its first-level division only where the words after it name one ("in rural Idlib", "of Homs province"), or
    where the places and divisions named around it (``anchors``, ``context``) lie in one.

    None when the report speaks of several countries, or of none, or when a large town elsewhere has the name.
    """
    shares, total = context.shares(fold(mention.words))
    country = max(sorted(shares), key=lambda c: shares[c], default="")
    if country not in country_entries() or shares[country] < OF_ITS_COUNTRY or total < STRONG_CONTEXT:
        return None
    if any(c.entry.agrees and c.entry.population >= NAMESAKE for c in mention.candidates):
        return None
    nation = country_entries()[country].name
    first, said = _said_to_hold(mention, context, report_text, country), "the words after it say so"
    if first is None:
        first, said = _around(mention, context, anchors, country), "what is named around it lies there"
    return Place(
        name=mention.words,
        admin1=first.name if first else None,
        admin1_code=first.code if first else None,
        country=country,
        country_name=nation,
        rule=f"not in the gazetteer; country: the report speaks most of {nation}"
        + (f"; {first.name}: {said}" if first else ""),
    )


def _said_to_hold(mention: Mention, context: Context, report_text: str, country: str) -> Entry | None:
    """The division of ``country`` that the words after a mention say it lies in."""
    for _gap, said in sorted(context.near(mention.start, mention.end), key=lambda pair: pair[0]):
        if said.start >= mention.end and _LIES_IN.fullmatch(report_text[mention.end : said.start]):
            for hint in said.hints:
                if hint.country == country and hint.kind is Kind.ADMIN1 and hint.admin1_id is not None:
                    return entry(hint.admin1_id)
    return None


def _around(
    mention: Mention, context: Context, anchors: list[tuple[int, Entry]], country: str
) -> Entry | None:
    """The division of ``country`` that the places and divisions named within AROUND characters lie in."""
    weight: dict[int, float] = defaultdict(float)
    for start, place in anchors:
        division = place.id if place.kind is Kind.ADMIN1 else place.admin1_id
        if division is not None and place.country == country and abs(start - mention.start) <= AROUND:
            weight[division] += 1.0
    for said in context.said:
        if abs(said.start - mention.start) <= AROUND and not mention.start <= said.start < mention.end:
            for hint in said.hints:
                if hint.admin1_id is not None and hint.country == country:
                    weight[hint.admin1_id] += 1.0 / len(said.hints)
    best = max(sorted(weight), key=lambda division: weight[division], default=None)
    if best is None or weight[best] < OF_ITS_DIVISION * sum(weight.values()):
        return None
    return entry(best)


def between(mention: Mention, context: Context, anchors: list[tuple[int, Entry]]) -> Place | None:
    """The middle of two named places ("between Homs and Hama", "the Homs-Palmyra road"), or None."""
    ends = two_ends(mention.words)
    if ends is None:
        return None
    found = []
    for words in ends[:2]:
        part = Mention(mention.start, mention.end, words, candidates(words))
        ranked = rank(part, context, anchors)
        if not ranked:
            return None
        found.append(placed(part, ranked, context))
    one, other = found
    if None in (one.lat, one.lon, other.lat, other.lon) or one.country != other.country:
        return None
    lat, lon = _middle(one, other)
    return Place(
        name=f"{one.name} – {other.name}",
        admin1=one.admin1 if one.admin1 == other.admin1 else None,
        admin1_code=one.admin1_code if one.admin1_code == other.admin1_code else None,
        country=one.country,
        country_name=one.country_name,
        lat=round(lat, 5),
        lon=round(lon, 5),
        precision=PlacePrecision.ROAD if ends[2] else PlacePrecision.AREA,
        rule=f"half way between {one.name} and {other.name}, which the words name",
    )


def _middle(one: Place, other: Place) -> tuple[float, float]:
    assert one.lat is not None and one.lon is not None
    assert other.lat is not None and other.lon is not None
    return (one.lat + other.lat) / 2, (one.lon + other.lon) / 2


def _division(place_id: int | None) -> Entry | None:
    return None if place_id is None else entry(place_id)


def _alternative(found: Entry) -> PlaceAlternative:
    first = found if found.kind is Kind.ADMIN1 else _division(found.admin1_id)
    return PlaceAlternative(
        name=found.name,
        geonameid=found.geonameid,
        country=found.country or None,
        admin1=first.name if first else None,
        lat=found.lat,
        lon=found.lon,
    )


def _point(found: Entry, reading: Reading) -> tuple[float, float, PlacePrecision, str]:
    """Coordinates, precision and the words for how the point stands to the entry."""
    precision = _PRECISION[found.kind]
    name = found.name
    if found.kind is Kind.COUNTRY:
        part = f"; {reading.side}ern {name}: the point is the country's" if reading.side else ""
        return found.lat, found.lon, precision, part or "; point: the middle of the country"
    if reading.km is not None:
        if not reading.side:
            said = f"; {reading.km:g} km from {name}, no direction: the point is that of {name}"
            return found.lat, found.lon, PlacePrecision.AREA, said
        lat, lon = _moved(found.lat, found.lon, BEARINGS[reading.side], reading.km)
        return lat, lon, PlacePrecision.AREA, f"; computed {reading.km:.0f} km {reading.side} of {name}"
    if reading.away:
        where = f"{reading.side} of" if reading.side else "near"
        return found.lat, found.lon, PlacePrecision.AREA, f"; {where} {name}: the point is that of {name}"
    if reading.wanted == "road":
        return found.lat, found.lon, PlacePrecision.ROAD, f"; a road named after {name}: its point"
    if reading.side or reading.wanted in ("area", "site", "countryside", "suburb"):
        if reading.wanted == "countryside" and found.kind is Kind.ADMIN1 and not reading.side:
            return found.lat, found.lon, precision, "; countryside: taken as the division"
        part = f"{reading.side}ern part" if reading.side else _PART.get(reading.wanted, "a part")
        return found.lat, found.lon, PlacePrecision.AREA, f"; {part} of {name}: the point is that of {name}"
    if reading.wanted in ("admin1", "admin2", "district") and found.kind is Kind.CITY:
        if reading.wanted == "district":
            return found.lat, found.lon, precision, ""
        said = f"; no division of that name known: the point is that of the town {name}"
        return found.lat, found.lon, PlacePrecision.AREA, said
    if found.kind in (Kind.ADMIN1, Kind.ADMIN2):
        return found.lat, found.lon, precision, "; point: the middle of its settled area"
    return found.lat, found.lon, precision, ""


_PART = {
    "countryside": "the countryside",
    "suburb": "the suburbs",
    "site": "a site named after or in the area",
}


def _moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point ``km`` from another at a bearing in degrees, on a sphere."""
    a, t, d = math.radians(lat), math.radians(bearing), km / EARTH_KM
    b = math.asin(math.sin(a) * math.cos(d) + math.cos(a) * math.sin(d) * math.cos(t))
    east = math.atan2(math.sin(t) * math.sin(d) * math.cos(a), math.cos(d) - math.sin(a) * math.sin(b))
    return math.degrees(b), (lon + math.degrees(east) + 180) % 360 - 180


def _how(found: Entry, reading: Reading, words: str) -> str:
    if not found.agrees:
        return f"sounds like {found.matched}"
    if found.name == words:
        return "exact name"
    if found.name == reading.name:
        return f"exact name {reading.name} in the words"
    if fold(found.name) == fold(reading.name):
        return "name without accents and case"
    if bare(fold(found.name)) == bare(fold(reading.name)):
        return "name without its article"
    return "another name of the place"


def _why(ranked: list[tuple[float, Candidate]], context: Context, own: str) -> str:
    if len(ranked) == 1:
        return "only candidate"
    chosen = ranked[0][1].entry
    largest = max(ranked, key=lambda pair: magnitude(pair[1].entry))[1].entry
    shares, _ = context.shares(own)
    if 0.0 < shares.get(chosen.country, 0.0) >= max(shares.values(), default=1.0):
        reason = f"the report speaks most of {country_entries()[chosen.country].name}"
    elif chosen is largest:
        reason = "the largest"
    else:
        reason = "fits the report's places best"
    return f"{reason}, of {len(ranked)} candidates"
