"""``dateline code``: reports in, the run's files out."""

from __future__ import annotations

import datetime
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import clean, positive, progress_counter
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.pipeline import Summary
    from dateline.records import Event

#: Rows of the table that the command ends with; the rest stands in the files.
SHOWN = 25

_EPILOG = """
Examples:

  dateline code reports/ -o out                 a folder, with all below it

  dateline code "news/2017-06-*.txt" -o out     a pattern

  cat report.txt | dateline code - --published 2017-06-14 --outlet "Levant Wire"

  dateline code reports/ -o out --actors my.toml   [[actor]] id, name, kind, country, aliases

  dateline code https://outlet.example/story -o out   a page by its address; a feed's with --fetch

  dateline code reports/ -o out --update out    more reports came: events keep their ids

A .jsonl file holds one report a line: {"id", "text", "published"?, "outlet"?, "title"?, "url"?, "byline"?}.
A table (.csv, .tsv, .xlsx, .parquet) holds one a row; its columns are guessed where their names are plain.

Every input ends in a row of outcomes.csv. Exit 0: all well; 1: some input could not be read (the rest is
coded and written); 2: wrong usage, or the output folder cannot be written; 130: stopped by Ctrl-C (what was
coded by then is written; the same command goes on from there).
"""


def _date(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date; write it as 2017-06-14") from None


def command(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, patterns, URLs, or - for standard input."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the files it writes.")
    ] = Path("dateline-out"),
    published: Annotated[
        str | None,
        typer.Option(
            callback=_date,
            metavar="DATE",
            help="Date of publication of every report, over any date in it (2017-06-14).",
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who published every report, over any name in it.")
    ] = None,
    actors: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="TOML file of your own actors (docs/how-to/actors.md)."),
    ] = None,
    update: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of an earlier run, whose events keep their ids."),
    ] = None,
    translate_with: Annotated[
        str | None,
        typer.Option(
            metavar="COMMAND", help="Your own translator into English: text on its input, on its output."
        ),
    ] = None,
    translate_seconds: Annotated[
        int, typer.Option(callback=positive, metavar="N", help="Seconds it has for a report.")
    ] = 60,
    workers: Annotated[
        int | None,
        typer.Option(callback=positive, metavar="N", help="Processes; by default one a core."),
    ] = None,
    max_file_bytes: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Largest text file read (50 MB).")
    ] = None,
    max_html_bytes: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Largest HTML page read (10 MB).")
    ] = None,
    max_report_characters: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Longest report coded (200,000).")
    ] = None,
    max_rows: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Rows read of a table (1,000,000).")
    ] = None,
    max_table_bytes: Annotated[
        int | None,
        typer.Option(callback=positive, metavar="N", help="Largest XLSX file once unpacked (200 MB)."),
    ] = None,
    max_members: Annotated[
        int | None,
        typer.Option(
            callback=positive, metavar="N", help="Files read of an archive, entries of a feed (100,000)."
        ),
    ] = None,
    max_unpacked_bytes: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="What an archive unpacks to (1 GB).")
    ] = None,
    max_depth: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Archives an input may lie in (3).")
    ] = None,
    max_pages: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Pages read of a PDF (2,000).")
    ] = None,
    max_pdf_seconds: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Seconds spent on a PDF (60).")
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the pages that a feed only links to.")
    ] = False,
    allow_local: Annotated[
        bool,
        typer.Option("--allow-local", help="Fetch from this machine and private networks too."),
    ] = False,
    max_fetch_bytes: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Largest page fetched (20 MB).")
    ] = None,
    fetch_seconds: Annotated[
        int | None, typer.Option(callback=positive, metavar="N", help="Longest time for one page (30).")
    ] = None,
    fetch_delay: Annotated[
        float | None,
        typer.Option(min=0, metavar="SECONDS", help="Time between two requests to one site (1)."),
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Column of a table with the texts; others:")
    ] = None,
    title_column: Annotated[str | None, typer.Option(metavar="NAME", help="with the titles,")] = None,
    date_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="with the dates of publication,")
    ] = None,
    outlet_column: Annotated[str | None, typer.Option(metavar="NAME", help="with the outlets,")] = None,
    url_column: Annotated[str | None, typer.Option(metavar="NAME", help="with the addresses,")] = None,
    id_column: Annotated[str | None, typer.Option(metavar="NAME", help="with the ids.")] = None,
) -> None:
    """Code news reports: who did what to whom, where, when, with what harm, according to whom.

    Writes reports.jsonl, claims.jsonl, events.jsonl, events.csv, events.geojson, report.html and
    outcomes.csv. These are working files: they hold names and words of witnesses.
    """
    from msgspec.structs import replace

    from dateline.pipeline import code_to
    from dateline.sources import Columns, Limits, Translation

    given = {
        "max_file_bytes": max_file_bytes,
        "max_html_bytes": max_html_bytes,
        "max_report_characters": max_report_characters,
        "max_rows": max_rows,
        "max_table_bytes": max_table_bytes,
        "max_members": max_members,
        "max_unpacked_bytes": max_unpacked_bytes,
        "max_depth": max_depth,
        "max_pages": max_pages,
        "max_pdf_seconds": max_pdf_seconds,
        "fetch_links": fetch,
        "allow_local": allow_local,
        "max_fetch_bytes": max_fetch_bytes,
        "fetch_seconds": fetch_seconds,
        "fetch_delay": fetch_delay,
    }
    columns = Columns(
        text=text_column,
        title=title_column,
        date=date_column,
        outlet=outlet_column,
        url=url_column,
        id=id_column,
    )
    limits = replace(Limits(columns=columns), **{k: v for k, v in given.items() if v is not None})
    try:
        translation = None
        if translate_with is not None:
            most = limits.max_report_characters
            translation = Translation.by(translate_with, seconds=translate_seconds, max_characters=most)
        with progress_counter() as progress:
            summary = code_to(
                paths,
                output,
                published=published,
                outlet=outlet,
                workers=workers,
                actors=actors,
                limits=limits,
                update=update,
                translation=translation,
                progress=progress,
            )
    except DatelineError as error:
        typer.echo(f"dateline: {error}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("dateline: stopped while writing; the earlier files in the folder stand", err=True)
        raise typer.Exit(130) from None
    _tell(summary)
    if summary.stopped:
        raise typer.Exit(130)
    raise typer.Exit(1 if summary.failed else 0)


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"


def _tell(summary: Summary) -> None:
    """The table of events, the totals, and where the files are."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    counted = [e for e in summary.events if e.status == "happened" and e.scope == "single" and not e.old]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("date", "type", "place", "killed", "injured", "by", "grade", "origins"):
        table.add_column(name, overflow="fold")
    for event in sorted(counted, key=_weight)[:SHOWN]:
        table.add_row(*(Text(clean(v)) for v in _row(event)))
    console.print(table)
    rest = len(counted) - min(SHOWN, len(counted))
    if rest:
        console.print(f"… and {rest} more in {summary.folder / 'events.csv'}", markup=False)
    apart = len(summary.events) - len(counted)
    console.print(
        f"\n{len(counted)} events ({apart} more planned, denied, possible, summed or background), "
        f"{summary.claims} claims",
        markup=False,
    )
    for kind, n in sorted(summary.outcomes.items()):
        console.print(f"{n:6}  {kind.value}", markup=False)
    for remark in summary.remarks:
        console.print(f"note: {remark}", markup=False)
    if summary.failed:
        console.print(f"why: {summary.folder / 'outcomes.csv'}", markup=False)
    if summary.stopped:
        console.print(
            "stopped: what was coded by then is written; the same command goes on from there", markup=False
        )
    console.print(f"\nopen {(summary.folder / 'report.html').resolve()}", markup=False, soft_wrap=True)


def _weight(event: Event) -> tuple[int, int, str, str]:
    """Events with most origins and killed first."""
    killed = event.killed.min or 0 if event.killed else 0
    return (-event.origins, -killed, event.date.to or "", event.event_id)


def _row(event: Event) -> list[str]:
    when = event.date.to or ""
    if event.date.from_ and event.date.from_ != event.date.to:
        when = f"{event.date.from_} to {when}"
    elif not event.date.from_ and when:
        when = f"by {when}"
    place = event.place.name if event.place and event.place.name else ""
    actors = "; ".join(a.name or "" for a in event.actors[:2])
    return [
        when,
        event.type.value,
        place,
        _range(event.killed),
        _range(event.injured),
        actors,
        event.grade.value if event.grade else "",
        str(event.origins),
    ]


def _range(toll: object) -> str:
    from dateline.records import HarmState, Toll

    if not isinstance(toll, Toll):
        return ""
    if toll.state is HarmState.UNKNOWN:
        return "unknown"
    low, high = toll.min, toll.max
    if low is None and high is None:
        return "some"
    if low == high:
        return str(low)
    reported = f"{low} or more" if high is None else f"{low or 0}–{high}"
    return f"{toll.best} ({reported})" if toll.best is not None and toll.best != low else reported
