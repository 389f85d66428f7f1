"""Dateline: news reports on armed conflict turned into event data that people can check.

    >>> import dateline
    >>> coded = dateline.code("reports/")          # doctest: +SKIP
    >>> coded.events[0].killed.accounts             # doctest: +SKIP

``code`` runs the whole way; ``locate``, ``resolve_date``, ``resolve_count`` and ``resolve_actor`` are the
resolvers by themselves. Records are in :mod:`dateline.records`, errors in :mod:`dateline.errors`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.errors import DatelineError
    from dateline.pipeline import Coded, code
    from dateline.records import Claim, Event, Outcome, Report, Span
    from dateline.world import locate, resolve_actor, resolve_count, resolve_date

__version__ = "0.1.0"

# Loaded when first used: ``dateline --help`` must not wait for a neural network.
_HOMES = {
    "DatelineError": "dateline.errors",
    "Coded": "dateline.pipeline",
    "code": "dateline.pipeline",
    "Claim": "dateline.records",
    "Event": "dateline.records",
    "Outcome": "dateline.records",
    "Report": "dateline.records",
    "Span": "dateline.records",
    "locate": "dateline.world",
    "resolve_actor": "dateline.world",
    "resolve_count": "dateline.world",
    "resolve_date": "dateline.world",
}

__all__ = [
    "Claim",
    "Coded",
    "DatelineError",
    "Event",
    "Outcome",
    "Report",
    "Span",
    "__version__",
    "code",
    "locate",
    "resolve_actor",
    "resolve_count",
    "resolve_date",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
