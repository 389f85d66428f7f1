"""The whole way, in order: read, tag, claim, resolve, fuse, keep, write.

    1 read      any input → reports             dateline.sources
                translated where the user gives a command for it
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

import hashlib
import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import Unreadable
from dateline.records import Claim, Event, Outcome, OutcomeKind, Report
from dateline.sources import Limits, read
from dateline.sources.translate import Translation, Translator, in_english
from dateline.workers import in_order_of_completion

if TYPE_CHECKING:
    from dateline.ledger import Kept, Spool
    from dateline.tagger import Tagger

log = logging.getLogger("dateline")
log.addHandler(logging.NullHandler())


def _died(report: Report) -> Kept:
    from dateline.ledger import Kept

    why = "the process that coded it died (out of memory?); try it alone with --workers 1"
    return Kept(report=report, claims=(), outcome=OutcomeKind.FAILED, reason=why)


class Coder:
    """Stages 2 to 4 with their models loaded: one report in, its claims out.

    ``actors``: a user's file of actors (``docs/how-to/actors.md``); InputError when it cannot be used.
    ``translation``: a command for reports in other languages than English.
    """

    def __init__(self, actors: Path | None = None, translation: Translation | None = None) -> None:
        from dateline.tagger import Tagger
        from dateline.world.actors import with_own

        self.known = with_own(actors) if actors else None
        self.translator = Translator(translation) if translation else None
        self.tagger: Tagger = Tagger()

    def claims(self, report: Report) -> list[Claim]:
        """The report's claims, resolved, every span checked against the text."""
        from dateline.claims import claims_of
        from dateline.tagger import sentences
        from dateline.world import resolve

        tags = self.tagger.tag(report)  # 2
        claims = claims_of(report, tags, sentences(report.text))  # 3
        return [claim.check(report) for claim in resolve(report, claims, self.known)]  # 4

    def code(self, report: Report) -> Kept:
        """The report with its claims and its outcome. A failure becomes an outcome, never a lost report."""
        from dateline.ledger import Kept

        try:
            report = in_english(report, self.translator)
            claims = self.claims(report)
        except Unreadable as error:
            kind = OutcomeKind.UNSUPPORTED_LANGUAGE
            return Kept(report=report, claims=(), outcome=kind, reason=str(error))
        except Exception as error:  # the one place that may: a failed input becomes a recorded outcome
            log.debug("report %r could not be coded", report.id, exc_info=True)
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
    """What a run wrote: the events, how many inputs ended how, whether it was stopped early, and remarks."""

    folder: Path
    events: list[Event]
    claims: int
    outcomes: Counter[OutcomeKind]
    stopped: bool
    remarks: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """Inputs whose outcome is an error."""
        return sum(n for kind, n in self.outcomes.items() if kind.is_error)


