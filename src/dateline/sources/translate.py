"""Translation by a command of the user's own: text in, English out, one process a report.

    --translate-with "my-translator --from {language} --to en"

The command reads the report on its standard input and writes English on its standard output, both in UTF-8.
No shell runs it; ``{language}`` in its words is the report's language code.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from typing import IO, Any, Self

import msgspec
from msgspec.structs import replace

from dateline.errors import InputError, Unreadable
from dateline.records import Report
from dateline.sources.encoding import without_surrogates
from dateline.sources.language import detect
from dateline.sources.limits import Limits

#: Characters of a command's last words of complaint that a reason quotes.
QUOTED = 160

LANGUAGE = "{language}"


class Translation(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a command that translates, and how long it may take and its translation may be."""

    words: tuple[str, ...]
    seconds: float = 60
    max_characters: int = Limits().max_report_characters

    @classmethod
    def by(cls, command: str, **options: Any) -> Self:
        """Translation by a command line. InputError when that has no words or names no command there is."""
        try:
            words = tuple(shlex.split(command))
        except ValueError as error:
            raise InputError(f"--translate-with {command!r}: {error}; check its quotes") from error
        if not words or shutil.which(words[0]) is None:
            raise InputError(f"--translate-with {command!r}: no such command; give its path")
        return cls(words=words, **options)


def in_english(report: Report, translator: Translator | None) -> Report:
    """The report, translated where it is in another language. Raises Unreadable, saying why it cannot be."""
    if report.language in (None, "en"):
        return report
    try:
        if translator is None:
            raise Unreadable("Dateline reads English; give --translate-with COMMAND to translate it")
        return translator.translate(report)
    except Unreadable as error:
        raise Unreadable(f"language not supported: {report.language}; {error}") from error


class Translator:
    """Runs a :class:`Translation`'s command, one at a time.

    Where Ctrl-C is ignored, as it is in the processes that code reports, it ends the command that runs and
    lets no other begin: else the run would wait for the reports in hand.
    """

    def __init__(self, translation: Translation) -> None:
        self._translation = translation
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False
        in_main = threading.current_thread() is threading.main_thread()
        if in_main and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._stop)

    def translate(self, report: Report) -> Report:
        """The report in English: its ``text`` is the translation, ``original`` the text as it was.

        Raises Unreadable, with the reason, when the command fails, takes too long or gives no English.
        """
        words = [word.replace(LANGUAGE, report.language or "und") for word in self._translation.words]
        text = self._run(words, report.text)
        found = detect(text)
        if found != "en":
            raise Unreadable(f"what {words[0]} gave is not English ({found})")
        return replace(report, text=text, original=report.text, translated_by=shlex.join(words))

    def _run(self, words: list[str], text: str) -> str:
        most = 4 * self._translation.max_characters  # bytes of UTF-8
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
            given.write(text.encode("utf-8"))
            given.seek(0)
            data, code, late = self._piped(words, given, complaints, most)
            complaints.seek(max(0, complaints.tell() - 4 * QUOTED))
            last = " ".join(complaints.read(4 * QUOTED).decode("utf-8", "replace").split())[-QUOTED:]
        if late:
            raise Unreadable(
                f"{words[0]} took more than {self._translation.seconds:g} s (--translate-seconds)"
            )
        if len(data) > most:
            raise Unreadable(f"{words[0]} gave more than {self._translation.max_characters} characters")
        if code:
            raise Unreadable(f"{words[0]} failed ({_ending(code)}){': ' + last if last else ''}")
        try:
            made = without_surrogates(data.decode("utf-8")).strip()
        except UnicodeDecodeError:
            raise Unreadable(f"what {words[0]} gave is not UTF-8") from None
        if not made:
            raise Unreadable(f"{words[0]} gave nothing{': ' + last if last else ''}")
        if len(made) > self._translation.max_characters:
            raise Unreadable(f"{words[0]} gave more than {self._translation.max_characters} characters")
        return made

    def _piped(
        self, words: list[str], given: IO[bytes], complaints: IO[bytes], most: int
    ) -> tuple[bytes, int, bool]:
        """What the command wrote (at most one byte over ``most``), its exit status, whether it was late."""
        if self._stopped:
            raise Unreadable("stopped")
        try:
            process = subprocess.Popen(
                words, stdin=given, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True
            )
        except (OSError, ValueError) as error:
            raise Unreadable(f"{words[0]} cannot be started ({error})") from error
        self._running = process
        late = threading.Event()

        def time_out() -> None:
            late.set()
            _end(process)

        clock = threading.Timer(self._translation.seconds, time_out)
        clock.daemon = True
        clock.start()
        try:
            assert process.stdout is not None
            data = process.stdout.read(most + 1)
            if len(data) > most:
                _end(process)
            return data, process.wait(), late.is_set()
        finally:  # on Ctrl-C too
            clock.cancel()
            _end(process)
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
            self._running = None

    def _stop(self, *_: object) -> None:
        self._stopped = True
        if self._running is not None:
            _end(self._running)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command, and whatever it started."""
    if process.returncode is not None:  # waited for: its number may be another's by now
        return
    with suppress(OSError):  # it has ended
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _ending(code: int) -> str:
    return f"exit status {code}" if code > 0 else f"signal {-code}"
