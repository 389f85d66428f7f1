"""Words for an actor to who that is: a known actor, or a country and a kind by the words alone.

Data: ``world/data/actors.jsonl`` (known actors with aliases), ``nationalities.jsonl`` (countries and their
demonyms), ``actor_words.jsonl`` (head words that tell a kind). Nobody is guessed: words that name no known
actor keep what they say ("Syrian mercenaries": Syria, unidentified armed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import msgspec

from dateline.errors import InputError
from dateline.records import Actor, ActorKind
from dateline.world.vocabulary import Vocabulary, key_of, read_jsonl, tokens_of

# A known name is not the actor where it only describes one: "Hezbollah-backed fighters", "anti-ISIS front".
_DESCRIBING_AFTER = frozenset(
    (
        "backed led linked affiliated allied held controlled run aligned sponsored supported funded "
        "inspired occupied based besieged ruled dominated brokered"
    ).split()
)
_DESCRIBING_BEFORE = frozenset(["anti", "counter", "ex", "former", "pro", "against", "fighting"])
# Kinds that a known body is not, however its name begins: people of a place are not its government.
_OF_PEOPLE = frozenset(
    {
        ActorKind.CIVILIANS,
        ActorKind.PROTESTERS,
        ActorKind.JOURNALISTS,
        ActorKind.MEDICS,
        ActorKind.AID_WORKERS,
        ActorKind.PERSON,
    }
)
_STOP = frozenset(
    {"of", "in", "from", "for", "at", "near", "with", "by", "on", "who", "loyal", "linked", "allied"}
)
# Forces that are not the report's country's own, and words that only say whose they may be.
_NOT_HOME = frozenset("allied enemy foreign hostile invading occupation occupying".split())
_OF_STATES = frozenset("army government military ministry national police president regime state".split())
# "Fighters linked to X" are not X.
_SERVING = frozenset("affiliated aligned allied close connected linked loyal opposed sympathetic".split())
# Loaded words that tell nothing but a speaker's view: never the name that is shown.
_LOADED = frozenset(["martyr", "martyrs"])
# Who is meant cannot be told from these. In capitals of two or more they are a name ("WHO", "IT").
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "we", "i", "him", "them"})
# Arabic and Kurdish words that open the name of an armed group, not of a person ("Liwa al-Tawhid").
_OF_GROUPS = frozenset(
    (
        "ansar asaib faylaq firqat harakat hizb jabhat jaish jaysh jund kataib katibat lashkar liwa quwat "
        "saraya suqour tajammu tehrik"
    ).split()
)
_PART = r"(?:al-|el-)?[A-Z][\w'’-]+"
_NAME = re.compile(rf"(?:{_PART}|[A-Z]\.)(?:\s+(?:{_PART}|[A-Z]\.|al|el|bin|ibn))+")
_LABELS = {
    ActorKind.STATE_FORCES: "government forces",
    ActorKind.POLICE: "police or security service",
    ActorKind.REBEL_GROUP: "armed opposition group",
    ActorKind.MILITIA: "militia",
    ActorKind.COALITION: "coalition",
    ActorKind.PRIVATE_FORCE: "private force",
    ActorKind.CRIMINAL_GROUP: "criminal group",
    ActorKind.STATE: "government",
    ActorKind.AUTHORITY: "authority",
    ActorKind.CIVILIANS: "civilians",
    ActorKind.PROTESTERS: "protesters",
    ActorKind.JOURNALISTS: "journalists",
    ActorKind.MEDICS: "medics",
    ActorKind.AID_WORKERS: "aid workers",
    ActorKind.MONITOR: "monitor",
    ActorKind.IGO: "intergovernmental body",
    ActorKind.NGO: "non-governmental organisation",
    ActorKind.MEDIA: "media",
    ActorKind.UNKNOWN: "unidentified armed",
}
_ARMED = re.compile(
    r"\b(?:armed|gunm[ae]n|mercenar|attackers?|bombers?|assailants?|shooters?|snipers?|kidnappers?|units?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Country:
    code: str | None
    name: str
    plurals: frozenset[str] = frozenset()
    """Demonyms that mean people, who need not be the state ("Israelis")."""


KnownActors = Vocabulary[Actor]
"""Names and aliases of known actors."""


class _UserActor(msgspec.Struct, forbid_unknown_fields=True):
    """One ``[[actor]]`` of a user's file."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Annotated[str, msgspec.Meta(min_length=1)]
    kind: ActorKind
    country: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")] | None = None
    aliases: list[Annotated[str, msgspec.Meta(min_length=1)]] = []


