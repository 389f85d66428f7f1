"""``dateline evaluate``: how well Dateline does on a user's own annotated reports."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import clean, positive, progress_counter
from dateline.errors import DatelineError, OutputError

if TYPE_CHECKING:
    from rich.table import Table

    from dateline.evaluation import Evaluation
    from dateline.evaluation.figures import Figures, Rate

#: Outlets and countries shown, those with most reports first; all stand in figures.json.
GROUPS_SHOWN = 8

_EPILOG = """
Examples:

  dateline evaluate reports.jsonl gold.jsonl                code and compare

  dateline evaluate reports.jsonl gold.jsonl --claims out   score a finished run

  dateline evaluate reports.jsonl gold.jsonl --json

GOLD holds one annotated report a line: {"id", "claims": [{"trigger", "type", "event", ...}]} (the codebook).
Only its reports are coded. Intervals of 95 % come from drawing reports anew; fewer than 5 give none.

Exit 0: all well; 1: some annotated report could not be coded (its claims count as missed); 2: wrong usage,
reports, gold or claims that cannot be read, or a folder that cannot be written; 130: stopped by Ctrl-C.
"""


def command(
    reports: Annotated[
        str,
        typer.Argument(
            metavar="REPORTS", help="File, folder or pattern of reports, or - for standard input."
        ),
    ],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="JSON Lines of their claims, by the codebook.")
    ],
    claims: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="A run's folder or claims.jsonl, to score it instead of coding now."
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for figures.json and errors.html.")
    ] = Path("evaluation"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON, for machines.")] = False,
    workers: Annotated[
        int | None,
        typer.Option(callback=positive, metavar="N", help="Processes; by default one a core."),
    ] = None,
) -> None:
    """Measure Dateline on your own annotated reports.

    Prints the figures and writes figures.json and errors.html, a page of every error in its sentence. These
    are working files: they hold names and words of witnesses.
    """
    from dateline import __version__
    from dateline.evaluation import evaluate
    from dateline.evaluation.browser import write_errors
    from dateline.evaluation.evaluating import as_json as encoded
    from dateline.export.folder import whole

    try:
        with progress_counter() if claims is None else nullcontext(lambda done: None) as progress:
            found = evaluate(reports, gold, claims=claims, workers=workers, progress=progress)
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError.at(output, error) from error
        write_errors(output / "errors.html", found, version=__version__)
        with whole(output / "figures.json") as file:
            file.write(encoded(found))
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("dateline: stopped; nothing was scored", err=True)
        raise typer.Exit(130) from None
    if as_json:
        typer.echo(encoded(found), nl=False)
    else:
        _tell(found, output)
    raise typer.Exit(1 if found.not_coded else 0)


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"


def _tell(found: Evaluation, folder: Path) -> None:
    """The tables: figures, readings, types and statuses, groups; then the path of the error browser."""
    from rich.console import Console

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)

    def say(words: str) -> None:
        console.print(words, markup=False, soft_wrap=True)

    whole = found.figures
    claims = whole.rates["claim found"]
    say(f"{whole.reports} reports, {claims.gold} claims in the gold, {claims.coded} coded\n")
    table = _rates("figure", whole.rates.items())
    for name, mean in (("mean role F", whole.mean_role_f), ("calibration error", whole.calibration_error)):
        table.add_row(name, "", "", _three(mean.value), _between(mean.interval), "", "")
    console.print(table)
    shares = _table("of what was found, right", "share", "95 % interval", "of")
    for name, share in whole.shares.items():
        shares.add_row(name, _three(share.right), _between(share.interval), str(share.of))
    console.print("", shares, "", _rates("status", whole.statuses.items()), sep="\n")
    console.print("", _rates("type", whole.types.items()), sep="\n")
    for name, groups in (("outlet", found.outlets), ("country of gold places", found.countries)):
        console.print("", _groups(name, groups), sep="\n")
        if len(groups) > GROUPS_SHOWN:
            say(f"… and {len(groups) - GROUPS_SHOWN} more in {folder / 'figures.json'}")
    for report_id, why in found.not_coded.items():
        say(f"not coded, all its claims missed: {clean(report_id)}: {clean(why)}")
    say(f"\n{len(found.faults)} errors, each in its sentence: open {(folder / 'errors.html').resolve()}")


def _table(first: str, *others: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right")
    return table


def _rates(first: str, rates: Iterable[tuple[str, Rate]]) -> Table:
    table = _table(first, "P", "R", "F", "95 % interval", "gold", "coded")
    for name, rate in rates:
        numbers = (_three(rate.precision), _three(rate.recall), _three(rate.f))
        table.add_row(name, *numbers, _between(rate.interval), str(rate.gold), str(rate.coded))
    return table


def _groups(first: str, groups: dict[str, Figures]) -> Table:
    from rich.text import Text

    table = _table(
        first, "reports", "gold", "coded", "found F", "95 %", "typed F", "95 %", "mean role F", "95 %"
    )
    for name, figures in list(groups.items())[:GROUPS_SHOWN]:
        found, typed = figures.rates["claim found"], figures.rates["claim found and typed"]
        row = [str(figures.reports), str(found.gold), str(found.coded)]
        row += [_three(found.f), _between(found.interval), _three(typed.f), _between(typed.interval)]
        row += [_three(figures.mean_role_f.value), _between(figures.mean_role_f.interval)]
        table.add_row(Text(clean(name)), *row)
    return table


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _between(interval: tuple[float, float] | None) -> str:
    return f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else "–"
