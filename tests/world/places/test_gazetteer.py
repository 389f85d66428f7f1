"""The compiled gazetteer: what is in it, how it opens, what it answers."""

import sqlite3
import threading
import time

import pytest

from dateline.errors import InstallationError
from dateline.world.places import gazetteer
from dateline.world.places.gazetteer import GAZETTEER, Kind, country_entries, entries, entry, hints
from dateline.world.places.keys import number

pytestmark = pytest.mark.skipif(
    not GAZETTEER.is_file(), reason="gazetteer.sqlite is not built: python scripts/compile_gazetteer.py"
)


def test_a_town_has_its_division_and_code() -> None:
    found = next(e for e in entries("Aleppo") if e.kind is Kind.CITY)
    assert (found.country, found.geonameid) == ("SY", 170063)
    assert found.admin1_id is not None
    division = entry(found.admin1_id)
    assert (division.name, division.code, division.kind) == ("Aleppo", "SY-HL", Kind.ADMIN1)
    assert abs(division.lat - found.lat) < 0.5


@pytest.mark.parametrize(
    ("country", "codes"),
    [
        ("SY", 14),
        ("IQ", 19),
        ("YE", 22),
        ("UA", 27),
        ("SD", 18),
        ("LB", 8),
        ("PS", 2),
        ("LY", 22),
        ("AF", 34),
    ],
)
def test_divisions_of_countries_at_war_have_iso_codes(country: str, codes: int) -> None:
    found = [e for e, _ in gazetteer.of_country(country) if e.kind is Kind.ADMIN1 and e.code]
    assert len({e.code for e in found}) == codes
    assert all(str(e.code).startswith(f"{country}-") for e in found)


def test_every_place_of_the_list_of_ours_has_a_point_on_earth() -> None:
    db = gazetteer.connect()
    bad = db.execute(
        "SELECT name FROM places WHERE abs(lat) > 9000000 OR abs(lon) > 18000000 OR (lat = 0 AND lon = 0)"
    ).fetchall()
    assert bad == []


def test_places_lie_in_divisions_and_divisions_in_countries() -> None:
    db = gazetteer.connect()
    found = set(
        db.execute("SELECT DISTINCT p.kind % 8, d.kind FROM places p LEFT JOIN places d ON d.id = p.within")
    )
    assert {kind for kind, within in found if within is None} == {Kind.COUNTRY, Kind.AREA}  # areas of the sea
    divisions = (Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2)
    assert {within for _, within in found} <= {None, *divisions}
    assert {within for kind, within in found if kind == Kind.ADMIN1} == {Kind.COUNTRY}
    assert {within for kind, within in found if kind == Kind.ADMIN2} <= {Kind.COUNTRY, Kind.ADMIN1}


def test_a_place_is_found_by_each_of_its_names() -> None:
    for country in ("SY", "UA", "BF"):
        for place, names in gazetteer.of_country(country):
            assert all(
                place.id in {e.id for e in entries(name) if e.agrees and e.matched == name}
                for name in names
                if len(entries(name)) < gazetteer.MOST_ENTRIES
            ), place


def test_all_towns_are_there_and_the_file_is_small() -> None:
    told = gazetteer.shipped()
    assert int(told["places"]) > 244_000 and int(told["names"]) > 410_000
    assert GAZETTEER.stat().st_size < 15_000_000


def test_our_places_lie_near_their_division() -> None:
    rows = (
        gazetteer.connect()
        .execute(
            "SELECT p.name, p.lat - d.lat, p.lon - d.lon FROM places p JOIN places d ON d.id = p.within "
            f"WHERE p.kind >= 8 AND d.kind = {Kind.ADMIN1:d}"
        )
        .fetchall()
    )
    assert len(rows) > 200
    assert [r[0] for r in rows if max(abs(r[1]), abs(r[2])) > 450_000] == []


def test_names_in_other_scripts() -> None:
    assert any(e.country == "SY" for e in entries("الرقة"))
    assert any(e.country == "UA" for e in entries("Харків"))


def test_nothing_for_nothing() -> None:
    assert entries("") == ()
    assert entries("Qwxzzyv") == ()


def test_hints_and_countries() -> None:
    assert hints()["syrian"][0].country == "SY"
    assert country_entries()["TR"].name == "Turkey"
    assert "north" not in hints()


def test_opens_fast_and_reads_only() -> None:
    start = time.perf_counter()
    db = sqlite3.connect(GAZETTEER.as_uri() + "?mode=ro&immutable=1", uri=True)
    db.execute("SELECT 1 FROM names WHERE sound = ?", (number("rak"),)).fetchone()
    db.close()
    assert time.perf_counter() - start < 0.3
    with pytest.raises(sqlite3.OperationalError):
        gazetteer.connect().execute("DELETE FROM places")


def test_each_thread_has_its_own_connection() -> None:
    seen: list[object] = [gazetteer.connect()]
    thread = threading.Thread(target=lambda: seen.append(gazetteer.connect()))
    thread.start()
    thread.join()
    assert seen[0] is not seen[1]
    assert gazetteer.connect() is seen[0]


def test_a_missing_file_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "GAZETTEER", GAZETTEER.with_name("none.sqlite"))
    monkeypatch.setattr(gazetteer, "_local", threading.local())
    with pytest.raises(InstallationError, match="compile_gazetteer"):
        gazetteer.connect()
