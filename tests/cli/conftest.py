from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _hears_ctrl_c() -> Iterator[None]:
    """Where tests run in the background of a shell, Ctrl-C is ignored, by all processes they start too."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


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
