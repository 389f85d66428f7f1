"""Nothing that was planted in the reports stands in any public file; in internal ones it does."""

from __future__ import annotations

import gzip
import json
import sqlite3
import unicodedata
import zipfile
from pathlib import Path

import pytest
from export.planting import Planted, plant
from typer.testing import CliRunner

from dateline import cli
from dateline.export.formats import FORMATS
from dateline.pipeline import code_to

KNOWN = ("Syrian Observatory for Human Rights", "Islamic State", "Reuters")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """The folder of a real run over the planted reports, and what was planted."""
    folder = tmp_path_factory.mktemp("planted")
    found = plant(folder)
    code_to([str(folder / "in")], folder / "out", workers=1, actors=folder / "own.toml")
    return folder, found


def export(folder: Path, name: str, audience: str, *more: str) -> Path:
    """Export in one format and return the folder with all that was written, and what was printed."""
    target = folder / f"{audience}-{name}{'-'.join(more)[:20].replace(' ', '')}"
    target.mkdir()
    order = [
        "export",
        str(folder / "out"),
        "--format",
        name,
        "--audience",
        audience,
        "--all",
        "-o",
        str(target),
    ]
    done = CliRunner().invoke(cli.app, [*order, *more])
    assert done.exit_code == 0, done.output
    printed = done.output.replace(str(folder), "")
    (target / "printed.txt").write_text(printed, encoding="utf-8")
    return target


def plot(folder: Path, audience: str) -> Path:
    """Draw every plot as SVG and return the folder with all that was written, and what was printed."""
    for name in ("altair", "vl_convert"):
        pytest.importorskip(name, reason="skipped: no plots (pip install 'dateline[plots]')")
    target = folder / f"{audience}-plots"
    order = ["plot", str(folder / "out"), "--audience", audience, "-o", str(target)]
    done = CliRunner().invoke(cli.app, order)
    assert done.exit_code == 0, done.output
    (target / "printed.txt").write_text(done.output.replace(str(folder), ""), encoding="utf-8")
    return target


def contents(folder: Path) -> dict[str, str]:
    """All files below a folder as text, folded: archives unpacked, tables read, and file names with them."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = str(path.relative_to(folder))
        found[f"{name} (name)"] = folded(name)
        for part, content in unpacked(path):
            found[f"{name} {part}"] = folded(content)
    return found


def unpacked(path: Path) -> list[tuple[str, str]]:
    if path.suffix == ".parquet":
        table = pytest.importorskip("pyarrow.parquet").read_table(path)
        return [("rows", str(table.to_pylist())), ("schema", str(table.schema.metadata))]
    raw = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return [(name, archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()]
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    texts = [("bytes", raw.decode("utf-8", "replace")), ("utf-16", raw.decode("utf-16-le", "replace"))]
    if raw.startswith(b"SQLite format 3"):
        with sqlite3.connect(path) as db:
            texts.append(("dump", "\n".join(db.iterdump())))
    if path.suffix in (".json", ".jsonl", ".geojson"):
        texts.append(("json", "\n".join(str(json.loads(line)) for line in raw.splitlines() if line.strip())))
    return texts


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("\\", "").replace("&#39;", "'").replace("&amp;", "&")
    return plain.casefold()


def leaks(strings: list[str], files: dict[str, str]) -> list[tuple[str, str]]:
    found = []
    for text in strings:
        forms = {folded(text), folded(text).replace(" ", "-"), folded(text).replace(" ", "_")}
        digits = "".join(c for c in text if c.isdigit())
        forms |= {digits} if len(digits) >= 9 else set()
        found += [(text, name) for name, content in files.items() if any(form in content for form in forms)]
    return found


def test_the_plants_are_many_and_were_coded(planted: tuple[Path, Planted]) -> None:
    folder, found = planted
    assert len(found.names) >= 200
    assert len(found.phones) == len(found.handles) == len(found.shelters) == len(found.quotes) == 60
    events = (folder / "out/events.jsonl").read_text(encoding="utf-8")
    # The working file names private people, places and outlets: else the test below would show nothing.
    assert len({name for name in found.names if name in events}) >= 40
    assert len({word for word in found.words if word in events}) >= 60


@pytest.mark.parametrize("name", FORMATS)
def test_no_public_file_holds_what_was_planted(planted: tuple[Path, Planted], name: str) -> None:
    folder, found = planted
    files = contents(export(folder, name, "public"))
    assert leaks(found.strings(), files) == []
    assert any("methodology" in one for one in files) and any("disclosure" in one for one in files)


def test_no_public_plot_holds_what_was_planted(planted: tuple[Path, Planted]) -> None:
    folder, found = planted
    files = contents(plot(folder, "public"))
    assert leaks(found.strings(), files) == []
    drawings = {name: text for name, text in files.items() if ".svg bytes" in name}
    assert {name.partition(".")[0] for name in drawings} == {"events", "killed", "actors", "places"}
    assert all("<svg" in text for text in drawings.values())
    assert any("methodology" in one for one in files) and any("disclosure" in one for one in files)


def test_an_internal_plot_names_a_users_own_actors(planted: tuple[Path, Planted]) -> None:
    folder, found = planted
    files = contents(plot(folder, "internal"))
    # A public one leaves out what an internal one shows: else the test above would show nothing.
    assert leaks(found.names, {name: text for name, text in files.items() if name.startswith("actors.")})
    assert all(".internal." in name for name in files if not name.startswith("printed.txt"))


def test_the_internal_records_hold_all_of_it(planted: tuple[Path, Planted]) -> None:
    folder, found = planted
    files = contents(export(folder, "jsonl", "internal"))
    everything = "\n".join(files.values())
    names = [name for name in found.strings() if name in found.in_texts]
    assert [text for text in names if folded(text) not in everything] == []
    page = "\n".join(contents(export(folder, "html", "internal")).values())
    assert [text for text in names if folded(text) not in page] == []


@pytest.mark.parametrize("name", FORMATS)
def test_internal_files_say_so(planted: tuple[Path, Planted], name: str) -> None:
    folder, _ = planted
    target = export(folder, name, "internal", "--filter", "origins>=1")
    written = [path.name for path in target.iterdir() if path.name != "printed.txt"]
    assert written and all(".internal." in one for one in written)
    assert any("internal" in content for content in contents(target).values())


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_known_bodies_and_outlets_stay(planted: tuple[Path, Planted], audience: str) -> None:
    folder, _ = planted
    text = "\n".join(contents(export(folder, "jsonl", audience, "--filter", "reports>=1")).values())
    assert [name for name in KNOWN if folded(name) not in text] == []


def test_sentences_that_go_out_pass_the_redactor(planted: tuple[Path, Planted]) -> None:
    folder, found = planted
    target = export(folder, "csv", "public", "--with-text", "--accept-risk", "a test of the redactor")
    sentences = (target / "events.csv.sentences.csv").read_text(encoding="utf-8")
    assert sentences.count("\n") > 100
    assert leaks([*found.phones, *found.handles, *found.quotes], {"sentences": folded(sentences)}) == []
    left = {text for text, _ in leaks([*found.names, *found.shelters], {"sentences": folded(sentences)})}
    assert len(left) <= 0.02 * len(found.names), left
