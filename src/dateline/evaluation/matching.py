"""When a coded claim is a gold claim, and when coded words are gold words.

The definitions are those of the project's own figures: claims meet where their triggers overlap, one to
one, the largest overlap first; words are alike where half of all their content words are shared, or one
side holds the other with at most three words more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple, TypeVar

from dateline.evaluation.gold import GoldClaim
from dateline.records import Claim
from dateline.world.places.keys import fold, sound

Gold = TypeVar("Gold")
Coded = TypeVar("Coded")

SHARED_AT_LEAST = 0.5
"""Share of all content words of two strings that must be common to both."""
MORE_AT_MOST = 3
"""Content words that one string may have more, where it holds all of the other's."""

_NO_CONTENT = frozenset({"the", "a", "an", "of", "in", "and", "'s", "s"})
_WORD = re.compile(r"[\w']+")
_DIVISION = re.compile(r"\b(governorate|province|state|region|muhafazat)\b")


class Meeting(NamedTuple):
    """The gold and the coded claims of one report, held against each other."""

    report_id: str
    pairs: list[tuple[GoldClaim, Claim]]
    missed: list[GoldClaim]
    spurious: list[Claim]


def meet(report_id: str, text: str, gold: Sequence[GoldClaim], coded: Sequence[Claim]) -> Meeting:
    """Pair the claims of one report by their triggers; ``coded`` in the order of the run's file."""
    marked = [claim.at(text) for claim in gold]
    overlaps = sorted(
        (
            (min(one.end, other.trigger.end) - max(one.start, other.trigger.start), g, c)
            for g, one in enumerate(marked)
            for c, other in enumerate(coded)
            if one.overlaps(other.trigger)
        ),
        reverse=True,
    )
    of_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, c in overlaps:
        if g not in of_gold and c not in taken:
            of_gold[g] = c
            taken.add(c)
    return Meeting(
        report_id,
        [(gold[g], coded[c]) for g, c in sorted(of_gold.items())],
        [claim for g, claim in enumerate(gold) if g not in of_gold],
        [claim for c, claim in enumerate(coded) if c not in taken],
    )


def paired(
    gold: Iterable[Gold], coded: Sequence[Coded], same: Callable[[Gold, Coded], bool]
) -> list[tuple[Gold, Coded]]:
    """One-to-one pairs for which ``same`` holds: each gold value takes the first coded one that is left."""
    left = list(coded)
    found = []
    for one in gold:
        for at, other in enumerate(left):
            if same(one, other):
                found.append((one, left.pop(at)))
                break
    return found


def content(words: str) -> list[str]:
    """The content words of a string, in small letters."""
    return [word for word in _WORD.findall(words.lower()) if word not in _NO_CONTENT]


def alike(one: str, other: str) -> bool:
    """Whether two strings say the same, give or take some words."""
    x, y = set(content(one)), set(content(other))
    if not x or not y:
        return one.strip().lower() == other.strip().lower()
    if len(x & y) / len(x | y) >= SHARED_AT_LEAST:
        return True
    return (x <= y or y <= x) and abs(len(x) - len(y)) <= MORE_AT_MOST


def same_words(one: str, other: str) -> bool:
    """Whether two strings have the same content words in the same order."""
    return content(one) == content(other)


def same_division(name: str, coded_name: str, code: str) -> bool:
    """Whether a first-level division as an annotator names it is the one that was resolved.

    By ISO 3166-2 code where ``world/data/admin1_iso.tsv`` knows the annotator's name, and else by name:
    without "province" and the like, and as the gazetteer hears it, so that "Dayr az-Zawr" is "Deir ez-Zor".
    The project's own scorer has an alias table of its own for this; the two can differ by a few names.
    """
    plain, other = (fold(_DIVISION.sub("", words.lower())) for words in (name, coded_name))
    return code in _codes().get(plain, ()) or (other != "" and sound(plain) == sound(other))


@lru_cache(maxsize=1)
def _codes() -> dict[str, set[str]]:
    """ISO codes by every folded name of a division."""
    table = (resources.files("dateline.world") / "data/admin1_iso.tsv").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for row in table.splitlines():
        if not row.startswith("#"):
            _, _, code, name, aliases = row.split("\t")
            for words in (name, *aliases.split("|")):
                found.setdefault(fold(_DIVISION.sub("", words.lower())), set()).add(code)
    found.pop("", None)
    return found
