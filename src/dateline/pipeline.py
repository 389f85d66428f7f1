"""The whole way, in order: read, tag, claim, resolve, fuse, keep, write.

    1 read      any input → reports             dateline.sources
    2 tag       a report's text → spans, links  dateline.tagger
    3 claim     spans and links → claims        dateline.claims
    4 resolve   words → places, dates, …        dateline.world
    5 fuse      claims → events                 dateline.fusion
    6 keep      each report as it is done       dateline.ledger
    7 write     the run's files                 dateline.export

Stages 1 to 4 are pure functions of one report and run in a pool of processes; what they return does not
hang on how many there are, nor on the order of the inputs.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import OutputError
from dateline.records import Claim, Event, Outcome, OutcomeKind, Report
from dateline.sources import Limits, read
from dateline.workers import in_order_of_completion

if TYPE_CHECKING:
    from dateline.ledger import Kept, Spool
    from dateline.tagger import Tagger

log = logging.getLogger("dateline")


class Coder:
    """Stages 2 to 4 with their models loaded: one report in, its claims out."""

    def __init__(self) -> None:
        from dateline.tagger import Tagger

        self.tagger: Tagger = Tagger()

    def claims(self, report: Report) -> list[Claim]:
        """The report's claims, resolved, every span checked against the text."""
        from dateline.claims import claims_of
        from dateline.tagger import sentences
        from dateline.world import resolve

        tags = self.tagger.tag(report)  # 2
        claims = claims_of(report, tags, sentences(report.text))  # 3
        return [claim.check(report) for claim in resolve(report, claims)]  # 4

    def code(self, report: Report) -> Kept:
        """The report with its claims and its outcome. A failure becomes an outcome, never a lost report."""
        from dateline.ledger import Kept

        if report.language not in (None, "en"):
            why = f"language not supported: {report.language}; Dateline reads English"
            return Kept(report=report, claims=(), outcome=OutcomeKind.UNSUPPORTED_LANGUAGE, reason=why)
        try:
            claims = self.claims(report)
        except Exception as error:
            log.exception("report %s could not be coded", report.id)
            why = f"could not be coded: {type(error).__name__}: {error}; please report this"
            return Kept(report=report, claims=(), outcome=OutcomeKind.FAILED, reason=why)
        kind = OutcomeKind.CODED if claims else OutcomeKind.NO_CONFLICT
        return Kept(report=report, claims=tuple(claims), outcome=kind)


@dataclass
class Coded:
    """What a run found, in memory: see :func:`code`."""

    reports: list[Report] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True)
class Summary:
    """What a run wrote: the events, how many inputs ended how, and whether it was stopped early."""

    folder: Path
    events: list[Event]
    claims: int
    outcomes: Counter[OutcomeKind]
    stopped: bool

    @property
    def failed(self) -> int:
        """Inputs whose outcome is an error."""
        return sum(n for kind, n in self.outcomes.items() if kind.is_error)


def code(
    source: str | Path | Sequence[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    limits: Limits | None = None,
) -> Coded:
    """Code a text, or the files, folders and patterns named, and return the records.

    ``source`` is one text when it is a string with white space in it and no file has that name; else paths.
    ``published`` (ISO date) and ``outlet`` hold for all reports that come in. DatelineError on bad arguments;
    an input that cannot be read is an outcome, not an error.
    """
    from dateline.fusion import fuse
    from dateline.sources import report_of

    if isinstance(source, str) and _is_text(source):
        inputs: Iterator[Report | Outcome] = iter([report_of(source, published=published, outlet=outlet)])
    else:
        paths = [source] if isinstance(source, str | Path) else list(source)
        inputs = read([str(p) for p in paths], published=published, outlet=outlet, limits=limits or Limits())
    coder, found = Coder(), Coded()
    for one in inputs:
        if isinstance(one, Outcome):
            found.outcomes.append(one)
            continue
        kept = coder.code(one)
        found.reports.append(one)
        found.claims += kept.claims
        found.outcomes.append(_outcome(kept))
    found.claims, found.events = fuse(found.claims, found.reports)
    return found


def code_to(
    paths: Iterable[str],
    folder: Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Summary:
    """Code ``paths`` and write the run's files into ``folder``; OutputError when that cannot be written.

    ``progress`` is called with the number of reports done so far. Ctrl-C ends the reading; what is coded
    by then is fused and written.
    """
    from dateline.ledger import Spool

    spool = Spool(folder)
    outcomes: list[Outcome] = []
    stopped = False

    def fresh() -> Iterator[Report]:
        for one in read(paths, published=published, outlet=outlet, limits=limits or Limits()):  # 1
            if isinstance(one, Outcome):
                outcomes.append(one)
            elif spool.sight(one):
                yield one

    try:
        for kept in in_order_of_completion(fresh(), Coder, Coder.code, workers):  # 2 3 4
            spool.keep(kept)  # 6
            progress(len(spool))
    except KeyboardInterrupt:
        stopped = True
    except OutputError:
        spool.close(remove=False)
        raise
    return _finish(spool, folder, outcomes, stopped)


def _finish(spool: Spool, folder: Path, outcomes: list[Outcome], stopped: bool) -> Summary:
    """Fuse what was coded and write the run's files."""
    from dateline.export import page
    from dateline.export.folder import (
        write_events_csv,
        write_geojson,
        write_jsonl,
        write_outcomes_csv,
    )
    from dateline.fusion import ReportFacts, facts_of, fuse

    standing, others = spool.settled()
    outcomes = outcomes + others
    claims: list[Claim] = []
    facts: dict[str, ReportFacts] = {}
    for kept in spool.all(standing):
        outcomes.append(_outcome(kept))
        claims += kept.claims
        facts[kept.report.id] = facts_of(kept.report)
    outcomes.sort(key=lambda o: (o.path, o.report_ids, o.outcome))
    claims, events = fuse(claims, facts)  # 5
    counts = Counter(o.outcome for o in outcomes)
    write_jsonl(folder / "reports.jsonl", (k.report for k in spool.all(standing)))  # 7
    write_jsonl(folder / "claims.jsonl", claims)
    write_jsonl(folder / "events.jsonl", events)
    write_events_csv(folder / "events.csv", events)
    write_geojson(folder / "events.geojson", events)
    write_outcomes_csv(folder / "outcomes.csv", outcomes)
    page.write_page(
        folder / "report.html",
        (k.report for k in spool.all(standing)),
        claims,
        events,
        outcomes={kind.value: n for kind, n in sorted(counts.items())},
    )
    spool.close(remove=True)
    return Summary(folder, events, len(claims), counts, stopped)


def _outcome(kept: Kept) -> Outcome:
    report = kept.report
    return Outcome(path=report.path or "-", report_ids=(report.id,), outcome=kept.outcome, reason=kept.reason)


def _is_text(source: str) -> bool:
    if not any(c.isspace() for c in source):
        return False
    try:
        return not Path(source).exists()
    except (OSError, ValueError):  # too long or not a name at all
        return True
