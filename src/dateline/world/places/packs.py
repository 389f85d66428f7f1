"""Packs: a country's full list of places, beside the shipped gazetteer.

A pack is made from a GeoNames country dump (``XX.txt`` with its 19 columns, CC BY 4.0) and lies as
``gazetteer/XX.sqlite`` in the user's data folder. It has the tables ``places`` and ``names`` of
``scripts/compile_gazetteer.py``, with every name in ``names``: places that the shipped gazetteer lacks, and
further names for those it has. It fits one shipped gazetteer; after an update of Dateline that changes this
one it is made again.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import math
import re
import sqlite3
import urllib.error
import urllib.request
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from dateline.errors import InputError, InstallationError, OutputError
from dateline.world.places import gazetteer
from dateline.world.places.gazetteer import Kind, country_entries
from dateline.world.places.keys import bare, fold, number, sound

GEONAMES = "https://download.geonames.org/export/dump/{}.zip"
"""Where GeoNames publishes a country's dump."""
MOST_BYTES = 1_000_000_000
"""A larger dump is refused (the largest, of the United States, unpacks to a third of this)."""
TIMEOUT = 30
"""Seconds without a byte after which a download is given up."""
COLUMNS = 19
FIRST_ID = 1 << 40
MOST_PLACES = 1 << 24
"""Ids of a pack's places: so many to a country, above those of the shipped gazetteer."""
SAME_DEGREES = 0.1
"""A place of the same name and kind this near is the one the gazetteer has, or the dump's row with an id."""
TWIN_DEGREES = 0.02
"""Two rows of one dump with GeoNames ids of their own are one place only where they are this near: Iraq's has
356 pairs of namesakes between this and SAME_DEGREES, mostly villages named after people."""
LONGEST_NAME = 40
NO_NAME = re.compile(r"[(,\d¹²³]")
"""Alternate names with these are addresses, codes or remarks."""
SCRIPTS = re.compile("[\\0-ɏḀ-ỿ‘’ʼʻʿʾ]+|[؀-ۿ\\s]+|[Ѐ-ӿ\\s-]+")
"""Names in Latin, Arabic or Cyrillic letters are kept."""


@dataclass(frozen=True)
class Pack:
    """An installed pack. ``source``: file or address it was made from, ``sha256`` of that dump.

    ``fits``: whether it was made for the shipped gazetteer; one that was not is not asked.
    """

    country: str
    places: int
    names: int
    source: str
    sha256: str
    made: str
    fits: bool
    path: Path


def installed() -> list[Pack]:
    """The packs of the user's data folder, by country. InstallationError for a damaged one."""
    return [_read(path) for path in gazetteer.pack_files()]


def check() -> None:
    """InstallationError where an installed pack is damaged or does not fit the shipped gazetteer."""
    misfits = [pack.country for pack in installed() if not pack.fits]
    if misfits:
        raise InstallationError(
            f"the gazetteer packs {', '.join(misfits)} were made for another version of Dateline: run "
            f"'dateline gazetteer add {' '.join(misfits)}' again, or 'dateline gazetteer remove'"
        )


def version() -> str:
    """What places a run is coded with: the shipped gazetteer and the packs in use, each with its digest."""
    used = [f"{pack.country} {pack.sha256[:12]}" for pack in installed() if pack.fits]
    return ", ".join([f"gazetteer {gazetteer.shipped_digest()}", *used])


def source(place: gazetteer.Entry) -> str:
    """Where an entry comes from: ``shipped``, or ``pack SY``. A shipped place may have names from a pack."""
    return "shipped" if place.id < FIRST_ID else f"pack {place.country}"


def known_country(country: str) -> str:
    """The code as it is filed; InputError for what is none (ISO 3166-1 alpha-2)."""
    if country.upper() not in country_entries():
        raise InputError(f"{country!r} is no country code; write it as SY, IQ, UA (ISO 3166-1 alpha-2)")
    return country.upper()


def add(
    country: str,
    folder: Path | None = None,
    url: str = GEONAMES,
    progress: Callable[[int], None] = lambda done: None,
) -> Pack:
    """Make and install the pack of a country; an earlier one stays until the new one is whole.

    ``country``: ISO 3166-1 alpha-2. ``folder``: where ``XX.txt`` or ``XX.zip`` lies; without it the dump is
    fetched from ``url`` (https; {} is the code). ``progress`` is called with bytes fetched, or rows read.
    InputError when the dump cannot be had or is none; OutputError when the pack cannot be written.
    """
    code = known_country(country)
    if folder is None:
        origin, content = url.format(code), _fetched(url.format(code), code, progress)
    else:
        origin, content = _local(folder, code)
    digest = hashlib.sha256(content).hexdigest()
    rows = list(_rows(content, code, origin))
    target = gazetteer.data_folder() / "gazetteer" / f"{code}.sqlite"
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.unlink(missing_ok=True)
            _write(part, code, rows, {"source": origin, "sha256": digest}, progress)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(
            f"cannot write {target}: {error}; set DATELINE_DATA to a folder you may write in"
        ) from error
    gazetteer.forget()
    return _read(target)


