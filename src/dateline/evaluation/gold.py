"""The gold: annotations in the codebook's format, one report a line, held against the reports' texts.

A string of the gold is a value only where the report has it, so that every string is looked for; a
field or a value that the codebook does not know is an error rather than left out without a word.
"""

from __future__ import annotations

import codecs
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.records import Civilian, EventType, HarmKind, Record, Scope, Span, Stance, Status


class _Written(Record, frozen=True, forbid_unknown_fields=True):
    """Base of what an annotator writes."""


class GoldPlace(_Written, frozen=True):
    """Words for a place, and its English names; an empty name is not compared."""

    text: str
    name: str | None = None
    admin1: str | None = None
    country: str | None = None


class GoldDate(_Written, frozen=True):
    """Words for a date, and the ISO dates of the interval they mean; without ``start`` not compared."""

    text: str
    start: str | None = None
    end: str | None = None

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if day and not _is_day(day):
                raise ValueError(f"{day!r} is no date, write it as 2017-06-14")


class GoldHarm(_Written, frozen=True):
    """People harmed: words of the count and of the people, and the bounds (None: unknown)."""

    kind: HarmKind
    count: str = ""
    who: str = ""
    min: int | None = None
    max: int | None = None
    civilian: Civilian = Civilian.UNKNOWN
    part_of: int | None = None


class GoldSource(_Written, frozen=True):
    """Who says so; ``who`` is empty where only a cue ("reportedly") stands."""

    who: str = ""
    cue: str = ""
    stance: Stance = Stance.SAYS


class GoldClaim(_Written, frozen=True):
    """One claim as the codebook has it written; ``n`` says which occurrence the trigger is, from 1."""

    trigger: str
    type: EventType
    event: str
    n: int = 1
    status: Status = Status.HAPPENED
    scope: Scope = Scope.SINGLE
    old: bool = False
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[GoldPlace, ...] = ()
    site: tuple[str, ...] = ()
    date: tuple[GoldDate, ...] = ()
    weapon: tuple[str, ...] = ()
    harm: tuple[GoldHarm, ...] = ()
    source: tuple[GoldSource, ...] = ()

    def at(self, text: str) -> Span:
        """Where the trigger stands in ``text``; ValueError where it has no ``n``-th occurrence."""
        end = 0
        for _ in range(self.n):
            start = text.index(self.trigger, end)
            end = start + len(self.trigger)
        return Span.of(text, start, end)

    def values(self) -> Iterator[tuple[str, str]]:
        """Every string that must stand in the text, with its field; words left empty on purpose are not."""
        for field in ("actor", "target", "site", "weapon"):
            yield from ((field, words) for words in getattr(self, field))
        yield from (("place", place.text) for place in self.place)
        yield from (("date", date.text) for date in self.date)
        for harm in self.harm:
            yield from (("harm", words) for words in (harm.count, harm.who) if words)
        for said in self.source:
            yield from (("source", words) for words in (said.who, said.cue) if words)


def _is_day(words: str) -> bool:
    try:
        return datetime.date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def read_gold(path: Path, texts: Mapping[str, str]) -> dict[str, tuple[GoldClaim, ...]]:
    """The claims of each annotated report, by report id in the order of the file.

    ``texts`` are the reports' texts by id. Raises InputError, which names the line, the report and what
    to do, for a report that is not in ``texts`` or stands twice, a string that is not in the text, a
    value or a field that the codebook does not know; and where the file cannot be read or is empty.
    """
    found: dict[str, tuple[GoldClaim, ...]] = {}
    for where, line in lines(path):
        report_id, written = _report(line, where)
        if report_id not in texts:
            raise InputError(
                f"{where}: report {report_id!r} is not among the reports; give it the id it has there"
            )
        if report_id in found:
            raise InputError(f"{where}: report {report_id!r} was annotated on an earlier line; keep one")
        found[report_id] = tuple(
            _claim(value, f"{where}: report {report_id!r}, claim {number}", texts[report_id])
            for number, value in enumerate(written, 1)
        )
    if not found:
        raise InputError(
            f'{path} holds no annotated report; write one a line: {{"id": "...", "claims": [...]}}'
        )
    return found


def lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The lines of a JSON Lines file that are not blank, each with ``path:number``; InputError unreadable."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                bare = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if bare.strip():
                    yield f"{path}:{number}", bare
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; check the path") from error


def _report(line: bytes, where: str) -> tuple[str, list[Any]]:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{where}: no JSON ({error}); write one object a line, in UTF-8") from error
    report_id = value.get("id") if isinstance(value, dict) else None
    if isinstance(report_id, int) and not isinstance(report_id, bool):
        report_id = str(report_id)  # as the reports are read
    if not isinstance(report_id, str) or not isinstance(value.get("claims"), list):
        raise InputError(f'{where}: no annotated report; write {{"id": "...", "claims": [...]}}')
    return report_id, value["claims"]


def _claim(value: Any, where: str, text: str) -> GoldClaim:
    if isinstance(value, dict) and isinstance(value.get("trigger"), str):
        where += f" ({value['trigger']!r})"
    try:
        claim = msgspec.convert(value, GoldClaim)
    except msgspec.ValidationError as error:
        raise InputError(f"{where}: {error}; `dateline codebook` lists what may stand there") from error
    times = text.count(claim.trigger) if claim.trigger.strip() else 0
    if not 1 <= claim.n <= times:
        raise InputError(
            f"{where}: the trigger stands {times} times in the text and n is {claim.n}; copy the words "
            "exactly and count from 1"
        )
    if not claim.event.strip():
        raise InputError(f'{where}: no event id; give claims on one incident one id, such as "e1"')
    for field, words in claim.values():
        if not words.strip() or words not in text:
            raise InputError(
                f"{where}: {field} {words!r} is not in the report's text; copy the words exactly, "
                "or leave the value out"
            )
    return claim
