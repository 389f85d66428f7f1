"""The sentences of the claims, for ``--with-text``: a CSV of its own beside the export, never inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dateline.export.dataset import Dataset
from dateline.export.folder import write_rows
from dateline.records import Event

COLUMNS = ("event_id", "claim", "sentence", "audience")


def write(path: Path, dataset: Dataset, shown: Sequence[Event], redact: Callable[[str], str]) -> int:
    """Write the sentence of every claim of ``dataset`` to ``path``, and return how many.

    ``shown``: the same events as they go out, whose ids the rows carry. ``redact`` is applied to each
    sentence; for an internal file it returns it as it is. OutputError where the file cannot be written.
    """
    rows = list(_rows(dataset, shown, redact))
    write_rows(path, [COLUMNS], rows)
    return len(rows)


def _rows(dataset: Dataset, shown: Sequence[Event], redact: Callable[[str], str]) -> Iterator[list[str]]:
    texts = {report.id: report.text for report in dataset.reports}
    claims = {claim.claim_id: claim for claim in dataset.claims}
    for event, public in zip(dataset.events, shown, strict=True):
        for claim_id, number in zip(event.claims, public.claims, strict=True):
            claim = claims.get(claim_id)
            if claim is None or claim.report_id not in texts:
                continue
            sentence = texts[claim.report_id][claim.sentence.start : claim.sentence.end]
            yield [public.event_id, number, redact(sentence), public.audience]
