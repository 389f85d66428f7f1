"""Which tellings are compared at all: never all with all.

Inside a report, claims of one type family, or tied by the tagger. Across reports, incidents that
share a block: a type family, a day (or a month, where words say no finer), and a place (a square
of the map, a name, a division). A block larger than it should be is walked with a window after
sorting (sorted neighbourhood, Hernández and Stolfo 1995), so that cost grows with the number of
claims and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import cos, floor, radians

from dateline.fusion.constraints import any_forbidden
from dateline.fusion.days import Days
from dateline.fusion.names import folded
from dateline.fusion.profiles import Profile
from dateline.fusion.settings import Blocks, comparison, families_of
from dateline.fusion.where import country_of, is_point, place_name
from dateline.records import EventType, HarmKind, PlaceMention, PlacePrecision

KM_PER_DEGREE = 111.2
"""Kilometres to a degree of latitude."""

MOST_PLACES = 4
"""A telling is looked for under so many of its places: a list of ten towns is a campaign."""

MOST_MONTHS = 3
"""A telling dated more coarsely than a season is not looked for by date."""

Key = tuple[object, ...]


def pairs_in_report(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Positions (i < j) of claims of one report to compare; ``profiles`` as in the text."""
    reach = comparison().blocks.report_window
    families = [_families(profile.types) for profile in profiles]
    for two, second in enumerate(profiles):
        for one in range(max(0, two - reach), two):
            first = profiles[one]
            kindred = not families[one].isdisjoint(families[two])
            if (kindred or first.linked(second)) and not any_forbidden(first.marks, second.marks):
                yield one, two


def pairs_across_reports(
    profiles: Sequence[Profile],
    copies: Iterable[tuple[str, str]],
    alike: Iterable[tuple[str, str]],
    note: Callable[[str], None] = lambda words: None,
) -> list[tuple[int, int]]:
    """Positions (i < j) of incidents of different reports to compare, ascending.

    ``copies`` are pairs of reports that share text, ``alike`` of those alike in wording: their incidents are
    compared even where words give neither place nor date. Pairs that
    :mod:`dateline.fusion.constraints` forbids are left out here. ``note`` is told of blocks so large that not
    all of their incidents were compared.
    """
    pairs = set(_pairs_of_reports(profiles, copies, same_words=True))
    pairs.update(_pairs_of_reports(profiles, alike, same_words=False))
    capped: list[int] = []
    limits = comparison().blocks
    for block in _blocks(profiles).values():
        if len(block) > 1:
            pairs.update(_pairs_in_block(block, profiles))
        if len(block) > limits.full_pairs:
            capped.append(len(block))
    if capped:
        note(
            f"{len(capped)} groups of incidents of one kind, time and place are so large (up to "
            f"{max(capped)}) that each incident was compared with its {limits.window} nearest, "
            "not with all"
        )
    return sorted(
        (one, two) for one, two in pairs if not any_forbidden(profiles[one].marks, profiles[two].marks)
    )


@lru_cache(maxsize=4_096)
def _families(types: frozenset[EventType]) -> frozenset[str]:
    return frozenset(name for kind in types for name in families_of(kind))


def _blocks(profiles: Sequence[Profile]) -> dict[Key, list[int]]:
    blocks: dict[Key, list[int]] = defaultdict(list)
    limits = comparison().blocks
    for at, profile in enumerate(profiles):
        times = _time_keys(profile, limits)
        if not times:
            continue
        places = {key for place in profile.places[:MOST_PLACES] for key in _place_keys(place, limits)}
        for key in product(_families(profile.types), times, places):
            blocks[key].append(at)
    return blocks


def _time_keys(profile: Profile, limits: Blocks) -> list[Key]:
    days = profile.days
    if days is None:
        if profile.published is None or profile.old:
            return []
        days = Days(profile.published - limits.undated_days, profile.published)
    if days.fine:
        return [("day", day) for day in range(days.first, days.last + 1)]
    months = days.months()
    return [("month", month) for month in months] if len(months) <= MOST_MONTHS else []


def _place_keys(place: PlaceMention, limits: Blocks) -> Iterator[Key]:
    """Where a place is looked for: squares within reach, its name, its division."""
    country = country_of(place)
    if is_point(place) and place.lat is not None and place.lon is not None:
        yield from _squares(place.lat, place.lon, limits)
    name = folded(place_name(place))
    if name:
        yield ("name", name)
    if place.precision == PlacePrecision.COUNTRY:
        yield ("country", country)
    elif place.admin1 or place.precision == PlacePrecision.ADMIN1:
        yield ("admin1", country, folded(place.admin1 or name))


def _squares(lat: float, lon: float, limits: Blocks) -> Iterator[Key]:
    """Squares that a box around a point touches: two points within reach share one."""
    size = limits.cell_degrees
    north = limits.near_km / KM_PER_DEGREE / 2
    east = north / max(0.1, cos(radians(lat)))
    for row in range(floor((lat - north) / size), floor((lat + north) / size) + 1):
        for column in range(floor((lon - east) / size), floor((lon + east) / size) + 1):
            yield ("square", row, column)


def _pairs_in_block(block: Sequence[int], profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    limits = comparison().blocks
    ordered: Sequence[int] = block
    reach = len(block)
    if len(block) > limits.full_pairs:
        ordered = sorted(block, key=lambda at: _likeness(profiles[at]))
        reach = limits.window
    for place, at in enumerate(ordered):
        first = profiles[at]
        for other in ordered[place + 1 : place + 1 + reach]:
            if first.report_id != profiles[other].report_id:
                yield (at, other) if at < other else (other, at)


def _likeness(profile: Profile) -> tuple[object, ...]:
    """Sorts like next to like: by place, toll, type; last by id."""
    place = folded(place_name(profile.places[0])) if profile.places else ""
    toll = profile.harm.get(HarmKind.KILLED) or profile.harm.get(HarmKind.INJURED) or (None, None)
    return (place, toll[0] or toll[1] or 0, sorted(profile.types), profile.claim_ids)


def _pairs_of_reports(
    profiles: Sequence[Profile], reports: Iterable[tuple[str, str]], same_words: bool
) -> Iterator[tuple[int, int]]:
    """Incidents of one family of two reports; ``same_words``: of those whose triggers share words."""
    by_report: dict[str, list[int]] = defaultdict(list)
    for at, profile in enumerate(profiles):
        by_report[profile.report_id].append(at)
    for one, two in reports:
        for first in by_report.get(one, ()):
            for second in by_report.get(two, ()):
                a, b = profiles[first], profiles[second]
                if _families(a.types).isdisjoint(_families(b.types)):
                    continue
                if not same_words or not a.triggers.isdisjoint(b.triggers):
                    yield (first, second) if first < second else (second, first)
