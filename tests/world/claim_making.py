"""A claim of an attack for the tests of the resolving stage."""

from __future__ import annotations

from typing import Any

from dateline.records import Claim, EventType, Report, Scope, Sentence, Status


def attack(report: Report, **fields: Any) -> Claim:
    """A claim on the first letter of ``report``, its sentence all of the text, but for ``fields``."""
    bare: dict[str, Any] = {
        "claim_id": f"{report.id}.c1",
        "report_id": report.id,
        "event_id": None,
        "type": EventType.ATTACK,
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "trigger": report.span(0, 1),
        "sentence": Sentence(start=0, end=len(report.text)),
    }
    return Claim(**(bare | fields))
