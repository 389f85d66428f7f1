"""``dateline match``: a run's events against a list of incidents that the user has."""

from __future__ import annotations

import csv
import inspect
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import clean
from dateline.errors import DatelineError, InputError, OutputError

if TYPE_CHECKING:
    from dateline.fusion.matching import Incident, Match
    from dateline.records import Event

#: Names under which lists have these columns, in small letters.
COLUMNS = {
    "id": ("id", "incident_id", "event_id", "event_id_cnty", "code", "incident"),
    "date": ("date", "event_date", "day", "date_start", "incident_date"),
    "place": ("place", "location", "city", "town", "where", "place_name"),
    "country": ("country", "country_name"),
    "admin1": ("admin1", "province", "governorate", "state", "region"),
    "killed": ("killed", "fatalities", "deaths", "dead", "best", "killed_min"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "longitude"),
}

_EPILOG = """
Examples:

  dateline match out incidents.csv

  dateline match out list.csv --column date=when --column killed=deaths_total

INCIDENTS is a CSV with a header: a date (2017-06-14) and a place; country, admin1, killed, id, lat and lon
help. Columns are known by their names. Writes matches.csv, a row for every incident (matched or missing) and
for every event that is in no row (new): those that happened, are single incidents and are not background.

Exit 0: done; 2: no finished run, or a list that cannot be read.
"""


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that dateline code -o wrote.")],
    incidents: Annotated[Path, typer.Argument(metavar="INCIDENTS", help="CSV of incidents you have.")],
    output: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where the matches go.")] = Path(
        "matches.csv"
    ),
    columns: Annotated[
        list[str] | None, typer.Option("--column", metavar="NAME=COLUMN", help="Which column is which.")
    ] = None,
) -> None:
    """Line up events with a list of incidents: matched, missing from the run, new in it."""
    from dateline.fusion.matching import match
    from dateline.ledger import FinishedRun

    try:
        listed = read_list(incidents, dict(_given(columns or [])))
        events = [e for e in FinishedRun(folder).events() if _counts(e)]
        found = match(listed, events)
        _write(output, found, listed, events)
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None
    states = Counter(one.state for one in found)
    typer.echo(f"{len(listed)} incidents, {len(events)} events")
    for state, said in (
        ("matched", "incidents with their event"),
        ("missing", "incidents without one"),
        ("new", "events that are in no row"),
    ):
        typer.echo(f"{states[state]:6}  {state}: {said}")
    typer.echo(f"\nopen {output.resolve()}")


command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n{_EPILOG}"


def _given(columns: Sequence[str]) -> list[tuple[str, str]]:
    found = []
    for one in columns:
        name, mark, column = one.partition("=")
        if not mark or name not in COLUMNS:
            raise InputError(f"--column {one}: write NAME=COLUMN, NAME one of {', '.join(COLUMNS)}")
        found.append((name, column))
    return found


def _counts(event: Event) -> bool:
    return event.status == "happened" and event.scope == "single" and not event.old


def read_list(path: Path, given: dict[str, str]) -> list[Incident]:
    """The incidents of a CSV; InputError, with line and remedy, where it cannot be read."""
    from dateline.fusion.matching import Incident
    from dateline.records import Place, PlacePrecision
    from dateline.world import locate

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            at = _columns(path, rows.fieldnames or [], given)
            found = []
            for number, row in enumerate(rows, 2):
                cell = {name: (row.get(column) or "").strip() for name, column in at.items()}
                around = ", ".join(c for c in (cell.get("admin1"), cell.get("country")) if c)
                text = f"{cell['place']}, {around}" if around else cell["place"]
                place = locate(text, 0, len(cell["place"])) if cell["place"] else None
                if cell.get("lat") and cell.get("lon"):
                    lat, lon = _number(path, number, cell["lat"]), _number(path, number, cell["lon"])
                    place = Place(name=cell["place"], lat=lat, lon=lon, precision=PlacePrecision.SETTLEMENT)
                killed = re.match(r"\d+", cell.get("killed", "").replace(",", ""))
                found.append(
                    Incident(
                        row=number,
                        id=cell.get("id") or str(number),
                        day=cell["date"] or None,
                        place=place,
                        words=cell["place"],
                        killed=int(killed[0]) if killed else None,
                    )
                )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as a CSV in UTF-8 ({error})") from error
    if not found:
        raise InputError(f"{path}: no incidents in it")
    return found


def _columns(path: Path, header: Sequence[str], given: dict[str, str]) -> dict[str, str]:
    known = {name.strip().lower(): name for name in header}
    found = {}
    for name, names in COLUMNS.items():
        if name in given:
            if given[name] not in header:
                raise InputError(f"{path}: no column {given[name]!r}; it has {', '.join(header)}")
            found[name] = given[name]
        elif column := next((known[n] for n in names if n in known), None):
            found[name] = column
    lacking = [name for name in ("date", "place") if name not in found]
    if lacking:
        raise InputError(
            f"{path}: which column is the {' and the '.join(lacking)}? It has {', '.join(header)}; "
            f"say --column {lacking[0]}=COLUMN"
        )
    return found


def _number(path: Path, row: int, words: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise InputError(f"{path}:{row}: {words!r} is no coordinate in degrees") from None


def _write(path: Path, found: Sequence[Match], listed: Sequence[Incident], events: Sequence[Event]) -> None:
    from dateline.export.flat import cell

    by_row, by_id = {one.row: one for one in listed}, {event.event_id: event for event in events}
    names = [
        "state",
        "row",
        "incident",
        "list_date",
        "list_place",
        "list_killed",
        "event_id",
        "date",
        "place",
    ]
    names += ["type", "killed_min", "killed_max", "points", "reasons"]
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            for one in found:
                mine, event = by_row.get(one.row or 0), by_id.get(one.event_id or "")
                killed = event.killed if event else None
                writer.writerow(
                    cell(value)
                    for value in (
                        one.state,
                        one.row,
                        one.incident,
                        mine and mine.day,
                        mine and mine.words,
                        mine and mine.killed,
                        one.event_id,
                        event and (event.date.from_ or event.date.to),
                        event and event.place and event.place.name,
                        event and event.type.value,
                        killed and killed.min,
                        killed and killed.max,
                        one.points,
                        one.reasons,
                    )
                )
    except OSError as error:
        raise OutputError.at(path, error) from error
