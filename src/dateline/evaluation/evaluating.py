"""Evaluate, in order: read the reports and their gold, code or take a run's claims, compare.

1 reports   REPORTS → reports                        dateline.sources
2 gold      GOLD → annotated claims                  dateline.evaluation.gold
3 claims    coded now, or those of a finished run    dateline.pipeline, dateline.fusion
4 meet      gold and coded claims by their triggers  dateline.evaluation.matching
5 count     what was found, report by report         dateline.evaluation.scoring
6 figures   quotients with intervals, and by group   dateline.evaluation.figures
7 errors    each in its passages                     dateline.evaluation.faults
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dateline.errors import EvidenceError, InputError
from dateline.evaluation.confusion import Confusion, confusion
from dateline.evaluation.faults import Fault, faults_of
from dateline.evaluation.figures import Figures, figures
from dateline.evaluation.gold import GoldClaim, lines, read_gold
from dateline.evaluation.matching import Meeting, meet
from dateline.evaluation.scoring import tally
from dateline.records import Claim, EventType, Outcome, OutcomeKind, Record, Report, Status
from dateline.sources import read
from dateline.workers import in_order_of_completion

if TYPE_CHECKING:
    from dateline.ledger import Kept

Gold = Mapping[str, tuple[GoldClaim, ...]]

UNTOLD = "not told"
"""The outlet of a report that names none, and the country of one whose gold has no place in a country."""


class Evaluation(Record, frozen=True):
    """What an evaluation found.

    ``figures`` of all annotated reports; of those of each outlet, and of each country that most gold places
    of a report lie in. ``types`` and ``statuses``: what was taken for what. ``not_coded``: why, by report id,
    for reports whose claims all count as missed. ``faults``: every error, by report and place in the text.
    """

    figures: Figures
    outlets: dict[str, Figures]
    countries: dict[str, Figures]
    types: Confusion
    statuses: Confusion
    not_coded: dict[str, str]
    faults: tuple[Fault, ...]
    audience: str = "internal"


def evaluate(
    reports: str | Path | Sequence[str | Path],
    gold: str | Path,
    *,
    claims: str | Path | None = None,
    workers: int | None = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> Evaluation:
    """Hold Dateline's claims against a gold annotated by the codebook.

    ``reports``: anything that is read as reports; ``gold``: JSON Lines, ``{"id", "claims": [...]}``; only
    annotated reports are coded and count. ``claims``: a run's folder or its ``claims.jsonl``, to score those
    instead. ``workers`` and ``progress`` (reports done so far) are for coding. Raises InputError, with
    place and remedy, where reports, gold or claims cannot be read or do not fit each other.
    """
    by_id = read_reports(reports)  # 1
    annotated = read_gold(Path(gold), {report.id: report.text for report in by_id.values()})  # 2
    chosen = [by_id[report_id] for report_id in sorted(annotated)]
    not_coded: dict[str, str] = {}
    if claims is None:
        coded, not_coded = _code(chosen, workers, progress)  # 3
    else:
        coded = read_claims(Path(claims), by_id, annotated)
    return compare(chosen, annotated, coded, not_coded)


def as_json(evaluation: Evaluation) -> bytes:
    """The figures as indented JSON: all of an evaluation but its errors, which hold the words of reports."""
    fields = (name for name in evaluation.__struct_fields__ if name != "faults")
    content = {name: getattr(evaluation, name) for name in fields}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def read_reports(reports: str | Path | Sequence[str | Path]) -> dict[str, Report]:
    """The reports by id; InputError for an input that cannot be read and for an id that stands twice."""
    found: dict[str, Report] = {}
    for one in read(reports):
        if isinstance(one, Outcome):
            if one.outcome.is_error:
                raise InputError(f"{one.path}: {one.reason}")
        elif one.id in found:
            raise InputError(f"{one.path}: the id {one.id!r} stands twice; give each report an id of its own")
        else:
            found[one.id] = one
    return found


def read_claims(path: Path, reports: Mapping[str, Report], annotated: Iterable[str]) -> list[Claim]:
    """A run's claims on the annotated reports, in the order of its file.

    ``path`` is the run's folder or a ``claims.jsonl``. Raises InputError for a line that is no claim, a
    claim whose words are not its report's, and where not one claim is on an annotated report.
    """
    if path.is_dir():
        path /= "claims.jsonl"
    decoder = msgspec.json.Decoder(Claim)
    wanted, found, others = set(annotated), [], 0
    for where, line in lines(path):
        try:
            claim = decoder.decode(line)
            if claim.report_id in wanted:
                found.append(claim.check(reports[claim.report_id]))
            else:
                others += 1
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{where}: no claim ({error}); give a run's folder or claims.jsonl") from error
        except EvidenceError as error:
            raise InputError(f"{where}: {error}; was the run made of other texts? code again") from error
    if others and not found:
        raise InputError(
            f"{path}: not one claim is on an annotated report; was the run made of other reports?"
        )
    return found


def compare(
    reports: Sequence[Report], gold: Gold, claims: Iterable[Claim], not_coded: Mapping[str, str] | None = None
) -> Evaluation:
    """Hold ``claims`` against the ``gold`` of ``reports``, all of which are annotated. A pure function."""
    coded: dict[str, list[Claim]] = {report.id: [] for report in reports}
    for claim in claims:
        coded[claim.report_id].append(claim)
    meetings = [meet(r.id, r.text, gold[r.id], coded[r.id]) for r in reports]  # 4
    tallies = [tally(meeting) for meeting in meetings]  # 5

    def by(label: Callable[[Report], str]) -> dict[str, Figures]:
        members: dict[str, list[int]] = {}
        for n, report in enumerate(reports):
            members.setdefault(label(report), []).append(n)
        ranked = sorted(members.items(), key=lambda one: (-len(one[1]), one[0]))
        return {name: figures([tallies[n] for n in those]) for name, those in ranked}

    return Evaluation(
        figures=figures(tallies),  # 6
        outlets=by(lambda report: report.outlet or UNTOLD),
        countries=by(lambda report: _country(gold[report.id])),
        types=confusion(_labels(meetings, "type"), [kind.value for kind in EventType]),
        statuses=confusion(_labels(meetings, "status"), [status.value for status in Status]),
        not_coded=dict(not_coded or {}),
        faults=tuple(f for m, r in zip(meetings, reports, strict=True) for f in faults_of(m, r.text)),  # 7
    )


def _country(claims: Iterable[GoldClaim]) -> str:
    """The country that most places of a report's gold lie in; of several the first by name."""
    named = Counter(place.country for claim in claims for place in claim.place if place.country)
    return min(named, key=lambda name: (-named[name], name), default=UNTOLD)


