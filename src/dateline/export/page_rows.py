"""Claims, reports and events as rows of JSON: what ``data/page/data.js`` reads, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dateline.export.json_rows import Rows
from dateline.export.pins import is_pin
from dateline.export.sentences import sentence
from dateline.export.tables import country
from dateline.export.worded import bounds, figure, interval, plain, standing
from dateline.records import (
    Actor,
    ActorMention,
    Claim,
    Conflict,
    Event,
    Harm,
    HarmKind,
    HarmState,
    Place,
    PlaceMention,
    Report,
    Span,
    Toll,
)


class Index(NamedTuple):
    """Row numbers by id."""

    claims: Mapping[str, int]
    reports: Mapping[str, int]


def add_reports(reports: Iterable[Report], about: Rows, texts: Rows) -> dict[str, int]:
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
        texts.add(report.text)
        if row < about.keep:
            rows[report.id] = row
    return rows


def add_claims(
    claims: Iterable[Claim],
    accounts: Rows,
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
        if row < accounts.keep:
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
    roles += [role("site", plain(s.category), None, s) for s in claim.sites]
    roles += [role("date", interval(d), d.rule, d) for d in claim.dates]
    roles += [role("weapon", plain(w.category), None, w) for w in claim.weapons]
    roles += [role("harm", _harm(h), h.rule, h.count, h.who) for h in claim.harm]
    chain = [
        [
            cut(said.who),
            cut(said.cue),
            plain(said.stance) + (f" ({said.denies})" if said.denies else ""),
            said.name or "",
            plain(said.kind),
            said.id or "",
        ]
        for said in claim.attribution
    ]
    return [
        claim.claim_id,
        report,
        event,
        claim.type,
        standing(claim),
        round(claim.confidence, 2),
        cut(claim.trigger),
        [claim.sentence.start, claim.sentence.end],
        roles,
        chain,
    ]


def _actor(actor: Actor | ActorMention) -> str:
    return " · ".join(filter(None, [actor.name, plain(actor.kind), actor.country]))


def _place(place: Place | PlaceMention) -> str:
    names = dict.fromkeys(filter(None, [place.name, place.admin1, _country(place)]))
    return " · ".join(filter(None, [", ".join(names), plain(place.precision)])) or "not in the gazetteer"


def _country(place: Place | PlaceMention) -> str | None:
    return place.country_name or place.country


def _place_rule(place: Place | PlaceMention) -> str:
    """The rule that chose a place, and what else the same words could name."""
    others = [
        ", ".join(filter(None, [other.name, other.admin1, other.country])) for other in place.alternatives
    ]
    return "; ".join(filter(None, [place.rule, "could also be " + " | ".join(others) if others else None]))


def _harm(harm: Harm) -> str:
    parts = [
        f"{harm.kind}: {figure(harm.state, harm.min, harm.max, harm.approximate)}",
        f"civilian: {harm.civilian}" if harm.civilian != "unknown" else "",
        ", ".join(plain(group) for group in harm.groups),
        f"{harm.side}’s side" if harm.side != "unknown" else "",
        f"part of toll {harm.part_of + 1}" if harm.part_of is not None else "",
    ]
    return " · ".join(filter(None, parts))


# ---------------------------------------------------------------- events


def event_row(event: Event, rows: Index) -> dict[str, Any]:
    """An event for the page: its values as words, and the rows of its claims and reports."""
    place = event.place
    return {
        "id": event.event_id,
        "type": event.type,
        "types": [t for t in event.types if t != event.type],
        "apart": standing(event),
        "say": sentence(event),
        "date": [
            interval(event.date),
            event.date.from_ or event.date.to,
            event.date.rule or "",
            event.date.from_,
            event.date.to,
        ],
        "place": place
        and [
            place.name or _country(place) or "",
            _place(place),
            place.lat,
            place.lon,
            place.precision,
            _place_rule(place),
            _country(place) or "",
            country(place.country).numeric,
            is_pin(place),
        ],
        "actors": [[a.name or plain(a.kind), _actor(a)] for a in event.actors],
        "targets": [[a.name or plain(a.kind), _actor(a)] for a in event.targets],
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


def _toll_row(toll: Toll, rows: Index) -> list[Any]:
    return [
        figure(toll.state, toll.min, toll.max),
        toll.min,
        toll.max,
        toll.best,
        toll.rule,
        bounds(toll.civilians),
        bounds(toll.combatants),
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


def _conflict_row(conflict: Conflict, rows: Index) -> list[Any]:
    return [
        plain(conflict.field),
        [[v.value, [rows.claims.get(c, -1) for c in v.claim_ids]] for v in conflict.values],
    ]
