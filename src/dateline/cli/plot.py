"""``dateline plot``: a run drawn for a situation report, safe for the public unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import clean
from dateline.errors import DatelineError, OutputError


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that dateline code -o wrote.")],
    kind: Annotated[
        str, typer.Option(metavar="NAME", help="events, killed, actors, places, or all.")
    ] = "all",
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the pictures.")
    ] = Path("dateline-plots"),
    format_: Annotated[str, typer.Option("--format", metavar="NAME", help="svg or png.")] = "svg",
    audience: Annotated[str, typer.Option(metavar="WHO", help="public or internal.")] = "public",
) -> None:
    """Draw events by week and type, and the reported killed by week, actor and place, with their ranges.

    Counted are single incidents that happened and are no background. Each caption says what is counted and
    what is left out. Needs: pip install 'dateline[plots]'.

    Example: dateline plot out --kind killed --format png
    """
    from dateline.cli.export import whole_of
    from dateline.cli.known import known
    from dateline.export import plots
    from dateline.export.publishing import publish
    from dateline.export.rules import rules
    from dateline.ledger import FinishedRun

    if kind not in (*plots.KINDS, "all"):
        raise typer.BadParameter(f"--kind {kind!r}: it is one of {', '.join(plots.KINDS)}, or all")
    if format_ not in ("svg", "png"):
        raise typer.BadParameter(f"--format {format_!r}: it is svg or png")
    if audience not in ("public", "internal"):
        raise typer.BadParameter(f"--audience {audience!r}: it is public or internal")
    try:
        dataset = whole_of(FinishedRun(folder))
        if audience == "public":
            dataset, _ = publish(dataset, rules(None), known())
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError.at(output, error) from error
        for name in plots.KINDS if kind == "all" else (kind,):
            internal = "internal." if audience == "internal" else ""
            path = output / f"{name}.{internal}{format_}"
            caption = plots.write(path, name, dataset)
            typer.echo(f"{clean(str(path))}\n    {caption}")
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None
