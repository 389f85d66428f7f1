"""The command line: one module a command."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline import __version__
from dateline.cli import code, codebook, evaluate, explain, export, gazetteer, match, plot, redact, schema

app = typer.Typer(
    name="dateline",
    help="News reports on armed conflict in, events that people can check out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("code")(code.command)
app.command("evaluate")(evaluate.command)
app.command("explain")(explain.command)
app.command("export")(export.command)
app.command("plot")(plot.command)
app.command("redact")(redact.command)
app.command("match")(match.command)
app.add_typer(gazetteer.app, name="gazetteer")
app.command("codebook")(codebook.command)
app.command("schema")(schema.command)


def _version(shown: bool) -> None:
    if shown:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """News reports on armed conflict in, events that people can check out."""
