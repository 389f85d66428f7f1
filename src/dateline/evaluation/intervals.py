"""Intervals by the bootstrap: the same figures over reports drawn anew, with replacement.

Reports are drawn, not claims: claims of one report stand or fall together (Efron and Tibshirani 1993,
chapter 8). Every figure is a quotient of sums over reports, so that a draw is one row of weights times the
table of counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.evaluation.scoring import Key, Tally

Floats = NDArray[np.float64]

DRAWS = 1000
"""What percentile intervals are commonly made with (Efron and Tibshirani 1993)."""
LEVEL = 0.95
SEED = 1993
FEWEST = 5
"""Reports that must say something of a figure for it to have an interval: on fewer, one that a bootstrap
gives is far too narrow."""

_AT_ONCE = 100  # draws, so that weights of ten thousand reports take 8 MB


class Sums:
    """Counts summed over all reports, and over each of :data:`DRAWS` draws of as many reports.

    ``sums[key]`` has shape (1 + DRAWS,): the sum over all reports first. Seeded: the same tallies in the
    same order give the same draws.
    """

    def __init__(self, tallies: Sequence[Tally]) -> None:
        self.reports = len(tallies)
        self.keys: list[Key] = sorted({key for counts in tallies for key in counts})
        self._column = {key: n for n, key in enumerate(self.keys)}
        self._table = np.array([[counts[key] for key in self.keys] for counts in tallies], dtype=np.float64)
        self._table = self._table.reshape(self.reports, len(self.keys))
        self._sums = np.vstack([self._table.sum(axis=0), *self._drawn()])

    def _drawn(self) -> list[Floats]:
        if self.reports < FEWEST:
            return []
        generator = np.random.default_rng(SEED)
        chances = np.full(self.reports, 1 / self.reports)
        sizes = [_AT_ONCE] * (DRAWS // _AT_ONCE)
        return [generator.multinomial(self.reports, chances, size) @ self._table for size in sizes]

    def __getitem__(self, key: Key) -> Floats:
        """The sums of one count; noughts for one that no report has."""
        if key not in self._column:
            return np.zeros(len(self._sums))
        return np.asarray(self._sums[:, self._column[key]])

    def names(self, group: str) -> list[str]:
        """The figures of a group, those with most in the gold first."""
        named = {name for of, name, _ in self.keys if of == group}
        return sorted(named, key=lambda name: (-self[group, name, "gold"][0], name))

    def telling(self, group: str, name: str | None = None) -> int:
        """How many reports count anything for a figure, or for any of a group."""
        columns = [n for key, n in self._column.items() if key[0] == group and name in (None, key[1])]
        return int((self._table[:, columns] > 0).any(axis=1).sum())


def interval(values: Floats, telling: int) -> tuple[float, float] | None:
    """The middle :data:`LEVEL` of a figure's draws, to three decimals; ``values[0]`` is the figure itself.

    None where fewer than :data:`FEWEST` reports tell of it. Draws that do not define it (NaN) are left out.
    """
    drawn = values[1:][~np.isnan(values[1:])]
    if telling < FEWEST or not len(drawn):
        return None
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return round(float(low), 3), round(float(high), 3)
