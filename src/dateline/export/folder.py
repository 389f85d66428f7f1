"""The files of ``dateline code``: JSON Lines, CSV, GeoJSON and the page, each whole or not at all.

Every file is written beside its name and moved over it when it is complete, so that a run that breaks off
leaves the earlier output as it was.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

from dateline.errors import OutputError
from dateline.export.flat import cell, columns, flat, joined
from dateline.export.pins import pin
from dateline.records import Event, Outcome, Record

FILES = (
    "reports.jsonl",
    "claims.jsonl",
    "events.jsonl",
    "events.csv",
    "events.geojson",
    "report.html",
    "outcomes.csv",
)


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when the block ends well; OutputError on a full disk."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise OutputError.at(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """A text in UTF-8."""
    with whole(path) as file:
        file.write(text.encode("utf-8", "backslashreplace"))


def write_jsonl(path: Path, records: Iterable[Record]) -> None:
    """One record a line, keys in the order of the records."""
    encoder = msgspec.json.Encoder()
    with whole(path) as file:
        for record in records:
            file.write(encoder.encode(record) + b"\n")


def write_events_csv(path: Path, events: Iterable[Event]) -> None:
    """One flat row an event (:mod:`dateline.export.flat`)."""
    names = columns()
    write_rows(path, [names], ([row[n] for n in names] for row in map(flat, events)))


def write_outcomes_csv(path: Path, outcomes: Iterable[Outcome]) -> None:
    """One row an input: path, report ids, outcome, reason."""
    rows = ([o.path, o.report_ids, o.outcome.value, o.reason, "internal"] for o in outcomes)
    write_rows(path, [["path", "report_ids", "outcome", "reason", "audience"]], rows)


def write_rows(path: Path, heads: Sequence[Sequence[str]], rows: Iterable[Sequence[Any]]) -> None:
    r"""A CSV: ``heads`` as they are, ``rows`` through :func:`~dateline.export.flat.cell`; UTF-8, ``\n``."""
    with whole(path) as file:
        writer = csv.writer(_Lines(file), lineterminator="\n")
        writer.writerows(heads)
        writer.writerows([cell(value) for value in row] for row in rows)


class _Lines:
    """Text to bytes for the csv module; a lone surrogate (a file name that is not UTF-8) is escaped."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(text.encode("utf-8", "backslashreplace"))


def write_geojson(path: Path, events: Sequence[Event], audience: str = "internal") -> int:
    """Events as GeoJSON (RFC 7946), and how many have no geometry: no place is known, or it is no pin.

    Which places are pins: :mod:`dateline.export.pins`. The coordinates that stand for any other are in
    ``place_lat`` and ``place_lon``.
    """
    features = []
    for event in events:
        row = {name: joined(v) if isinstance(v, tuple) else v for name, v in flat(event).items()}
        at = pin(event.place)
        point = {"type": "Point", "coordinates": list(at)} if at else None
        features.append({"type": "Feature", "id": event.event_id, "geometry": point, "properties": row})
    collection = {"type": "FeatureCollection", "audience": audience, "features": features}
    with whole(path) as file:
        file.write(msgspec.json.encode(collection) + b"\n")
    return sum(feature["geometry"] is None for feature in features)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder to write a run's files in; when the block ends well they are all moved into ``folder``.

    Until then, and when it does not end well, the files of an earlier run stand as they were. OutputError
    where the folder cannot be written.
    """
    staging = folder / "writing.part"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir()
        yield staging
        for name in FILES:
            (staging / name).replace(folder / name)
    except OSError as error:
        raise OutputError.at(folder, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
