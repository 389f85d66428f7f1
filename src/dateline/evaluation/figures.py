"""The figures: quotients of counts, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.evaluation.intervals import Floats, Sums, interval
from dateline.evaluation.roles import READINGS
from dateline.evaluation.scoring import BINS, Tally
from dateline.records import Record

RATES = (
    *("claim found", "claim found and typed", "actor", "actor, exact", "target", "target, exact"),
    *("site", "weapon", "place", "date", "harm kind", "harm kind+numbers", "source", "same incident (pairs)"),
)
SHARES = ("status", "scope", "old", "attributed or not", *(reading.name for reading in READINGS))
ROLES_OF_MEAN = ("actor", "target", "place", "date", "weapon", "harm kind+numbers", "source")
"""The roles whose F makes up the mean role F; one that neither gold nor coded claims have is left out."""


class Rate(Record, frozen=True):
    """Precision, recall and F (0…1, three decimals) with the counts they are quotients of.

    None where neither gold nor coded claims have any. ``interval``: 95 % interval of F, or None.
    """

    precision: float | None
    recall: float | None
    f: float | None
    interval: tuple[float, float] | None
    found: int
    coded: int
    gold: int


class Share(Record, frozen=True):
    """Share (0…1, three decimals) that is right of what was found, its 95 % interval, and of how many."""

    right: float | None
    interval: tuple[float, float] | None
    of: int


class Mean(Record, frozen=True):
    """A figure made of others (0…1, three decimals) and its 95 % interval."""

    value: float | None
    interval: tuple[float, float] | None


class Figures(Record, frozen=True):
    """All figures of a number of reports.

    ``rates`` by name (:data:`RATES`), ``shares`` of claims that met and values that are shared
    (:data:`SHARES`), ``statuses`` of claims that met, ``types`` of all claims. ``calibration_error``: mean
    distance between a claim's confidence and how often such claims are found and typed, in ten bins.
    """

    reports: int
    rates: dict[str, Rate]
    shares: dict[str, Share]
    statuses: dict[str, Rate]
    types: dict[str, Rate]
    mean_role_f: Mean
    calibration_error: Mean


def figures(tallies: Sequence[Tally]) -> Figures:
    """The figures of some reports, from the counts of each."""
    sums = Sums(tallies)
    roles = [_f(sums, "rates", role) for role in ROLES_OF_MEAN]
    return Figures(
        reports=len(tallies),
        rates={name: _rate(sums, "rates", name) for name in RATES},
        shares={name: _share(sums, name) for name in SHARES},
        statuses={name: _rate(sums, "statuses", name) for name in sums.names("statuses")},
        types={name: _rate(sums, "types", name) for name in sums.names("types")},
        mean_role_f=_mean(_mean_of(roles), sums.telling("rates")),
        calibration_error=_mean(_calibration(sums), sums.telling("calibration")),
    )


def _rate(sums: Sums, group: str, name: str) -> Rate:
    found, coded, gold = (sums[group, name, part] for part in ("found", "coded", "gold"))
    f = _f(sums, group, name)
    told = coded[0] + gold[0] > 0
    return Rate(
        precision=_rounded(_over(found, coded)) if told else None,
        recall=_rounded(_over(found, gold)) if told else None,
        f=_rounded(f),
        interval=interval(f, sums.telling(group, name)),
        found=int(found[0]),
        coded=int(coded[0]),
        gold=int(gold[0]),
    )


def _f(sums: Sums, group: str, name: str) -> Floats:
    """F in all draws: 0 where nothing was found, NaN where there is nothing in gold nor coded claims."""
    found, coded, gold = (sums[group, name, part] for part in ("found", "coded", "gold"))
    precision, recall = _over(found, coded), _over(found, gold)
    return np.where(coded + gold > 0, _over(2 * precision * recall, precision + recall), np.nan)


def _over(some: Floats, all_: Floats) -> Floats:
    """Quotients, 0 where there is nothing to divide by."""
    return np.divide(some, all_, out=np.zeros_like(some), where=all_ > 0)


def _share(sums: Sums, name: str) -> Share:
    right, of = sums["shares", name, "right"], sums["shares", name, "of"]
    share = np.where(of > 0, _over(right, of), np.nan)
    return Share(right=_rounded(share), interval=interval(share, sums.telling("shares", name)), of=int(of[0]))


def _mean_of(rows: Sequence[Floats]) -> Floats:
    """The mean of some figures in each draw, without those that are not defined in it."""
    table = np.array(rows)
    known = (~np.isnan(table)).sum(axis=0)
    return np.where(known > 0, _over(np.nan_to_num(table).sum(axis=0), known.astype(np.float64)), np.nan)


def _calibration(sums: Sums) -> Floats:
    """Expected calibration error over bins of equal width (Naeini, Cooper and Hauskrecht 2015)."""
    apart, claims = sums["calibration", "", ""], sums["calibration", "", ""]
    for n in range(BINS):
        right, of = (sums["calibration", str(n), part] for part in ("right", "of"))
        apart = apart + np.abs(_over(right, of) - (n + 0.5) / BINS) * of
        claims = claims + of
    return np.where(claims > 0, _over(apart, claims), np.nan)


def _mean(values: Floats, telling: int) -> Mean:
    return Mean(value=_rounded(values), interval=interval(values, telling))


def _rounded(values: Floats) -> float | None:
    return None if np.isnan(values[0]) else round(float(values[0]), 3)
