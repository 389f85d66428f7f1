"""Which place words mean: :func:`locate` one, :func:`locate_all` those of a report together.

1. read the words: the name in them, and what the rest wants (``phrases``);
2. look the name up by its sound (``candidates``, ``gazetteer``, ``keys``);
3. weigh the candidates by the report as a whole: how near the name is, the countries and divisions
   the text speaks of, the report's other places, population last (``context``, ``choice``);
4. place the result: a town, a part of it, a point at a distance, a division, a country (``result``).

No candidate, or only one the report speaks against: the country alone, where the report speaks of one
country, and no point; else None. No place is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.records import Place
from dateline.world.places.choice import agree, misleading, rank, read_mention
from dateline.world.places.context import read_context
from dateline.world.places.gazetteer import Kind, entries
from dateline.world.places.keys import fold
from dateline.world.places.result import between, placed, unlisted


def locate(text: str, start: int, end: int, country: str | None = None) -> Place | None:
    """The place meant by ``text[start:end]``, with the whole text as context; None when not known.

    A place that is not in the gazetteer has no point, only the country the text speaks of.

    ``country``: ISO 3166-1 alpha-2 code that the place must be in.
    """
    return locate_all(text, [(start, end)], country=country)[0]


def locate_all(
    report_text: str,
    spans: Sequence[tuple[int, int]],
    *,
    dateline_place: str | None = None,
    country: str | None = None,
) -> list[Place | None]:
    """The places meant by several spans of one report, each a Place or None, in the spans' order.

    ``dateline_place``: the place before the report's first words, a weak hint to its country.
    ``country``: ISO 3166-1 alpha-2 code that the places must be in.
    """
    context = read_context(report_text)
    mentions = [read_mention(report_text, start, end, country) for start, end in spans]
    context.leave_out(misleading(mentions, context, report_text))
    if dateline_place and (found := entries(dateline_place)):
        best = max(found, key=lambda e: (e.agrees, e.population))
        context.add_country(best.country, 0.3, "")
    first = agree(mentions, context)
    anchors = [
        (m.start, entry)
        for m, entry in zip(mentions, first, strict=True)
        if entry is not None and entry.kind is not Kind.COUNTRY
    ]
    resolved = {
        (entry.id, entry.country, fold(m.candidates[0].reading.name))
        for m, entry in zip(mentions, first, strict=True)
        if entry is not None and m.candidates
    }
    for _, nation, name in sorted(resolved):
        context.add_country(nation, 0.5, name)
    if len(mentions) == 1:
        anchors = []
    found_places: list[Place | None] = []
    known: dict[tuple[str, int], Place | None] = {}
    for mention in mentions:
        key_ = (mention.words, mention.start // 400)
        if key_ not in known:
            ranked = rank(mention, context, anchors)
            known[key_] = (
                between(mention, context, anchors)
                or (placed(mention, ranked, context) if ranked else None)
                or unlisted(mention, context, anchors, report_text)
            )
        found_places.append(known[key_])
    return found_places
