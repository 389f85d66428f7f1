"""Where accounts of one event contradict each other: every value side by side, with its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from dateline.fusion.days import Days, days_of, iso
from dateline.fusion.grading import denials, rivals
from dateline.fusion.tolls import Told, overlap, whole, words_for
from dateline.fusion.where import finest, inside, near, place_name, same_spot
from dateline.records import Claim, Conflict, ConflictValue, Denies, HarmKind, PlaceMention, Status


def conflicts_of(
    claims: Sequence[Claim], figures: Mapping[HarmKind, Told], origin_of: Mapping[str, int]
) -> tuple[Conflict, ...]:
    """The fields on which the claims of an event contradict each other, by field name.

    ``figures`` are what :func:`dateline.fusion.tolls.figures_of` finds in the claims. Values that
    differ without contradiction (a town and its province, "dozens" and 30) are no conflict.
    """
    found = [_doer(claims)]
    if len(claims) > 1:  # one claim contradicts none, but may hold the denial of its doer
        found += [_tolls(kind, told) for kind, told in figures.items()]
        found += [_dates(claims), _places(claims), _actors(claims, origin_of), _occurrence(claims)]
    return tuple(sorted((c for c in found if c is not None), key=lambda conflict: conflict.field))


def _tolls(kind: HarmKind, told: Told) -> Conflict | None:
    given: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
    for claim, figure in whole(told):
        if (figure.min, figure.max) != (None, None):
            given[figure.min, figure.max].append(claim.claim_id)
    if all(overlap(one, two) for one, two in combinations(given, 2)):
        return None
    order = sorted(given, key=lambda r: (r[0] if r[0] is not None else -1, r[1] if r[1] is not None else -1))
    return _conflict(kind.value, [(words_for(*bounds), given[bounds]) for bounds in order])


def _dates(claims: Sequence[Claim]) -> Conflict | None:
    given: dict[Days, list[str]] = defaultdict(list)
    for claim in claims:
        days = days_of(claim)
        if days is not None:
            given[days].append(claim.claim_id)
    if all(one.meets(two) for one, two in combinations(given, 2)):
        return None
    return _conflict("date", [(_words(days), given[days]) for days in sorted(given)])


def _words(days: Days) -> str:
    return iso(days.first) if days.one else f"{iso(days.first)} to {iso(days.last)}"


def _places(claims: Sequence[Claim]) -> Conflict | None:
    """Places that are neither one spot, nor near, nor one within the other."""
    distinct: list[PlaceMention] = []
    given: list[list[str]] = []
    for claim in claims:
        for place in finest(claim.places):
            for at, known in enumerate(distinct):
                if same_spot(place, known):
                    given[at].append(claim.claim_id)
                    break
            else:
                distinct.append(place)
                given.append([claim.claim_id])
    apart: set[int] = set()
    for one, two in combinations(range(len(distinct)), 2):
        a, b = distinct[one], distinct[two]
        # Two places of one claim are two places told together, not two accounts of one.
        told_together = not set(given[one]).isdisjoint(given[two])
        if not (told_together or near(a, b, 0.0) or inside(a, b) or inside(b, a)):
            apart |= {one, two}
    if not apart:
        return None
    values = sorted((place_name(distinct[at]), given[at]) for at in apart)
    return _conflict("place", values)


def _actors(claims: Sequence[Claim], origin_of: Mapping[str, int]) -> Conflict | None:
    accused = rivals(claims, origin_of)
    return _conflict("actors", [(name, ids) for name, ids in accused.items()]) if accused else None


def _occurrence(claims: Sequence[Claim]) -> Conflict | None:
    against = denials(claims, Denies.OCCURRENCE)
    told = [
        claim.claim_id
        for claim in claims
        if claim.status == Status.HAPPENED and claim.claim_id not in against
    ]
    if not against or not told:
        return None
    return _conflict("occurrence", [("denied", against), ("told as having happened", told)])


def _doer(claims: Sequence[Claim]) -> Conflict | None:
    against = denials(claims, Denies.ACTOR)
    accusing = [claim.claim_id for claim in claims if claim.actors]
    if not against:
        return None
    return _conflict("actor", [("named as the doer", accusing), ("the doer denied", against)])


def _conflict(field: str, values: Iterable[tuple[str, Iterable[str]]]) -> Conflict:
    return Conflict(
        field=field,
        values=tuple(
            ConflictValue(value=value, claim_ids=ids)
            for value, given in values
            if (ids := tuple(sorted(set(given))))
        ),
    )