def _labels(meetings: Iterable[Meeting], field: str) -> list[tuple[str | None, str | None]]:
    """Gold and coded label of every claim."""
    found: list[tuple[str | None, str | None]] = []
    for meeting in meetings:
        found += [(getattr(gold, field).value, getattr(claim, field).value) for gold, claim in meeting.pairs]
        found += [(getattr(gold, field).value, None) for gold in meeting.missed]
        found += [(None, getattr(claim, field).value) for claim in meeting.spurious]
    return found


def _code(
    reports: Sequence[Report], workers: int | None, progress: Callable[[int], None]
) -> tuple[list[Claim], dict[str, str]]:
    """The fused claims of some reports as ``dateline code`` makes them, and why some reports have none."""
    from dateline.fusion import facts_of, fuse
    from dateline.pipeline import Coder

    done: dict[str, Kept] = {}
    for kept in in_order_of_completion(reports, Coder, Coder.code, _died, workers):
        done[kept.report.id] = kept
        progress(len(done))
    in_order = [done[report.id] for report in reports]
    claims, _ = fuse([c for kept in in_order for c in kept.claims], {r.id: facts_of(r) for r in reports})
    fine = (OutcomeKind.CODED, OutcomeKind.NO_CONFLICT)
    return claims, {kept.report.id: kept.reason for kept in in_order if kept.outcome not in fine}


def _died(report: Report) -> Kept:
    from dateline.ledger import Kept

    why = "the process that coded it died (out of memory?); try --workers 1"
    return Kept(report=report, claims=(), outcome=OutcomeKind.FAILED, reason=why)
