"""The closed vocabularies that a public file is made of.

:class:`Known` holds what the other stages know, handed in by the caller: this stage imports none of them.
:class:`Vocabulary` joins it with the rules' own lists and the fixed phrases of ``data/vocabulary.toml``, and
says of each kind of string whether it is one of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dateline.export.rules import Rules
from dateline.export.tables import damaged, table
from dateline.records import Actor, ActorKind, EventType, HarmKind, Status

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Known:
    """What the shipped lists know.

    ``actors``: by id (not a user's own). ``outlets``: folded names to the name to show. ``countries``: ISO
    3166-1 alpha-2 codes; ``country_names``: every name our lists give a country or nation. ``is_place``:
    whether a name is one that the gazetteer gives to a place or a division.
    """

    actors: Mapping[str, Actor]
    outlets: Mapping[str, str]
    countries: frozenset[str]
    country_names: frozenset[str]
    name_of_country: Mapping[str, str]
    is_place: Callable[[str], bool] = field(repr=False)


def folded(name: str) -> str:
    """``name`` in small letters without marks and punctuation, as names are compared here."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).casefold()
    return " ".join(_WORDS.findall("".join(c for c in plain if not unicodedata.combining(c))))


def holds_words(text: str, words: Iterable[str]) -> bool:
    """Whether one of ``words`` stands in ``text`` as whole words, case and marks aside."""
    plain = f" {folded(text)} "
    return any(f" {folded(word)} " in plain for word in words)


class Vocabulary:
    """What may stand in a public file, by kind of string."""

    def __init__(self, known: Known, rules: Rules) -> None:
        self.known = known
        self.words = phrases()
        self._published = {folded(name): name for name in rules.published.names}
        self._outlets = {**known.outlets} | {folded(name): name for name in rules.published.outlets}
        self._names = {folded(a.name): a.name for a in known.actors.values() if a.name}
        self._kind_of_label = {label: ActorKind(kind) for kind, label in self.words["parties"].items()}
        words, n = self.words, r"\d{1,9}"
        status = "|".join(s.value for s in Status)
        types = "|".join(t.value.replace("_", " ") for t in EventType)

        def templates(listed: Iterable[str]) -> str:
            slots = {"{n}": n, "{status}": f"(?:{status})", "{type}": f"(?:{types})"}
            found = []
            for one in listed:
                pattern = re.escape(one)
                for slot, filled in slots.items():
                    pattern = pattern.replace(re.escape(slot), filled)
                found.append(pattern)
            return f"(?:{'|'.join(found)})"

        made = words["rules"]
        self._figure = re.compile(templates(made["figures"]))
        self._toll = re.compile(f"{templates(made['tolls'])}{templates(made['toll_ends'])}?")
        self._reason = re.compile(templates(made["reasons"]))
        self._spoken = re.compile(f"(.+?)({templates(made['spoken'])})")
        iso = ISO_DATE.pattern
        self._dates = re.compile(f"{iso}(?: to {iso})?")

    # ------------------------------------------------------------ parties, speakers, outlets

    def known_name(self, name: str | None) -> str | None:
        """The name as our lists or the rules spell it; None for a name they do not have."""
        key = folded(name or "")
        return self._published.get(key) or self._names.get(key)

    def is_published(self, name: str | None) -> bool:
        """Whether the rules list this name as published."""
        return folded(name or "") in self._published

    def party(self, actor: Actor) -> Actor:
        """An actor or target as a public file may show it: a known one, else its kind (and country)."""
        listed = self.known.actors.get(actor.id or "")
        if listed:
            return listed
        country = actor.country if actor.country in self.known.countries else None
        name = self.known_name(actor.name)
        if name is None and actor.kind is not ActorKind.PERSON:
            name = self.party_name(actor.name)
        return Actor(name=name or self.label(actor.kind, country), country=country, kind=actor.kind)

    def label(self, kind: ActorKind, country: str | None = None) -> str:
        """What a party of this kind is called."""
        label: str = self.words["parties"][kind.value]
        nation = self.known.name_of_country.get(country or "")
        return f"{label} ({nation})" if nation else label

    def party_name(self, name: str | None) -> str | None:
        """``name`` where it is one for a public file: known, a country's, or a kind's label; else None."""
        if not name:
            return None
        if name in self.known.country_names or self._is_label(name):
            return name
        return self.known_name(name)

    def _is_label(self, name: str) -> bool:
        label, mark, nation = name.partition(" (")
        if label not in self.words["parties"].values():
            return False
        return not mark or (nation.endswith(")") and nation[:-1] in self.known.country_names)

    def speaker(self, name: str | None, kind: ActorKind | None, actor_id: str | None = None) -> str | None:
        """Who says something: a known name, else the kind's label; None where nobody is told."""
        if name is None:
            return None
        listed = self.known.actors.get(actor_id or "")
        ours = self.known_name if kind is ActorKind.PERSON else self.party_name
        shown: str | None = (listed.name if listed else None) or ours(name)
        kind = self._kind_of_label.get(name, kind or ActorKind.UNKNOWN)
        label: str = self.words["speakers"][kind.value]
        return label if shown is None or shown in self._kind_of_label else shown

    def outlet(self, name: str | None) -> str | None:
        """A known outlet by its name, any other as ``another outlet``; None stays None."""
        if name is None:
            return None
        other: str = self.words["phrases"]["outlet"]
        return self._outlets.get(folded(name), other)

    # ------------------------------------------------------------ sentences

    def toll_rule(self, rule: str) -> str:
        """How a figure was chosen, where that is one of our sentences."""
        left_out: str = self.words["phrases"]["rule"]
        return rule if self._toll.fullmatch(rule) else left_out

    def reason(self, reason: str, accused: Iterable[str]) -> str:
        """A reason of a grade with every name in it closed; ``accused``: the parties of an accusation."""
        if self._reason.fullmatch(reason):
            return reason
        if reason.startswith(self.words["rules"]["accused"]):
            return str(self.words["rules"]["accused"]) + ", ".join(dict.fromkeys(accused))
        spoken = self._spoken.fullmatch(reason)
        if spoken:
            unnamed: str = self.words["speakers"]["unknown"]
            return (self.party_name(spoken[1]) or unnamed) + spoken[2]
        left_out: str = self.words["phrases"]["reason"]
        return left_out

    # ------------------------------------------------------------ is it one of ours?

    def is_figure(self, text: str) -> bool:
        """Whether ``text`` is a range in words."""
        return self._figure.fullmatch(text) is not None

    def is_dates(self, text: str) -> bool:
        """Whether ``text`` is an ISO date, or two with "to" between them."""
        return self._dates.fullmatch(text) is not None

    def is_party(self, text: str) -> bool:
        """Whether ``text`` names a party as a public file may."""
        return self.party_name(text) == text or text == self.words["phrases"]["party"]

    def is_speaker(self, text: str) -> bool:
        """Whether ``text`` names a speaker as a public file may."""
        return self.is_party(text) or text in self.words["speakers"].values()

    def is_outlet(self, text: str) -> bool:
        """Whether ``text`` is an outlet as a public file may name it."""
        return self.outlet(text) == text

    def is_place(self, text: str) -> bool:
        """Whether ``text`` is a place of the gazetteer, or two of them with a dash between."""
        if text in self.known.country_names or text == self.words["phrases"]["place"]:
            return True
        return all(self.known.is_place(part) for part in text.split(" – "))

    def is_division_code(self, text: str) -> bool:
        """Whether ``text`` has the form of an ISO 3166-2 code of one of our countries ("SY-HI")."""
        return text[:2] in self.known.countries and _DIVISION.fullmatch(text) is not None

    def is_toll_rule(self, text: str) -> bool:
        """Whether ``text`` says by our sentences how a figure was chosen."""
        return self.toll_rule(text) == text

    def is_reason(self, text: str) -> bool:
        """Whether ``text`` is a reason with nothing in it but closed terms."""
        opening: str = self.words["rules"]["accused"]
        if text.startswith(opening):
            return all(self._are_parties(text.removeprefix(opening)))
        return self.reason(text, ()) == text

    def _are_parties(self, listed: str) -> Iterable[bool]:
        """Whether a list of parties holds only such; names may hold commas themselves."""
        parts = listed.split(", ") if listed else []
        while parts:
            size = next((n for n in range(len(parts), 0, -1) if self.is_party(", ".join(parts[:n]))), 0)
            yield size > 0
            if not size:
                return
            parts = parts[size:]

    def is_conflict_value(self, text: str) -> bool:
        """Whether ``text`` may stand as one of several values of a field."""
        words = self.words
        fixed = (*words["conflicts"]["values"], *words["phrases"].values())
        return text in fixed or any(
            test(text) for test in (self.is_figure, self.is_dates, self.is_party, self.is_place)
        )

    @property
    def conflict_fields(self) -> frozenset[str]:
        """The fields that accounts may disagree on."""
        return frozenset((*self.words["conflicts"]["fields"], *(kind.value for kind in HarmKind)))


@cache
def phrases() -> Mapping[str, Any]:
    """``data/vocabulary.toml``; InstallationError when it is missing or damaged."""
    found = table("vocabulary")
    if any(set(found.get(name, ())) != set(ActorKind) for name in ("parties", "speakers")):
        raise damaged("vocabulary.toml", "a kind of actor has no label")
    return found
