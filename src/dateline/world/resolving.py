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
    PlacePrecision,
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
from dateline.world.sections import Heading, headings, names_day, names_no_place, over, sections
from dateline.world.sites import protected_categories, site_category
from dateline.world.vocabulary import key_of
from dateline.world.weapons import weapon_category

Tense = Literal["past", "future"]

_TENSE: dict[Status, Tense] = {Status.PLANNED: "future", Status.HAPPENED: "past", Status.PREVENTED: "past"}
"""What a claim's status says of the day of its act."""

_Party = TypeVar("_Party", ActorMention, Attribution)


def resolve(report: Report, claims: Sequence[Claim], known: KnownActors | None = None) -> list[Claim]:
    """``claims``, all of ``report`` and in order of appearance, resolved; their spans stay as they are.

    ``known``: the known actors, if not only ours.
    """
    headed = headings(report.text)
    places = _places(report, claims, headed)
    country = _country(places.values())
    of_place, of_date = _sections(report, headed, places, country)
    names = parts_of_names(span for claim in claims for span in claim.spans())
    told: Interval | None = None
    found = []
    for claim in claims:
        tense = _TENSE.get(claim.status)
        spans = claim.dates or _dated_above(report, of_date, claim)
        dates = tuple(_dated(d, report.published, tense, told) for d in spans)
        told = next((_interval(d) for d in dates if d.precision is DatePrecision.DAY), told)
        found.append(
            replace(
                claim,
                actors=tuple(_named(a, a, country, known) for a in claim.actors),
                targets=tuple(_named(t, t, country, known) for t in claim.targets),
                places=tuple(_placed(p, places.get((p.start, p.end))) for p in claim.places)
                or _placed_above(report, of_place, claim, places),
                sites=tuple(map(_sited, claim.sites)),
                weapons=tuple(replace(w, category=weapon_category(w.text)) for w in claim.weapons),
                dates=dates,
                harm=tuple(read_harm(h, report.text, names) for h in claim.harm),
                attribution=tuple(_named(a, a.who, country, known) for a in claim.attribution),
            )
        )
    return refer_back(report.text, found, known)


def _places(
    report: Report, claims: Sequence[Claim], headed: Sequence[Heading]
) -> dict[tuple[int, int], Place | None]:
    """Every place mention of the report, resolved together, and what headings may name."""
    may = {(h.start, h.end) for h in headed if not names_no_place(report.text[h.start : h.end])}
    spans = sorted({(p.start, p.end) for claim in claims for p in claim.places} | may)
    if not spans:
        return {}
    found = locate_all(report.text, spans, dateline_place=report.dateline_place)
    return dict(zip(spans, found, strict=True))


def _sections(
    report: Report,
    headed: Sequence[Heading],
    places: dict[tuple[int, int], Place | None],
    country: str | None,
) -> tuple[list[Heading], list[Heading]]:
    """The headings that name places, of the country that most of the report's places lie in, and days."""
    text = report.text
    days: list[Heading] = []
    others: list[Heading] = []
    for heading in headed:
        (days if names_day(text[heading.start : heading.end]) else others).append(heading)
    named = [(h, place) for h in others if (place := places.get((h.start, h.end))) is not None]
    here = [(h, p.name) for h, p in named if p.lat is not None and p.country == country]
    dated = [(h, text[h.start : h.end]) for h in days]
    return sections(here, others, len(text)), sections(dated, days, len(text))


def _placed_above(
    report: Report, found: Sequence[Heading], claim: Claim, places: dict[tuple[int, int], Place | None]
) -> tuple[PlaceMention, ...]:
    """The place of the heading that a claim without a place of its own comes under."""
    heading = over(found, claim.trigger.start)
    if heading is None:
        return ()
    span = (heading.start, heading.end)
    mention = _placed(PlaceMention.of(report.text, *span), places.get(span))
    if mention.admin1 and set(key_of(mention.admin1)) <= set(key_of(mention.text)):
        rule = f"heading of its section, read as the division, not as its seat; {mention.rule}"
        wide = replace(
            mention, name=mention.admin1, geonameid=None, admin2=None, precision=PlacePrecision.ADMIN1
        )
        return (replace(wide, rule=rule, alternatives=()),)
    return (replace(mention, rule=f"heading of its section; {mention.rule}"),)


def _dated_above(report: Report, found: Sequence[Heading], claim: Claim) -> tuple[DateMention, ...]:
    """The day of the heading that a claim without a date of its own comes under."""
    heading = over(found, claim.trigger.start)
    return (DateMention.of(report.text, heading.start, heading.end),) if heading else ()


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
