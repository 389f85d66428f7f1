"""What the words of a report weigh: rare words and names tell which incident it is on.

Each word weighs by how few reports have it (inverse document frequency, Spärck Jones 1972), counted once and
for all in ``data/common_words.tsv`` and not in the run, so that one report more changes nothing between two
others. A name, told by its capital inside a sentence, weighs double: names of people, streets and quarters
tell one incident from the next of its kind.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from hashlib import blake2b
from math import log
from pathlib import Path

from dateline.errors import InstallationError
from dateline.fusion.names import folded

COMMON = 2.0
"""Words of less weight (in more than one report of seven) are left out, and words of two letters or less."""
NAME = 2.0
"""A name weighs so many times as much."""

_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = frozenset(".!?:\"”'’\n")
_TABLE = Path(__file__).with_name("data") / "common_words.tsv"


@cache
def _commonness() -> tuple[dict[str, int], int]:
    """In how many reports each word stands, and of how many; InstallationError when the table is damaged."""
    try:
        rows = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]]
        counts = {word: int(count) for word, count in rows}
        return counts, counts.pop("")
    except (OSError, ValueError, KeyError) as error:
        raise InstallationError(f"{_TABLE} cannot be used ({error}): install Dateline again") from error


def weighed(text: str) -> tuple[bytes, bytes]:
    """The distinct words of ``text`` that weigh something: 32-bit hashes, ascending, and a weight of each.

    For :attr:`ReportFacts.words` and :attr:`ReportFacts.weights`: unsigned integers and floats of four bytes.
    """
    counts, reports = _commonness()
    found: dict[int, float] = {}
    for match in _WORD.finditer(text):
        for word in folded(match.group()).split():
            weight = log((reports + 1) / (counts.get(word, 0) + 1))
            if weight >= COMMON and len(word) > 2:
                key = int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "little")
                found[key] = max(found.get(key, 0.0), weight * (NAME if _is_name(text, match) else 1.0))
    keys = sorted(found)
    return array("I", keys).tobytes(), array("f", (found[key] for key in keys)).tobytes()


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word begins with a capital where no sentence begins."""
    start = match.start()
    return match.group()[0].isupper() and start > 1 and text[start - 2] not in _SENTENCE_ENDS
