"""Harm with its numbers and the standing of its people read from its words (codebook, field ``harm``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from dateline.records import Count, Harm, HarmState, Span
from dateline.world.actors import names_one_person
from dateline.world.people import is_nobody_in_particular, name_at_end, standing_of, tells_one, unit_of
from dateline.world.quantities import counts_all_so_far, of_units, resolve_count

#: Characters before a number in which the words of a toll that rose are looked for.
TOLL_REACH = 60


def read_harm(harm: Harm, text: str, names: Collection[str] = ()) -> Harm:
    """The harm with bounds, state, rule and civilian standing; its spans stay as they are.

    ``text``: of the report; ``names``: parts of persons' full names in it (:func:`parts_of_names`).
    """
    standing = standing_of(harm.who.text) if harm.who else None
    if standing:
        harm = replace(harm, civilian=standing)
    if harm.state is HarmState.UNKNOWN:
        return harm
    if harm.count is None:
        return _without_count(harm, text, names)
    read = _counted(harm.count, harm.who)
    # One count told for two kinds of harm: how many of each cannot be known, unless there were none at all.
    if harm.rule is not None and read.state is not HarmState.NONE:
        return replace(harm, approximate=read.approximate, state=read.state)
    rule = read.rule
    if counts_all_so_far(text[max(0, harm.count.start - TOLL_REACH) : harm.count.start]):
        rule = f"{rule}; a toll of all so far"
    return replace(
        harm, min=read.min, max=read.max, approximate=read.approximate, state=read.state, rule=rule
    )


def parts_of_names(spans: Iterable[Span]) -> frozenset[str]:
    """The parts of all full names of persons in ``spans``: a later "Diaz" is the "Ana Diaz" of before."""
    found = (name_at_end(span.text) for span in spans)
    return frozenset(part for name in found if name and names_one_person(name) for part in name.split())


def _without_count(harm: Harm, text: str, names: Collection[str]) -> Harm:
    who = harm.who
    if who is None:
        return harm
    if names_one_person(who.text):
        return replace(harm, min=1, max=1, rule="a named person without a number is one")
    if who.text in names:
        return replace(harm, min=1, max=1, rule="a person of that name in the report: one")
    if tells_one(who.text) and not is_nobody_in_particular(text[max(0, who.start - 10) : who.start]):
        return replace(harm, min=1, max=1, rule=f"'{who.text}', in the singular, is one")
    return harm


def _counted(count: Span, who: Span | None) -> Count:
    read = resolve_count(count.text) or Count(rule="no number in these words")
    unit = unit_of(who.text) if who else None
    if unit is None or who is None or (unit[-1] != "s" and (read.min or 0) > 1):  # "six of the family"
        return read
    together = resolve_count(f"{count.text} {who.text}")  # "a family of five"
    return together if together and together.min is not None else of_units(read, unit)
