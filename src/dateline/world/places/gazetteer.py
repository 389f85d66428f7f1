"""The compiled gazetteer and a user's packs: opened read-only, asked by name, never loaded whole.

``data/gazetteer.sqlite`` is made at build time by ``scripts/compile_gazetteer.py`` (its docstring holds
the schema and sources). One connection a thread and process; answers are cached.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_data_path

from dateline.errors import InstallationError
from dateline.world.places.keys import bare, fold, number, sound

GAZETTEER = Path(__file__).parents[1] / "data" / "gazetteer.sqlite"
SCHEMA_VERSION = "2"

MOST_ENTRIES = 300
"""Most entries one name brings back, those whose name agrees first, then by population ("San Jose"
has 214 with the same name)."""


class Kind(IntEnum):
    """What an entry is; ``DEMONYM`` only among hints."""

    COUNTRY = 0
    ADMIN1 = 1
    ADMIN2 = 2
    CITY = 3
    AREA = 4
    ROAD = 5
    EXACT = 6
    DEMONYM = 7


_KINDS = tuple(Kind)


class Entry(NamedTuple):
    """One place of the gazetteer; coordinates in degrees, WGS84.

    ``matched``: the bare name that answered a question; ``agrees``: it is the one asked.
    """

    id: int
    geonameid: int | None
    name: str
    kind: Kind
    country: str
    admin1_id: int | None
    admin2_id: int | None
    code: str | None
    lat: float
    lon: float
    population: int
    listed: bool
    matched: str = ""
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class Hint:
    """What a word tells of the country a report is on."""

    country: str
    admin1_id: int | None
    kind: Kind


Row = tuple[Any, ...]
"""A row of places, by :data:`_COLUMNS`."""

_COLUMNS = (
    "p.id, p.geonameid, p.name, p.kind, p.country, p.admin1, p.admin2, p.code, p.lat, p.lon, p.population,"
    " p.listed"
)
_PACK_BY_SOUND = "SELECT place, bare FROM names WHERE sound = ?"
_BY_SOUND = f"SELECT {_COLUMNS}, n.bare FROM names n JOIN places p ON p.id = n.place WHERE n.sound = ?"
_BY_ID = f"SELECT {_COLUMNS} FROM places p WHERE p.id = ?"

_local = threading.local()


def connect() -> sqlite3.Connection:
    """This thread's read-only connection; InstallationError when the file is missing or of another build."""
    if getattr(_local, "pid", None) == os.getpid():
        known: sqlite3.Connection = _local.connection
        return known
    if not GAZETTEER.is_file():
        raise InstallationError(
            f"the gazetteer {GAZETTEER} is missing; reinstall dateline, or in a source checkout run "
            "python scripts/compile_gazetteer.py"
        )
    db = sqlite3.connect(GAZETTEER.as_uri() + "?mode=ro&immutable=1", uri=True)
    try:
        found = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.DatabaseError as error:
        raise InstallationError(f"the gazetteer {GAZETTEER} is damaged: {error}") from error
    if not found or found[0] != SCHEMA_VERSION:
        raise InstallationError(f"the gazetteer {GAZETTEER} has another schema; reinstall dateline")
    _local.connection, _local.pid = db, os.getpid()
    return db


def packs() -> tuple[sqlite3.Connection, ...]:
    """This thread's read-only connections to the installed packs, by country; see ``packs``.

    A pack made for another gazetteer than the shipped one is left out: ``packs.check`` tells of it.
    """
    if getattr(_local, "packs_pid", None) != os.getpid():
        digest = shipped_digest()
        opened = []
        for path in pack_files():
            db = sqlite3.connect(path.as_uri() + "?mode=ro&immutable=1", uri=True)
            try:
                fits = db.execute("SELECT 1 FROM meta WHERE key = 'gazetteer' AND value = ?", (digest,))
                if fits.fetchone():
                    opened.append(db)
            except sqlite3.DatabaseError:
                continue
        _local.packs, _local.packs_pid = tuple(opened), os.getpid()
    found: tuple[sqlite3.Connection, ...] = _local.packs
    return found


