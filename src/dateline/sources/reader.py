"""The read stage, in order: expand the paths, open each, tell its format and read it, make reports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dateline.errors import InputError, TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources.dates import read_date
from dateline.sources.drafts import Draft, Given, to_report
from dateline.sources.encoding import without_surrogates
from dateline.sources.formats import reader_of
from dateline.sources.inputs import STDIN, Found, Input, expand, is_address, open_input
from dateline.sources.limits import Limits, over
from dateline.sources.outcomes import ended, failed

if TYPE_CHECKING:
    from dateline.sources.fetch import Fetcher

#: Called with a report and what was doubtful in reading it (an encoding guessed, characters lost).
Note = Callable[[Report, str], None]


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    note: Note | None = None,
    skip: Iterable[Path] = (),
) -> Iterator[Report | Outcome]:
    """Read files, folders, patterns, URLs and ``-`` (standard input) into reports, one at a time.

    ``published`` (a date) and ``outlet`` hold for all inputs and beat what the inputs say. Every
    input ends in at least one report or an outcome saying why not; reports in other languages than
    English are yielded with their language. ``note`` is told what was doubtful about a report's
    bytes. ``skip`` names files and folders, such as the one a run writes to, that folders and
    patterns do not reach; a path that is given by its own name is read all the same.

    Raises InputError at once when ``published`` is no date. What is wrong with an input never
    raises.
    """
    given = Given(published=_argument(published), outlet=outlet or None)
    listed = [paths] if isinstance(paths, str | Path) else paths
    return _read(expand(listed, skip), given, limits, note)


def report_of(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Report:
    """The report of one text in hand, with no path; it is not split.

    Its ``sha256`` is the digest of the text in UTF-8; white space at its end is left off. Raises
    InputError when ``published`` is no date, Unreadable when the text is blank, TooLarge when it is
    over its limit.
    """
    given = Given(published=_argument(published), outlet=outlet or None)
    clean = without_surrogates(text)
    if not clean.strip():
        raise Unreadable("the text is blank: give the words of a report")
    sha256 = hashlib.sha256(clean.encode("utf-8")).hexdigest()
    return to_report(Draft(text=clean.rstrip(), path=None, sha256=sha256), given, limits)


def _argument(published: str | None) -> str | None:
    """The ISO date of ``--published``; InputError when it is no date or can be read in two ways."""
    if published is None:
        return None
    found = read_date(published)
    if found is None or found.end != len(published.strip()):
        raise InputError(f"--published {published!r} is no date: give it as 2017-06-09")
    if len(found.readings) > 1:
        first, second = found.readings
        raise InputError(f"--published {published!r} can be {first} or {second}: give it as {first}")
    return found.readings[0]


def _read(
    expanded: Iterable[Found | Outcome], given: Given, limits: Limits, note: Note | None
) -> Iterator[Report | Outcome]:
    fetcher: Fetcher | None = None
    # 1. expand the paths into files
    for found in expanded:
        if isinstance(found, Outcome):
            yield found
            continue
        if fetcher is None and is_address(found.real):
            from dateline.sources.fetch import Fetcher  # here: most runs fetch nothing

            fetcher = Fetcher(limits)
        empty = True
        for result in _read_one(found, given, limits, note, fetcher):
            empty = False
            yield result
        if empty:
            yield ended(found.shown, OutcomeKind.EMPTY, "no text in it")


def _read_one(
    found: Found, given: Given, limits: Limits, note: Note | None, fetcher: Fetcher | None
) -> Iterator[Report | Outcome]:
    """The reports and outcomes of one file or address; nothing when it holds no text."""
    try:
        # 2. open it
        source = fetcher.open(found.real) if fetcher and is_address(found.real) else open_input(found)
    except InputError as error:
        yield failed(found.shown, error)
        return
    try:
        yield from _read_input(source, given, limits, note)
    finally:
        if found.real != STDIN:
            source.stream.close()


def _read_input(source: Input, given: Given, limits: Limits, note: Note | None) -> Iterator[Report | Outcome]:
    """The reports and outcomes of one input and of all inputs inside it."""
    try:
        if source.depth > limits.max_depth:
            raise TooLarge(
                over("the input lies in", f"{source.depth} others", str(limits.max_depth), "max_depth")
            )
        # 3. tell its format and read its drafts
        for draft in reader_of(source)(source, limits):
            if isinstance(draft, Outcome):
                yield draft
            elif isinstance(draft, Input):
                empty = True
                for result in _read_input(draft, given, limits, note):
                    empty = False
                    yield result
                if empty:
                    yield ended(draft.path, OutcomeKind.EMPTY, "no text in it")
            else:
                draft = replace(draft, dates=(*draft.dates, *source.dates))
                yield _report(draft, source.path, given, limits, note)  # 4. make a report of each
    except InputError as error:
        yield failed(source.path, error)
    except OSError as error:
        reason = f"reading stopped ({error.strerror or error}): check the disk"
        yield ended(source.path, OutcomeKind.UNREADABLE, reason)


def _report(draft: Draft, path: str, given: Given, limits: Limits, note: Note | None) -> Report | Outcome:
    """The report of a draft, or the outcome that says it is too large."""
    try:
        report = to_report(draft, given, limits)
    except TooLarge as error:
        return Outcome(
            path=draft.where or path,
            report_ids=(draft.id,) if draft.id else (),
            outcome=OutcomeKind.TOO_LARGE,
            reason=f"{error} ({draft.note})" if draft.note else str(error),
        )
    if note is not None and draft.note:
        note(report, draft.note)
    return report
