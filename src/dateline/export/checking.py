"""The last look before a public file is written: every string in it is one of ours.

:func:`check` walks all fields of all events, also fields that are added to the records later. A string in a
field that has no test of its own below must be a value of the codebook, an ISO date or an id; so a new field
with words in it stops every public export until somebody has said what may stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

import msgspec

from dateline import records
from dateline.errors import DisclosureError
from dateline.export.dataset import Audience, Dataset
from dateline.export.vocabulary import ISO_DATE, Vocabulary

_ID = re.compile(r"e[0-9a-f]{12}|[crx]\d{1,9}")
_VERSION = re.compile(r"[A-Za-z0-9 .,:+_-]{0,400}")
_CODES = frozenset(
    item.value
    for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    for item in kind
)

Test = Callable[[str], bool]


def check(dataset: Dataset, words: Vocabulary) -> None:
    """DisclosureError where ``dataset`` is not fit for the public.

    The message names the field, never the words in it.
    """
    if dataset.audience is not Audience.PUBLIC:
        raise DisclosureError("the events to publish are marked internal")
    for name in ("claims", "reports", "outcomes"):
        if getattr(dataset, name):
            raise DisclosureError(f"a public file would hold {name}")
    tests = _tests(words)
    for event in dataset.events:
        for path, text in strings(msgspec.to_builtins(event)):
            if not tests.get(path, _is_code)(text):
                raise DisclosureError(
                    f"event {event.event_id if _ID.fullmatch(event.event_id) else 'without a public id'}: "
                    f"{path} would hold words of no closed vocabulary; nothing was written. This is a fault "
                    "of Dateline: please report it"
                )
        place = event.place
        coarsened = place is not None and place.rule == words.words["place_rules"]["coarsened"]
        if place and coarsened and (place.lat, place.lon, place.geonameid) != (None, None, None):
            raise DisclosureError(f"event {event.event_id}: a place to be coarsened has its point")
    for name, text in dataset.versions.items():
        if not (_VERSION.fullmatch(name) and _VERSION.fullmatch(text)):
            raise DisclosureError("versions would hold words of no closed vocabulary")
    if not all(ISO_DATE.fullmatch(day) for day in dataset.coverage):
        raise DisclosureError("days of publication would hold what is no date")
    if not set(dataset.counts) <= _CODES:
        raise DisclosureError("counts would hold words of no closed vocabulary")


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a record as builtins, with its path: names joined by dots, places in lists left out."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, path)


def _is_code(text: str) -> bool:
    return text in _CODES or ISO_DATE.fullmatch(text) is not None


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _tests(words: Vocabulary) -> dict[str, Test]:
    """For each field that may hold more than codes and dates: what it may hold."""
    data = words.words

    def is_country(text: str) -> bool:
        return text in words.known.countries

    tests: dict[str, Test] = {
        "event_id": _is_id,
        "came_from": _is_id,
        "claims": _is_id,
        "reports": _is_id,
        "audience": lambda text: text == Audience.PUBLIC.value,
        "date.rule": lambda text: text in data["rules"]["dates"],
        "place.rule": lambda text: text in data["place_rules"].values(),
        "place.country": is_country,
        "place.admin1_code": words.is_division_code,
        "outlets": words.is_outlet,
        "reasons": words.is_reason,
        "conflicts.field": lambda text: text in words.conflict_fields,
        "conflicts.values.value": words.is_conflict_value,
        "conflicts.values.claim_ids": _is_id,
    }
    for name in ("name", "admin2", "admin1", "country_name"):
        tests[f"place.{name}"] = words.is_place
    for side in ("actors", "targets"):
        tests[f"{side}.name"] = words.is_party
        tests[f"{side}.id"] = lambda text: text in words.known.actors
        tests[f"{side}.country"] = is_country
    for kind in records.HarmKind:
        tests[f"{kind.value}.rule"] = words.is_toll_rule
        tests[f"{kind.value}.accounts.claim_id"] = _is_id
        tests[f"{kind.value}.accounts.speaker"] = words.is_speaker
        tests[f"{kind.value}.accounts.outlet"] = words.is_outlet
    return tests
