"""What leaves a run: events cleared for one audience, and each file with its sheets and its line on record.

``dateline export`` and ``dateline plot`` hand events on through here alone: choose, publish, tell in words
what was held back, stop where the risk left is above the rules' threshold, write, put on record.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import InputError, OutputError

if TYPE_CHECKING:
    from dateline.export.dataset import Dataset
    from dateline.export.disclosing import Disclosure
    from dateline.export.filters import Selection
    from dateline.export.methodology import Ran
    from dateline.export.rules import Rules
    from dateline.ledger import FinishedRun

Audience = Annotated[str, typer.Option("--audience", metavar="WHO", help="public or internal.")]
Filters = Annotated[
    list[str] | None, typer.Option("--filter", metavar="EXPR", help="Which events; may be repeated.")
]
RulesFile = Annotated[
    Path | None, typer.Option("--rules", metavar="FILE", help="Your rules of disclosure (TOML).")
]
Reason = Annotated[
    str | None,
    typer.Option("--accept-risk", metavar="WHY", help="Write in spite of the risk left; goes on record."),
]

_PUBLIC_FILTERS = ("type", "types", "status", "scope", "old", "grade", "from", "to", "country")


@dataclass(frozen=True)
class Order:
    """What the command line asks for: which events of which run, for whom, by whose rules.

    ``reason``: why somebody takes the risk that is left; ``with_text``: sentences go out too.
    """

    folder: Path
    internal: bool
    selection: Selection
    everything: bool
    rules: Path | None
    reason: str | None
    with_text: bool


def order(
    folder: Path,
    audience: str,
    filters: Iterable[str] | None,
    rules: Path | None,
    reason: str | None,
    *,
    everything: bool = False,
    with_text: bool = False,
) -> Order:
    """The order that the options give; BadParameter or InputError where one says nothing of use."""
    from dateline.export.filters import selection

    if audience not in ("public", "internal"):
        raise typer.BadParameter(f"--audience {audience!r}: it is public or internal")
    if reason is not None and not reason.strip():
        raise typer.BadParameter('--accept-risk wants a reason in words: --accept-risk "why"')
    chosen = selection(filters or (), everything=everything)
    return Order(folder, audience == "internal", chosen, everything, rules, reason, with_text)


@dataclass(frozen=True)
class Release:
    """Events that may go out. ``chosen``: as the run has them; ``shown``: as the audience may see them.

    ``whole``: all of the run, internal; ``disclosure``: what was held back, None for an internal release.
    """

    order: Order
    whole: Dataset
    chosen: Dataset
    shown: Dataset
    rules: Rules
    disclosure: Disclosure | None

    def write(
        self, path: Path, format_name: str, writer: Callable[[Path, Dataset], Iterable[str]]
    ) -> list[str]:
        """Write one file with its methodology sheet, for the public with its disclosure report, on record.

        ``writer`` writes the events shown to ``path`` and returns notes on what it merged or left out;
        these are returned. OutputError where a file cannot be written.
        """
        from dateline.export import methodology
        from dateline.export.folder import write_text
        from dateline.ledger.exports import Export, record

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError.at(path.parent, error) from error
        notes = list(writer(path, self.shown))
        ran = self._ran(notes)
        sheet = methodology.sheet(self.shown, ran, format_name, path.name)
        write_text(path.with_name(f"{path.name}.methodology.md"), sheet)
        public = self.disclosure
        if public is not None:
            accepted = [f"Accepted: {ran.accepted}"] if self._reason else []
            report = "\n".join([*public.lines(), *accepted, ""])
            write_text(path.with_name(f"{path.name}.disclosure.md"), report)
        record(
            self.order.folder,
            Export(
                when=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                format=format_name,
                file=str(path.resolve()),
                sha256=_digest(path),
                audience=self.shown.audience.value,
                events=len(self.shown.events),
                filters=tuple(self.order.selection.words()),
                rules=self.rules.digest if public is not None else None,
                risks=tuple(risk.words for risk in public.risks) if public is not None else (),
                accepted=self._reason,
            ),
        )
        return notes

    @property
    def _reason(self) -> str | None:
        return self.order.reason if self.disclosure is not None else None

    def _ran(self, notes: Iterable[str]) -> Ran:
        """What stands behind the file, in the terms that its audience may read."""
        from dateline.cli.known import known, redactor
        from dateline.export.methodology import Ran
        from dateline.export.vocabulary import Vocabulary

        words, internal = Vocabulary(known(), self.rules), self.order.internal
        outlets = {report.outlet for report in self.whole.reports if report.outlet}
        return Ran(
            events=self.whole.events,
            reports=self.whole.reports,
            outcomes=self.whole.outcomes,
            selection=self.order.selection,
            outlets={one: one if internal else words.outlet(one) or "" for one in outlets},
            notes=tuple(notes),
            filters=_filters(self.order),
            accepted=redactor().redact(self._reason) if self._reason else None,
            coarsened_to=self.rules.coarsen.to,
        )


def release(order: Order) -> Release:
    """Choose and clear the events of ``order``; for the public print the disclosure report first.

    InputError where the folder holds no finished run, the rules are of no use, or the risk that is left is
    above the rules' threshold and nobody accepted it. Nothing is written.
    """
    from dateline.cli.known import known
    from dateline.export.publishing import publish
    from dateline.export.rules import rules
    from dateline.ledger import FinishedRun

    whole = _whole(FinishedRun(order.folder))
    chosen, ruled = _chosen(whole, order), rules(order.rules)
    if order.internal:
        return Release(order, whole, chosen, chosen, ruled, None)
    shown, disclosure = publish(chosen, ruled, known())
    disclosure = replace(disclosure, text_goes_out=order.with_text)
    for line in disclosure.lines():
        typer.echo(line)
    typer.echo("")
    if disclosure.stops and order.reason is None:
        raise InputError(
            "not written: the risk that is left (see above) needs somebody to accept it, or other rules; "
            'say --accept-risk "why" (it goes on record), or the rules (dateline export --show-rules, '
            "--rules FILE)"
        )
    return Release(order, whole, chosen, shown, ruled, disclosure)


def _whole(run: FinishedRun) -> Dataset:
    """All of a run, internal."""
    from dateline.export.dataset import Audience, Dataset
    from dateline.export.intervals import coverage

    outcomes, reports = tuple(run.outcomes()), tuple(run.reports())
    counts = Counter(outcome.outcome.value for outcome in outcomes)
    return Dataset(
        audience=Audience.INTERNAL,
        events=tuple(run.events()),
        claims=tuple(run.claims()),
        reports=reports,
        outcomes=outcomes,
        counts=dict(sorted(counts.items())),
        versions=_versions(),
        coverage=coverage(report.published for report in reports),
    )


def _chosen(whole: Dataset, order: Order) -> Dataset:
    """The events that the filters let through, with what lies behind them."""
    if order.everything and not order.selection.expressions:
        return whole
    events = tuple(filter(order.selection, whole.events))
    claims = {one for event in events for one in event.claims}
    reports = {one for event in events for one in event.reports}
    return replace(
        whole,
        events=events,
        claims=tuple(claim for claim in whole.claims if claim.claim_id in claims),
        reports=tuple(report for report in whole.reports if report.id in reports),
    )


def _filters(order: Order) -> tuple[str, ...]:
    """The filters for the sheet; in a public one an id that only the user knows is left out."""
    from dateline.export.filters import NUMBERS

    shown = []
    for one in order.selection.words():
        name = one.replace("!", "=").replace(">", "=").replace("<", "=").partition("=")[0].strip()
        closed = order.internal or name in _PUBLIC_FILTERS or name in NUMBERS
        shown.append(one if closed else f"{name} (which is not shown)")
    return tuple(shown)


def _versions() -> dict[str, str]:
    """What is installed: Dateline, its tagger, its places."""
    from importlib import resources

    from dateline import __version__
    from dateline.world.places import packs

    card = resources.files("dateline.tagger") / "weights/card.json"
    digest = hashlib.sha256(card.read_bytes()).hexdigest()[:16] if card.is_file() else "no weights"
    return {"dateline": __version__, "tagger": digest, "places": packs.version()}


def _digest(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal; "" for a folder."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
