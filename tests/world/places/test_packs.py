"""A country's full list of places: how it is made, what it adds, what it survives. Villages are invented."""

from __future__ import annotations

import io
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from dateline.errors import InputError, InstallationError, OutputError
from dateline.world.places import gazetteer, locate, packs
from dateline.world.places.candidates import candidates
from dateline.world.places.gazetteer import GAZETTEER, Entry, Kind, entries, entry

pytestmark = pytest.mark.skipif(not GAZETTEER.is_file(), reason="gazetteer.sqlite is not built")


def row(number: int, name: str, code: str, lat: float = 35.5, lon: float = 36.7, **more: object) -> str:
    """A line of a dump, 19 columns."""
    cells = [
        str(number),
        name,
        name,
        str(more.get("names", "")),
        str(lat),
        str(lon),
        *code.split("."),
        "SY",
        "",
    ]
    cells += [str(more.get("admin1", "ID")), str(more.get("admin2", "")), "", "", str(more.get("people", 0))]
    return "\t".join([*cells, "", "", "Asia/Damascus", "2024-03-01"])


DUMP = [
    row(-1, "Idlib", "A.ADM1"),
    row(-2, "Zorvan District", "A.ADM2", admin2="077"),
    row(-3, "Xyzzyq", "P.PPL", names="Xizzik,زيزق,Ксизик,[junk(1)]", admin2="077", people=900),
    row(-4, "Qwarth Airfield", "S.AIRB", lat=35.6),
    row(-5, "Nowhere Stream", "H.STM"),
    row(170063, "Aleppo", "P.PPLA", lat=36.2, lon=37.16, names="Zhalabq", admin1="HL"),
    row(-6, "Sarmin", "P.PPL", lat=35.9, lon=36.72, people=14_000),
]


def named(name: str) -> list[Entry]:
    """The entries of exactly this name, those that only sound alike left out."""
    return [e for e in entries(name) if e.agrees]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "home"))
    _forget()
    yield tmp_path / "home"
    _forget()


def _forget() -> None:
    gazetteer.forget()
    candidates.cache_clear()


def _dump(folder: Path, lines: list[str] = DUMP, name: str = "SY.txt") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_pack_adds_places_with_their_shipped_divisions(home: Path, tmp_path: Path) -> None:
    assert named("Xyzzyq") == []
    pack = packs.add("sy", _dump(tmp_path / "dump"))
    assert (pack.country, pack.places, pack.fits) == ("SY", 3, True)
    (found,) = named("Xyzzyq")
    assert (found.kind, found.country, found.population, found.geonameid) == (Kind.CITY, "SY", 900, None)
    assert found.admin1_id is not None and entry(found.admin1_id).code == "SY-ID"
    assert found.admin2_id is not None and entry(found.admin2_id).name == "Zorvan District"
    for spelling in ("Xizzik", "زيزق", "Ксизик", "al-Xyzzyq"):
        assert [e.id for e in named(spelling)] == [found.id]
    assert named("Qwarth Airfield")[0].kind is Kind.EXACT
    assert named("Nowhere Stream") == []


def test_places_the_gazetteer_has_stay_one_and_gain_names(home: Path, tmp_path: Path) -> None:
    before = {e.id for e in named("Aleppo")} | {e.id for e in named("Sarmin")}
    packs.add("SY", _dump(tmp_path / "dump"))
    assert {e.id for e in named("Aleppo")} | {e.id for e in named("Sarmin")} == before
    assert [e.geonameid for e in named("Zhalabq")] == [170063]