class _UserFile(msgspec.Struct, forbid_unknown_fields=True):
    actor: Annotated[list[_UserActor], msgspec.Meta(min_length=1)]


def _ours() -> Iterator[tuple[str, Actor]]:
    for entry in read_jsonl("actors.jsonl"):
        actor = Actor(
            name=entry["name"], id=entry["id"], country=entry["country"], kind=ActorKind(entry["kind"])
        )
        yield from ((alias, actor) for alias in [entry["name"], *entry["aliases"]])


@lru_cache(maxsize=1)
def _known() -> KnownActors:
    return Vocabulary(_ours())


def with_own(path: Path) -> KnownActors:
    """The known actors with those of a user's TOML file, which stand before ours of the same name.

    Each ``[[actor]]``: ``id``, ``name``, ``kind`` (codebook), and if wanted ``country`` (ISO 3166-1 alpha-2)
    and ``aliases``. InputError names what is wrong with the file.
    """
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_UserFile).actor
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}; each [[actor]] needs id, name and kind") from error
    own = [
        (alias, Actor(name=one.name, id=one.id, country=one.country, kind=one.kind))
        for one in found
        for alias in [one.name, *one.aliases]
    ]
    return Vocabulary([*own, *_ours()])


@lru_cache(maxsize=1)
def _countries() -> tuple[Vocabulary[_Country], dict[str, _Country]]:
    entries, by_code = [], {}
    for entry in read_jsonl("nationalities.jsonl"):
        plurals = frozenset(w for w in entry["demonyms"] if w.endswith("s") and w[:-1] in entry["demonyms"])
        country = _Country(entry["country"], entry["name"], plurals)
        entries += [(w, country) for w in [*entry["names"], *entry["demonyms"]]]
        if country.code:
            by_code[country.code] = country
    return Vocabulary(entries), by_code


@lru_cache(maxsize=1)
def _heads() -> Vocabulary[ActorKind]:
    return Vocabulary(
        (word, ActorKind(entry["kind"]))
        for entry in read_jsonl("actor_words.jsonl")
        for word in entry["words"]
    )


def resolve_actor(words: str, country: str | None = None, known: KnownActors | None = None) -> Actor | None:
    """Who ``words`` name. ``known``: the known actors, if not only ours (:func:`with_own`).

    ``country``: ISO 3166-1 alpha-2 code of the country the report is about, used only for bodies that every
    state has ("the army", "government troops"). None when the words are empty or begin with a pronoun.
    """
    tokens = key_of(words)
    known = known or _known()
    exact = known.exact(words)
    if exact or not tokens or _begins_with_pronoun(words):
        return exact
    kind = _kind(tokens)
    inside = known.best(words)
    if inside:
        actor, start, end = inside
        names = actor.id and not _describes(tokens, start, end) and not _is_served(tokens[:start])
        if names and not (kind in _OF_PEOPLE and actor.kind not in _OF_PEOPLE and end < len(tokens)):
            return actor
    found, by_code = _countries()
    match = found.best(words)
    home = match[0] if match and not _describes(tokens, match[1], match[2]) else None
    if home and match and match[2] - match[1] == len(tokens):
        people = home.code is None or words in home.plurals
        return Actor(name=home.name, country=home.code, kind=ActorKind.UNKNOWN if people else ActorKind.STATE)
    if not _LOADED.isdisjoint(tokens):
        kind, words = ActorKind.UNKNOWN, "unidentified people"
    if kind is None:
        return _by_name(words, home)
    if kind is ActorKind.STATE_FORCES and _is_of_others(tokens):
        kind, words = ActorKind.UNKNOWN, _LABELS[ActorKind.UNKNOWN]
    code = home.code if home else None
    named = home.name if home else None
    of_state = kind in (ActorKind.STATE_FORCES, ActorKind.STATE) and _NOT_HOME.isdisjoint(tokens)
    if code is None and named is None and country and of_state:
        code, named = country, by_code[country].name if country in by_code else country
    label = _LABELS.get(kind, words)
    if kind is ActorKind.PERSON or (kind is ActorKind.UNKNOWN and not _ARMED.search(words)):
        label = words
    return Actor(name=f"{label} ({named})" if named else label, country=code, kind=kind)