def code(
    source: str | Path | Sequence[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    actors: Path | None = None,
    limits: Limits | None = None,
    translation: Translation | None = None,
) -> Coded:
    """Code a text, or the files, folders and patterns named, and return the records.

    ``source`` is one text when it is a string with white space in it and no file has that name; else paths.
    ``published`` (ISO date) and ``outlet`` hold for all reports that come in. ``actors``: a TOML file of your
    own actors. ``translation``: ``Translation.by(command)`` (of ``dateline.sources``), for reports in other
    languages than English; ``limits`` also say how tables name their columns. InputError when ``published``
    is no date, or a text given is blank or too long; a file that cannot be read is an outcome, not an error.
    """
    from dateline.ledger import Spool
    from dateline.sources import report_of

    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        run = _Run(Spool(Path(folder)), actors, translation)
        if isinstance(source, str) and _is_text(source):
            run.code([report_of(source, published=published, outlet=outlet, limits=limits)], workers=1)
        else:
            paths = [source] if isinstance(source, str | Path) else list(source)
            named = [str(p) for p in paths]
            inputs = read(named, published=published, outlet=outlet, limits=limits, note=run.note)
            run.code(inputs, workers=1)
        found = run.fused()
        found.reports = [kept.report for kept in run.spool.all(run.standing)]
        run.spool.close(remove=True)
    return found


def code_to(
    paths: Iterable[str],
    folder: Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    workers: int | None = None,
    actors: Path | None = None,
    limits: Limits | None = None,
    update: Path | None = None,
    translation: Translation | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Summary:
    """Code ``paths`` and write the run's files into ``folder``; OutputError when that cannot be written.

    ``actors``, ``limits``, ``translation``: as in :func:`code`. ``update``: the folder of an earlier
    run, whose events keep their ids. InputError when either cannot be used.

    ``progress`` is called with the number of reports done so far. Ctrl-C ends the reading; what is coded by
    then is fused and written, and the next run into the same folder goes on from there.
    """
    from dateline.ledger import FinishedRun, Spool
    from dateline.world.places import packs

    packs.check()
    earlier = {e.event_id: e.claims for e in FinishedRun(update).events()} if update else None
    run = _Run(Spool(folder, _made_by(actors, translation)), actors, translation)
    stopped, finished = False, False
    try:
        inputs = read(
            paths,
            published=published,
            outlet=outlet,
            limits=limits or Limits(),
            note=run.note,
            skip=[folder.resolve()],
        )
        try:
            run.code(inputs, workers, progress)  # 1 2 3 4 6
        except KeyboardInterrupt:
            stopped = True
        found = run.fused(earlier)  # 5
        _write(folder, run, found)  # 7
        finished = not stopped
    finally:
        run.spool.close(remove=finished)
    counts = Counter(o.outcome for o in found.outcomes)
    return Summary(folder, found.events, len(found.claims), counts, stopped, tuple(run.remarks))


class _Run:
    """One run's state: what was read, what is coded, how each input ended."""

    def __init__(
        self, spool: Spool, actors: Path | None = None, translation: Translation | None = None
    ) -> None:
        self.spool = spool
        self._coder = partial(Coder, actors, translation)
        self.standing: list[tuple[str, str]] = []
        self._outcomes: list[Outcome] = []
        self._notes: dict[str, str] = {}
        self.remarks: list[str] = []

    def note(self, report: Report, words: str) -> None:
        """What was doubtful in reading a report, for the reason of its outcome."""
        self._notes[report.id] = words

    def code(
        self,
        inputs: Iterable[Report | Outcome],
        workers: int | None = None,
        progress: Callable[[int], None] = lambda done: None,
    ) -> None:
        """Code every report whose content is new, and keep each as it is done."""
        for kept in in_order_of_completion(self._new(inputs), self._coder, Coder.code, _died, workers):
            self.spool.keep(kept)
            progress(len(self.spool))

    def _new(self, inputs: Iterable[Report | Outcome]) -> Iterator[Report]:
        for one in inputs:
            if isinstance(one, Outcome):
                self._outcomes.append(one)
            elif self.spool.sight(one):
                yield one

    def fused(self, earlier: Mapping[str, Collection[str]] | None = None) -> Coded:
        """Settle the ids and fuse; the reports themselves stay on disk (``spool.all(standing)``).

        ``earlier``: the claims of an earlier run's events, by event id.
        """
        from dateline.fusion import ReportFacts, facts_of, fuse

        self.standing, others = self.spool.settled()
        found = Coded(outcomes=self._outcomes + others)
        facts: dict[str, ReportFacts] = {}
        for kept in self.spool.all(self.standing):
            found.outcomes.append(self._outcome(kept))
            found.claims += kept.claims
            facts[kept.report.id] = facts_of(kept.report)
        found.outcomes.sort(key=lambda o: (o.path, o.report_ids, o.outcome, o.reason))
        found.claims, found.events = fuse(found.claims, facts, earlier, self.remarks.append)
        return found

    def _outcome(self, kept: Kept) -> Outcome:
        report = kept.report
        reason = "; ".join(words for words in (kept.reason, self._notes.get(report.id)) if words)
        return Outcome(path=report.path or "-", report_ids=(report.id,), outcome=kept.outcome, reason=reason)


def _write(folder: Path, run: _Run, found: Coded) -> None:
    """The run's files, all beside their places first and then all moved there."""
    from dateline import __version__
    from dateline.export import folder as files
    from dateline.export.page import write_page

    counts = Counter(o.outcome.value for o in found.outcomes)
    with files.staged(folder) as staging:
        files.write_jsonl(staging / "reports.jsonl", (k.report for k in run.spool.all(run.standing)))
        files.write_jsonl(staging / "claims.jsonl", found.claims)
        files.write_jsonl(staging / "events.jsonl", found.events)
        files.write_events_csv(staging / "events.csv", found.events)
        files.write_geojson(staging / "events.geojson", found.events)
        files.write_outcomes_csv(staging / "outcomes.csv", found.outcomes)
        write_page(
            staging / "report.html",
            (k.report for k in run.spool.all(run.standing)),
            found.claims,
            found.events,
            version=__version__,
            outcomes=dict(sorted(counts.items())),
        )


def _made_by(actors: Path | None, translation: Translation | None) -> str:
    """What decides a coding beside its report: this version, its weights, the places and actors it knows.

    And the command that translates.
    """
    from dateline import __version__
    from dateline.world.places import packs

    card = Path(__file__).parent / "tagger/weights/card.json"
    digest = hashlib.sha256(card.read_bytes()).hexdigest()[:16] if card.exists() else "no weights"
    own = hashlib.sha256(actors.read_bytes()).hexdigest()[:16] if actors and actors.is_file() else "none"
    by = " ".join(translation.words) if translation else "none"
    return f"dateline {__version__}, tagger {digest}, {packs.version()}, own actors {own}, translation {by}"


def _is_text(source: str) -> bool:
    if not any(c.isspace() for c in source):
        return False
    try:
        return not Path(source).exists()
    except (OSError, ValueError):  # too long or not a name at all
        return True
