"""Which candidate the report as a whole speaks for.

Each candidate is weighed by how near its name is to the words (``candidates``), the countries and
divisions the text speaks of (``context``), and the report's other places; those the report speaks against
are left out. Weights were set on the training reports (share with the right country and division) and the
even articles of two sets of other news (``benchmarks/toponyms.py``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.world.places.candidates import Candidate, candidates
from dateline.world.places.context import Context, Said
from dateline.world.places.gazetteer import Entry, Kind
from dateline.world.places.keys import fold
from dateline.world.places.phrases import said_after

COUNTRY_SHARE = 4.0
"""Gain of a candidate whose country is the only one the report speaks of (by the root of the share)."""
DIVISION = 0.5
"""Gain when the report names the candidate's first-level division."""
DIVISION_NEAR = 1.0
"""Gain when it does so beside the words: "Tripoli, Lebanon" counts twice that, farther off ever less."""
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

TOGETHER = 3.2
"""Gain of a candidate that lies beside, or in the division of, what the report's other names likely mean."""
TOGETHER_KM = 90.0
SAME_DIVISION = 0.35
"""What of it a candidate gets by the division alone."""
MOST_JOINT = 16
"""Candidates of a name that are weighed with those of the others."""
MOST_AT_ONCE = 800
"""Candidates of all names together: a report that names a hundred places has fewer of each."""
ROUNDS = 3
"""Rounds in which names hear of what the others likely mean; more changed nothing."""
AGREED = 1.5
"""Gain of what the report's names together speak for: a name means one place all through a report."""
LIST = 150
"""Characters after a name within which a list may end: "Hama, Homs and Idlib provinces"."""
EARTH_KM = 6371.0


@dataclass(slots=True)
class Mention:
    """One span of place words with its candidates; ``agreed``: id of the entry that all names speak for."""

    start: int
    end: int
    words: str
    candidates: tuple[Candidate, ...]
    agreed: int | None = None


def read_mention(text: str, start: int, end: int, country: str | None) -> Mention:
    """The span as a mention with its candidates, those in ``country`` if one is given."""
    words = text[start:end]
    kind = said_after(text[end : end + LIST])
    found = candidates(f"{words} {kind}" if kind else words)
    if country:
        found = tuple(c for c in found if c.entry.country == country)
    return Mention(start, end, words, found)


def misleading(mentions: Sequence[Mention], context: Context, text: str) -> set[Said]:
    """Hints inside a longer name of places elsewhere: "Guernsey" wherever "Guernsey County" stands."""
    at = {said.start: said for said in context.said}
    found = set()
    for words, mention in {mention.words: mention for mention in mentions}.items():
        lands = {c.entry.country for c in mention.candidates if c.entry.agrees}
        if not lands:
            continue
        name = fold(mention.candidates[0].reading.name)
        for said in context.said:
            inside = mention.start <= said.start and said.end <= mention.end
            if inside and said.words != name and lands.isdisjoint(hint.country for hint in said.hints):
                for start in _starts(text, words):
                    other = at.get(start + said.start - mention.start)
                    if other is not None and other.words == said.words:
                        found.add(other)
    return found


def _starts(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))


def agree(mentions: Sequence[Mention], context: Context) -> list[Entry | None]:
    """What each mention likely means, by its own words and the report's other names; kept in ``agreed``.

    Places of one report lie near each other: "Athens" beside "Henderson County" is in Texas, though each
    alone would be looked for elsewhere. Every name lends weight to the candidates of the others that are near
    its own likely ones or in their division, in a few rounds. A name has one meaning all through a report.
    """
    own = [fold(mention.words) for mention in mentions]
    most = max(1, min(MOST_JOINT, MOST_AT_ONCE // max(1, len(set(own)))))
    names: dict[str, dict[int, tuple[float, Entry]]] = defaultdict(dict)
    for name, mention in zip(own, mentions, strict=True):
        for score, candidate in rank(mention, context, [])[:most]:
            known = names[name].get(candidate.entry.id)
            if known is None or score > known[0]:
                names[name][candidate.entry.id] = score, candidate.entry
    if not names:
        return [None] * len(mentions)
    found = [pair for each in names.values() for pair in each.values()]
    sizes = [len(each) for each in names.values()]
    starts = np.cumsum([0, *sizes[:-1]])
    name_of = np.repeat(np.arange(len(sizes)), sizes)
    near = _together([entry for _, entry in found])
    near[name_of[:, None] == name_of] = 0.0
    scores = summed = np.array([score for score, _ in found])
    for _ in range(ROUNDS):
        weight = np.exp(summed - np.maximum.reduceat(summed, starts)[name_of])
        weight /= np.add.reduceat(weight, starts)[name_of]
        others = np.maximum.reduceat(near * weight, starts, axis=1)
        summed = scores + TOGETHER * (1.0 - np.prod(1.0 - others, axis=1))
    best = {
        name: found[start + int(np.argmax(summed[start : start + size]))][1]
        for name, start, size in zip(names, starts, sizes, strict=True)
    }
    for name, mention in zip(own, mentions, strict=True):
        mention.agreed = best[name].id if name in best else None
    return [best.get(name) for name in own]


def _together(found: list[Entry]) -> npt.NDArray[np.float64]:
    """How much each pair of places speaks for each other, 0…1; a whole country says nothing."""
    lat, lon = np.radians([e.lat for e in found]), np.radians([e.lon for e in found])
    points = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
    away = EARTH_KM * np.arccos(np.clip(points @ points.T, -1.0, 1.0))
    division = np.array([(e.id if e.kind is Kind.ADMIN1 else e.admin1_id) or -e.id for e in found])
    near: npt.NDArray[np.float64]
    near = np.maximum(np.exp(-away / TOGETHER_KM), SAME_DIVISION * (division[:, None] == division))
    ids = np.array([e.id for e in found])
    near[ids[:, None] == ids] = 0.0  # another name of a place tells nothing of it
    nations = np.array([e.kind is Kind.COUNTRY for e in found])
    near[nations, :] = near[:, nations] = 0.0
    return near


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
        gain = DIVISION_NEAR * (2.0 if gap <= 2 else 0.7 - gap / 180)
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
        if found.id == mention.agreed:
            score += AGREED
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
