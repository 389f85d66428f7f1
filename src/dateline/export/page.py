"""``report.html``, internal or for the public: one file that opens from disk with no network.

The page is a template (``data/page.html.jinja``) with the data beside it as blocks of JSON that no
browser runs; ``data/page.js`` draws them by ``textContent`` alone. The text of a report is hostile
input: it never becomes markup here, and the page's Content-Security-Policy admits our own script and
style by their digest and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, NamedTuple, Self

from jinja2 import Environment
from markupsafe import Markup

from dateline.errors import InstallationError
from dateline.export.dataset import Audience
from dateline.export.folder import whole
from dateline.records import (
    Actor,
    ActorMention,
    Claim,
    Conflict,
    DateMention,
    DatePrecision,
    Event,
    Harm,
    HarmKind,
    HarmState,
    Interval,
    Place,
    PlaceMention,
    Range,
    Report,
    Scope,
    Span,
    Status,
    Toll,
)

TEXTS_UP_TO = 5_000
"""Reports whose texts the page holds; with more it holds none (12 MB of text, what a tab takes calmly)."""
DETAILS_UP_TO = 50_000
"""Claims, or reports, that the page holds; with more of either it lists events alone (~30 MB of JSON)."""
EVENTS_UP_TO = 50_000
"""Events that the page lists; the figures at its head count all."""

_CHUNK = 1 << 16
# What could end a data block or a line of it early. A lone surrogate has no UTF-8, so it becomes the
# replacement character: one code point for one, and offsets keep their place.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


# ---------------------------------------------------------------- the page


def write_page(
    path: Path,
    reports: Iterable[Report],
    claims: Iterable[Claim],
    events: Sequence[Event],
    *,
    title: str = "Dateline",
    version: str = "",
    outcomes: Mapping[str, int] | None = None,
    audience: Audience = Audience.INTERNAL,
) -> None:
    """Write the page of a run to ``path``: events, their accounts, and the words they rest on.

    For the public, ``events`` come from a public Dataset, ``reports`` and ``claims`` are empty, and the page
    says whom it is for.

    ``reports`` and ``claims`` are read once, one at a time; their rows wait on disk, in unnamed files
    beside ``path``. Above :data:`TEXTS_UP_TO`, :data:`DETAILS_UP_TO` or :data:`EVENTS_UP_TO` parts are
    left out and the page says so. A page that cannot be finished leaves an earlier one as it was.
    Raises OutputError when ``path`` cannot be written and InstallationError when a file of the page is
    missing or damaged.
    """
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(
        _packaged("page.html.jinja")
    )
    css, js = _packaged("page.css"), _packaged("page.js")
    with whole(path) as file, ExitStack() as stack:
        about, texts, accounts = (stack.enter_context(_Rows(path.parent)) for _ in range(3))
        report_rows = _add_reports(reports, about, texts)
        listed = {event.event_id: n for n, event in enumerate(events[:EVENTS_UP_TO])}
        with_texts = about.count <= TEXTS_UP_TO
        claim_rows = _add_claims(claims, accounts, report_rows, listed, with_texts)
        with_details = max(about.count, accounts.count) <= DETAILS_UP_TO
        rows = _Index(claim_rows, report_rows) if with_details else _Index({}, {})
        page = template.stream(
            title=title,
            version=version,
            audience=audience.value,
            policy=policy(css, js),
            css=Markup(css),
            js=Markup(js),
            figures=figures(events, about.count or len({r for e in events for r in e.reports})),
            outcomes=sorted((outcomes or {}).items(), key=lambda item: (-item[1], item[0])),
            notes=_notes(about.count, accounts.count, len(events)),
            blocks={
                "events": _array(_json(_event_row(e, rows)) for e in events[:EVENTS_UP_TO]),
                "claims": accounts.chunks() if with_details else ["[]"],
                "reports": about.chunks() if with_details else ["[]"],
                "texts": texts.chunks() if with_details and with_texts else ["[]"],
                "basemap": [_basemap()],
            },
        )
        file.writelines(chunk.encode() for chunk in page)


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
        text = (resources.files("dateline.export") / "data" / name).read_text("utf-8")
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
        return _json(json.loads(_packaged("basemap.json")))
    except ValueError as error:
        raise InstallationError(
            f"export/data/basemap.json is damaged ({error}): install Dateline again"
        ) from error


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


# ---------------------------------------------------------------- rows of JSON


class _Rows:
    """Rows of JSON on their way into the page, kept on disk: a long run costs no memory.

    Counts every row and keeps the first :data:`DETAILS_UP_TO`: with more the page shows none.
    """

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder)  # noqa: SIM115
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, row: object) -> int:
        """Append a row; its number, from 0."""
        if self.count < DETAILS_UP_TO:
            self._file.write((",\n" if self.count else "") + _json(row))
        self.count += 1
        return self.count - 1

    def chunks(self) -> Iterator[str]:
        """All rows as one JSON array, in pieces."""
        self._file.seek(0)
        yield "["
        while chunk := self._file.read(_CHUNK):
            yield chunk
        yield "]"


class _Index(NamedTuple):
    """Row numbers by id."""

    claims: Mapping[str, int]
    reports: Mapping[str, int]


def _json(value: object) -> str:
    """Compact JSON that may stand in a script element: no character of it can end the block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: _escape(found[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return "\\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


def _array(rows: Iterable[str]) -> Iterator[str]:
    yield "["
    for n, row in enumerate(rows):
        yield (",\n" if n else "") + row
    yield "]"


def _add_reports(reports: Iterable[Report], about: _Rows, texts: _Rows) -> dict[str, int]:
    """Add what is known of each report, and its text apart; row numbers by report id."""
    rows: dict[str, int] = {}
    for report in reports:
        row = about.add(
            [
                report.id,
                report.outlet,
                report.published,
                report.published_rule,
                report.title,
                report.byline,
                report.dateline_place,
                report.agency,
                report.url,
                report.path,
            ]
        )
        if row < TEXTS_UP_TO:
            texts.add(report.text)
        if row < DETAILS_UP_TO:
            rows[report.id] = row
    return rows


def _add_claims(
    claims: Iterable[Claim],
    accounts: _Rows,
    reports: Mapping[str, int],
    events: Mapping[str, int],
    with_texts: bool,
) -> dict[str, int]:
    """Add each claim; row numbers by claim id."""
    rows: dict[str, int] = {}
    for claim in claims:
        report = reports.get(claim.report_id, -1)
        row = accounts.add(
            _claim_row(claim, report, events.get(claim.event_id or "", -1), with_texts and report >= 0)
        )
        if row < DETAILS_UP_TO:
            rows[claim.claim_id] = row
    return rows


# ---------------------------------------------------------------- claims


def _claim_row(claim: Claim, report: int, event: int, with_text: bool) -> list[Any]:
    """A claim for the page. Its spans are offsets where the page holds the text, else offsets and words."""

    def cut(span: Span | None) -> list[Any] | None:
        if span is None:
            return None
        return [span.start, span.end] if with_text else [span.start, span.end, span.text]

    def role(name: str, value: str, rule: str | None, *spans: Span | None) -> list[Any]:
        return [name, value, rule or "", [cut(span) for span in spans if span]]

    roles = [role("actor", _actor(a), None, a) for a in claim.actors]
    roles += [role("target", _actor(a), None, a) for a in claim.targets]
    roles += [role("place", _place(p), _place_rule(p), p) for p in claim.places]
    roles += [role("site", _plain(s.category), None, s) for s in claim.sites]
    roles += [role("date", interval(d), d.rule, d) for d in claim.dates]
    roles += [role("weapon", _plain(w.category), None, w) for w in claim.weapons]
    roles += [role("harm", _harm(h), h.rule, h.count, h.who) for h in claim.harm]
    chain = [
        [
            cut(said.who),
            cut(said.cue),
            _plain(said.stance) + (f" ({said.denies})" if said.denies else ""),
            said.name or "",
            _plain(said.kind),
        ]
        for said in claim.attribution
    ]
    return [
        claim.claim_id,
        report,
        event,
        claim.type,
        _standing(claim),
        round(claim.confidence, 2),
        cut(claim.trigger),
        [claim.sentence.start, claim.sentence.end],
        roles,
        chain,
    ]


def _plain(word: str | None) -> str:
    """A codebook's word as a reader writes it."""
    return (word or "").replace("_", " ")


def _standing(of: Claim | Event) -> list[str]:
    """Why a claim or event is not counted: nothing for one incident that happened and is news."""
    why = [] if of.status is Status.HAPPENED else [str(of.status)]
    why += ["repeated"] if of.scope is Scope.REPEATED else []
    return why + (["background"] if of.old else [])


def _actor(actor: Actor | ActorMention) -> str:
    return " · ".join(filter(None, [actor.name, _plain(actor.kind), actor.country]))


def _place(place: Place | PlaceMention) -> str:
    names = dict.fromkeys(filter(None, [place.name, place.admin1, _country(place)]))
    return " · ".join(filter(None, [", ".join(names), _plain(place.precision)])) or "not in the gazetteer"


def _country(place: Place | PlaceMention) -> str | None:
    return place.country_name or place.country


def _place_rule(place: Place | PlaceMention) -> str:
    """The rule that chose a place, and what else the same words could name."""
    others = [
        ", ".join(filter(None, [other.name, other.admin1, other.country])) for other in place.alternatives
    ]
    return "; ".join(filter(None, [place.rule, "could also be " + " | ".join(others) if others else None]))


def interval(date: Interval | DateMention) -> str:
    """A date as words: one day, from–to, or what is open about it."""
    if date.from_ is None and date.to is None:
        return "unresolved"
    if date.from_ == date.to:
        return str(date.from_)
    if date.from_ is None:
        return f"by {date.to}"
    if date.to is None:
        return f"from {date.from_}"
    tail = "" if date.precision is DatePrecision.RANGE else f" · {date.precision}"
    return f"{date.from_} to {date.to}{tail}"


def figure(state: HarmState, low: int | None, high: int | None, approximate: bool = False) -> str:
    """A count as words; "none" is said, "unknown" is said, "some" is said without a number."""
    if state is HarmState.NONE:
        return "none"
    if state is HarmState.UNKNOWN:
        return "unknown"
    if low is None and high is None:
        return "some"
    about = "about " if approximate else ""
    if low is None:
        return f"{about}up to {high:,}"
    if high is None:
        return f"{about}{low:,} or more"
    return f"{about}{low:,}" if low == high else f"{about}{low:,}–{high:,}"


def _harm(harm: Harm) -> str:
    parts = [
        f"{harm.kind}: {figure(harm.state, harm.min, harm.max, harm.approximate)}",
        f"civilian: {harm.civilian}" if harm.civilian != "unknown" else "",
        ", ".join(_plain(group) for group in harm.groups),
        f"{harm.side}’s side" if harm.side != "unknown" else "",
        f"part of toll {harm.part_of + 1}" if harm.part_of is not None else "",
    ]
    return " · ".join(filter(None, parts))


# ---------------------------------------------------------------- events


def _event_row(event: Event, rows: _Index) -> dict[str, Any]:
    place = event.place
    return {
        "id": event.event_id,
        "type": event.type,
        "types": [t for t in event.types if t != event.type],
        "apart": _standing(event),
        "date": [interval(event.date), event.date.from_ or event.date.to, event.date.rule or ""],
        "place": place
        and [
            place.name or _country(place) or "",
            _place(place),
            place.lat,
            place.lon,
            place.precision,
            _place_rule(place),
        ],
        "actors": [[a.name or _plain(a.kind), _actor(a)] for a in event.actors],
        "targets": [[a.name or _plain(a.kind), _actor(a)] for a in event.targets],
        "tolls": {
            str(kind): _toll_row(toll, rows)
            for kind in HarmKind
            if (toll := getattr(event, kind)) is not None
        },
        "claims": [rows.claims[c] for c in event.claims if c in rows.claims],
        "reports": [rows.reports[r] for r in event.reports if r in rows.reports],
        "counts": [len(event.claims), len(event.reports)],
        "outlets": event.outlets,
        "origins": event.origins,
        "grade": event.grade,
        "reasons": event.reasons,
        "conflicts": [_conflict_row(conflict, rows) for conflict in event.conflicts],
    }


def _toll_row(toll: Toll, rows: _Index) -> list[Any]:
    return [
        figure(toll.state, toll.min, toll.max),
        toll.min,
        toll.max,
        toll.best,
        toll.rule,
        _bounds(toll.civilians),
        _bounds(toll.combatants),
        [
            [
                figure(HarmState.STATED, account.min, account.max),
                account.civilian,
                account.speaker or "",
                account.outlet or "",
                rows.claims.get(account.claim_id, -1),
            ]
            for account in toll.accounts
        ],
    ]


def _bounds(bounds: Range) -> str:
    """A range as words; nothing where neither end is known."""
    if bounds.min is None and bounds.max is None:
        return ""
    return figure(HarmState.STATED, bounds.min, bounds.max)


def _conflict_row(conflict: Conflict, rows: _Index) -> list[Any]:
    return [
        _plain(conflict.field),
        [[v.value, [rows.claims.get(c, -1) for c in v.claim_ids]] for v in conflict.values],
    ]


# ---------------------------------------------------------------- figures


class Headline(NamedTuple):
    """A figure at the head of the page: its name, its value, and the rule it was made by."""

    name: str
    value: str
    rule: str


def figures(events: Sequence[Event], reports: int) -> list[Headline]:
    """The figures at the head of the page: events counted, killed, injured, reports."""
    counted = [event for event in events if not _standing(event)]
    first = [_standing(event)[0] for event in events if _standing(event)]
    repeated, background = first.count("repeated"), first.count("background")
    apart = [
        f"{number:,} {name}"
        for number, name in (
            (len(first) - repeated - background, "planned, possible, prevented or denied"),
            (repeated, "repeated or summed"),
            (background, "background"),
        )
        if number
    ]
    outlets = {outlet for event in events for outlet in event.outlets}
    return [
        Headline(
            "Events",
            f"{len(counted):,}",
            "Single incidents told as having happened, not background. "
            + ("Kept apart: " + ", ".join(apart) + "." if apart else "None kept apart."),
        ),
        _people("Killed", "deaths", counted, [event.killed for event in counted]),
        _people("Injured", "injuries", counted, [event.injured for event in counted]),
        Headline("Reports", f"{reports:,}", f"Events rest on {len(outlets):,} outlets."),
    ]


def _people(name: str, harms: str, counted: Sequence[Event], told: Sequence[Toll | None]) -> Headline:
    tolls = [toll for toll in told if toll is not None]
    silent = f"{len(counted) - len(tolls):,} of {len(counted):,} events say nothing of {harms}."
    if not tolls:
        return Headline(name, "not stated", silent)
    low = sum(toll.min or 0 for toll in tolls)
    highs = [toll.max for toll in tolls if toll.max is not None]
    unbounded = len(tolls) - len(highs)
    rule = "As reported: the events’ lower bounds added up"
    if unbounded:
        rule += f"; “or more” because {unbounded:,} of {len(tolls):,} give no upper bound. "
    else:
        rule += ", to their upper bounds added up. "
    value = figure(HarmState.STATED, low, None if unbounded else sum(highs))
    return Headline(name, value, rule + silent)
