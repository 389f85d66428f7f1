"""What a report's own words tell of where it plays: countries, peoples, divisions, large cities.

:func:`read_context` scans a text once; :class:`Context` answers how much each country and division is
spoken of, all together or near a given place in the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache

from dateline.world.places.gazetteer import GAZETTEER, Hint, Kind, hints
from dateline.world.places.keys import fold

DIVISIONS = GAZETTEER.with_name("admin1_iso.tsv")
_WORD = re.compile(r"[^\W_]+(?:['’`‘-][^\W_]+)*")
_SCRIPT_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")

WEIGHTS = {Kind.COUNTRY: 1.0, Kind.DEMONYM: 0.4, Kind.ADMIN1: 0.6, Kind.CITY: 0.5}
"""What one mention says for its country. Demonyms count less: news on one country's war names many
peoples (set on the training reports: 0.4 to 0.6 made no difference, 1.0 lost 0.4 points)."""
MOST_OF_A_CITY = 3
"""Times that one city's name counts: ten times "Paris" is no more a word on France than three times."""
NEARBY = 90
"""Characters to either side within which a division or country counts as said of a place."""


@dataclass(frozen=True, slots=True)
class Said:
    """One hint found in a text."""

    start: int
    end: int
    words: str
    hints: tuple[Hint, ...]


@lru_cache(maxsize=1)
def _first_words() -> dict[str, int]:
    """The first word of each hint, with the number of words of the longest hint it begins."""
    longest: dict[str, int] = {}
    for words in hints():
        parts = words.split(" ")
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return longest


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Folded names of divisions that are written short, with a point: Ga., Tenn."""
    found: set[str] = set()
    for line in DIVISIONS.read_text(encoding="utf-8").splitlines():
        aliases = line.split("\t")[4:]
        found.update(fold(name) for name in "".join(aliases).split("|") if name.endswith("."))
    return frozenset(name for name in found if " " not in name)


class Context:
    """The hints of one text, and what resolved places add to them."""

    def __init__(self, said: Iterable[Said]) -> None:
        self.said = tuple(said)
        self._extra: list[tuple[str, str, float]] = []

    def leave_out(self, said: Container[Said]) -> None:
        """Forget hints that turn out to be none."""
        self.said = tuple(one for one in self.said if one not in said)

    def add_country(self, country: str, weight: float, words: str) -> None:
        """Count ``weight`` more for ``country``: a resolved place or the dateline, by its folded words."""
        self._extra.append((words, country, weight))

    def shares(self, leaving_out: str = "") -> tuple[dict[str, float], float]:
        """Each country's share (0…1) of all that is said, and the total weight.

        ``leaving_out``: folded words that do not count, so that a name is no evidence for itself.
        """
        weight: dict[str, float] = defaultdict(float)
        cities: Counter[str] = Counter()
        for said in self.said:
            if said.words != leaving_out:
                for hint in said.hints:
                    if hint.kind is not Kind.CITY or cities[said.words] < MOST_OF_A_CITY:
                        weight[hint.country] += WEIGHTS[hint.kind] / len(said.hints)
                cities[said.words] += 1
        for words, country, extra in self._extra:
            if words != leaving_out:
                weight[country] += extra
        total = sum(weight.values())
        return ({c: w / total for c, w in weight.items()} if total else {}), total

    def divisions(self, leaving_out: str = "") -> dict[int, float]:
        """How often each first-level division is spoken of, by places id; cities count half."""
        count: dict[int, float] = defaultdict(float)
        for said in self.said:
            if said.words != leaving_out:
                for hint in said.hints:
                    if hint.admin1_id is not None:
                        share = 1.0 if hint.kind is Kind.ADMIN1 else 0.5
                        count[hint.admin1_id] += share / len(said.hints)
        return count

    def near(self, start: int, end: int, leaving_out: str = "") -> list[tuple[int, Said]]:
        """Hints within NEARBY characters of a span, with their distance; "Tripoli, Lebanon" has 2."""
        found = []
        for said in self.said:
            if said.words == leaving_out:
                continue
            gap = said.start - end if said.start >= end else start - said.end
            inside = said.start >= start and said.end <= end
            if inside or 0 <= gap <= NEARBY:
                found.append((0 if inside else gap, said))
        return found


def read_context(text: str) -> Context:
    """Find the hints of a text: names of countries, peoples, divisions and large cities."""
    known, firsts = hints(), _first_words()
    tokens = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    found: list[Said] = []
    at = 0
    while at < len(tokens):
        word = tokens[at][2]
        if not word[0].isupper() and word[0].isascii():
            at += 1
            continue
        after_comma = text[max(0, tokens[at][0] - 2) : tokens[at][0]].endswith((", ", "("))
        said, used = _match(tokens, at, known, firsts, after_comma)
        if said:
            found.append(said)
        at += used
    return Context(found)


def _match(
    tokens: list[tuple[int, int, str]],
    at: int,
    known: dict[str, tuple[Hint, ...]],
    firsts: dict[str, int],
    after_comma: bool,
) -> tuple[Said | None, int]:
    start, end, word = tokens[at]
    whole = fold(word[:-2] if word[-2:] in ("'s", "’s") else word)
    first = whole.partition(" ")[0]
    longest = firsts.get(first, 0)
    if longest == 0:
        if len(whole) > 5 and whole[-1] == "s" and (hint := known.get(whole[:-1])):
            return Said(start, end, whole[:-1], hint), 1  # "Syrias": an apostrophe was lost
        return None, 1
    for size in range(min(longest, len(tokens) - at), 0, -1):
        last = tokens[at + size - 1]
        words = whole if size == 1 else fold(" ".join(t[2] for t in tokens[at : at + size]))
        if size > 1 and words.endswith("s") and words not in known and last[2][-2:] in ("'s", "’s"):
            words = words[:-1]
        hint = known.get(words)
        if hint is None:
            continue
        if words in abbreviations():
            if not after_comma:
                continue  # "Salem, Mass.": else it is held in church
        elif len(words) <= 3 and not word.isupper():
            continue  # "us" and "car" are words, "US" and "CAR" countries
        return Said(start, last[1], words, hint), size
    return None, 1
