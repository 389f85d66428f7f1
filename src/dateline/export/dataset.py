"""What an export is made of: the events of one run with what lies behind them, for one audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dateline.records import Claim, Event, Outcome, Report


class Audience(StrEnum):
    """Who may read a file: the people who do the work, or everybody."""

    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True)
class Dataset:
    """Events to write, and what a format may show beside them.

    Where ``audience`` is public, every string in ``events`` is a term of a closed vocabulary (codebook,
    gazetteer, known actors and outlets, numbers, dates) or a sentence made of these, and ``claims``,
    ``reports`` and ``outcomes`` are empty: a format that writes all it is given cannot write a witness's
    name. ``counts``: inputs by outcome. ``versions``: what made the run, by part. ``coverage``: reports of
    the whole run by the day they were published (ISO), whatever the filters: a day without is a gap.
    """

    audience: Audience
    events: tuple[Event, ...]
    claims: tuple[Claim, ...] = ()
    reports: tuple[Report, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    coverage: Mapping[str, int] = field(default_factory=dict)
