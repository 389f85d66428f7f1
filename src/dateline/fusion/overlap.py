"""Which reports share text (wire copy, reprints, rewritten leads), and which are alike in wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dateline.fusion.facts import ReportFacts
from dateline.fusion.meeting import meetings

RARE = 5.0
"""Words of this weight propose pairs of reports: a name in one report of twelve, a word in one of 150."""
SHARED = 3
"""Wording is compared where two reports share so many rare words."""


def shared_text(reports: Iterable[ReportFacts], least: float) -> dict[tuple[str, str], float]:
    """Pairs of reports that share text, with the share (``least``…1) of the shorter one's runs.

    The share is the containment of Broder 1997 ("On the resemblance and containment of
    documents"): a short version of a long story counts as its copy. Keys are (lower id, higher
    id).
    """
    ordered = sorted(reports, key=lambda facts: facts.id)
    hashes_of = lru_cache(maxsize=2_048)(lambda at: frozenset(ordered[at].hashes()))
    found: dict[tuple[str, str], float] = {}
    for one, two in sorted(meetings([np.asarray(facts.hashes()) for facts in ordered], least=1)):
        first, second = hashes_of(one), hashes_of(two)
        share = len(first & second) / min(len(first), len(second))
        if share >= least:
            found[ordered[one].id, ordered[two].id] = share
    return found


def between(found: Mapping[tuple[str, str], float], one: str, two: str) -> float:
    """What :func:`shared_text` or :func:`like_worded` found between two reports; 0 when nothing."""
    return found.get((one, two) if one < two else (two, one), 0.0)


def like_worded(reports: Iterable[ReportFacts], least: float) -> dict[tuple[str, str], float]:
    """Pairs of reports with alike wording: the cosine (``least``…1) of their weighed words.

    Keys are (lower id, higher id). Reports meet over their rare words, each with the next few by day of
    publication.
    """
    ordered = sorted(reports, key=lambda facts: (facts.published or "", facts.id))
    words = [np.frombuffer(facts.words, dtype=np.uint32) for facts in ordered]
    weights = [np.frombuffer(facts.weights, dtype=np.float32) for facts in ordered]
    rare = [own[weight >= RARE] for own, weight in zip(words, weights, strict=True)]
    lengths = [float(np.sqrt(np.square(weight).sum())) for weight in weights]
    found: dict[tuple[str, str], float] = {}
    for one, two in sorted(meetings(rare, SHARED)):
        likeness = _cosine(words, weights, lengths, one, two)
        if likeness >= least:
            first, second = sorted((ordered[one].id, ordered[two].id))
            found[first, second] = likeness
    return found


def _cosine(
    words: Sequence[npt.NDArray[np.uint32]],
    weights: Sequence[npt.NDArray[np.float32]],
    lengths: Sequence[float],
    one: int,
    two: int,
) -> float:
    _, first, second = np.intersect1d(words[one], words[two], assume_unique=True, return_indices=True)
    return float(weights[one][first] @ weights[two][second]) / (lengths[one] * lengths[two])
