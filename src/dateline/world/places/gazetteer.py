"""The compiled gazetteer: opened read-only, asked by name, never loaded whole.

``data/gazetteer.sqlite`` is made at build time by ``scripts/compile_gazetteer.py`` (its docstring holds
the schema and sources). One connection a thread and process; answers are cached.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from dateline.errors import InstallationError
from dateline.world.places.keys import bare, fold, sound

GAZETTEER = Path(__file__).parents[1] / "data" / "gazetteer.sqlite"
SCHEMA_VERSION = "1"

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


@dataclass(frozen=True, slots=True)
class Entry:
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


_COLUMNS = (
    "p.id, p.geonameid, p.name, p.kind, p.country, p.admin1, p.admin2, p.code, p.lat, p.lon, p.population,"
    " p.listed"
)
_BY_SOUND = f"""
SELECT {_COLUMNS}, n.bare FROM names n JOIN places p ON p.id = n.place WHERE n.sound = ?
ORDER BY n.bare = ? DESC, p.population DESC, p.id LIMIT {MOST_ENTRIES}
"""
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


@lru_cache(maxsize=8192)
def entries(name: str) -> tuple[Entry, ...]:
    """Entries filed under the sound of ``name``, one a place, best agreement first.

    Empty when nothing sounds like it. Names of one or two letters of sound must agree in full.
    """
    folded = fold(name)
    if not folded:
        return ()
    wanted, key = bare(folded), sound(folded)
    found: dict[int, Entry] = {}
    for row in connect().execute(_BY_SOUND, (key, wanted)):
        if row[0] not in found:
            agrees = row[12] == wanted
            if agrees or len(key) > 2:
                found[row[0]] = _entry(row, row[12], agrees)
            continue
        known = found[row[0]]
        if not known.agrees and _nearer(row[12], known.matched, wanted):
            found[row[0]] = _entry(row, row[12], False)
    return tuple(found.values())


def _nearer(one: str, other: str, wanted: str) -> bool:
    return abs(len(one) - len(wanted)) < abs(len(other) - len(wanted))


@lru_cache(maxsize=8192)
def entry(place_id: int) -> Entry:
    """The entry of a places id."""
    row = connect().execute(_BY_ID, (place_id,)).fetchone()
    if row is None:
        raise InstallationError(f"the gazetteer {GAZETTEER} is damaged: no place {place_id}")
    return _entry(row, "", True)


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


def _entry(row: tuple[object, ...], matched: str, agrees: bool) -> Entry:
    place_id, geonameid, name, kind, country, admin1, admin2, code, lat, lon, population, listed = row[:12]
    return Entry(
        place_id, geonameid, name, Kind(kind), country, admin1, admin2, code,  # type: ignore[arg-type]
        lat / 1e5, lon / 1e5, population, bool(listed), matched, agrees,  # type: ignore[operator, arg-type]
    )  # fmt: skip
