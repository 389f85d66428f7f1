"""Packs: a country's full list of places, beside the shipped gazetteer.

A pack is made from a GeoNames country dump (``XX.txt`` with its 19 columns, CC BY 4.0) and lies as
``gazetteer/XX.sqlite`` in the user's data folder. It has the tables of ``scripts/compile_gazetteer.py``:
places that the shipped gazetteer lacks, and further names for those it has. It fits one shipped gazetteer;
after an update of Dateline it is made again.
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
FIRST_ID = 10_000_000
"""Ids of a pack's places: so many to a country, above those of the shipped gazetteer."""
SAME_DEGREES = 0.1
"""A place of the same name this near is the one the gazetteer has."""
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
    code = country.upper()
    if code not in country_entries():
        raise InputError(f"{country!r} is no country code; write it as SY, IQ, UA (ISO 3166-1 alpha-2)")
    if folder is None:
        source, content = url.format(code), _fetched(url.format(code), code, progress)
    else:
        source, content = _local(folder, code)
    digest = hashlib.sha256(content).hexdigest()
    rows = list(_rows(content, code, source))
    target = gazetteer.data_folder() / "gazetteer" / f"{code}.sqlite"
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.unlink(missing_ok=True)
            _write(part, code, rows, {"source": source, "sha256": digest}, progress)
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


class _Shipped:
    """What the shipped gazetteer has of a country, to find its places again."""

    def __init__(self, code: str) -> None:
        db = gazetteer.connect()
        self.by_geonameid: dict[int, int] = {}
        self.codes: dict[str, int] = {}
        self._by_name: dict[tuple[Kind, str], list[tuple[int, int | None, float, float]]] = defaultdict(list)
        rows = db.execute(
            "SELECT p.id, p.geonameid, p.kind, p.code, p.admin1, p.lat, p.lon, p.name, n.bare "
            "FROM places p JOIN names n ON n.place = p.id WHERE p.country = ? ORDER BY p.id",
            (code,),
        )
        for place, geonameid, kind, iso, admin1, lat, lon, name, filed in rows:
            if geonameid is not None:
                self.by_geonameid[geonameid] = place
            if iso:
                self.codes[iso] = place
            key = filed or gazetteer.own_key(name)
            self._by_name[Kind(kind), key].append((place, admin1, lat / 1e5, lon / 1e5))

    def division(self, row: _Row, code: str, within: int | None) -> int | None:
        """The shipped division that a row of one is: by ISO code, else by name."""
        if row.kind is Kind.ADMIN1 and (found := self.codes.get(f"{code}-{row.admin1}")):
            return found
        for name in row.names:
            for place, admin1, _, _ in self._by_name.get((row.kind, bare(fold(name))), ()):
                if row.kind is Kind.ADMIN1 or admin1 == within:
                    return place
        return None

    def same(self, row: _Row) -> int | None:
        """The shipped place that a row is: by GeoNames id, else by name and nearness."""
        if row.geonameid in self.by_geonameid:
            return self.by_geonameid[row.geonameid]
        for name in row.names:
            for place, _, lat, lon in self._by_name.get((row.kind, bare(fold(name))), ()):
                if math.hypot(lat - row.lat, lon - row.lon) < SAME_DEGREES:
                    return place
        return None


def _write(
    path: Path, code: str, rows: list[_Row], meta: dict[str, str], progress: Callable[[int], None]
) -> None:
    shipped = _Shipped(code)
    first = FIRST_ID * (1 + 26 * (ord(code[0]) - ord("A")) + ord(code[1]) - ord("A"))
    firsts: dict[str, int] = {}
    seconds: dict[tuple[str, str], int] = {}
    places: list[tuple[object, ...]] = []
    names: set[tuple[int, int, str]] = set()
    ordered = sorted(rows, key=lambda r: (r.kind is not Kind.ADMIN1, r.kind is not Kind.ADMIN2))
    for done, row in enumerate(ordered, 1):
        within = firsts.get(row.admin1)
        place = (
            shipped.division(row, code, within)
            if row.kind in (Kind.ADMIN1, Kind.ADMIN2)
            else shipped.same(row)
        )
        own = bare(fold(row.names[0])) if place is None else None
        if place is None:
            place = first + len(places)
            above = within if row.kind is not Kind.ADMIN1 else None
            second = seconds.get((row.admin1, row.admin2)) if row.kind is not Kind.ADMIN2 else None
            places.append((place, row.geonameid, row.names[0], int(row.kind), code, above, second, None,
                           round(row.lat * 1e5), round(row.lon * 1e5), row.population, 0))  # fmt: skip
        if row.kind is Kind.ADMIN1:
            firsts[row.admin1] = place
        elif row.kind is Kind.ADMIN2:
            seconds[row.admin1, row.admin2] = place
        names.update(_filed(place, row.names, own))
        if done % 1000 == 0:
            progress(done)
    counted = {"places": str(len(places)), "names": str(len(names)), "made": str(datetime.date.today())}
    _insert(path, places, names, meta | counted | {"gazetteer": gazetteer.shipped_digest()})


def _filed(place: int, names: Iterable[str], own: str | None) -> Iterator[tuple[int, int, str]]:
    for name in names:
        folded = fold(name)
        key = bare(folded)
        yield number(sound(folded)), place, "" if key == own else key


def _insert(
    path: Path, places: list[tuple[object, ...]], names: set[tuple[int, int, str]], meta: dict[str, str]
) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            """
            PRAGMA journal_mode = OFF;
            CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
            CREATE TABLE places(
              id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind INTEGER NOT NULL,
              country TEXT NOT NULL, admin1 INTEGER, admin2 INTEGER, code TEXT,
              lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL,
              listed INTEGER NOT NULL);
            CREATE TABLE names(sound INTEGER, place INTEGER, bare TEXT, PRIMARY KEY(sound, place, bare))
              WITHOUT ROWID;
            """
        )
        db.executemany("INSERT INTO places VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", places)
        db.executemany("INSERT INTO names VALUES(?,?,?)", sorted(names))
        db.executemany("INSERT INTO meta VALUES(?,?)", sorted(meta.items()))
        db.commit()
