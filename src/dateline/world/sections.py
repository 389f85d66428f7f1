"""Sections of round-ups and situation reports: what a heading says of the place or day of what is below it.

"RAQQA. From the file of June 9: An air strike killed …" tells where the strike was; so does a line "Aleppo
governorate" above its bullets. Only where the headings of a report name two places (or two days) or more: one
alone is a dateline, which says where somebody wrote, or the day of publication. Forms and words:
``world/data/sections.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.world.vocabulary import read_toml

_DATA = read_toml("sections.toml")


@dataclass(frozen=True)
class Heading:
    """Where the words of a heading stand (``start``, ``end``), and up to where what it heads goes.

    ``alone``: it has a line of its own; else what it heads begins on its line.
    """

    start: int
    end: int
    reach: int
    alone: bool


_ALONE = re.compile(r"[ \t]*:?[ \t*]*$", re.MULTILINE)


def headings(text: str) -> list[Heading]:
    """What may be headings of sections in ``text``, in order; none where they are too few, or too many.

    Whether one names a place or a date is for others to say.
    """
    found = [match.span("words") for match in _heading().finditer(text)]
    if not _DATA["least"] <= len(found) <= _DATA["most"]:
        return []
    ends = [start for start, _ in found[1:]] + [len(text)]
    return [
        Heading(start, end, reach, alone=_ALONE.match(text, end) is not None)
        for (start, end), reach in zip(found, ends, strict=True)
    ]


def names_day(words: str) -> bool:
    """Whether a heading is a day and nothing else ("Monday, 3 June")."""
    return re.fullmatch(_DATA["day"], words) is not None


def names_no_place(words: str) -> bool:
    """Whether a heading is of those that name no place, whatever village bears that name."""
    return words.casefold() in _DATA["no_place"]


def sections(
    named: Sequence[tuple[Heading, object]], among: Sequence[Heading], text_end: int
) -> list[Heading]:
    """Headings, each with what it names, reaching to the next heading of ``among``.

    None where those of one form, on lines of their own or not, name too few different things to make
    sections: a dateline below a label of the page is none.
    """
    forms = [{what for heading, what in named if heading.alone is alone} for alone in (True, False)]
    if max(map(len, forms)) < _DATA["least"]:
        return []
    found = [heading for heading, _ in named]
    starts = [*(heading.start for heading in among), text_end]
    return [replace(one, reach=starts[bisect_right(starts, one.start)]) for one in found]


def over(found: Sequence[Heading], at: int) -> Heading | None:
    """The heading that what stands at ``at`` comes under."""
    return next((one for one in reversed(found) if one.end <= at < one.reach), None)


@lru_cache(maxsize=1)
def _heading() -> re.Pattern[str]:
    word = r"[^\s:.!?;,–—]"
    words = rf"{word}{{1,24}}(?:,?[ \t]{word}{{1,24}}){{0,5}}"
    capitals = r"(?=[^a-z\n]{3})[A-ZÀ-Þ][^a-zß-ÿ:.!?;–—\n]{1,50}?"
    return re.compile(
        rf"^[ \t]*{_DATA['before']}"
        rf"(?:(?P<words>(?:{capitals})(?={_DATA['after_capitals']}\S)"
        rf"|[A-ZÀ-Þ](?:{words})?(?={_DATA['after']}\S)"
        rf"|[A-ZÀ-Þ0-9](?:{words})?(?=[ \t]*:?[ \t]*\**[ \t]*$)))",
        re.MULTILINE,
    )
