"""How alike two tellings are: named features by readable rules, and their weighted sum.

Slots decide, not the likeness of sentences: "30 killed in Mosul" and "300 killed in Raqqa" are
near to each other for any encoder. Each rule names at most one feature of its group, so that a
score can be read aloud: "type.same +.6, days.same +2, place.near +.8". Nothing known gives no
feature and no points.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dateline.fusion.days import Days
from dateline.fusion.names import alike, folded
from dateline.fusion.profiles import Party, Profile
from dateline.fusion.settings import comparison, type_relations
from dateline.fusion.tolls import overlap
from dateline.fusion.where import FINENESS, fineness, inside, near, place_name, same_spot
from dateline.records import ActorKind, EventType, HarmKind, PlaceMention, PlacePrecision, Scope

_NO_KIND = (ActorKind.UNKNOWN, ActorKind.PERSON)

Places = tuple[PlaceMention, ...]

_TOLD = (HarmKind.KILLED, HarmKind.INJURED, HarmKind.ABDUCTED, HarmKind.DETAINED)
"""Harm whose figures tell incidents apart, in the order asked."""


class Setting(NamedTuple):
    """What a report is like around its claims; lists are by the claims' order.

    ``spread``: how many places its claims name, ``one_place``, ``few_places`` or ``many_places``:
    a story on one incident comes back to it, a round-up does not. ``linked``: it has ``same_as``
    links at all. ``scenes``: for each claim the places last named up to it.
    """

    spread: str
    linked: bool
    scenes: tuple[tuple[PlaceMention, ...], ...]

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> Setting:
        """The setting of a report with these claims, in the order of its text."""
        names = {folded(place_name(place)) for profile in profiles for place in profile.places}
        scenes: list[tuple[PlaceMention, ...]] = []
        for profile in profiles:
            scenes.append(profile.places or (scenes[-1] if scenes else ()))
        return cls(
            spread="one_place" if len(names) <= 1 else "few_places" if len(names) <= 4 else "many_places",
            linked=any(profile.same_as for profile in profiles),
            scenes=tuple(scenes),
        )


def features_inside(one: Profile, two: Profile, setting: Setting) -> list[str]:
    """Features of two claims of one report."""
    found = _shared_features(one, two)
    if one.linked(two):
        found.append("same_as.linked")
    elif setting.linked:
        found.append("same_as.not_linked")
    found.append(_distance(one, two))
    if one.order == 0 or two.order == 0:
        found.append("nearby.lead")
    if one.scope == two.scope == Scope.REPEATED:
        found.append("scope.repeated")
    found.append(f"setting.{setting.spread}")
    earlier, later = (one, two) if one.order < two.order else (two, one)
    if not later.places:
        bare = not (later.days or later.actors or later.targets)
        found.append("later.bare" if bare else "later.unplaced")
    if not one.places or not two.places:
        scene = _place_relation(setting.scenes[earlier.order], setting.scenes[later.order])
        if scene:
            found.append("scene.apart" if scene in ("apart", "alike", "unlocated") else "scene.same")
    return found


def features_across(one: Profile, two: Profile, share: float, likeness: float) -> list[str]:
    """Features of two incidents of different reports.

    ``share``: of text that the reports share; ``likeness``: of their wording (both 0…1, 0 where too little).
    """
    found = _shared_features(one, two)
    if share and not one.triggers.isdisjoint(two.triggers):
        found.append("text.copied")
    if not one.people.isdisjoint(two.people):
        found.append("people.same")
    wording = comparison().wording
    if not (_told_for_itself(one) and _told_for_itself(two)):
        likeness = 0.0
    for name in ("most", "much", "some"):
        if likeness >= getattr(wording, name):
            found.append(f"wording.{name}")
            break
    if one.days is None or two.days is None:
        found.append(_presumed(one, two))
    return found


def _told_for_itself(profile: Profile) -> bool:
    """Whether a report says when or where, or opens with it: of an aside the shared words tell little."""
    return profile.order == 0 or profile.days is not None or bool(profile.places)


def may_cross(one: Profile, two: Profile) -> bool:
    """Whether incidents of two reports may be one at all, before points are counted.

    Their types must be the same or go together. Campaigns (scope ``repeated``) need the same
    type, the same place and the same month.
    """
    if _types(one.types, two.types) == "type.other":
        return False
    if Scope.REPEATED not in (one.scope, two.scope):
        return True
    return (
        not one.types.isdisjoint(two.types)
        and any(same_spot(a, b) for a in one.places for b in two.places)
        and _same_month(one, two)
    )


def score_inside(one: Profile, two: Profile, setting: Setting) -> float:
    """Points for two claims of one report being one incident."""
    points = comparison().inside
    return points["base"] + sum(map(points.__getitem__, features_inside(one, two, setting)))


def points_of(features: Sequence[str]) -> float:
    """Points for incidents of two reports with these features being one."""
    points = comparison().across
    return points["base"] + sum(map(points.__getitem__, features))


def _shared_features(one: Profile, two: Profile) -> list[str]:
    groups = (_days(one, two), _place(one, two), _actors(one, two), _targets(one, two), _harm(one, two))
    found = [_types(one.types, two.types), *filter(None, groups)]
    if not one.triggers.isdisjoint(two.triggers):
        found.append("words.same_trigger")
    if not one.weapons.isdisjoint(two.weapons):
        found.append("words.same_weapon")
    if not one.sites.isdisjoint(two.sites):
        found.append("words.same_site")
    return found


@lru_cache(maxsize=4_096)
def _types(ones: frozenset[EventType], twos: frozenset[EventType]) -> str:
    same = ones & twos
    if same:
        return "type.same_seldom" if same <= comparison().kin.seldom_twice else "type.same"
    relations = type_relations()
    found = {relations.get((one, two), "other") for one in ones for two in twos}
    return next(f"type.{name}" for name in ("generic", "kin", "other") if name in found)


def _days(one: Profile, two: Profile) -> str | None:
    first, second = one.days, two.days
    if first is None or second is None:
        return None
    if first.meets(second):
        if first == second:
            return "days.same" if first.fine else "days.same_coarse"
        return "days.overlap" if first.fine and second.fine else "days.overlap_coarse"
    return "days.next" if first.gap(second) == 1 else "days.apart"


def _presumed(one: Profile, two: Profile) -> str:
    """How an undated telling fits: news is about the days up to its publication."""
    limits = comparison().blocks
    first, second = _window(one, limits.undated_days), _window(two, limits.undated_days)
    if first is None or second is None:
        return "presumed.unknown"
    if first.meets(second):
        return "presumed.overlap"
    return "presumed.apart" if first.gap(second) > limits.stale_days else "presumed.later"


def _window(profile: Profile, undated_days: int) -> Days | None:
    if profile.days is not None or profile.published is None or profile.old:
        return profile.days
    return Days(profile.published - undated_days, profile.published)


def _same_month(one: Profile, two: Profile) -> bool:
    limits = comparison().blocks
    first, second = _window(one, limits.undated_days), _window(two, limits.undated_days)
    if first is None or second is None:
        return False
    return first.first - second.first in range(-30, 31) and first.month() == second.month()


def _place(one: Profile, two: Profile) -> str | None:
    relation = _place_relation(one.places, two.places)
    return f"place.{relation}" if relation else None


@lru_cache(maxsize=4_096)
def _place_relation(ones: Places, twos: Places) -> str | None:
    if not ones or not twos:
        return None
    pairs = [(a, b) for a in ones for b in twos]
    same = [a for a, b in pairs if same_spot(a, b)]
    if same:
        finest = min(map(fineness, same))
        return "same" if finest <= 3 else "same_division" if finest <= 5 else "same_country"
    if any(near(a, b, comparison().blocks.near_km) for a, b in pairs):
        return "near"
    holding = [max(a, b, key=fineness) for a, b in pairs if inside(a, b) or inside(b, a)]
    if holding:
        wide = min(map(fineness, holding))
        return "in_country" if wide == FINENESS[PlacePrecision.COUNTRY] else "in_division"
    if any(alike(place_name(a), place_name(b)) for a, b in pairs):
        return "alike"
    return "unlocated" if any(place.lat is None for place in (*ones, *twos)) else "apart"


def _actors(one: Profile, two: Profile) -> str | None:
    # In a fight either side may be told as the one who acts.
    if EventType.CLASH in one.types and EventType.CLASH in two.types:
        return _parties("actor", one.actors + one.targets, two.actors + two.targets)
    return _parties("actor", one.actors, two.actors)


def _targets(one: Profile, two: Profile) -> str | None:
    if EventType.CLASH in one.types and EventType.CLASH in two.types:
        return None
    return _parties("target", one.targets, two.targets)


def _parties(role: str, ones: tuple[Party, ...], twos: tuple[Party, ...]) -> str | None:
    if not ones or not twos:
        return None
    found = {_party(a, b) for a in ones for b in twos}
    for relation in ("same", "compatible", "different"):
        if relation in found:
            return f"{role}.{relation}"
    return f"{role}.contradictory"


def _party(one: Party, two: Party) -> str:
    if one.id is not None and one.id == two.id:
        return "same"
    if one.name == two.name or alike(one.name, two.name):
        return "same"
    if one.country and two.country and one.country != two.country:
        return "contradictory" if one.id and two.id else "different"
    if one.id and two.id:
        return "contradictory"
    if one.kind == two.kind or one.kind in _NO_KIND or two.kind in _NO_KIND:
        return "compatible" if one.country and two.country else "different"
    return "different"


def _harm(one: Profile, two: Profile) -> str | None:
    for kind in _TOLD:
        first, second = one.harm.get(kind), two.harm.get(kind)
        if first is None or second is None:
            continue
        if first == second:
            return "harm.same" if (first[0] or first[1] or 0) > 2 else "harm.same_few"
        if overlap(first, second):
            return "harm.overlap"
        low, high = sorted((first[0] or first[1] or 0, second[0] or second[1] or 0))
        return "harm.apart" if high <= 2 * low else "harm.far_apart"
    return None


def _distance(one: Profile, two: Profile) -> str:
    if one.sentence == two.sentence:
        return "nearby.same_sentence"
    steps = abs(one.order - two.order)
    if steps <= 3:
        return ("nearby.one", "nearby.one", "nearby.two", "nearby.three")[steps]
    return "nearby.four_to_six" if steps <= 6 else "nearby.far"
