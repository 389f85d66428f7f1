"""The walls of the house: which part may import which (docs/contributing, design)."""

from __future__ import annotations

import ast
import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

STAGES = {"sources", "tagger", "claims", "world", "fusion", "ledger", "export"}
#: What may be imported from everywhere.
FLOOR = {"records", "errors", "codebook", "schemas"}


def _imports(path: Path) -> set[str]:
    """The parts of dateline that a module under ``src`` imports, in whatever form it does."""
    package = path.parts[len(path.parts) - path.parts[::-1].index("src") : -1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join((*above, node.module) if node.module else above)
            names = [f"{module}.{a.name}" for a in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("dateline.")}
    return found


@pytest.mark.parametrize(
    "line",
    [
        "import dateline.claims.roles as roles",
        "from dateline.claims import roles",
        "from dateline.claims.roles import trimmed",
        "from dateline import records, claims",
        "from ..claims import roles",
        "from .. import claims",
        "def late():\n    from dateline import claims",
    ],
)
def test_every_form_of_import_is_seen(tmp_path: Path, line: str) -> None:
    path = tmp_path / "src/dateline/fusion/module.py"
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert _imports(path) - FLOOR == {"claims"}
    path.write_text("from . import names\nfrom .names import fold\nimport datelines.claims")
    assert _imports(path) == {"fusion"}


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_no_other_stage(root: Path, stage: str) -> None:
    for path in sorted((root / "src/dateline" / stage).rglob("*.py")):
        assert _imports(path) <= FLOOR | {stage}, path


def test_records_and_codebook_stand_on_the_floor(root: Path) -> None:
    source = root / "src/dateline"
    assert _imports(source / "records.py") <= {"errors"}
    assert _imports(source / "codebook/__init__.py") <= {"records"}


def test_no_room_without_a_name(root: Path) -> None:
    names = {p.stem for p in (root / "src").rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "misc", "common"}


def test_run_time_needs_no_torch(root: Path) -> None:
    for path in (root / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "import torch" not in text, path


@pytest.fixture
def compiler(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that makes the base map."""
    monkeypatch.syspath_prepend(root / "scripts")
    return importlib.import_module("compile_basemap")


def test_a_package_without_the_outlines_is_a_fetch_error(
    compiler: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiler, "_npm", lambda arguments, folder: None)  # brings nothing
    with pytest.raises(compiler.FetchError, match="could not be read"):
        compiler.build(tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.fixture
def bare(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the Makefile, and alone on PATH its ``bin``: what make needs, and no Python."""
    if not shutil.which("make"):
        pytest.skip("skipped: no make")
    (tmp_path / "bin").mkdir()
    for tool in ("make", "sh", "mkdir", "touch", "rm"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    shutil.copy(root / "Makefile", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.delenv("MAKEFLAGS", raising=False)
    return tmp_path


def _python(folder: Path, name: str, *, recent: bool = True, venv: str = "exit 0") -> None:
    """A stand-in for a Python: it passes or fails the check of its version, and runs ``venv`` for venv."""
    path = folder / "bin" / name
    path.write_text(f'#!/bin/sh\nif [ "$1" = -m ]; then {venv}; fi\nexit {0 if recent else 1}\n')
    path.chmod(0o755)


def _set_up(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run make's target that sets up the environment."""
    target = ".venv/bin/.dateline-installed"
    for needed in ("pyproject.toml", "hatch_build.py", "src/dateline/world/places/keys.py"):
        (folder / needed).parent.mkdir(parents=True, exist_ok=True)
        (folder / needed).touch()
    return subprocess.run(["make", target], cwd=folder, capture_output=True, text=True, check=False)


def test_make_takes_the_first_python_that_is_recent_enough(bare: Path) -> None:
    done = _set_up(bare)
    assert done.returncode
    assert "needs Python 3.11 or later, and none is on PATH" in done.stderr
    _python(bare, "python3", recent=False)
    _python(bare, "python3.13", recent=False)
    assert "none is on PATH" in _set_up(bare).stderr
    _python(bare, "python3.11")
    assert "python3.11 -m venv" in _set_up(bare).stdout
    _python(bare, "python3.12")
    assert "python3.12 -m venv" in _set_up(bare).stdout


def test_a_failed_venv_leaves_nothing(bare: Path) -> None:
    half = "mkdir -p .venv/bin; touch .venv/bin/python; exit 1"
    _python(bare, "python3.12", venv=half)
    done = _set_up(bare)
    assert done.returncode
    assert "python3.12 -m venv" in done.stdout
    assert not (bare / ".venv").exists()


@pytest.mark.parametrize(
    ("system", "machine", "found"),
    [
        ("linux", "x86_64", True),
        ("linux", "ppc64le", False),
        ("linux", "armv7l", False),
        ("darwin", "arm64", True),
        ("win32", "AMD64", True),
        ("freebsd14", "amd64", False),
    ],
)
def test_npm_is_asked_of_pip_only_where_it_comes_as_a_wheel(
    compiler: ModuleType, monkeypatch: pytest.MonkeyPatch, system: str, machine: str, found: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(compiler.platform, "machine", lambda: machine)
    assert compiler.npm_has_wheel() is found