def remove(country: str) -> bool:
    """Remove the pack of a country; False when there is none."""
    for path in gazetteer.pack_files():
        if path.stem == country.upper():
            path.unlink()
            gazetteer.forget()
            return True
    return False


def _read(path: Path) -> Pack:
    try:
        with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as db:
            meta = dict(db.execute("SELECT key, value FROM meta"))
            return Pack(
                country=path.stem,
                places=int(meta["places"]),
                names=int(meta["names"]),
                source=meta["source"],
                sha256=meta["sha256"],
                made=meta["made"],
                fits=meta["gazetteer"] == gazetteer.shipped_digest(),
                path=path,
            )
    except (sqlite3.DatabaseError, KeyError, ValueError) as error:
        raise InstallationError(
            f"the gazetteer pack {path} is damaged ({error}): run 'dateline gazetteer add {path.stem}' again"
        ) from error


# ---------------------------------------------------------------- getting the dump


def _fetched(url: str, code: str, progress: Callable[[int], None]) -> bytes:
    if not url.startswith("https://"):
        raise InputError(f"{url}: only https addresses are fetched")
    parts, size = [], 0
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
            if not answer.url.startswith("https://"):
                raise InputError(f"{url}: leads to {answer.url}; only https addresses are fetched")
            promised = answer.headers.get("Content-Length")
            while chunk := answer.read(1 << 16):
                parts.append(chunk)
                size += len(chunk)
                progress(size)
                if size > MOST_BYTES:
                    raise InputError(f"{url}: over {MOST_BYTES:,} bytes; that is no country dump")
    except (OSError, urllib.error.URLError) as error:
        raise InputError(
            f"{url} cannot be fetched ({error}); download it elsewhere and give --from DIR"
        ) from error
    if promised is not None and size != int(promised):
        raise InputError(f"{url}: {size:,} of {promised} bytes came; try again")
    return _unpacked(b"".join(parts), code, url)


def _local(folder: Path, code: str) -> tuple[str, bytes]:
    for name in (f"{code}.txt", f"{code}.zip"):
        path = folder / name
        if path.is_file():
            if path.stat().st_size > MOST_BYTES:
                raise InputError(f"{path}: over {MOST_BYTES:,} bytes; that is no country dump")
            content = path.read_bytes()
            return str(path), content if path.suffix == ".txt" else _unpacked(content, code, str(path))
    raise InputError(f"neither {code}.txt nor {code}.zip in {folder}")


