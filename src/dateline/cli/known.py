"""What the shipped lists know, as the closed vocabularies of a public file.

Here and not in export, which imports no other stage. A user's own actors are not among them: whom only the
user knows a public file names when the rules of disclosure list the name as published.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dateline.export.vocabulary import Known, folded
from dateline.records import Actor, ActorKind

if TYPE_CHECKING:
    from dateline.export.redacting import Redactor


@cache
def known() -> Known:
    """The vocabularies, read once. InstallationError where a list is missing."""
    from dateline.world.places.gazetteer import country_entries
    from dateline.world.vocabulary import read_jsonl

    actors, outlets = {}, _outlets()
    for entry in read_jsonl("actors.jsonl"):
        kind = ActorKind(entry["kind"])
        actors[entry["id"]] = Actor(name=entry["name"], id=entry["id"], country=entry["country"], kind=kind)
        if kind is ActorKind.MEDIA:
            for alias in (entry["name"], *entry["aliases"]):
                outlets.setdefault(folded(alias), entry["name"])
    nations = list(read_jsonl("nationalities.jsonl"))
    countries = country_entries()
    named = {nation["country"]: nation["name"] for nation in nations if nation["country"]}
    names = {nation["name"] for nation in nations} | {entry.name for entry in countries.values()}
    return Known(
        actors=actors,
        outlets=outlets,
        countries=frozenset(countries) | frozenset(named),
        country_names=frozenset(names),
        name_of_country={code: entry.name for code, entry in countries.items()} | named,
        is_place=_is_place,
    )


@cache
def redactor() -> Redactor:
    """The redactor with the names that our lists know as public."""
    from dateline.export.redacting import Redactor
    from dateline.sources.wordlists import load
    from dateline.world.places.gazetteer import country_entries, entries
    from dateline.world.vocabulary import read_jsonl

    names = {
        folded(name) for entry in read_jsonl("actors.jsonl") for name in (entry["name"], *entry["aliases"])
    }
    for entry in read_jsonl("nationalities.jsonl"):
        names |= {folded(name) for name in (entry["name"], *entry["names"], *entry["demonyms"])}
    names |= {folded(entry.name) for entry in country_entries().values()} | set(known().outlets)
    calendar = load("calendar")
    names |= {folded(name) for name in (*calendar["months"], *calendar["weekdays"]["names"])}

    def population(name: str) -> int | None:
        return max((entry.population for entry in entries(name) if entry.agrees), default=None)

    return Redactor(lambda name: folded(name) in names, population)


def _outlets() -> dict[str, str]:
    """Outlets and agencies that the read stage knows, by folded name."""
    from dateline.sources.wordlists import load

    found = {folded(name): name for name in load("outlets")["names"]}
    for name, forms in load("agencies")["agencies"].items():
        for form in (name, *forms):
            found.setdefault(folded(form), name)
    return found


@cache
def _is_place(name: str) -> bool:
    """Whether the gazetteer, or an installed pack, gives a place exactly this name."""
    from dateline.world.places.gazetteer import entries

    return any(entry.name == name for entry in entries(name))
