"""``dateline export``: events of a finished run for others, safe for the public unless told otherwise."""

from __future__ import annotations

import datetime
import hashlib
import inspect
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dateline.cli.terminal import clean
from dateline.errors import DatelineError, InputError, OutputError

if TYPE_CHECKING:
    from dateline.export.dataset import Dataset
    from dateline.export.filters import Selection
    from dateline.export.formats import Format
    from dateline.ledger import FinishedRun

NOTE = 300
"""Characters of a note that are printed; some list hundreds of events."""
_PUBLIC_FILTERS = ("type", "types", "status", "scope", "old", "grade", "from", "to", "country")

_EPILOG = """
Examples:

  dateline export out --format csv                       for the public, into dateline-export/

  dateline export out --format geojson --filter country=SY --filter "killed>=10" -o map.geojson

  dateline export out --format jsonl --audience internal --all

  dateline export --format list                          the formats there are

  dateline export --show-rules > ours.toml               the rules, to change and give by --rules

Filters: type=air_strike,shelling  grade=fair,confirmed  status=happened  country=SY  from=2017-06-01
to=2017-06-30  killed>=10. All must hold. Without one on status, scope or old, and without --all, events
that happened, are single incidents and are no background go out.

A public file is made of closed vocabularies: no words of reports, no private names, no addresses. A
disclosure report in words comes first and is written beside the file, as is a methodology sheet. Exit 0:
written; 2: wrong usage, or a risk above the rules' threshold that nobody accepted (--accept-risk "why").
"""


class _Order(NamedTuple):
    """What the command line asks for."""

    folder: Path
    format: Format
    output: Path | None
    internal: bool
    selection: Selection
    everything: bool
    rules: Path | None
    reason: str | None
    with_text: bool


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder that dateline code -o wrote.")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="NAME", help="What to write; list shows what there is.")
    ] = "csv",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="File, or folder for it (dateline-export/)."),
    ] = None,
    audience: Annotated[str, typer.Option(metavar="WHO", help="public or internal.")] = "public",
    filters: Annotated[
        list[str] | None, typer.Option("--filter", metavar="EXPR", help="Which events; may be repeated.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Planned, denied, summed and background events too.")
    ] = False,
    rules: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your rules of disclosure (TOML).")
    ] = None,
    accept_risk: Annotated[
        str | None, typer.Option(metavar="WHY", help="Write in spite of the risk left; goes on record.")
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="The sentences too, redacted, in a file of their own.")
    ] = False,
    show_rules: Annotated[bool, typer.Option("--show-rules", help="Print the rules of disclosure.")] = False,
) -> None:
    """Write events of a finished run in a format others read; safe for the public by default."""
    from dateline.export.filters import selection
    from dateline.export.formats import FORMATS, format_named
    from dateline.export.rules import shipped_text

    if show_rules:
        typer.echo(shipped_text(), nl=False)
        return
    if format_ == "list":
        for one in FORMATS.values():
            typer.echo(f"{one.name:12} {one.description}")
        return
    if folder is None:
        raise typer.BadParameter("which run? Give the folder that dateline code -o wrote")
    if audience not in ("public", "internal"):
        raise typer.BadParameter(f"--audience {audience!r}: it is public or internal")
    if accept_risk is not None and not accept_risk.strip():
        raise typer.BadParameter('--accept-risk wants a reason in words: --accept-risk "why"')
    try:
        order = _Order(
            folder=folder,
            format=format_named(format_),
            output=output,
            internal=audience == "internal",
            selection=selection(filters or (), everything=everything),
            everything=everything,
            rules=rules,
            reason=accept_risk,
            with_text=with_text,
        )
        _export(order)
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"


def _export(order: _Order) -> None:
    """Read, choose, publish, write, and put on record."""
    from dateline.cli.known import known, redactor
    from dateline.export import free_text, methodology
    from dateline.export.counted import number
    from dateline.export.destination import destination
    from dateline.export.folder import write_text
    from dateline.export.publishing import publish
    from dateline.export.rules import rules
    from dateline.export.vocabulary import Vocabulary
    from dateline.ledger import FinishedRun
    from dateline.ledger.exports import Export, record

    run = FinishedRun(order.folder)
    whole = whole_of(run)
    chosen = _chosen(whole, order)
    path = destination(order.output, order.format.suffix, order.folder, internal=order.internal)
    write = order.format.writer()  # what is missing for it is told before anything is printed
    shown, disclosure = chosen, None
    ruled = rules(order.rules)
    if not order.internal:
        shown, disclosure = publish(chosen, ruled, known())
        disclosure = replace(disclosure, text_goes_out=order.with_text)
        for line in disclosure.lines():
            typer.echo(line)
        typer.echo("")
        if disclosure.stops and order.reason is None:
            raise InputError(
                "not written: the risk that is left (see above) needs somebody to accept it, or other rules; "
                'say --accept-risk "why" (it goes on record), or the rules (--show-rules, --rules FILE)'
            )
    reason = order.reason if disclosure is not None else None
    words = Vocabulary(known(), ruled)
    ran = methodology.Ran(
        events=whole.events,
        reports=whole.reports,
        outcomes=whole.outcomes,
        selection=order.selection,
        outlets={
            r.outlet: r.outlet if order.internal else words.outlet(r.outlet) or ""
            for r in whole.reports
            if r.outlet
        },
        filters=_filters(order),
        accepted=redactor().redact(reason) if reason else None,
        coarsened_to=ruled.coarsen.to,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError.at(path.parent, error) from error
    notes = list(write(path, shown))
    if order.with_text:
        beside = path.with_name(f"{path.name}.sentences.csv")
        redact = (lambda text: text) if order.internal else redactor().redact
        count = free_text.write(beside, chosen, shown.events, redact)
        notes.append(f"{count} sentences beside it, {'as they are' if order.internal else 'redacted'}")
    ran = replace(ran, notes=tuple(notes))
    sheet = methodology.sheet(shown, ran, order.format.name, path.name)
    write_text(path.with_name(f"{path.name}.methodology.md"), sheet)
    if disclosure is not None:
        told = "\n".join([*disclosure.lines(), *([f"Accepted: {ran.accepted}"] if reason else []), ""])
        write_text(path.with_name(f"{path.name}.disclosure.md"), told)
    record(
        order.folder,
        Export(
            when=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            format=order.format.name,
            file=str(path.resolve()),
            sha256=_digest(path),
            audience=shown.audience.value,
            events=len(shown.events),
            filters=tuple(order.selection.words()),
            rules=ruled.digest if disclosure is not None else None,
            risks=tuple(risk.words for risk in disclosure.risks) if disclosure is not None else (),
            accepted=reason,
        ),
    )
    for note in notes:
        told = note if len(note) <= NOTE else f"{note[:NOTE]}… (in full in the methodology sheet)"
        typer.echo(clean(f"{order.format.name}: {told}"))
    events = number(len(shown.events), "event")
    typer.echo(f"{events}, {shown.audience.value}: {clean(str(path.resolve()))}")


def whole_of(run: FinishedRun) -> Dataset:
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


def _chosen(whole: Dataset, order: _Order) -> Dataset:
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


def _filters(order: _Order) -> tuple[str, ...]:
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
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
