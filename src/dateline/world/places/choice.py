"""Which candidate the report as a whole speaks for.

Each candidate is weighed by how near its name is to the words (``candidates``), the countries and
divisions the text speaks of (``context``), and the report's other places; those the report speaks against
are left out. Weights were set on the training reports (share with the right country and division).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from dateline.world.places.candidates import Candidate, candidates
from dateline.world.places.context import Context
from dateline.world.places.gazetteer import Entry, Kind
from dateline.world.places.keys import fold

COUNTRY_SHARE = 4.0
"""Gain of a candidate whose country is the only one the report speaks of (by the root of the share)."""
DIVISION = 1.0
"""Gain when the report names the candidate's first-level division."""
DIVISION_NEAR = 1.5
"""Gain when it does so beside the words ("Tripoli, Lebanon" counts twice that)."""
NEAR_KM = 60.0
NEAR = 2.0
"""Gain beside another place of the report, falling to a third at NEAR_KM."""
STRONG_CONTEXT = 2.0
"""Weight of hints from which a report is taken to say where it plays."""
FAR_SHARE = 0.1
"""Under this share of the hints a country is one the report does not speak of."""
SPOKEN_OF = 0.25
"""Share of the hints that a country needs before what only sounds alike, or a site or road named after
a town, is looked for there."""
KNOWN_WORLDWIDE = 200_000
"""A town in a country the report does not speak of is taken only from this population on."""
UNSPOKEN = 3.0
"""What a country loses that nothing else in a report speaks of when a division of that name lies in the
country it does speak of: Niger, a state of Nigeria."""
EARTH_KM = 6371.0


@dataclass(slots=True)
class Mention:
    """One span of place words with its candidates."""

    start: int
    end: int
    words: str
    candidates: tuple[Candidate, ...]


def read_mention(text: str, start: int, end: int, country: str | None) -> Mention:
    """The span as a mention with its candidates, those in ``country`` if one is given."""
    words = text[start:end]
    found = candidates(words)
    if country:
        found = tuple(c for c in found if c.entry.country == country)
    return Mention(start, end, words, found)


def choose(mention: Mention, context: Context, anchors: list[tuple[int, Entry]]) -> Candidate | None:
    """The candidate the report speaks for most, or None."""
    ranked = rank(mention, context, anchors)
    return ranked[0][1] if ranked else None


def rank(
    mention: Mention, context: Context, anchors: list[tuple[int, Entry]]
) -> list[tuple[float, Candidate]]:
    """Candidates by score, best first; those the report speaks against are left out."""
    if not mention.candidates:
        return []
    own = fold(mention.candidates[0].reading.name)
    shares, total = context.shares(own)
    divisions = context.divisions(own)
    near: dict[int, float] = {}
    near_country: dict[str, float] = {}
    for gap, said in context.near(mention.start, mention.end, own):
        gain = DIVISION_NEAR * (2.0 if gap <= 2 else 1.0 - gap / 180)
        for hint in said.hints:
            if hint.admin1_id is not None:
                near[hint.admin1_id] = max(near.get(hint.admin1_id, 0.0), gain)
            if hint.kind in (Kind.COUNTRY, Kind.ADMIN1):
                near_country[hint.country] = max(near_country.get(hint.country, 0.0), gain)
    namesake = total >= STRONG_CONTEXT and any(
        c.entry.kind is Kind.ADMIN1 and shares.get(c.entry.country, 0.0) >= 0.5
        for c in mention.candidates
        if c.entry.agrees
    )
    ranked: dict[int, tuple[float, Candidate]] = {}
    for candidate in mention.candidates:
        found = candidate.entry
        share = shares.get(found.country, 0.0)
        if total >= STRONG_CONTEXT and share < FAR_SHARE and not _worldwide(found):
            continue
        if share < SPOKEN_OF and _needs_context(candidate):
            continue
        score = candidate.score + COUNTRY_SHARE * math.sqrt(share)
        if found.kind is Kind.COUNTRY and share < FAR_SHARE and namesake:
            score -= UNSPOKEN
        division = found.id if found.kind is Kind.ADMIN1 else found.admin1_id
        if division is not None:
            score += DIVISION * min(1.0, divisions.get(division, 0.0)) + near.get(division, 0.0)
        score += near_country.get(found.country, 0.0)
        score += NEAR * _nearness(mention, found, anchors)
        known = ranked.get(found.id)
        if known is None or score > known[0]:
            ranked[found.id] = (score, candidate)
    return sorted(ranked.values(), key=lambda pair: (-pair[0], pair[1].entry.id))


def _needs_context(candidate: Candidate) -> bool:
    wanted = candidate.reading.wanted
    return not candidate.entry.agrees or wanted in ("site", "road", "district", "suburb")


def _worldwide(found: Entry) -> bool:
    if found.kind is Kind.COUNTRY or not found.country:
        return True
    if found.listed and (found.geonameid is not None or found.kind is Kind.AREA):
        return found.agrees
    return found.agrees and found.population >= KNOWN_WORLDWIDE


def _nearness(mention: Mention, found: Entry, anchors: list[tuple[int, Entry]]) -> float:
    if found.kind is Kind.COUNTRY:
        return 0.0
    best = 0.0
    for start, other in anchors:
        if start == mention.start or other.name == found.name:
            continue
        weight = 1.0 if abs(start - mention.start) < 300 else 0.7
        gain = weight * math.exp(-_km(found.lat, found.lon, other.lat, other.lon) / NEAR_KM)
        best = max(best, gain)
    return best


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in km on a sphere, flat enough for the distances that count here."""
    north = math.radians(lat2 - lat1)
    east = math.radians((lon2 - lon1 + 180) % 360 - 180) * math.cos(math.radians((lat1 + lat2) / 2))
    return EARTH_KM * math.hypot(north, east)
