"""How an input ends that gives no report: the one place where the read stage makes its outcomes."""

from __future__ import annotations

from dateline.errors import InputError, TooLarge
from dateline.records import Outcome, OutcomeKind


def ended(path: str, kind: OutcomeKind, reason: str) -> Outcome:
    """The outcome of an input without reports; ``path`` as it can be shown (``inputs.printable``)."""
    return Outcome(path=path, report_ids=(), outcome=kind, reason=reason)


def failed(path: str, error: InputError) -> Outcome:
    """The outcome of an input that raised: ``too large`` for TooLarge, else ``unreadable``."""
    kind = OutcomeKind.TOO_LARGE if isinstance(error, TooLarge) else OutcomeKind.UNREADABLE
    return ended(path, kind, str(error))
