"""``dateline plot``: a run drawn for a situation report, safe for the public unless told otherwise."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.release import Audience, Filters, Order, Reason, RulesFile, order, release
from dateline.cli.terminal import clean
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.export.dataset import Dataset
    from dateline.export.tallies import Kind

_EPILOG = """
Examples:

  dateline plot out                                      four pictures for the public, into dateline-plots/

  dateline plot out --kind killed --format png --filter country=SY --filter from=2017-06-01

Counted are single incidents that happened and are no background, of those the filters let through (as in
dateline export). Each caption says what is counted, and what is left out and why. Plots by week leave out
events dated no closer than a week.

As with dateline export a disclosure report in words comes first, each picture has this report and a
methodology sheet beside it, and goes on record. Exit 0: written; 2: wrong usage, or a risk above the rules'
threshold that nobody accepted (--accept-risk "why"). Needs: pip install 'dateline[plots]'.
"""


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that dateline code -o wrote.")],
    kind: Annotated[
        str, typer.Option(metavar="NAME", help="events, killed, actors, places, or all.")
    ] = "all",
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the pictures.")
    ] = Path("dateline-plots"),
    format_: Annotated[str, typer.Option("--format", "-f", metavar="NAME", help="svg or png.")] = "svg",
    audience: Audience = "public",
    filters: Filters = None,
    rules: RulesFile = None,
    accept_risk: Reason = None,
) -> None:
    """Draw events by week and type, and the reported killed by week, actor and place, with their ranges."""
    from dateline.export.tallies import Kind

    if kind not in (*Kind, "all"):
        raise typer.BadParameter(f"--kind {kind!r}: it is one of {', '.join(Kind)}, or all")
    if format_ not in ("svg", "png"):
        raise typer.BadParameter(f"--format {format_!r}: it is svg or png")
    kinds = tuple(Kind) if kind == "all" else (Kind(kind),)
    try:
        _plot(order(folder, audience, filters, rules, accept_risk), kinds, output, format_)
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"


def _plot(asked: Order, kinds: tuple[Kind, ...], output: Path, suffix: str) -> None:
    """Clear the events, draw each kind, and tell what each shows."""
    from dateline.export import plots  # what is missing for it is told before anything is printed
    from dateline.export.destination import destination

    paths = [
        destination(output / f"{kind}.{suffix}", suffix, asked.folder, internal=asked.internal)
        for kind in kinds
    ]
    cleared = release(asked)

    def draw(kind: Kind, path: Path, shown: Dataset) -> list[str]:
        return [plots.write(path, kind, shown)]

    for kind, path in zip(kinds, paths, strict=True):
        (told,) = cleared.write(path, suffix, partial(draw, kind))
        typer.echo(f"{clean(str(path))}\n    {clean(told)}")
