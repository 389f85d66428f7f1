"""``dateline explain``: why claims are one event, in plain words."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import clean
from dateline.errors import DatelineError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.fusion import Explanation
    from dateline.fusion.explaining import Tie
    from dateline.records import Claim, Event

#: Ties between reports that are shown; --json has all.
TIES_SHOWN = 12

_EPILOG = """
Examples:

  dateline explain out e0466e9357721

  dateline explain out e0466 --json        the first letters of an id are enough

Points are log-odds from fusion/data/comparison.toml: + speaks for one incident, - against it. Incidents of
two reports are joined where the mean of their points reaches what is needed, and no rule keeps them apart.

Exit 0: explained; 2: no such event, or no finished run.
"""


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that dateline code -o wrote.")],
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="Id of an event, or how it begins.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the explanation as JSON.")] = False,
) -> None:
    """Explain why claims are one event, and why the nearest other event is not the same one."""
    import msgspec

    from dateline.fusion import explain, facts_of
    from dateline.ledger import FinishedRun

    try:
        run = FinishedRun(folder)
        events = {event.event_id: event for event in run.events()}
        event = _named(event_id, events)
        claims = {claim.claim_id: claim for claim in run.claims()}
        facts = {report.id: facts_of(report) for report in run.reports()}
        found = explain(event.event_id, claims.values(), facts)
        if found is None:
            raise InputError(f"{folder}: events.jsonl and claims.jsonl are not of one run; code again")
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
        return
    outlets = {report: known.outlet or report for report, known in facts.items()}
    for line in _told(found, events, claims, outlets):
        typer.echo(clean(line))


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"


def _named(event_id: str, events: Mapping[str, Event]) -> Event:
    """The event with this id, or the only one whose id begins so; InputError otherwise."""
    if event_id in events:
        return events[event_id]
    found = [known for known in events if known.startswith(event_id)]
    if len(found) == 1:
        return events[found[0]]
    if found:
        raise InputError(f"{len(found)} events begin with {event_id!r}: {', '.join(sorted(found)[:5])}, …")
    raise InputError(f"no event {event_id!r}; its id stands in events.csv and behind # in report.html")


def _told(
    found: Explanation, events: Mapping[str, Event], claims: Mapping[str, Claim], outlets: Mapping[str, str]
) -> list[str]:
    """The explanation, a line each."""

    def side(claim_ids: tuple[str, ...]) -> str:
        words = dict.fromkeys(claims[claim_id].trigger.text for claim_id in claim_ids)
        quoted = ", ".join(f"“{text}”" for text in list(words)[:3])
        return f"{outlets.get(claims[claim_ids[0]].report_id, '?')} {quoted}"

    def tie(one: Tie) -> list[str]:
        head = f"  {side(one.claims)} and {side(one.others)}: {one.points:+.1f}"
        return [head, *(f"    {reason.points:+.1f}  {reason.words}" for reason in one.reasons), ""]

    event = events[found.event_id]
    lines = [f"{_headline(event)}: {len(event.claims)} claims of {len(event.reports)} reports", ""]
    if found.inside:
        lines += ["Joined inside a report", ""]
        lines += [line for one in found.inside for line in tie(one)]
    if found.across:
        lines += [f"Joined across reports ({found.needed:g} points on average are needed)", ""]
        lines += [line for one in found.across[:TIES_SHOWN] for line in tie(one)]
        if len(found.across) > TIES_SHOWN:
            lines += [f"  … and {len(found.across) - TIES_SHOWN} more (--json)", ""]
    if not found.inside and not found.across:
        lines += ["One claim: nothing was joined to it.", ""]
    if found.nearest is None:
        return [*lines, "No other event comes near: none shares its time and place."]
    other = events.get(found.nearest.event_id or "")
    lines += [f"Nearest other event: {_headline(other) if other else found.nearest.event_id}", ""]
    return [*lines, *tie(found.nearest.tie)[:-1], f"  Not joined: {found.nearest.why}."]


def _headline(event: Event) -> str:
    when = event.date.from_ or (f"by {event.date.to}" if event.date.to else "no date")
    where = event.place.name if event.place and event.place.name else "no place"
    return f"{event.event_id}  {event.type}, {when}, {where}"
