"""What fusing needs to know of a report, without its text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec

from dateline.fusion.names import folded
from dateline.fusion.wording import weighed
from dateline.records import Report

SHINGLE_WORDS = 8
"""Words to a shingle. Eight running words in common are copied words, not chance: the length used
for near-duplicates on the web (Broder, Glassman, Manasse, Zweig 1997 use ten; news leads are
shorter)."""


class ReportFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A light view of a report: who published it, when, and hashes of its running words.

    ``published`` is an ISO date or None. ``shingles`` holds the distinct 32-bit hashes of all
    runs of :data:`SHINGLE_WORDS` words, ascending, four bytes each (see :meth:`hashes`): 1.2 kB
    for 300 words. ``words`` and ``weights`` are those of :func:`dateline.fusion.wording.weighed`: 1 kB.
    """

    id: str
    outlet: str | None = None
    published: str | None = None
    agency: str | None = None
    shingles: bytes = b""
    words: bytes = b""
    weights: bytes = b""

    def hashes(self) -> array[int]:
        """The shingle hashes, ascending."""
        return array("I", self.shingles)


def facts_of(report: Report) -> ReportFacts:
    """The light view of ``report`` that :func:`dateline.fusion.fuse` needs."""
    words, weights = weighed(report.text)
    return ReportFacts(
        id=report.id,
        outlet=report.outlet,
        published=report.published,
        agency=report.agency,
        shingles=shingles_of(report.text),
        words=words,
        weights=weights,
    )


def facts_by_id(reports: Mapping[str, ReportFacts] | Iterable[Report]) -> Mapping[str, ReportFacts]:
    """``reports`` as facts by report id, whichever of the two forms they come in."""
    if isinstance(reports, Mapping):
        return reports
    return {report.id: facts_of(report) for report in reports}


def shingles_of(text: str) -> bytes:
    """Hashes of all runs of eight words of ``text``, for :attr:`ReportFacts.shingles`.

    Case, marks and punctuation do not count. A text of fewer than eight words is one shingle; an
    empty one has none.
    """
    words = folded(text).split()
    runs = max(1, len(words) - SHINGLE_WORDS + 1) if words else 0
    hashes = {_hash(" ".join(words[at : at + SHINGLE_WORDS])) for at in range(runs)}
    return array("I", sorted(hashes)).tobytes()


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=4).digest(), "little")
