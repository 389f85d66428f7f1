"""The word lists of the claim stage (claims/data/words.toml), compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from dateline.records import Denies, HarmKind


@dataclass(frozen=True)
class UnknownHarm:
    """A way of saying that nothing is known of losses; groups ``count`` and ``who`` are the spans."""

    pattern: re.Pattern[str]


@dataclass(frozen=True)
class ToldKind:
    """Words that tell the kind of a toll: each a pattern with a group a kind, ``both`` for two at once."""

    #: matched to the end of what stands before the toll
    before: re.Pattern[str]
    #: matched from the end of the toll
    after: re.Pattern[str]


@dataclass(frozen=True)
class Overtaken:
    """Words around an old toll and the new one that takes its place."""

    #: matched to the end of what stands before an old toll that comes first
    before: re.Pattern[str]
    #: all that stands between the old toll and the new one
    old_first: re.Pattern[str]
    #: all that stands between the new toll and an old one after it
    new_first: re.Pattern[str]


@dataclass(frozen=True)
class ClaimWords:
    """See the comments of words.toml."""

    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    #: characters that a match of ``trailing`` takes at most
    trailing_reach: int
    subset: re.Pattern[str]
    overtaken: Overtaken
    relaying: re.Pattern[str]
    told: re.Pattern[str]
    telling_place: re.Pattern[str]
    denies: tuple[tuple[Denies, re.Pattern[str]], ...]
    groups: tuple[tuple[str, re.Pattern[str]], ...]
    unknown_harm: tuple[UnknownHarm, ...]
    unknown_kinds: tuple[tuple[HarmKind, frozenset[str]], ...]
    told_kind: ToldKind


def read_toml(name: str) -> dict[str, Any]:
    """The lists of a data file of the claim stage."""
    return tomllib.loads(
        resources.files("dateline.claims").joinpath(f"data/{name}").read_text(encoding="utf-8")
    )


def either(words: list[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _any(words: list[str], *, whole: bool = True) -> re.Pattern[str]:
    body = either(words)
    tail = r"\b" if whole else ""
    return re.compile(rf"\b(?:{body}){tail}", re.IGNORECASE)


def _unknown(entry: dict[str, str]) -> UnknownHarm:
    count, who = f"(?P<count>{entry['count']})", f"(?P<who>{entry['who']})"
    ends = (who, count) if entry.get("reversed") else (count, who)
    return UnknownHarm(re.compile(rf"\b{ends[0]}{entry['between']}{ends[1]}\b", re.IGNORECASE))


def _told_kind(data: dict[str, Any]) -> ToldKind:
    def either(kinds: dict[str, str]) -> str:
        killed, injured, joint = kinds["killed"], kinds["injured"], rf"\s+{data['joint']}\s+"
        both = f"(?:{killed}){joint}(?:{injured})|(?:{injured}){joint}(?:{killed})"
        return f"(?:(?P<both>{both})|(?P<killed>{killed})|(?P<injured>{injured}))"

    return ToldKind(
        before=re.compile(rf"\b{either(data['before'])}{data['lead_in']}\s+\Z", re.IGNORECASE),
        after=re.compile(rf"{data['people']}{data['verbs']}\s+{either(data['after'])}\b", re.IGNORECASE),
    )


@lru_cache(maxsize=1)
def claim_words() -> ClaimWords:
    """The lists, read from the package's data file."""
    data = read_toml("words.toml")
    return ClaimWords(
        leading=re.compile(
            rf"(?:(?-i:{data['dateline']})|(?:{either(data['leading'])})\s+|[^\w\s]+\s*|\s+)", re.IGNORECASE
        ),
        trailing=re.compile(rf"\s(?:{either(data['trailing'])})\Z", re.IGNORECASE),
        trailing_reach=1 + max(map(len, data["trailing"])),
        subset=_any(data["subset"]),
        overtaken=Overtaken(**{k: re.compile(v, re.IGNORECASE) for k, v in data["overtaken"].items()}),
        relaying=_any(data["relaying"]),
        told=_any(data["told"]),
        telling_place=re.compile(data["telling_place"]),
        denies=tuple((Denies(k), _any(v, whole=False)) for k, v in data["denies"].items()),
        groups=tuple((k, _any(v)) for k, v in data["groups"].items()),
        unknown_harm=tuple(_unknown(e) for e in data["unknown_harm"]),
        unknown_kinds=tuple((HarmKind(k), frozenset(v)) for k, v in data["unknown_kinds"].items()),
        told_kind=_told_kind(data["told_kind"]),
    )
