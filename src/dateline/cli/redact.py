"""``dateline redact``: what would go before free text goes out."""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from typing import Annotated

import typer

from dateline.cli.terminal import clean
from dateline.errors import DatelineError

_EPILOG = """
Examples:

  dateline redact "Call +963 944 123 456, said Maryam, 34."

  dateline redact - < sentence.txt

What is found by form goes: contact data, numbers, coordinates, quoted words, and words in capitals that no
list knows. What only a neighbour would understand is not found: read the text before it goes out.

Exit 0: read; 2: nothing to read.
"""


def command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text, or - for standard input.")],
) -> None:
    """Show what the redactor would take out of a text, and why."""
    from dateline.cli.known import redactor
    from dateline.export.redacting import redacted, report

    words = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
    if not words.strip():
        typer.echo("dateline: no text; write dateline redact TEXT, or - for standard input", err=True)
        raise typer.Exit(2)
    try:
        found = redactor().find(words)
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None
    typer.echo("\n".join(clean(line) for line in redacted(words, found).split("\n")))
    typer.echo("")
    for line in report(found):
        typer.echo(clean(line))
    counts = ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(one.kind for one in found).items()))
    typer.echo(f"{len(found)} would go: {counts}" if found else "nothing would go; read it all the same")


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"
