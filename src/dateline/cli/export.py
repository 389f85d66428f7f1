"""``dateline export``: events of a finished run for others, safe for the public unless told otherwise."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.release import Audience, Filters, Order, Reason, Release, RulesFile, order, release
from dateline.cli.terminal import clean
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.export.dataset import Dataset
    from dateline.export.formats import Format

NOTE = 300
"""Characters of a note that are printed; some list hundreds of events."""

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
    audience: Audience = "public",
    filters: Filters = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Planned, denied, summed and background events too.")
    ] = False,
    rules: RulesFile = None,
    accept_risk: Reason = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="The sentences too, redacted, in a file of their own.")
    ] = False,
    show_rules: Annotated[bool, typer.Option("--show-rules", help="Print the rules of disclosure.")] = False,
) -> None:
    """Write events of a finished run in a format others read; safe for the public by default."""
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
    try:
        _export(
            order(
                folder,
                audience,
                filters,
                rules,
                accept_risk,
                everything=everything,
                with_text=with_text,
            ),
            format_named(format_),
            output,
        )
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"


def _export(asked: Order, format_: Format, output: Path | None) -> None:
    """Clear the events, write them in one format, and tell what was written."""
    from dateline.export.counted import number
    from dateline.export.destination import destination

    path = destination(output, format_.suffix, asked.folder, internal=asked.internal)
    writer = format_.writer()  # what is missing for it is told before anything is printed
    cleared = release(asked)

    def write(path: Path, shown: Dataset) -> list[str]:
        notes = list(writer(path, shown))
        return [*notes, _sentences(path, cleared)] if asked.with_text else notes

    for note in cleared.write(path, format_.name, write):
        told = note if len(note) <= NOTE else f"{note[:NOTE]}… (in full in the methodology sheet)"
        typer.echo(clean(f"{format_.name}: {told}"))
    shown = cleared.shown
    typer.echo(f"{number(len(shown.events), 'event')}, {shown.audience.value}: {clean(str(path.resolve()))}")


def _sentences(path: Path, cleared: Release) -> str:
    """Write the sentences of the events beside ``path``, and say so."""
    from dateline.cli.known import redactor
    from dateline.export import free_text

    internal = cleared.order.internal
    redact = (lambda text: text) if internal else redactor().redact
    beside = path.with_name(f"{path.name}.sentences.csv")
    count = free_text.write(beside, cleared.chosen, cleared.shown.events, redact)
    return f"{count} sentences beside it, {'as they are' if internal else 'redacted'}"
