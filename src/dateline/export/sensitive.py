"""Which events are shown at their division only, by the rules under ``[coarsen]``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.export.rules import Coarsen, Rules
from dateline.export.vocabulary import folded, holds_words
from dateline.records import Claim, DatePrecision, Event, HarmKind, PlacePrecision, Toll

LIVING = (HarmKind.INJURED, HarmKind.ABDUCTED, HarmKind.DETAINED, HarmKind.MISSING, HarmKind.TRAPPED)
"""Harm that people live with: whoever knows them can tell who is meant, and harm them again."""

_PRECISE = (PlacePrecision.EXACT, PlacePrecision.SETTLEMENT)


def sensitive(
    event: Event, claims: Sequence[Claim], texts: Mapping[str, str], coarsen: Coarsen
) -> str | None:
    """Why an event's place is sensitive: a key of ``Disclosure.held``; None where no rule says so.

    ``claims`` are the event's, ``texts`` the reports' by id.
    """
    categories = {site.category for claim in claims for site in claim.sites if site.category}
    found = sorted(categories & coarsen.sites)
    if found:
        return f"site {found[0]}"
    names = [event.place.name] if event.place and event.place.name else []
    names += [place.text for claim in claims for place in claim.places]
    if any(is_site_name(name, coarsen) for name in names):
        return "site by its name"
    if any(target.kind in coarsen.targets for target in event.targets):
        return "target"
    if any(not coarsen.groups.isdisjoint(harm.groups) for claim in claims for harm in claim.harm):
        return "people harmed"
    if any(holds_words(words, coarsen.marked_words) for words in _marked(claims)):
        return "words of a claim"
    sentences = (texts.get(c.report_id, "")[c.sentence.start : c.sentence.end] for c in claims)
    if any(holds_words(words, coarsen.sentence_words) for words in sentences):
        return "words of a sentence"
    return None


def few_living(event: Event, rules: Rules) -> bool:
    """Whether fewer than k living victims of a group are told of on one day in one town."""
    exact = event.date.precision is DatePrecision.DAY and event.place is not None
    if not exact or event.place is None or event.place.precision not in _PRECISE:
        return False
    if not any(target.kind in rules.victims.groups for target in event.targets):
        return False
    counts = [people(getattr(event, kind.value)) for kind in LIVING]
    return any(0 < count < rules.victims.k for count in counts)


def people(toll: Toll | None) -> int:
    """How many people a toll tells of: the shown figure, else the least; 0 where none is given."""
    if toll is None:
        return 0
    return toll.best if toll.best is not None else (toll.min or 0)


def is_site_name(name: str, coarsen: Coarsen) -> bool:
    """Whether a place is a camp, hospital or shelter by its own name."""
    words = folded(name).split()
    return holds_words(name, coarsen.name_words) or bool(words and words[-1] in coarsen.name_endings)


def _marked(claims: Iterable[Claim]) -> Iterable[str]:
    for claim in claims:
        marked = (*claim.actors, *claim.targets, *claim.sites, *claim.places)
        yield from (span.text for span in marked)
        yield from (harm.who.text for harm in claim.harm if harm.who)
