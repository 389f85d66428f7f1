"""Translation by the user's own command: what it may do, and what becomes of a report otherwise."""

from __future__ import annotations

import os
import shlex
import sys
import time
from pathlib import Path

import pytest

from dateline.errors import InputError, Unreadable
from dateline.records import Report
from dateline.sources.translate import Translation, Translator, in_english

ARABIC = "هاجم مسلحون نقطة للجيش قرب النهر يوم الثلاثاء ما أسفر عن مقتل أربعة جنود على الأقل. " * 3
ENGLISH = "Militants attacked an army post near the river on Tuesday, killing at least four soldiers."
REPORT = Report(id="r1", text=ARABIC, language="ar")


def python(code: str, **options: float) -> Translator:
    """A translator that is a line of Python."""
    return Translator(Translation.by(f"{shlex.quote(sys.executable)} -c {shlex.quote(code)}", **options))


def test_text_is_the_translation_and_the_original_is_kept() -> None:
    translator = Translator(
        Translation.by(
            shlex.join(
                [
                    sys.executable,
                    "-c",
                    "import sys; text = sys.stdin.buffer.read().decode();"
                    f"print({ENGLISH!r}, len(text), sys.argv[1:])",
                    "--from",
                    "{language}",
                    "$HOME;`ls`",
                ]
            )
        )
    )
    done = in_english(REPORT, translator)
    # the whole text went in; no shell looked at the words
    assert done.text == f"{ENGLISH} {len(ARABIC)} ['--from', 'ar', '$HOME;`ls`']"
    assert (done.original, done.language, done.id) == (ARABIC, "ar", "r1")
    assert done.translated_by is not None and "--from ar" in done.translated_by


def test_english_and_undetected_are_left_alone() -> None:
    broken = python("raise SystemExit(1)")
    for language in ("en", None):
        report = Report(id="r1", text=ENGLISH, language=language)
        assert in_english(report, broken) is report


def test_without_a_command_it_says_which_option_to_give() -> None:
    with pytest.raises(Unreadable, match=r"^language not supported: ar; .*--translate-with COMMAND"):
        in_english(REPORT, None)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (
            "import sys; sys.stderr.write('no model\\nfor ar'); sys.exit(3)",
            r"failed \(exit status 3\): no model for ar",
        ),
        ("import os; os.kill(os.getpid(), 11)", r"failed \(signal 11\)"),
        ("pass", "gave nothing"),
        ("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())", r"not English \(ar\)"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\xfe' * 99)", "not UTF-8"),
        ("import sys\nwhile True: sys.stdout.write('the ' * 10000)", "more than 5000 characters"),
    ],
)
def test_what_goes_wrong_is_told(code: str, why: str) -> None:
    with pytest.raises(Unreadable, match=f"^language not supported: ar; .*{why}"):
        in_english(REPORT, python(code, max_characters=5000))


def test_one_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    code = (
        "import subprocess, sys, time;"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"open({str(pid)!r}, 'w').write(str(p.pid)); time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(Unreadable, match=r"took more than 2 s \(--translate-seconds\)"):
        in_english(REPORT, python(code, seconds=2))
    assert time.monotonic() - began < 20
    for _ in range(100):  # until the system has cleared it away
        if not _lives(int(pid.read_text())):
            return
        time.sleep(0.05)
    raise AssertionError("what the command started still runs")


def test_a_long_text_does_not_block() -> None:
    long = Report(id="r1", text=ARABIC * 3000, language="ar")  # far more than a pipe holds
    done = in_english(long, python(f"print({ENGLISH!r} * 1000)"))  # it never reads its input
    assert len(done.text) == 1000 * len(ENGLISH)


@pytest.mark.parametrize("command", ["", "no-such-translator --to en", "'half a quote"])
def test_a_command_that_cannot_be(command: str) -> None:
    with pytest.raises(InputError, match="--translate-with"):
        Translation.by(command)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]
