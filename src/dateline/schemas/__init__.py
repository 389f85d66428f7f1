"""JSON Schemas (draft 2020-12) of the output, generated from the records and shipped beside this module.

``python -m dateline.schemas`` writes them anew; a test holds the shipped files against the records.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import msgspec

from dateline.records import Claim, Event, Report

RECORDS = {"report": Report, "claim": Claim, "event": Event}


def generate(name: str) -> dict[str, Any]:
    """The schema of ``report``, ``claim`` or ``event``, from the records as they are."""
    made = msgspec.json.schema(RECORDS[name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Dateline {name}", **made}


def schema(name: str) -> dict[str, Any]:
    """The shipped schema of ``report``, ``claim`` or ``event``."""
    file = resources.files(__name__).joinpath(f"{name}.schema.json")
    found: dict[str, Any] = msgspec.json.decode(file.read_bytes())
    return found


def encoded(made: dict[str, Any]) -> bytes:
    """A schema as the shipped files hold it."""
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
