"""Work kept as it is done: each coded report goes to disk at once, and comes back in a fixed order.

A run's result must not hang on the order its inputs came in. So reports are filed under a digest of what
decides their coding (text, outlet, date); ids are settled only when all are in: of several inputs with one
content the smallest id stands, the others are duplicates of it; of several contents under one id the
smallest digest keeps it.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec.structs import replace

from dateline.errors import OutputError
from dateline.records import Claim, Outcome, OutcomeKind, Record, Report


class Kept(Record, frozen=True):
    """One report as coded: its claims, and how it ended."""

    report: Report
    claims: tuple[Claim, ...]
    outcome: OutcomeKind
    reason: str = ""


@dataclass
class _Slot:
    offset: int = -1
    length: int = 0
    #: (report id, path) of every input with this content
    sightings: list[tuple[str, str]] = field(default_factory=list)


def content_key(report: Report) -> str:
    """Digest of what decides how a report is coded."""
    parts = (report.text, report.outlet or "", report.published or "")
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Spool:
    """A file of coded reports in the output folder, and where each stands in it.

    OutputError on a folder that cannot be written and on a full disk; what is written stays.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "coding.part"
        self._slots: dict[str, _Slot] = {}
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(Kept)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w+b")
        except OSError as error:
            raise OutputError(f"cannot write in {folder}: {_why(error)}") from error
        self._end = 0

    def sight(self, report: Report) -> bool:
        """Note an input; True when its content is new and has to be coded."""
        slot = self._slots.setdefault(content_key(report), _Slot())
        slot.sightings.append((report.id, report.path or ""))
        return len(slot.sightings) == 1

    def keep(self, kept: Kept) -> None:
        """File one coded report."""
        line = self._encoder.encode(kept)
        slot = self._slots[content_key(kept.report)]
        try:
            self._file.seek(self._end)
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise OutputError(f"cannot write {self.path}: {_why(error)}") from error
        slot.offset, slot.length = self._end, len(line)
        self._end += len(line)

    def __len__(self) -> int:
        return sum(slot.length > 0 for slot in self._slots.values())

    def settled(self) -> tuple[list[tuple[str, str]], list[Outcome]]:
        """``(report id, content key)`` of every coded report in order of id, and the outcomes of the rest."""
        by_id: dict[str, list[str]] = {}
        outcomes: list[Outcome] = []
        for key, slot in self._slots.items():
            if slot.length:
                by_id.setdefault(min(slot.sightings)[0], []).append(key)
        standing: list[tuple[str, str]] = []
        for report_id, keys in sorted(by_id.items()):
            standing.append((report_id, min(keys)))
            for key in keys:
                first, *others = sorted(self._slots[key].sightings)
                if key != min(keys):
                    why = f"the id {report_id} was given to another text too; give every report its own id"
                    others = [first, *others]
                    kind = OutcomeKind.FAILED
                else:
                    why = f"the same text, outlet and date as {first[1] or first[0]}"
                    kind = OutcomeKind.DUPLICATE
                outcomes += [
                    Outcome(path=path, report_ids=(other,), outcome=kind, reason=why)
                    for other, path in others
                ]
        return standing, outcomes

    def read(self, report_id: str, key: str) -> Kept:
        """A coded report back from disk, under the id it was settled to have."""
        slot = self._slots[key]
        self._file.seek(slot.offset)
        kept = self._decoder.decode(self._file.read(slot.length))
        path = min(slot.sightings)[1] or None
        if kept.report.id == report_id and kept.report.path == path:
            return kept
        old = kept.report.id

        def renamed(claim_id: str) -> str:
            return report_id + claim_id.removeprefix(old)

        claims = tuple(
            replace(
                c,
                report_id=report_id,
                claim_id=renamed(c.claim_id),
                same_as=tuple(renamed(s) for s in c.same_as),
            )
            for c in kept.claims
        )
        return replace(kept, report=replace(kept.report, id=report_id, path=path), claims=claims)

    def all(self, standing: list[tuple[str, str]]) -> Iterator[Kept]:
        """Every standing report, in the order given."""
        for report_id, key in standing:
            yield self.read(report_id, key)

    def close(self, *, remove: bool) -> None:
        """Close the file; ``remove`` it once its content stands in the run's own files."""
        with suppress(OSError):  # on a full disk closing tries to write the rest once more
            self._file.close()
        if remove:
            self.path.unlink(missing_ok=True)


def _why(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "the disk is full; free some space or choose another folder with -o"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "no permission to write there; choose another folder with -o"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return "a file of that name is in the way; choose another folder with -o"
    return os.strerror(error.errno) if error.errno else str(error)
