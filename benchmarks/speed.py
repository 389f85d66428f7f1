"""Speed of the tagger and the whole way beside the bare encoder, first result, memory, install size.

``make bench`` runs it on ../shared/data/fakes/reports.jsonl when that is there (711 reports), else on the
example reports repeated. Every figure is printed with its data and today's date.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from pathlib import Path

import numpy as np
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dateline.pipeline import code_to
from dateline.records import Report
from dateline.sources import read
from dateline.tagger import Tagger
from dateline.tagger.encoder import Encoder
from dateline.tagger.windows import windows
from dateline.tagger.words import cut

ROOT = Path(__file__).resolve().parent.parent
FAKES = ROOT.parent / "shared/data/fakes/reports.jsonl"
WORDS = 300


def _data(folder: Path) -> tuple[Path, str]:
    if FAKES.exists():
        return FAKES, "shared/data/fakes/reports.jsonl"
    texts = [
        r.text
        for r in read([str(p) for p in sorted((ROOT / "examples").glob("*.txt"))])
        if isinstance(r, Report)
    ]
    path = folder / "examples.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n in range(400):
            file.write(json.dumps({"id": f"x{n}", "text": f"{texts[n % len(texts)]} {n}"}) + "\n")
    return path, "example reports, repeated 400 times"


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path, told = _data(folder)
        reports = [r for r in read([str(path)]) if isinstance(r, Report)]
        words = sum(len(r.text.split()) for r in reports)
        units = words / WORDS
        print(
            f"{datetime.date.today()}  {platform.processor() or platform.machine()}, {os.cpu_count()} cores"
        )
        print(f"{len(reports)} reports, {words} words ({units:.0f} reports of {WORDS} words): {told}\n")

        seen: list[float] = []
        began = time.perf_counter()
        code_to([str(path)], folder / "out", progress=lambda done: seen.append(time.perf_counter()))
        ended = time.perf_counter()
        whole, loaded = ended - began, ended - seen[0]
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cores = os.cpu_count() or 1
        tagger, bare = _tagger_and_bare(reports[:: max(1, len(reports) // 200)], cores)
        rows = [
            (
                f"whole way, {cores} processes, files written",
                f"{units / whole:.1f} reports/s ({whole:.1f} s)",
            ),
            ("the same with the models loaded", f"{units / loaded:.1f} reports/s ({loaded:.1f} s)"),
            (f"tagger alone, {cores} processes, one thread each", f"{tagger:.1f} reports/s"),
            ("bare encoder on the same windows, in turn with it", f"{bare:.1f} reports/s"),
            ("tagger over the bare encoder", f"{bare / tagger:.2f} ×"),
            ("whole way over the bare encoder", f"{loaded * bare / units:.2f} ×"),
            ("memory, this process and the largest other", f"{own:.0f} MB + {children:.0f} MB"),
            ("start to first result", f"{_first():.2f} s"),
            ("installed with dependencies", f"{_size():.0f} MB"),
        ]
        for name, value in rows:
            print(f"{name:52} {value}")


def _tagger_and_bare(reports: list[Report], cores: int) -> tuple[float, float]:
    """Reports of 300 words a second in ``cores`` processes: the tagger; the encoder, its ids ready."""
    shares = [reports[n::cores] for n in range(cores)]
    with ProcessPoolExecutor(cores) as pool:
        timed = list(pool.map(_in_turn, shares))
    words = [sum(len(r.text.split()) for r in share) / WORDS for share in shares]
    rates = [
        sum(count / seconds[which] for count, seconds in zip(words, timed, strict=True)) for which in (0, 1)
    ]
    return rates[0], rates[1]


def _in_turn(reports: list[Report]) -> tuple[float, float]:
    """Seconds of the tagger and of the bare encoder, which read each report one after the other."""
    tagger, encoder = Tagger(), Encoder(threads=1)
    tagger.tag(reports[0])
    taken = [0.0, 0.0]
    for report in reports:
        read_words = cut(report.text, encoder._tokenizer)
        ids = [
            np.concatenate([[101], read_words.pieces[w.start : w.end], [102]])[None]
            for w in windows(read_words)
        ]
        began = time.perf_counter()
        tagger.tag(report)
        tagged = time.perf_counter()
        for window in ids:
            encoder._encoder.run(None, {"ids": window, "shapes": np.zeros_like(window)})
        taken[0] += tagged - began
        taken[1] += time.perf_counter() - tagged
    return taken[0], taken[1]


def _first() -> float:
    """Seconds from the command to its files, for one short report."""
    example = sorted((ROOT / "examples").glob("*.txt"))[0]
    with tempfile.TemporaryDirectory() as out:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "dateline", "code", str(example), "-o", out],
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - began


def _size() -> float:
    """Megabytes (10⁶ bytes) that a base install adds: Dateline and all it depends on, byte code too."""
    found: dict[str, int] = {}
    wanted = ["dateline"]
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name in found:
            continue
        package = metadata.distribution(name)
        files = [Path(str(package.locate_file(f))) for f in package.files or ()]
        found[name] = sum(f.stat().st_size for f in files if f.is_file())
        needs = [Requirement(r) for r in package.requires or ()]
        wanted += [r.name for r in needs if not r.marker or r.marker.evaluate({"extra": ""})]
    if not any(Path(str(f)).name == "pipeline.py" for f in metadata.distribution("dateline").files or ()):
        source = ROOT / "src/dateline"  # an editable install lists no files of its own
        found["dateline"] += sum(f.stat().st_size for f in source.rglob("*") if f.is_file())
    return sum(found.values()) / 1e6


if __name__ == "__main__":
    main()