def named_in(text: str, known: KnownActors | None = None) -> list[tuple[Actor, bool]]:
    """The known actors named in a passage, in order, each with whether it is meant itself.

    False where its name may only describe another ("Hezbollah-backed fighters").
    """
    tokens = key_of(text)
    found = (known or _known()).all(text)
    return [(actor, not _describes(tokens, start, end)) for actor, start, end in found if actor.id]


def is_personal_name(words: str) -> bool:
    """Whether words look like a person's full name: two or more capitalised parts and nothing else."""
    return _NAME.fullmatch(words.strip()) is not None


def names_one_person(words: str) -> bool:
    """Whether words are the full name of one person and of nothing else.

    Stricter than :func:`is_personal_name`, since a death may rest on it: no known body, head word or
    nationality stands among the words ("Free Syrian Army", "Aleppo Residents", "Syrian Soldiers"). A name
    with a title is left out too: better no number than an invented one.
    """
    if not is_personal_name(words):
        return False
    exact = _known().exact(words)
    if exact:
        return exact.kind is ActorKind.PERSON
    who = resolve_actor(words)
    if who is None or who.kind is not ActorKind.PERSON or not _OF_GROUPS.isdisjoint(key_of(words)):
        return False
    inside = _known().best(words)
    bodies = inside is not None and inside[0].kind is not ActorKind.PERSON
    return not bodies and _heads().best(words) is None and _countries()[0].best(words) is None


def _begins_with_pronoun(words: str) -> bool:
    first = tokens_of(words)[0]
    return first.casefold() in _PRONOUNS and not (len(first) > 1 and first.isupper())


def _describes(tokens: tuple[str, ...], start: int, end: int) -> bool:
    after = tokens[end] if end < len(tokens) else ""
    before = tokens[start - 1] if start else ""
    backs = before == "by" and start > 1 and tokens[start - 2] in _DESCRIBING_AFTER
    return after in _DESCRIBING_AFTER or before in _DESCRIBING_BEFORE or backs


def _is_of_others(tokens: tuple[str, ...]) -> bool:
    """Whether "forces" are only said to stand beside or against another: "Turkish-backed forces"."""
    described = not _DESCRIBING_AFTER.isdisjoint(tokens[1:-1]) or tokens[0] in ("anti", "pro")
    return described and _OF_STATES.isdisjoint(tokens)


def _is_served(before: tuple[str, ...]) -> bool:
    """Whether words before a name say that others serve it: "forces loyal to President X" are not X."""
    return any(one in _SERVING and two in ("to", "with") for one, two in pairwise(before))


def _kind(tokens: tuple[str, ...]) -> ActorKind | None:
    """The kind its head word tells: the last known phrase before a preposition, else the longest there.

    All the words may be one phrase ("source in the army"); where none stands before a preposition the last
    one counts.
    """
    heads = _heads()
    cut = next((i for i, t in enumerate(tokens) if i and t in _STOP), len(tokens))
    whole = heads.exact(" ".join(tokens))
    if whole:
        return whole
    for start in range(cut):
        kind = heads.exact(" ".join(tokens[start:cut]))
        if kind:
            return kind
    longest = heads.best(" ".join(tokens[:cut]))
    if longest:
        return longest[0]
    return next(
        (kind for start in range(len(tokens)) if (kind := heads.exact(" ".join(tokens[start:])))), None
    )


def _by_name(words: str, home: _Country | None) -> Actor:
    """Words without a head we know: a person when they look like a personal name, else unknown."""
    kind = ActorKind.PERSON if is_personal_name(words) and not home else ActorKind.UNKNOWN
    return Actor(name=words, country=home.code if home else None, kind=kind)
