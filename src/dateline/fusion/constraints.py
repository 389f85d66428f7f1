"""What keeps two claims apart for good: no event holds two claims that this module forbids.

Two claims cannot be one incident where
- one tells of a single incident and the other sums several (codebook, ``scope``);
- one report tells one as background and the other as news (codebook, ``old``): what is background in one
  report may be news in another;
- one is planned and the other is not (codebook, ``status``; a denial may join what it denies);
- the days of both are known exactly and differ;
- the places of both are known as settlements and lie more than 30 km apart.

Without such marks a chain of likenesses joins a week of strikes on a town into one event ("pairwise
constraints", Wagstaff and Cardie 2000). The rules hold between all claims of two clusters, so that
nothing slips in by way of a third claim.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from dateline.fusion.days import days_of
from dateline.fusion.where import finest, is_settlement, km_between, point
from dateline.records import Claim, Scope, Status

FAR_KM = 30.0
"""Settlements farther apart than this are two places, whatever the gazetteer's points are worth."""

Point = tuple[float, float]


class Marks(NamedTuple):
    """What of a claim can keep it apart from another. ``day``: ordinal, when known exactly."""

    report: str
    scope: Scope
    old: bool
    planned: bool
    day: int | None
    settlements: tuple[Point, ...]


def marks_of(claim: Claim) -> Marks:
    """The marks of one claim."""
    days = days_of(claim)
    spots = {point(place) for place in finest(claim.places) if is_settlement(place)}
    # A claim whose finest places are not all located may be about the one that is not.
    known = () if None in spots else sorted(filter(None, spots))
    return Marks(
        report=claim.report_id,
        scope=claim.scope,
        old=claim.old,
        planned=claim.status == Status.PLANNED,
        day=days.first if days is not None and days.one else None,
        settlements=tuple(known),
    )


def forbidden(one: Marks, two: Marks) -> str | None:
    """The rule by which claims with these marks cannot be one incident, or None.

    One of ``scope``, ``old``, ``planned``, ``day``, ``far``: the list above, in its order.
    """
    if one.scope != two.scope:
        return "scope"
    if one.report == two.report and one.old != two.old:
        return "old"
    if one.planned != two.planned:
        return "planned"
    if one.day is not None and two.day is not None and one.day != two.day:
        return "day"
    return "far" if one.settlements and two.settlements and _far(one.settlements, two.settlements) else None


def any_forbidden(ones: Collection[Marks], twos: Collection[Marks]) -> str | None:
    """The rule by which some claim of one cluster cannot be with some claim of another, or None."""
    for one in ones:
        for two in twos:
            if one is not two and (rule := forbidden(one, two)):
                return rule
    return None


def _far(ones: tuple[Point, ...], twos: tuple[Point, ...]) -> bool:
    if ones == twos:
        return False
    return all(km_between(one, two) > FAR_KM for one in ones for two in twos)
