"""Joining what is alike without chaining what contradicts: constrained average linkage.

Agglomerative: the two clusters with the highest mean points between their members are joined first,
as long as the mean reaches the threshold and no rule of :mod:`dateline.fusion.constraints`
forbids any two of their claims. Single linkage would chain a week of strikes into one event; a
mean over the pairs that were compared asks the whole cluster. Deterministic: items come in a
fixed order, and ties go to the pair of clusters that starts earliest in it.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from dateline.fusion.constraints import Marks, any_forbidden


def agglomerate(
    marks: Sequence[tuple[Marks, ...]], points: Mapping[tuple[int, int], float], threshold: float
) -> list[list[int]]:
    """Clusters of ``range(len(marks))``: each sorted, all by first member.

    ``points[i, j]`` (i < j) are the points between two items that were compared; pairs not
    compared do not count. ``marks[i]`` are the marks of the claims in item i.
    """
    members = {item: [item] for item in range(len(marks))}
    held = {item: set(own) for item, own in enumerate(marks)}
    # Sum of points and number of compared pairs between two clusters.
    ties: dict[int, dict[int, tuple[float, int]]] = {}
    for (one, two), score in points.items():
        ties.setdefault(one, {})[two] = ties.setdefault(two, {})[one] = (score, 1)
    queue = [(-score, one, two, 1) for (one, two), score in points.items() if score >= threshold]
    heapq.heapify(queue)
    while queue:
        negative, one, two, count = heapq.heappop(queue)
        tie = ties.get(one, {}).get(two)
        if tie is None or tie[1] != count or -tie[0] / count != negative:
            continue  # one of the two has been joined since, or is gone
        if any_forbidden(held[one], held[two]):
            # For good: clusters only grow, so their marks stay.
            ties[one][two] = ties[two][one] = (float("-inf"), count)
            continue
        members[one] = sorted(members[one] + members.pop(two))
        held[one] |= held.pop(two)
        _merge_ties(ties, one, two)
        for other, (total, pairs) in ties[one].items():
            if total / pairs >= threshold:
                heapq.heappush(queue, (-total / pairs, min(one, other), max(one, other), pairs))
    return [members[item] for item in sorted(members)]


def _merge_ties(ties: dict[int, dict[int, tuple[float, int]]], kept: int, gone: int) -> None:
    """Give ``kept`` the ties of ``gone`` too."""
    mine = ties[kept]
    for other, (total, pairs) in ties.pop(gone).items():
        del ties[other][gone]
        if other == kept:
            continue
        before = mine.get(other, (0.0, 0))
        mine[other] = ties[other][kept] = (before[0] + total, before[1] + pairs)
