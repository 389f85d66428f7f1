"""The claims of one report with every value resolved: names, places, dates, numbers, categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from msgspec.structs import replace

from dateline.records import (
    ActorMention,
    Attribution,
    Claim,
    DateMention,
    DatePrecision,
    Interval,
    Place,
    PlaceMention,
    Report,
    SiteMention,
    Span,
    Status,
)
from dateline.world.actors import KnownActors, resolve_actor
from dateline.world.coreference import refer_back
from dateline.world.dates import resolve_date
from dateline.world.harm import parts_of_names, read_harm
from dateline.world.places import locate_all
from dateline.world.sites import protected_categories, site_category
from dateline.world.weapons import weapon_category

Tense = Literal["past", "future"]

_TENSE: dict[Status, Tense] = {Status.PLANNED: "future", Status.HAPPENED: "past", Status.PREVENTED: "past"}
"""What a claim's status says of the day of its act."""

_Party = TypeVar("_Party", ActorMention, Attribution)


def resolve(report: Report, claims: Sequence[Claim], known: KnownActors | None = None) -> list[Claim]:
    """``claims``, all of ``report`` and in order of appearance, resolved; their spans stay as they are.

    ``known``: the known actors, if not only ours.
    """
    places = _places(report, claims)
    country = _country(places.values())
    names = parts_of_names(span for claim in claims for span in claim.spans())
    told: Interval | None = None
    found = []
    for claim in claims:
        tense = _TENSE.get(claim.status)
        dates = tuple(_dated(d, report.published, tense, told) for d in claim.dates)
        told = next((_interval(d) for d in dates if d.precision is DatePrecision.DAY), told)
        found.append(
            replace(
                claim,
                actors=tuple(_named(a, a, country, known) for a in claim.actors),
                targets=tuple(_named(t, t, country, known) for t in claim.targets),
                places=tuple(_placed(p, places.get((p.start, p.end))) for p in claim.places),
                sites=tuple(map(_sited, claim.sites)),
                weapons=tuple(replace(w, category=weapon_category(w.text)) for w in claim.weapons),
                dates=dates,
                harm=tuple(read_harm(h, report.text, names) for h in claim.harm),
                attribution=tuple(_named(a, a.who, country, known) for a in claim.attribution),
            )
        )
    return refer_back(report.text, found, known)


def _places(report: Report, claims: Sequence[Claim]) -> dict[tuple[int, int], Place | None]:
    """Every place mention of the report, resolved together."""
    spans = sorted({(p.start, p.end) for claim in claims for p in claim.places})
    if not spans:
        return {}
    found = locate_all(report.text, spans, dateline_place=report.dateline_place)
    return dict(zip(spans, found, strict=True))


def _country(places: Iterable[Place | None]) -> str | None:
    """The country most of the report's places lie in; None when two are as frequent."""
    ranked = Counter(p.country for p in places if p and p.country).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _named(party: _Party, words: Span | None, country: str | None, known: KnownActors | None) -> _Party:
    """The actor, target or speaker with who that is."""
    who = resolve_actor(words.text, country, known) if words else None
    if who is None:
        return party
    return replace(party, name=who.name, id=who.id, country=who.country, kind=who.kind)


def _placed(mention: PlaceMention, place: Place | None) -> PlaceMention:
    if place is None:
        return replace(mention, rule="not in the gazetteer")
    return replace(mention, **{f: getattr(place, f) for f in Place.__struct_fields__})


def _sited(mention: SiteMention) -> SiteMention:
    category = site_category(mention.text)
    return replace(mention, category=category, protection=protected_categories().get(category or ""))


def _dated(
    mention: DateMention, published: str | None, tense: Tense | None, told: Interval | None
) -> DateMention:
    """The date words as an interval; ``told`` is the day last spoken of, for "the same day"."""
    when = resolve_date(mention.text, published, tense=tense, anchor=told)
    when = when or Interval()
    return replace(mention, from_=when.from_, to=when.to, precision=when.precision, rule=when.rule)


def _interval(mention: DateMention) -> Interval:
    return Interval(from_=mention.from_, to=mention.to, precision=mention.precision, rule=mention.rule)
