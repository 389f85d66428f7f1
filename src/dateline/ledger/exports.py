"""What left a run's folder: one line an export in ``exports.jsonl``, only ever added to."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from dateline.errors import OutputError
from dateline.records import Record

FILE = "exports.jsonl"


class Export(Record, frozen=True):
    """One export: when (ISO, UTC), what, for whom, by which rules, and who took which risk why.

    ``risks``: what the disclosure report said was left; ``accepted``: the reason given for taking it.
    """

    when: str
    format: str
    file: str
    sha256: str
    audience: str
    events: int
    filters: tuple[str, ...]
    rules: str | None = None
    risks: tuple[str, ...] = ()
    accepted: str | None = None


def record(folder: Path, export: Export) -> None:
    """Add one line, and have it on disk; OutputError where the folder cannot be written."""
    path = folder / FILE
    try:
        with path.open("ab") as file:
            file.write(msgspec.json.encode(export) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(
            f"cannot write {path} ({error.strerror}): exports go on record there; make the folder writable"
        ) from error
