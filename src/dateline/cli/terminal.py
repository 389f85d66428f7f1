"""What the commands share: numbers that must be positive, a counter, and words a terminal can bear."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


def positive(value: int | None) -> int | None:
    """A number given on the command line; typer.BadParameter below 1."""
    if value is not None and value < 1:
        raise typer.BadParameter("must be 1 or more")
    return value


@contextmanager
def progress_counter() -> Iterator[Callable[[int], None]]:
    """A counter on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("coding"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("coding", total=None)
        yield lambda done: bar.update(task, completed=done)


def clean(text: str) -> str:
    """Words of a report as a terminal can bear them: no control or bidirectional characters."""
    return "".join(c if c.isprintable() else "�" for c in text)
