"""Work kept as it is done: each coded report goes to disk at once, and comes back in a fixed order.

A run's result must not hang on the order its inputs came in. So reports are filed under a digest of
what decides their coding (text, outlet, date), and ids are settled only when all are in: of several
inputs with one content the one with the smallest id stands, the others are duplicates of it; where two
contents were given one id, the second gets an id of its own. The same words with an outlet or a date missing
are a duplicate of those that have it.

The file is JSON Lines. A run that was stopped leaves it, and the next run into the same folder by the same
version takes up what stands in it.
"""

from __future__ import annotations

import hashlib
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


class _Header(Record, frozen=True):
    """The first line of the file: what the lines below were made by."""

    made_by: str


@dataclass
class _Slot:
    """Where one content stands in the file, and every input that had it (its report without the text)."""

    offset: int = 0
    length: int = 0
    words: bytes = b""
    sightings: list[Report] = field(default_factory=list)


def content_key(report: Report) -> str:
    """Digest of what decides how a report is coded, its text as it was before any translation."""
    parts = (report.original or report.text, report.outlet or "", report.published or "")
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _words_digest(text: str) -> bytes:
    """Digest of a text's words: line ends and blanks may differ between two copies of it."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).digest()[:16]


class Spool:
    """A file of coded reports in the output folder, and where each stands in it.

    ``made_by`` names the version that codes; what another version left is not taken up. OutputError on a
    folder that cannot be written and on a full disk; what is written stays.
    """

    def __init__(self, folder: Path, made_by: str = "") -> None:
        self.path = folder / "coding.part"
        self._slots: dict[str, _Slot] = {}
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(Kept)
        self._coded = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("r+b" if self.path.exists() else "w+b")
            self._end = self._take_up(made_by)
        except OSError as error:
            raise OutputError.at(folder, error) from error

    def _take_up(self, made_by: str) -> int:
        """Find what an earlier run left, and return where writing goes on."""
        header = self._encoder.encode(_Header(made_by=made_by)) + b"\n"
        if self._file.readline() != header:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(header)
            return len(header)
        end = len(header)
        for line in self._file:
            try:
                kept = self._decoder.decode(line)
            except msgspec.DecodeError:  # the line that was being written when the run ended
                break
            self._slots[content_key(kept.report)] = _Slot(end, len(line))
            end += len(line)
        return end

    def sight(self, report: Report) -> bool:
        """Note an input; True when its content is new and has to be coded."""
        slot = self._slots.setdefault(content_key(report), _Slot())
        slot.words = slot.words or _words_digest(report.text)
        slot.sightings.append(replace(report, text=""))
        if slot.length and len(slot.sightings) == 1:
            self._coded += 1
        return not slot.length and len(slot.sightings) == 1

    def keep(self, kept: Kept) -> None:
        """File one coded report."""
        line = self._encoder.encode(kept) + b"\n"
        slot = self._slots[content_key(kept.report)]
        try:
            self._file.seek(self._end)
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise OutputError.at(self.path, error) from error
        slot.offset, slot.length = self._end, len(line)
        self._end += len(line)
        self._coded += 1

    def __len__(self) -> int:
        """Contents of this run that are coded."""
        return self._coded

    def settled(self) -> tuple[list[tuple[str, str]], list[Outcome]]:
        """``(report id, content key)`` of every coded report by id, and the outcomes of all other inputs."""
        outcomes: list[Outcome] = []
        standing: dict[str, str] = {}
        seen = [
            (sorted(slot.sightings, key=_order), key) for key, slot in self._slots.items() if slot.sightings
        ]
        fuller = self._fuller()
        for sightings, key in sorted(seen, key=lambda s: (s[0][0].id, s[1])):
            first, *others = sightings
            if not self._slots[key].length:
                outcomes += [
                    _outcome(s, OutcomeKind.NOT_CODED, "the run was stopped before it") for s in sightings
                ]
                continue
            if key in fuller:
                first = min(self._slots[fuller[key]].sightings, key=_order)
                why = f"the same text as {first.path or first.id}, which tells no less of its outlet and date"
                outcomes += [_outcome(s, OutcomeKind.DUPLICATE, why) for s in sightings]
                continue
            report_id = next((s.id for s in sightings if s.id not in standing), f"{first.id}~{key[:8]}")
            standing[report_id] = key
            why = f"the same text, outlet and date as {first.path or first.id}"
            outcomes += [_outcome(s, OutcomeKind.DUPLICATE, why) for s in others]
        return sorted(standing.items()), outcomes

    def _fuller(self) -> dict[str, str]:
        """Key of a content to that of another with the same words, which tells its outlet and date too.

        Of two that tell the same, as copies with other line ends do, the one with the smaller id stands.
        """
        by_words: dict[bytes, list[tuple[int, tuple[str, str, int, str], str]]] = {}
        for key, slot in self._slots.items():
            if slot.length and slot.sightings:
                first = min(slot.sightings, key=_order)
                unknown = (first.outlet is None) + (first.published is None)
                by_words.setdefault(slot.words, []).append((unknown, _order(first), key))
        fuller: dict[str, str] = {}
        for copies in by_words.values():
            standing: list[str] = []
            for *_, key in sorted(copies):  # those that say most first
                other = next((s for s in standing if self._says_all(s, key)), None)
                if other is None:
                    standing.append(key)
                else:
                    fuller[key] = other
        return fuller

    def _says_all(self, one: str, other: str) -> bool:
        """Whether the content ``one`` has the outlet and the date that ``other`` has."""
        a, b = self._slots[one].sightings[0], self._slots[other].sightings[0]
        return b.outlet in (None, a.outlet) and b.published in (None, a.published)

    def read(self, report_id: str, key: str) -> Kept:
        """A coded report back from disk, as the input that stands for its content gives it."""
        slot = self._slots[key]
        self._file.seek(slot.offset)
        kept = self._decoder.decode(self._file.read(slot.length))
        first = min(slot.sightings, key=_order)
        coded_as, reason = kept.report.id, kept.reason
        if report_id != first.id and not any(s.id == report_id for s in slot.sightings):
            reason = f"the id {first.id} was given to another text too; this one is {report_id}"

        def renamed(claim_id: str) -> str:
            return report_id + claim_id.removeprefix(coded_as)

        claims = tuple(
            replace(
                c,
                report_id=report_id,
                claim_id=renamed(c.claim_id),
                same_as=tuple(renamed(s) for s in c.same_as),
            )
            for c in kept.claims
        )
        report = replace(
            first,
            text=kept.report.text,
            original=kept.report.original,
            translated_by=kept.report.translated_by,
            id=report_id,
        )
        return Kept(report=report, claims=claims, outcome=kept.outcome, reason=reason)

    def all(self, standing: list[tuple[str, str]]) -> Iterator[Kept]:
        """Every standing report, in the order given."""
        for report_id, key in standing:
            yield self.read(report_id, key)

    def close(self, *, remove: bool) -> None:
        """Close the file; ``remove`` it once nothing in it is needed any more."""
        with suppress(OSError):  # on a full disk closing tries to write the rest once more
            self._file.close()
        if remove:
            self.path.unlink(missing_ok=True)


def _order(report: Report) -> tuple[str, str, int, str]:
    return report.id, report.path or "", report.part.start if report.part else 0, report.sha256 or ""


def _outcome(report: Report, kind: OutcomeKind, why: str) -> Outcome:
    return Outcome(path=report.path or "-", report_ids=(report.id,), outcome=kind, reason=why)
