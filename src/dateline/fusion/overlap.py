"""Which reports share text: wire copy, reprints, rewritten leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from dateline.fusion.facts import ReportFacts

SLICES = 16
"""Hashes are met in so many passes, each over its share of the hash space, to hold memory down."""

NEIGHBOURS = 8
"""A run of words is followed from a report to so many others before it: a phrase printed under
every article of an outlet would otherwise pair all with all. Copies have many runs, boilerplate
few."""


def shared_text(reports: Iterable[ReportFacts], least: float) -> dict[tuple[str, str], float]:
    """Pairs of reports that share text, with the share (``least``…1) of the shorter one's runs.

    The share is the containment of Broder 1997 ("On the resemblance and containment of
    documents"): a short version of a long story counts as its copy. Keys are (lower id, higher
    id).
    """
    ordered = sorted(reports, key=lambda facts: facts.id)
    hashes_of = lru_cache(maxsize=2_048)(lambda at: frozenset(ordered[at].hashes()))
    found: dict[tuple[str, str], float] = {}
    for one, two in sorted(_proposed(ordered)):
        first, second = hashes_of(one), hashes_of(two)
        share = len(first & second) / min(len(first), len(second))
        if share >= least:
            found[ordered[one].id, ordered[two].id] = share
    return found


def _proposed(ordered: Sequence[ReportFacts]) -> set[tuple[int, int]]:
    """Pairs of positions whose reports have a run of words in common."""
    pairs: set[tuple[int, int]] = set()
    if not ordered:
        return pairs
    hashes = [np.asarray(facts.hashes()) for facts in ordered]
    values = np.concatenate(hashes)
    owners = np.repeat(np.arange(len(ordered), dtype=np.uint32), [len(own) for own in hashes])
    slices = values // (2**32 // SLICES)
    for number in range(SLICES):
        here = slices == number
        order = np.lexsort((owners[here], values[here]))
        runs, tellers = values[here][order], owners[here][order]
        for steps in range(1, NEIGHBOURS + 1):
            one, two = tellers[:-steps], tellers[steps:]
            copied = (runs[:-steps] == runs[steps:]) & (one != two)
            pairs.update(zip(one[copied].tolist(), two[copied].tolist(), strict=True))
    return pairs


def share_between(shares: Mapping[tuple[str, str], float], one: str, two: str) -> float:
    """The share of text between two reports in the result of :func:`shared_text`; 0 when none."""
    return shares.get((one, two) if one < two else (two, one), 0.0)
