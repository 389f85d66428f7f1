"""Words for people: whether they are one person, a unit of several, civilians or combatants.

By the words alone (codebook, field ``harm``). Data: ``world/data/people.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dateline.records import Civilian
from dateline.world.vocabulary import read_toml

_DATA = read_toml("people.toml")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_PART = r"(?:[A-Z][\w.'’-]*|al-[A-Z][\w'’-]+|al|el|bin|ibn|de|da|van|von)"
_ONE = re.compile(
    rf"(?P<before>(?:[^\s,;]+ )*?)(?:(?i:{_any(_DATA['one'])})|(?:\d{{1,3}}-year-old)"
    rf"|(?i:{_any(_DATA['one_of'])})(?= (?:of|at) ))\.?"
    rf"(?:,? {_PART}(?: {_PART})*|,? (?:of|from|in|at|who|that|with|for|named|called|identified) .+)?"
)
"""Modifiers, a noun in the singular, then a name or what tells the person apart."""
_NAME_AT_END = re.compile(rf"(?:^| )([A-Z][\w.'’-]*(?: {_PART})+)\Z")
_SEVERAL = re.compile(r"\b(?:and|or|two|both|\d+)\b(?!-year-old)", re.IGNORECASE)
_NOBODY = re.compile(rf"\b(?:{_any(_DATA['nobody'])}) $", re.IGNORECASE)
_UNITS = frozenset(w for ws in _DATA["units"].values() for w in ws)
_STANDING = {
    Civilian(k): re.compile(rf"\b(?:{_any(v)})\b(?!-)", re.IGNORECASE) for k, v in _DATA["standing"].items()
}
_TAIL = re.compile(r" (?:of|from|in|at|who|that|with|by|near|affiliated|belonging|loyal) ")


_AGE = r"(?:\w+-)+old|aged \w+"
_NOUN = re.compile(
    rf"(?P<count>.+?) (?:(?:{_any(_DATA['counted']['modifiers'])}|{_AGE}) )*"
    rf"(?P<noun>{_any(_DATA['counted']['nouns'])})",
    re.IGNORECASE,
)


def without_noun(words: str) -> str | None:
    """The number words of ``words`` that end in a noun of people ("two young men": "two"), or None."""
    found = _NOUN.fullmatch(words)
    return found["count"] if found else None


@lru_cache(maxsize=4096)
def tells_one(words: str) -> bool:
    """Whether ``words`` mean one person by a noun in the singular ("her son", "journalist Ana Diaz").

    >>> tells_one("the driver"), tells_one("drivers"), tells_one("civilian")
    (True, False, False)
    """
    found = _ONE.fullmatch(words.strip())
    return found is not None and not _SEVERAL.search(found["before"])


def name_at_end(words: str) -> str | None:
    """The capitalised words of two or more parts that ``words`` end in ("prisoner Mona Qaadan"), or None."""
    found = _NAME_AT_END.search(words)
    return found[1] if found else None


def is_nobody_in_particular(before: str) -> bool:
    """Whether the words before a noun in the singular speak of all or any ("every ", "any ")."""
    return _NOBODY.search(before) is not None


@lru_cache(maxsize=4096)
def unit_of(words: str) -> str | None:
    """The word for a unit that holds several people, when that is what is counted ("families"), or None.

    >>> unit_of("displaced families"), unit_of("family members")
    ('families', None)
    """
    last = _TAIL.split(words.strip(), maxsplit=1)[0].split()[-1:]
    return next((word.lower() for word in last if is_unit(word)), None)


def is_unit(word: str) -> bool:
    """Whether ``word`` is a unit that holds several people ("families", "crew")."""
    return word.lower() in _UNITS


@lru_cache(maxsize=4096)
def standing_of(words: str) -> Civilian | None:
    """Civilian standing of the people that ``words`` name, or None where the nouns do not tell.

    What follows "of", "who" and the like does not count: "relatives of soldiers" are no soldiers.

    >>> standing_of("IS fighters and civilians")
    <Civilian.MIXED: 'mixed'>
    """
    head = _TAIL.split(words, maxsplit=1)[0]
    told = [standing for standing, pattern in _STANDING.items() if pattern.search(head)]
    if len(told) == 2:
        return Civilian.MIXED if re.search(r"\band\b|,", head) else None
    return told[0] if told else None