def _unpacked(content: bytes, code: str, source: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(f"{code}.txt").file_size > MOST_BYTES:
                raise InputError(f"{source}: unpacks to over {MOST_BYTES:,} bytes; that is no country dump")
            return archive.read(f"{code}.txt")
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise InputError(f"{source}: no zip file with {code}.txt in it ({error}); fetch it again") from error


# ---------------------------------------------------------------- reading it


@dataclass(frozen=True, slots=True)
class _Row:
    geonameid: int | None
    names: tuple[str, ...]
    kind: Kind
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int


@cache
def _kinds() -> dict[str, Kind]:
    text = resources.files("dateline.world").joinpath("data/pack_features.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[2:]]
    return {code: Kind[kind.upper()] for code, kind, _ in rows}


def _rows(content: bytes, code: str, source: str) -> Iterator[_Row]:
    """The rows of a dump that a pack keeps; InputError at the first line that is none of that country."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: not UTF-8 ({error}); is it a GeoNames dump?") from error
    kinds, seen = _kinds(), 0
    for at, row in enumerate(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if len(row) != COLUMNS:
            raise InputError(
                f"{source}:{at}: {len(row)} columns instead of {COLUMNS}; is it a GeoNames dump?"
            )
        if row[8] != code:
            raise InputError(f"{source}:{at}: a place of {row[8] or 'no country'} in a dump of {code}")
        seen += 1
        kind = kinds.get(f"{row[6]}.{row[7]}") or kinds.get(f"{row[6]}.*")
        if kind is None:
            continue
        try:
            number_, lat, lon, people = int(row[0]), float(row[4]), float(row[5]), int(row[14] or 0)
        except ValueError as error:
            raise InputError(f"{source}:{at}: {error}; is it a GeoNames dump?") from error
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            raise InputError(f"{source}:{at}: {lat}, {lon} is no point on earth")
        names = tuple(dict.fromkeys([row[1], row[2], *filter(_kept, row[3].split(","))]))
        names = tuple(name for name in names if fold(name))
        if names:
            yield _Row(number_ if number_ > 0 else None, names, kind, row[10], row[11], lat, lon, people)
    if not seen:
        raise InputError(f"{source}: empty; fetch it again")


def _kept(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST_NAME
        and not NO_NAME.search(name)
        and SCRIPTS.fullmatch(name) is not None
        and not (name.isupper() and len(name) <= 4)
    )


# ---------------------------------------------------------------- writing the pack


class _Known:
    """The places of a country that the shipped gazetteer or the pack has so far, to find them again."""

    def __init__(self, code: str) -> None:
        self.country = country_entries()[code].id
        self.codes: dict[str, int] = {}
        self._by_geonameid: dict[int, int] = {}
        self._by_name: dict[tuple[Kind, str], list[tuple[int, int, float, float]]] = defaultdict(list)
        for place, names in gazetteer.of_country(code):
            if place.code:
                self.codes[place.code] = place.id
            within = self.country if place.admin1_id is None else place.admin1_id
            self.add(place.id, place.geonameid, place.kind, names, within, place.lat, place.lon)

    def add(
        self, place: int, geonameid: int | None, kind: Kind, names: Iterable[str],
        within: int, lat: float, lon: float,
    ) -> None:  # fmt: skip
        """Keep a place by its bare names; ``within``: its first-level division, else the country."""
        if geonameid is not None:
            self._by_geonameid[geonameid] = place
        for name in names:
            self._by_name[kind, name].append((place, within, lat, lon))

    def division(self, row: _Row, code: str, within: int) -> int | None:
        """The division that a row of one is: by ISO code, else by name."""
        if row.kind is Kind.ADMIN1 and (found := self.codes.get(f"{code}-{row.admin1}")):
            return found
        for name in row.names:
            for place, above, _, _ in self._by_name.get((row.kind, bare(fold(name))), ()):
                if row.kind is Kind.ADMIN1 or above == within:
                    return place
        return None

    def same(self, row: _Row) -> int | None:
        """The place that a row is: by GeoNames id, else by name and nearness."""
        if row.geonameid in self._by_geonameid:
            return self._by_geonameid[row.geonameid]
        for name in row.names:
            for place, _, lat, lon in self._by_name.get((row.kind, bare(fold(name))), ()):
                twins = place >= FIRST_ID and row.geonameid is not None  # the dump tells them apart
                if math.hypot(lat - row.lat, lon - row.lon) < (TWIN_DEGREES if twins else SAME_DEGREES):
                    return place
        return None


def _write(
    path: Path, code: str, rows: list[_Row], meta: dict[str, str], progress: Callable[[int], None]
) -> None:
    known = _Known(code)
    first = FIRST_ID + MOST_PLACES * (26 * (ord(code[0]) - ord("A")) + ord(code[1]) - ord("A"))
    firsts: dict[str, int] = {}
    seconds: dict[tuple[str, str], int] = {}
    places: list[tuple[object, ...]] = []
    names: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    # divisions before what lies in them; rows with a GeoNames id before those that repeat one without
    order = {Kind.ADMIN1: 0, Kind.ADMIN2: 1}
    for done, row in enumerate(sorted(rows, key=lambda r: (order.get(r.kind, 2), r.geonameid is None)), 1):
        within = known.country if row.kind is Kind.ADMIN1 else firsts.get(row.admin1, known.country)
        found = known.division(row, code, within) if row.kind in order else known.same(row)
        filed = dict.fromkeys(filter(None, map(fold, row.names)))
        if found is None:
            found = first + len(places)
            above = within if row.kind in order else seconds.get((row.admin1, row.admin2), within)
            places.append((found, row.geonameid, row.names[0], int(row.kind), above,
                           round(row.lat * 1e5), round(row.lon * 1e5), row.population))  # fmt: skip
            known.add(found, row.geonameid, row.kind, map(bare, filed), within, row.lat, row.lon)
        if row.kind is Kind.ADMIN1:
            firsts[row.admin1] = found
        elif row.kind is Kind.ADMIN2:
            seconds[row.admin1, row.admin2] = found
        for folded in filed:
            names[number(sound(folded)), found][bare(folded)] = None
        if done % 1000 == 0:
            progress(done)
    joined = [(key, place, "|".join(spellings)) for (key, place), spellings in sorted(names.items())]
    counts = {"places": str(len(places)), "names": str(sum(map(len, names.values())))}
    made = {"made": str(datetime.date.today()), "gazetteer": gazetteer.shipped_digest()}
    _insert(path, places, joined, meta | counts | made)


def _insert(
    path: Path, places: list[tuple[object, ...]], names: list[tuple[int, int, str]], meta: dict[str, str]
) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            """
            PRAGMA journal_mode = OFF;
            CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
            CREATE TABLE places(
              id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind INTEGER NOT NULL,
              within INTEGER, lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL);
            CREATE TABLE names(
              sound INTEGER, place INTEGER, spellings TEXT NOT NULL, PRIMARY KEY(sound, place)) WITHOUT ROWID;
            """
        )
        db.executemany("INSERT INTO places VALUES(?,?,?,?,?,?,?,?)", places)
        db.executemany("INSERT INTO names VALUES(?,?,?)", names)
        db.executemany("INSERT INTO meta VALUES(?,?)", sorted(meta.items()))
        db.commit()