def test_rows_that_repeat_a_place_make_one(home: Path, tmp_path: Path) -> None:
    twice = [
        row(-8, "Qolmar", "P.PPL", lat=35.55, names="Kholmarq"),  # no GeoNames id: the other one's, 5 km off
        row(99, "Qolmar", "P.PPL", lat=35.5, names="Zholmarq", people=70),
        row(98, "Qolmar", "P.PPL", lat=35.25),  # a namesake with an id of its own
        row(97, "Qolmar", "P.PPL", lat=35.45),  # and one nearby: villages may share a name
        row(96, "Qolmar", "S.HSP", lat=35.5),  # not of the kind
    ]
    assert packs.add("SY", _dump(tmp_path / "dump", [*DUMP, *twice])).places == 3 + 4
    assert sorted(e.geonameid or 0 for e in named("Qolmar")) == [96, 97, 98, 99]
    for spelling in ("Kholmarq", "Zholmarq"):
        assert [e.geonameid for e in named(spelling)] == [99]


def test_packs_of_countries_share_no_id(home: Path, tmp_path: Path) -> None:
    packs.add("SY", _dump(tmp_path / "dump"))
    lines = [line.replace("\tSY\t", "\tIQ\t") for line in DUMP]
    packs.add("IQ", _dump(tmp_path / "dump", lines, "IQ.txt"))
    found = named("Xyzzyq")
    assert sorted(e.country for e in found) == ["IQ", "SY"] and len({e.id for e in found}) == 2
    assert {packs.source(e) for e in found} == {"pack IQ", "pack SY"}
    assert {packs.source(e) for e in named("Aleppo") if e.country == "SY"} == {"shipped"}
    assert entries("Xyzzyq") == (gazetteer.forget(), entries("Xyzzyq"))[1]


def test_reports_are_placed_with_it(home: Path, tmp_path: Path) -> None:
    text = "Syrian troops shelled Xyzzyq in Syria."
    start = text.index("Xyzzyq")
    alone = locate(text, start, start + 6)
    assert alone is None or alone.lat is None
    packs.add("SY", _dump(tmp_path / "dump"))
    candidates.cache_clear()
    found = locate(text, start, start + 6)
    assert found is not None and (found.lat, found.admin1_code, found.admin2) == (
        35.5,
        "SY-ID",
        "Zorvan District",
    )


def test_each_thread_asks_it(home: Path, tmp_path: Path) -> None:
    packs.add("SY", _dump(tmp_path / "dump"))
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(len(gazetteer.packs())))
    thread.start()
    thread.join()
    assert seen == [1]


def test_a_zip_will_do(home: Path, tmp_path: Path) -> None:
    folder = _dump(tmp_path / "dump")
    with zipfile.ZipFile(folder / "SY.zip", "w") as archive:
        archive.write(folder / "SY.txt", "SY.txt")
    (folder / "SY.txt").unlink()
    assert packs.add("SY", folder).places == 3


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([*DUMP, "7\tTorn"], "SY.txt:8: 2 columns instead of 19"),
        ([*DUMP, row(7, "Bad", "P.PPL").replace("35.5", "north")], "SY.txt:8: could not convert"),
        ([*DUMP, row(7, "Off", "P.PPL", lat=95.0)], "no point on earth"),
        ([row(7, "Iraqi", "P.PPL").replace("\tSY\t", "\tIQ\t")], "a place of IQ in a dump of SY"),
        ([], "empty|columns"),
    ],
)
def test_a_bad_dump_leaves_the_old_pack(home: Path, tmp_path: Path, lines: list[str], why: str) -> None:
    packs.add("SY", _dump(tmp_path / "dump"))
    with pytest.raises(InputError, match=why):
        packs.add("SY", _dump(tmp_path / "dump", lines))
    assert len(named("Xyzzyq")) == 1
    assert [p.name for p in (home / "gazetteer").iterdir()] == ["SY.sqlite"]


