"""The records of a finished run, read back from its folder."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from dateline.errors import InputError
from dateline.records import Claim, Event, Outcome, OutcomeKind, Record, Report

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class FinishedRun:
    """What ``dateline code`` wrote into ``folder``. InputError where it is no such folder, or damaged."""

    folder: Path

    def __post_init__(self) -> None:
        missing = [n for n in ("reports", "claims", "events") if not (self.folder / f"{n}.jsonl").is_file()]
        if missing:
            names = ", ".join(f"{name}.jsonl" for name in missing)
            raise InputError(
                f"{self.folder}: no finished run ({names} not there); "
                f"give the folder that dateline code -o wrote"
            )

    def reports(self) -> Iterator[Report]:
        """The reports, one after the other from disk."""
        return self._read("reports", Report)

    def claims(self) -> Iterator[Claim]:
        """The claims, each with the id of its event."""
        return self._read("claims", Claim)

    def events(self) -> Iterator[Event]:
        """The events, in the order of the file."""
        return self._read("events", Event)

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes of the inputs, from outcomes.csv; none where the folder has no such file."""
        path = self.folder / "outcomes.csv"
        if not path.is_file():
            return
        try:
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    yield Outcome(
                        path=row["path"],
                        report_ids=tuple(filter(None, row["report_ids"].split("; "))),
                        outcome=OutcomeKind(row["outcome"]),
                        reason=row["reason"],
                    )
        except (KeyError, ValueError, csv.Error) as error:
            raise InputError(
                f"{path}: no outcomes of this version of Dateline ({error}); code again"
            ) from error

    def _read(self, name: str, kind: type[_R]) -> Iterator[_R]:
        path, decoder = self.folder / f"{name}.jsonl", msgspec.json.Decoder(kind)
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield decoder.decode(line)
                except msgspec.DecodeError as error:
                    raise InputError(
                        f"{path}:{number}: no {name[:-1]} of this version of Dateline ({error}); code again"
                    ) from error
