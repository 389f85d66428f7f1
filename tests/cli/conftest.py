from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line as a user does: in a process of its own, in an empty folder."""

    def go(
        *arguments: str, stdin: bytes | None = None, **options: object
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "dateline", *arguments],
            input=stdin,
            capture_output=True,
            cwd=options.pop("cwd", tmp_path),
            timeout=240,
            env=os.environ | {"COLUMNS": "140"},
            **options,  # type: ignore[call-overload]
        )
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        return done

    return go