def test_what_is_no_zip_no_folder_and_no_country_says_so(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dump"
    folder.mkdir()
    with pytest.raises(InputError, match=r"neither SY\.txt nor SY\.zip"):
        packs.add("SY", folder)
    (folder / "SY.zip").write_bytes(b"PK\x03\x04 broken off")
    with pytest.raises(InputError, match="fetch it again"):
        packs.add("SY", folder)
    with pytest.raises(InputError, match="ISO 3166-1"):
        packs.add("QQ", folder)
    with pytest.raises(InputError, match="only https"):
        packs.add("SY", url="http://localhost/{}.zip")


def test_a_server_that_breaks_off_leaves_the_old_pack(home: Path, tmp_path: Path) -> None:
    class Broken(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(b"not even TLS")

    packs.add("SY", _dump(tmp_path / "dump"))
    server = HTTPServer(("127.0.0.1", 0), Broken)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(InputError, match="cannot be fetched"):
            packs.add("SY", url=f"https://127.0.0.1:{server.server_port}/{{}}.zip")
    finally:
        server.shutdown()
        server.server_close()
    assert len(named("Xyzzyq")) == 1


class Answer(io.BytesIO):
    """What a server sent, as urllib gives it."""

    def __init__(self, content: bytes, url: str, promised: int) -> None:
        super().__init__(content)
        self.url, self.headers = url, {"Content-Length": str(promised)}


@pytest.mark.parametrize(
    ("url", "more", "why"),
    [
        ("https://places.test/SY.zip", 0, None),
        ("https://places.test/SY.zip", 1, "bytes came; try again"),
        ("http://places.test/SY.zip", 0, "only https"),
    ],
)
def test_what_comes_over_the_network_is_checked(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, more: int, why: str | None
) -> None:
    folder = _dump(tmp_path / "dump")
    with zipfile.ZipFile(folder / "SY.zip", "w") as archive:
        archive.write(folder / "SY.txt", "SY.txt")
    content = (folder / "SY.zip").read_bytes()
    monkeypatch.setattr("urllib.request.urlopen", lambda *_, **__: Answer(content, url, len(content) + more))
    if why is None:
        seen: list[int] = []
        pack = packs.add("SY", progress=seen.append)
        assert (pack.places, pack.source) == (3, packs.GEONAMES.format("SY")) and seen == [len(content)]
    else:
        with pytest.raises(InputError, match=why):
            packs.add("SY")
        assert packs.installed() == []


def test_a_folder_that_cannot_be_written(home: Path, tmp_path: Path) -> None:
    home.write_text("in the way")
    with pytest.raises(OutputError, match="DATELINE_DATA"):
        packs.add("SY", _dump(tmp_path / "dump"))


def test_list_and_remove(home: Path, tmp_path: Path) -> None:
    assert packs.installed() == [] and packs.remove("SY") is False
    pack = packs.add("SY", _dump(tmp_path / "dump"))
    assert packs.installed() == [pack] and pack.sha256[:12] in packs.version()
    assert packs.remove("sy") is True
    assert packs.installed() == [] and named("Xyzzyq") == []


def test_a_pack_of_another_gazetteer_is_not_used_and_told(home: Path, tmp_path: Path) -> None:
    path = packs.add("SY", _dump(tmp_path / "dump")).path
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = 'older' WHERE key = 'gazetteer'")
    db.close()
    gazetteer.forget()
    assert named("Xyzzyq") == []
    with pytest.raises(InstallationError, match="dateline gazetteer add SY"):
        packs.check()


def test_a_damaged_pack_is_told(home: Path, tmp_path: Path) -> None:
    packs.add("SY", _dump(tmp_path / "dump")).path.write_bytes(b"no database" * 1000)
    gazetteer.forget()
    assert named("Xyzzyq") == []
    with pytest.raises(InstallationError, match="is damaged"):
        packs.check()


@pytest.mark.data
def test_a_real_dump(home: Path, tmp_path: Path, shared: Path) -> None:
    folder = tmp_path / "dump"
    folder.mkdir()
    shutil.copy(shared / "data/gazetteer/SY.txt", folder)
    pack = packs.add("SY", folder)
    assert pack.places > 9_000
    db = sqlite3.connect(pack.path)
    places = [entry(row[0]) for row in db.execute("SELECT id FROM places")]
    db.close()
    assert {p.country for p in places} == {"SY"}
    assert sum(p.admin1_id is None for p in places) < 1_000  # 781 rows name none
    divisions = {p.admin1_id for p in places if p.admin1_id is not None}
    assert {entry(d).code is not None for d in divisions} == {True} and len(divisions) == 14
