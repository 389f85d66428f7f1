"""``report.html``, internal or for the public: one file that opens from disk with no network.

The page is a template (``data/page/page.html.jinja``) with the data beside it as blocks of JSON that no
browser runs; the scripts of ``data/page`` draw them by ``textContent`` alone. The text of a report is hostile
input: it never becomes markup here, and the page's Content-Security-Policy admits our own script and
style by their digest and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib import resources
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from dateline.errors import InstallationError
from dateline.export.dataset import Audience
from dateline.export.folder import whole
from dateline.export.headline import figures, subtitle
from dateline.export.intervals import coverage as days_of
from dateline.export.json_rows import Rows, array, as_json
from dateline.export.page_rows import Index, add_claims, add_reports, event_row
from dateline.records import Claim, Event, Report

TEXTS_UP_TO = 5_000
"""Reports whose texts the page holds; with more it holds none (12 MB of text, what a tab takes calmly)."""
DETAILS_UP_TO = 50_000
"""Claims, or reports, that the page holds; with more of either it lists events alone (~30 MB of JSON)."""
EVENTS_UP_TO = 50_000
"""Events that the page lists; the figures at its head count all."""

STYLES = ("style.css", "event.css", "print.css")
SCRIPTS = (
    *("text.js", "data.js", "filters.js", "list.js", "map.js", "marks.js", "timeline.js"),
    *("words.js", "event.js", "accounts.js", "start.js"),
)
"""The parts of the page's one style and one script, in order: they share one scope."""


def write_page(
    path: Path,
    reports: Iterable[Report],
    claims: Iterable[Claim],
    events: Sequence[Event],
    *,
    title: str = "Reported conflict events",
    version: str = "",
    outcomes: Mapping[str, int] | None = None,
    coverage: Mapping[str, int] | None = None,
    audience: Audience = Audience.INTERNAL,
) -> None:
    """Write the page of a run to ``path``: events, their accounts, and the words they rest on.

    For the public, ``events`` come from a public Dataset, ``reports`` and ``claims`` are empty, and the page
    says whom it is for. ``coverage``: reports by the day they were published (ISO), so that the timeline can
    tell a day without reports from one without events; counted from ``reports`` where it is not given.

    ``reports`` and ``claims`` are read once, one at a time; their rows wait on disk, in unnamed files
    beside ``path``. Above :data:`TEXTS_UP_TO`, :data:`DETAILS_UP_TO` or :data:`EVENTS_UP_TO` parts are
    left out and the page says so. A page that cannot be finished leaves an earlier one as it was.
    Raises OutputError when ``path`` cannot be written and InstallationError when a file of the page is
    missing or damaged.
    """
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(
        _packaged("page/page.html.jinja")
    )
    css, js = style(), script()
    days: list[str | None] = []
    with whole(path) as file, ExitStack() as stack:
        about, texts, accounts = (
            stack.enter_context(Rows(path.parent, keep))
            for keep in (DETAILS_UP_TO, TEXTS_UP_TO, DETAILS_UP_TO)
        )
        report_rows = add_reports(_seen(reports, days), about, texts)
        told = days_of(days) if coverage is None else dict(coverage)
        listed = {event.event_id: n for n, event in enumerate(events[:EVENTS_UP_TO])}
        with_texts = about.count <= TEXTS_UP_TO
        claim_rows = add_claims(claims, accounts, report_rows, listed, with_texts)
        with_details = max(about.count, accounts.count) <= DETAILS_UP_TO
        rows = Index(claim_rows, report_rows) if with_details else Index({}, {})
        page = template.stream(
            title=title,
            subtitle=subtitle(events, told),
            version=version,
            audience=audience.value,
            policy=policy(css, js),
            css=Markup(css),
            js=Markup(js),
            figures=figures(
                events, about.count or len({r for e in events for r in e.reports}), outcomes or {}
            ),
            notes=_notes(about.count, accounts.count, len(events)),
            blocks={
                "events": array(as_json(event_row(e, rows)) for e in events[:EVENTS_UP_TO]),
                "claims": accounts.chunks() if with_details else ["[]"],
                "reports": about.chunks() if with_details else ["[]"],
                "texts": texts.chunks() if with_details and with_texts else ["[]"],
                "coverage": [as_json(told)],
                "basemap": [_basemap()],
            },
        )
        file.writelines(chunk.encode() for chunk in page)


def style() -> str:
    """The page's style, of all its parts."""
    return "\n".join(_packaged(f"page/{name}") for name in STYLES)


def script() -> str:
    """The page's script: its parts in one function, so that they share names with nobody else."""
    parts = "\n".join(_packaged(f"page/{name}") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n\n{parts}\n}})();\n'


def policy(css: str, js: str) -> str:
    """The Content-Security-Policy of a page with this style and this script and nothing else."""
    return (
        f"default-src 'none'; script-src '{_digest(js)}'; style-src '{_digest(css)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(block: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()


def _packaged(name: str) -> str:
    try:
        text = resources.files("dateline.export").joinpath("data", *name.split("/")).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise InstallationError(
            f"export/data/{name} is missing or damaged ({error}): install Dateline again"
        ) from error
    return text.replace("\r\n", "\n")  # browsers hash a block after turning line ends to \n


def _basemap() -> str:
    """The outlines of countries as JSON; "null" where they were not built: the map works without."""
    file = resources.files("dateline.export") / "data" / "basemap.json"
    if not file.is_file():
        return "null"
    try:
        return as_json(json.loads(_packaged("basemap.json")))
    except ValueError as error:
        raise InstallationError(
            f"export/data/basemap.json is damaged ({error}): install Dateline again"
        ) from error


def _seen(reports: Iterable[Report], days: list[str | None]) -> Iterator[Report]:
    """The reports, their days of publication noted on the way."""
    for report in reports:
        days.append(report.published)
        yield report


def _notes(reports: int, claims: int, events: int) -> list[str]:
    """What this page leaves out, in words."""
    notes = []
    if max(reports, claims) > DETAILS_UP_TO:
        notes.append(
            f"This run has {reports:,} reports and {claims:,} claims. Above {DETAILS_UP_TO:,} of either, "
            "this page lists events without their accounts and texts; all are in claims.jsonl and "
            "reports.jsonl."
        )
    elif reports > TEXTS_UP_TO:
        notes.append(
            f"This run has {reports:,} reports. Above {TEXTS_UP_TO:,}, this page leaves out the texts of "
            "reports and keeps the words that carry a value; all texts are in reports.jsonl."
        )
    if events > EVENTS_UP_TO:
        notes.append(
            f"This run has {events:,} events. This page lists the first {EVENTS_UP_TO:,}; its figures count "
            "all, and all are in events.jsonl."
        )
    return notes
