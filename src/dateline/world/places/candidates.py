"""The entries that place words may mean, weighed by the words alone.

:func:`candidates` looks the readings of the words up in the gazetteer, the fullest first; what the rest
of the report says of them is weighed in ``choice``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from dateline.world.places.gazetteer import Entry, Kind, entries
from dateline.world.places.keys import bare, fold
from dateline.world.places.phrases import Reading, readings, spellings

ALIKE = 0.5
"""A candidate that only sounds like the words must share this much of its letters with them."""
SOUND_ONLY = 1.2
"""What a candidate loses when only the sound agrees, plus UNLIKE for each missing share of letters."""
UNLIKE = 4.0
POPULATION = 0.6
"""Gain for each power of ten of population."""
OURS = 5.0
"""Powers of ten that a place of our own list counts for: it is listed because news names it."""
METROPOLIS = 1_000_000
METROPOLIS_GAIN = 2.0
"""Powers of ten more for a city of this size: "London" in a report on the United States is not in Ohio."""
LARGE = 200_000
"""From this size on a city gains a part of that, by the logarithm of its size."""
WANTED = 3.0
"""Gain when the kind is the one the words want ("Aleppo province")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that the words may mean, by one reading, before (score) the report is asked."""

    entry: Entry
    reading: Reading
    score: float


@lru_cache(maxsize=4096)
def candidates(words: str) -> tuple[Candidate, ...]:
    """Candidates of the fullest reading that has one whose name agrees, else of those that sound alike."""
    alike: list[Candidate] = []
    for reading in readings(words):
        exact: list[Candidate] = []
        filed = [(fold(name), found) for name in spellings(reading.name) for found in entries(name)]
        seats = {e.admin1_id for _, e in filed if e.agrees and e.kind in (Kind.CITY, Kind.AREA)}
        for name, found in filed:
            score = _name_score(name, found)
            if score is not None:
                score += _kind_score(found, reading, found.id in seats) + POPULATION * magnitude(found)
                (exact if found.agrees else alike).append(Candidate(found, reading, score))
        if any(c.entry.kind is Kind.COUNTRY for c in exact):
            return tuple(exact)
        if exact:  # what sounds like a fuller reading stays a candidate beside it
            return tuple(exact + alike)
    return tuple(alike)


def _name_score(name: str, found: Entry) -> float | None:
    if found.agrees:
        return 0.5 if fold(found.name) == name else 0.0
    if found.kind is Kind.COUNTRY:
        return None
    likeness = SequenceMatcher(None, bare(name), found.matched, autojunk=False).ratio()
    if likeness < ALIKE:
        return None
    return -SOUND_ONLY - UNLIKE * (1 - likeness)


def magnitude(found: Entry) -> float:
    """How much is to be expected of the place: powers of ten of its population, or what listing it counts."""
    size = math.log10(found.population + 10)
    if found.agrees and found.kind is Kind.CITY and found.population > LARGE:
        size += METROPOLIS_GAIN * min(1.0, math.log(found.population / LARGE) / math.log(METROPOLIS / LARGE))
    return max(size, OURS) if found.listed else size


def _kind_score(found: Entry, reading: Reading, seat: bool) -> float:
    """``seat``: a town or area in the division has its name too, meant unless the words want the division."""
    kind, wanted = found.kind, reading.wanted
    if kind is Kind.COUNTRY:
        return 3.0 if not wanted else 1.5
    if kind is Kind.ADMIN1:
        if wanted in ("admin1", "countryside"):
            return WANTED
        return -2.0 if wanted in ("city", "district", "suburb", "site") else -1.0 if seat else 0.5
    if kind is Kind.ADMIN2:
        return WANTED if wanted == "admin2" else -1.5
    if kind is Kind.CITY:
        return 0.0 if wanted in ("admin1", "admin2") else 0.5
    return 0.0
