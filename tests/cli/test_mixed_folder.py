"""A thousand files of every kind in one folder: an outcome for each, totals that reconcile, memory flat.

A format that is added gets its makers here: a line in MAKERS.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sources import document_making as making

FILES = 1000

#: Megabytes by which the processes may grow, all together, from the 300th report to the last.
GROWTH = 60

PLACES = ("Tel Oreb", "Port Salwa", "Wadi Nasr", "Qasr Hadid", "Marj Ain", "Kafr Zeit", "Deir Sim")
ACTORS = ("the Northern Column", "the Salt Men", "gunmen", "the Free Brigades", "coast garrison soldiers")


def story(n: int) -> str:
    """A report of our own invention, of three sentences, unlike any other."""
    place, actor = PLACES[n % 7], ACTORS[n % 5]
    return (
        f"{n % 28 + 1} June 2017\n\n"
        f"Shells fired by {actor} fell on the market of {place} on Tuesday and killed {n % 9 + 2} people, "
        f"the town's council said. A nurse at clinic number {n} counted {n % 13 + 3} wounded. "
        "The road to the river was shut until dark."
    )


def calm(n: int) -> str:
    """A text with nothing of conflict in it."""
    return (
        f"The library of {PLACES[n % 7]} opened its new reading room, number {n}, to the public this week. "
        "Visitors came for the old maps and for the tea. The director said the roof had been painted green."
    )


def html(n: int) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in (story(n) + " " + calm(n)).split(". "))
    return f"<html><head><title>Shells fall, {n}</title></head><body><article>{paragraphs}</article>".encode()


def rows(n: int) -> list[list[object]]:
    return [
        ["id", "text", "date"],
        [f"t{n}a", story(n), "2017-06-14"],
        [f"t{n}b", "", ""],
        [f"t{n}c", calm(n), ""],
    ]


def delimited(n: int) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=",;\t|"[n % 4]).writerows(rows(n))
    return file.getvalue().encode(("utf-8", "utf-16", "cp1252")[n % 3])


def workbook(n: int) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows(n):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def parquet(n: int) -> bytes:
    file = io.BytesIO()
    names, *values = rows(n)
    pq.write_table(
        pa.table({name: [str(v[i]) for v in values] for i, name in enumerate(map(str, names))}), file
    )
    return file.getvalue()


def jsonl(n: int) -> bytes:
    lines = [
        json.dumps({"id": f"j{n}", "text": story(n)}),
        "{broken",
        json.dumps({"id": f"k{n}", "text": " "}),
    ]
    return "\n".join(lines).encode()


ARABIC = "هاجم مسلحون نقطة للجيش قرب النهر يوم الثلاثاء ما أسفر عن مقتل أربعة جنود على الأقل. " * 3
FRENCH = (
    "Des hommes armés ont attaqué un poste de l’armée près de la rivière, a dit le porte-parole de la ville. "
    * 3
)

CODED, CALM, COPY, FOREIGN = "coded", "no conflict content", "duplicate", "unsupported language"
EMPTY, UNREADABLE, LARGE = "empty", "unreadable", "too large"


@dataclass(frozen=True)
class Maker:
    """Files of one kind: a suffix, the bytes of the nth, and the outcomes of its rows, in any order."""

    suffix: str
    make: Callable[[int], bytes]
    ends: tuple[str, ...]


MAKERS: tuple[Maker, ...] = (
    Maker(".txt", lambda n: story(n).encode(), (CODED,)),
    Maker(".txt", lambda n: story(n).encode("utf-16"), (CODED,)),
    Maker(".txt", lambda n: f"“Réfugiés”: the town’s café\n{story(n)}".encode("cp1252"), (CODED,)),
    Maker(".txt", lambda n: calm(n).encode(), (CALM,)),
    Maker(".txt", lambda n: story(5000).encode(), (CODED, COPY)),
    Maker(".md", lambda n: story(6000).replace("\n", "\r\n" if n % 4 else "\n").encode(), (CODED, COPY)),
    Maker(".html", html, (CODED,)),
    Maker(".html", lambda n: b"<html><body>" + b"<div>" * 3000, (EMPTY, UNREADABLE)),
    Maker(".jsonl", jsonl, (CODED, UNREADABLE, EMPTY)),
    Maker(".csv", delimited, (CODED, EMPTY, CALM)),
    Maker(".xlsx", workbook, (CODED, EMPTY, CALM)),
    Maker(".parquet", parquet, (CODED, EMPTY, CALM)),
    Maker(".csv", lambda n: b"who,what\nme,that\n", (UNREADABLE,)),
    Maker(".xlsx", lambda n: workbook(n)[: 100 + n], (UNREADABLE,)),
    Maker(".parquet", lambda n: parquet(n)[:-9], (UNREADABLE,)),
    Maker(".txt", lambda n: f"{ARABIC} {n}".encode(), (FOREIGN,)),
    Maker(".txt", lambda n: f"{FRENCH} {n}".encode(), (FOREIGN,)),
    Maker(".txt", lambda n: b" \n" * n, (EMPTY,)),
    Maker(".txt", lambda n: bytes(range(256)) * 20, (UNREADABLE,)),
    Maker("", lambda n: b"\x7fELF" + bytes(500), (UNREADABLE,)),
    Maker(".gz", lambda n: gzip.compress(b"x" * 50)[:-9], (UNREADABLE,)),
    Maker(".gz", lambda n: gzip.compress(story(n + 7000).encode()), (CODED,)),
    Maker(".zip", lambda n: making.zipped({"a.txt": story(n + 8000).encode()}), (CODED,)),
    Maker(".tar", lambda n: making.tarred({"a.txt": story(n + 9000).encode()}), (CODED,)),
    Maker(".docx", lambda n: making.docx(story(n + 10_000).split("\n")), (CODED,)),
    Maker(".txt", lambda n: story(n).encode() * 90, (LARGE,)),
)

#: The command in a process that watches how much it and its own hold, as (reports done, megabytes).
WATCHED = """
import json, os, pathlib, sys, threading, time