def data_folder() -> Path:
    """Where a user's own files lie: ``$DATELINE_DATA``, else the platform's folder for application data."""
    given = os.environ.get("DATELINE_DATA")
    return Path(given) if given else user_data_path("dateline", appauthor=False)


def pack_files() -> list[Path]:
    """The files of the installed packs, by country code."""
    folder = data_folder() / "gazetteer"
    return sorted(folder.glob("[A-Z][A-Z].sqlite")) if folder.is_dir() else []


def shipped_digest() -> str:
    """What tells this gazetteer from others; packs are made for one."""
    return str(connect().execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()[0])


def forget() -> None:
    """Open everything anew: after packs were added or removed in this process."""
    for cached in (entries, entry):
        cached.cache_clear()
    _local.__dict__.clear()


@lru_cache(maxsize=8192)
def entries(name: str) -> tuple[Entry, ...]:
    """Entries filed under the sound of ``name``, one a place: those that agree first, then the largest.

    Empty when nothing sounds like it. Names of one or two letters of sound must agree in full. Installed
    packs (``dateline gazetteer add``) are asked too.
    """
    folded = fold(name)
    if not folded:
        return ()
    wanted, key = bare(folded), sound(folded)
    found: dict[int, Entry] = {}
    for row, filed in _filed(number(key)):
        agrees = filed == wanted
        before = found.get(row[0])
        if before is None:
            better = agrees or len(key) > 2
        else:
            better = not before.agrees and (agrees or _nearer(filed, before.matched, wanted))
        if better:
            found[row[0]] = _entry(row, filed, agrees)
    ranked = sorted(found.values(), key=lambda e: (not e.agrees, -e.population, e.id))
    return tuple(ranked[:MOST_ENTRIES])


def _filed(key: int) -> Iterator[tuple[Row, str]]:
    """What is filed under a sound: rows of places, each with the bare name that stands there."""
    for row in connect().execute(_BY_SOUND, (key,)):
        yield row, row[12] or own_key(row[2])
    for pack in packs():
        for place_id, filed in pack.execute(_PACK_BY_SOUND, (key,)):
            row = _row(place_id)
            yield row, filed or own_key(row[2])


@lru_cache(maxsize=16_384)
def own_key(name: str) -> str:
    """The bare form of a place's own name, which the files leave out."""
    return bare(fold(name))


def _nearer(one: str, other: str, wanted: str) -> bool:
    return abs(len(one) - len(wanted)) < abs(len(other) - len(wanted))


@lru_cache(maxsize=8192)
def entry(place_id: int) -> Entry:
    """The entry of a places id, of the shipped gazetteer or a pack."""
    return _entry(_row(place_id), "", True)


def _row(place_id: int) -> Row:
    for db in (connect(), *packs()):
        row: Row | None = db.execute(_BY_ID, (place_id,)).fetchone()
        if row is not None:
            return row
    raise InstallationError(f"the gazetteer {GAZETTEER} is damaged: no place {place_id}")


@lru_cache(maxsize=1)
def country_entries() -> dict[str, Entry]:
    """The entry of each country by its ISO 3166-1 alpha-2 code."""
    rows = connect().execute(f"SELECT {_COLUMNS} FROM places p WHERE p.kind = 0")
    return {row[4]: _entry(row, "", True) for row in rows}


@lru_cache(maxsize=1)
def hints() -> dict[str, tuple[Hint, ...]]:
    """Folded words that tell which country a report is on; a word may point to several."""
    found: dict[str, tuple[Hint, ...]] = {}
    for words, country, admin1, kind in connect().execute(
        "SELECT words, country, admin1, kind FROM hints ORDER BY rowid"
    ):
        found[words] = (*found.get(words, ()), Hint(country, admin1, Kind(kind)))
    return found


def _entry(row: Row, matched: str, agrees: bool) -> Entry:
    place_id, geonameid, name, kind, country, admin1, admin2, code, lat, lon, population, listed = row[:12]
    return Entry(
        place_id, geonameid, name, _KINDS[kind], country, admin1, admin2, code,
        lat / 1e5, lon / 1e5, population, bool(listed), matched, agrees,
    )  # fmt: skip
