"""The walls of the house: which part may import which (docs/contributing, design)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

STAGES = {"sources", "tagger", "claims", "world", "fusion", "ledger", "export"}
#: What may be imported from everywhere.
FLOOR = {"records", "errors", "codebook", "schemas"}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        found |= {n.split(".")[1] for n in names if n.startswith("dateline.")}
    return found


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