def held():
    pages = 0
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if os.getpid() in (parent, int(process.name)):
                pages += int((process / "statm").read_text().split()[1])
        except OSError:
            pass
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

def watch(part, done=0):
    while not part.exists():
        time.sleep(0.02)
    with part.open("rb") as file:
        while True:
            done += sum(chunk.count(b"\\n") for chunk in iter(lambda: file.read(1 << 16), b""))
            seen.append((done, held()))
            time.sleep(0.1)

if __name__ == "__main__":
    seen = []
    threading.Thread(target=watch, args=(pathlib.Path("out/coding.part"),), daemon=True).start()
    from dateline.cli import app
    try:
        app(sys.argv[1:])
    finally:
        seen.append((seen[-1][0], held()))
        pathlib.Path("held.json").write_text(json.dumps(seen))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="skipped: no /proc to measure memory by")
def test_a_thousand_files_end_in_outcomes_that_reconcile(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    ends: dict[str, tuple[str, ...]] = {}
    for n in range(FILES):
        maker = MAKERS[n % len(MAKERS)]
        path = folder / f"{n % 10}" / f"{n:04}{maker.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(maker.make(n))
        ends[str(path.relative_to(tmp_path))] = maker.ends
    (tmp_path / "watched.py").write_text(WATCHED)
    options = ["-o", "out", "--workers", "2", "--max-file-bytes", "15000"]
    done = subprocess.run(
        [sys.executable, "watched.py", "code", "in", *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    assert done.returncode == 1, done.stderr  # some could not be read, as is meant

    with (tmp_path / "out/outcomes.csv").open(encoding="utf-8", newline="") as file:
        outcomes = [(row["path"], row["outcome"], row["reason"]) for row in csv.DictReader(file)]
    found: dict[str, list[str]] = {path: [] for path in ends}
    for path, outcome, reason in outcomes:
        owner = re.match(r"in/\d/\d{4}(?:\.\w+)?", path)
        assert owner is not None, path
        found[owner[0]].append(outcome)
        assert reason or outcome in (CODED, CALM), path
    for path, outcomes_of in found.items():
        if set(ends[path]) in ({CODED, COPY}, {EMPTY, UNREADABLE}):  # one of them
            assert len(outcomes_of) == 1 and outcomes_of[0] in ends[path], (path, outcomes_of)
        else:
            assert Counter(outcomes_of) == Counter(ends[path]), (path, outcomes_of)

    copies = Counter(found[path][0] for path, meant in ends.items() if COPY in meant)
    assert copies[CODED] == 2  # two texts, each in many files

    counts = Counter(outcome for _, outcome, _ in outcomes)
    printed = re.findall(r"^ *(\d+)  ([a-z ]+)$", done.stdout, re.MULTILINE)
    assert {kind: int(n) for n, kind in printed} == counts
    reports = (tmp_path / "out/reports.jsonl").read_bytes().count(b"\n")
    assert reports == counts[CODED] + counts[CALM] + counts[FOREIGN]

    held = json.loads((tmp_path / "held.json").read_text())
    first = next(megabytes for reports_done, megabytes in held if reports_done >= 300)
    most = max(megabytes for reports_done, megabytes in held if reports_done >= 300)
    assert most - first < GROWTH, f"{first:.0f} MB after 300 reports, then up to {most:.0f} MB"
