"""What speaks of a date of publication beside a report's text, and what it proves (``date_kinds.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import PurePath

import msgspec

from dateline.sources.dates import read_date
from dateline.sources.inputs import StatedDate
from dateline.sources.wordlists import load

_DAY = r"(?P<y>(?:19|20)\d\d)(?P<s>[-_./]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])"
_IN_ADDRESS = re.compile(
    rf"(?<![\d.]){_DAY}(?!\d)|/(?P<y2>(?:19|20)\d\d)/(?P<m2>\d{{1,2}})/(?P<d2>\d{{1,2}})(?=/|$)"
)
_IN_NAME = re.compile(rf"(?<!\d){_DAY}(?!\d)")

# What a path has after its file's name: the number of a row, an item or a message.
_NUMBER = re.compile(r":(?:\d{1,7}|item \d+|(?:chat|message) .+)$")

#: Days by which two dates of one publication differ without contradicting each other: time zones.
SAME = 1


class Use(StrEnum):
    """What a date proves."""

    PROVES = "proves"
    LAST = "last"
    BOUND = "bound"


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """A day that something states: what does, in words, and what that proves."""

    day: str
    says: str
    use: Use


@cache
def _kinds() -> dict[str, tuple[int, str, Use]]:
    kinds = enumerate(load("date_kinds")["kind"])
    return {kind["name"]: (at, kind["says"], Use(kind["use"])) for at, kind in kinds}


def stated(dates: Iterable[StatedDate], url: str | None = None, path: str | None = None) -> list[Stated]:
    """The days that ``dates``, an address and the name of a file state, the strongest first."""
    given = [*dates]
    address = _IN_ADDRESS.search(url.split("?")[0]) if url else None
    if address:
        year, month, day = (address[n] or address[f"{n}2"] for n in ("y", "m", "d"))
        given.append(StatedDate(kind="url", words=f"{year}-{int(month):02}-{int(day):02}"))
    name = _IN_NAME.search(_NUMBER.sub("", PurePath(path.rpartition("!")[2]).name)) if path else None
    if name:
        given.append(StatedDate(kind="file_name", words=f"{name['y']}-{name['m']}-{name['d']}"))
    found = []
    for one in given:
        read = read_date(one.words)
        if read is not None and one.kind in _kinds():
            at, says, use = _kinds()[one.kind]
            found.append((at, read.readings[0], says, use))
    return [Stated(day=day, says=says, use=use) for _, day, says, use in sorted(set(found))]


def doubts(chosen: str, others: Iterable[Stated]) -> list[str]:
    """What contradicts ``chosen``: another day that is stated, or a capture from before it."""
    found = []
    for other in others:
        apart = (date.fromisoformat(chosen) - date.fromisoformat(other.day)).days
        if other.use is Use.BOUND and apart > SAME:
            found.append(f"{other.says} is of {other.day}, before it")
        elif other.use is not Use.BOUND and abs(apart) > SAME:
            found.append(f"{other.says} says {other.day}")
    return found
