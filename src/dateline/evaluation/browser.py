"""``errors.html``: the errors of an evaluation, one file that opens from disk with no network.

As on the working page of a run (:mod:`dateline.export.page`), the words of reports are hostile input: they
stand in blocks of JSON that no browser runs, ``data/errors.js`` draws them by ``textContent`` alone, and the
Content-Security-Policy admits our own script and style by their digest and nothing else.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from dateline.errors import InstallationError
from dateline.evaluation.evaluating import Evaluation
from dateline.evaluation.faults import KINDS, Fault
from dateline.export.folder import whole
from dateline.export.page import policy

FAULTS_UP_TO = 20_000
"""Errors that the page holds (about 6 MB); with more it holds as many of each report, and says so."""

_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def write_errors(path: Path, evaluation: Evaluation, *, version: str = "") -> None:
    """Write the error browser to ``path``, whole or not at all.

    Raises OutputError when ``path`` cannot be written and InstallationError when a file of the page is
    missing or damaged.
    """
    css, js = _packaged("errors.css"), _packaged("errors.js")
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(
        _packaged("errors.html.jinja")
    )
    kept = shortened(evaluation.faults)
    blocks = {
        "faults": [_row(fault) for fault in kept],
        "kinds": [kind for kind in KINDS if any(fault.kind == kind for fault in kept)],
    }
    page = template.render(
        version=version,
        policy=policy(css, js),
        css=Markup(css),
        js=Markup(js),
        figures=evaluation.figures,
        tables=[("Types", evaluation.types), ("Statuses", evaluation.statuses)],
        faults=len(evaluation.faults),
        kept=len(kept),
        not_coded=len(evaluation.not_coded),
        blocks={name: Markup(data_block(rows)) for name, rows in blocks.items()},
    )
    with whole(path) as file:
        file.write(page.encode())


def data_block(value: Any) -> str:
    """JSON in plain ASCII that may stand in a script element: no character of it can end the block."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).translate(_UNSAFE)


def shortened(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The errors the page holds: all, or of each report as many as lets every report have the same."""
    if len(faults) <= FAULTS_UP_TO:
        return faults
    place: dict[str, int] = {}
    ranked = []
    for n, fault in enumerate(faults):
        place[fault.report_id] = place.get(fault.report_id, 0) + 1
        ranked.append((place[fault.report_id], n))
    return tuple(faults[n] for n in sorted(n for _, n in sorted(ranked)[:FAULTS_UP_TO]))


def _row(fault: Fault) -> list[Any]:
    """An error for the page: kind, report, type, gold, coded, passages as [words, marks] pairs."""
    passages = [[[piece.text, " ".join(piece.marks)] for piece in pieces] for pieces in fault.passages]
    return [fault.kind, fault.report_id, fault.type, fault.gold, fault.coded, passages]


def _packaged(name: str) -> str:
    try:
        text = (resources.files("dateline.evaluation") / "data" / name).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise InstallationError(
            f"evaluation/data/{name} is missing or damaged ({error}): install Dateline again"
        ) from error
    return text.replace("\r\n", "\n")  # browsers hash a block after turning line ends to \n
