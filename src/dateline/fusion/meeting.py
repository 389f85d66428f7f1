"""Which reports meet over what they share, without holding all against all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SLICES = 16
"""Hashes are met in so many passes, each over its share of the hash space, to hold memory down."""

NEIGHBOURS = 8
"""What two share is followed from a report to so many others before it: a phrase printed under every article
of an outlet would otherwise pair all with all. Reports on one thing share much, boilerplate is little."""


def meetings(hashes: Sequence[npt.NDArray[np.uint32]], least: int) -> set[tuple[int, int]]:
    """Pairs of positions (i < j) that share ``least`` or more of their 32-bit ``hashes``."""
    if not hashes:
        return set()
    values = np.concatenate(hashes)
    owners = np.repeat(np.arange(len(hashes), dtype=np.uint64), [len(own) for own in hashes])
    slices = values // (2**32 // SLICES)
    pairs, counts = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    for number in range(SLICES):
        here = slices == number
        order = np.lexsort((owners[here], values[here]))
        shared, tellers = values[here][order], owners[here][order]
        met = [pairs]
        times = [counts]
        for steps in range(1, NEIGHBOURS + 1):
            one, two = tellers[:-steps], tellers[steps:]
            both = (shared[:-steps] == shared[steps:]) & (one != two)
            found, often = np.unique((one[both] << np.uint64(32)) | two[both], return_counts=True)
            met.append(found)
            times.append(often)
        pairs, where = np.unique(np.concatenate(met), return_inverse=True)
        counts = np.bincount(where, weights=np.concatenate(times), minlength=len(pairs)).astype(np.int64)
    kept = pairs[counts >= least]
    return set(zip((kept >> np.uint64(32)).tolist(), (kept & np.uint64(2**32 - 1)).tolist(), strict=True))
