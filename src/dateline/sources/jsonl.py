"""JSON Lines: one report a line, ``{"id", "text", "published"?, "outlet"?, "title"?, "url"?, "byline"?}``.

Lines are read one at a time, so a file may be of any size. A line that is no report ends in an
outcome of its own (path ``file.jsonl:7``) and the rest goes on. Further keys are ignored.
``sha256`` is the digest of the line's bytes without the newline.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.errors import InputError, Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.drafts import Draft
from dateline.sources.encoding import without_surrogates
from dateline.sources.inputs import Input
from dateline.sources.limits import Limits, over
from dateline.sources.outcomes import ended, failed

FIELDS = ("id", "text", "published", "outlet", "title", "url", "byline")

_CHUNK = 1 << 20


def read_jsonl(source: Input, limits: Limits) -> Iterator[Draft | Outcome]:
    """The reports of a JSON Lines file, and an outcome for every line that is none. Blank lines are skipped.

    Raises Unreadable when the file as a whole is no JSON Lines.
    """
    if source.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("JSON in UTF-16; convert the file to UTF-8 (iconv -f UTF-16 -t UTF-8)")
    for number, line in _lines(source.stream, limits.max_line_bytes):
        where = f"{source.path}:{number}"
        if line is None:
            size, limit = (
                f"more than {limits.max_line_bytes} bytes",
                f"{limits.max_line_bytes} bytes",
            )
            reason = over("the line has", size, limit, "max_report_characters")
            yield ended(where, OutcomeKind.TOO_LARGE, reason)
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        bare = line.rstrip(b"\r\n")
        if bare.strip():
            yield result_of(bare, f"line {number}", source.path, where)


def result_of(written: bytes, what: str, path: str, where: str) -> Draft | Outcome:
    """The report of one JSON object, or the outcome that says why it is none.

    ``what`` names it in reasons ("line 7"); ``path`` is the report's, ``where`` that of an outcome.
    """
    try:
        draft = _draft(written, what, path, where)
    except InputError as error:
        return failed(where, error)
    if draft.text.strip():
        return draft
    ids = (draft.id,) if draft.id else ()
    return Outcome(path=where, report_ids=ids, outcome=OutcomeKind.EMPTY, reason=f"{what}: the text is blank")


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines of a stream, None in place of one over ``limit``, which is passed over unread."""
    number = 0
    while True:
        line = stream.readline(limit + 1)
        if not line:
            return
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield number, None
        else:
            yield number, line


def _draft(line: bytes, what: str, path: str, where: str) -> Draft:
    """The report of one object. Raises Unreadable with its place, the column and what to do."""
    try:
        written = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{what}, byte {error.start + 1}: not UTF-8; convert the file to UTF-8 (iconv)"
        ) from error
    try:
        value = json.loads(written, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"{what}, column {error.colno}: broken JSON ({error.msg}); correct it or leave it out"
        ) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(
            f"{what}: JSON nested too deep or with numbers too long; correct it or leave it out"
        ) from error
    if not isinstance(value, _Object):
        raise Unreadable(f'{what}: {_kind(value)}, not an object; write {{"id": ..., "text": ...}}')
    fields = _fields(value, what)
    clean = {name: without_surrogates(words) for name, words in fields.items()}
    replaced = any(clean[name] != words for name, words in fields.items())
    said = {name: words for name, words in clean.items() if words.strip()}
    return Draft(
        text=clean["text"],
        path=path,
        where=where,
        sha256=hashlib.sha256(line).hexdigest(),
        id=said.get("id"),
        outlet=said.get("outlet"),
        published=said.get("published"),
        title=said.get("title"),
        byline=said.get("byline"),
        url=said.get("url"),
        note="NULs or half surrogate pairs shown as U+FFFD" if replaced else "",
    )


class _Object(dict[str, Any]):
    """A JSON object, with the keys that stand in it twice."""

    repeated: tuple[str, ...] = ()


def _pairs(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        made.repeated = tuple(sorted({name for name in names if names.count(name) > 1}))
    return made


def _fields(value: _Object, what: str) -> dict[str, str]:
    """The known fields that have a value, as strings. Raises Unreadable naming the first that is wrong."""
    for name in value.repeated:
        if name in FIELDS:
            raise Unreadable(f'{what}: key "{name}" stands twice; keep one')
    if value.get("text") is None:
        raise Unreadable(f'{what}: no "text"; give the report\'s text under that key')
    fields = {}
    for name in FIELDS:
        content = value.get(name)
        if content is None:
            continue
        if name == "id" and isinstance(content, int) and not isinstance(content, bool):
            content = str(content)  # tables exported as JSON number their rows
        if not isinstance(content, str):
            raise Unreadable(f'{what}: "{name}" is {_kind(content)}, not a string; put it in quotes')
        fields[name] = content
    return fields


def _kind(value: object) -> str:
    """A JSON value's kind, in words."""
    if isinstance(value, bool):
        return "true or false"
    names = {
        int: "a number",
        float: "a number",
        str: "a string",
        list: "an array",
        _Object: "an object",
    }
    return names.get(type(value), "null")
