"""JSON: a list of report objects, an object that holds one such list, one report object, or JSON Lines.

    [{"text": …}, …]                          each item a report, ``news.json:item 2``
    {"status": …, "articles": [{"text": …}]}  the same
    {"text": …}                               one report, over however many lines
    {"text": …}⏎{"text": …}                   JSON Lines (``jsonl``), read line by line

Items are found in the bytes one after the other and read one at a time, each as a line of JSON Lines is.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator

from msgspec.structs import replace

from dateline.errors import TooLarge, Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.drafts import Draft
from dateline.sources.inputs import Input
from dateline.sources.jsonl import read_jsonl, result_of
from dateline.sources.limits import Limits, over
from dateline.sources.outcomes import ended
from dateline.sources.text import read_whole

#: Lists of an object that are looked at for reports.
LISTS = 20

# The second quote is one whose string has no end.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["\[\]{},]', re.DOTALL)
_KEY = re.compile(rb"\s*:")
_LIST_OF_OBJECTS = re.compile(rb"\[\s*\{")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_WHAT_TO_DO = 'give reports as [{"text": …}, …] or one a line'


def read_json(source: Input, limits: Limits) -> Iterator[Draft | Outcome]:
    """The reports of a JSON file, and an outcome for every item or line that is none.

    Raises Unreadable where no report can be found in it, TooLarge for a list over ``limits.max_file_bytes``
    or of more than ``limits.max_rows`` items; JSON Lines may be of any size.
    """
    if source.head.startswith(_MARKS) or not _may_be_document(source, limits):
        yield from read_jsonl(source, limits)
        return
    data = read_whole(source.stream, source.size, limits.max_file_bytes, "max_file_bytes")
    begin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    begin += len(data[begin:]) - len(data[begin:].lstrip())
    if data[begin : begin + 1] == b"[":
        yield from _items(data, begin, source.path, limits)
        return
    end, keys, lists = _members(data, begin)
    if end is None:
        raise Unreadable(f"JSON that breaks off or is not well formed: {_WHAT_TO_DO}")
    if data[end:].strip():
        if _opening(data[begin:]) == b"{":
            raise Unreadable("JSON objects over several lines each: write one report a line (jq -c)")
        yield from read_jsonl(replace(source, stream=io.BytesIO(data)), limits)
    elif b'"text"' in keys:
        yield result_of(data[begin:end], "the object", source.path, source.path)
    else:
        yield from _items(data, _list_of_reports(data, lists, limits), source.path, limits)


def _may_be_document(source: Input, limits: Limits) -> bool:
    """Whether a file may be other than JSON Lines, by its first bytes."""
    head = source.head.removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"["):
        return True
    if source.size is not None and source.size > limits.max_file_bytes:
        return False  # as JSON Lines it may be of any size
    opening = _opening(head)
    if opening == b"{" or (source.suffix == ".json" and b"\n" in head and not opening.endswith(b"}")):
        return True
    return bool(_members(head, 0)[2])


def _opening(data: bytes) -> bytes:
    return data.split(b"\n", 1)[0].strip()


def _members(data: bytes, begin: int) -> tuple[int | None, set[bytes], list[int]]:
    """Of an object that begins at ``begin``: its end, its keys, and where its lists of objects begin."""
    keys: set[bytes] = set()
    lists: list[int] = []
    depth = 0
    for token in _TOKEN.finditer(data, begin):
        mark = token[0][:1]
        if mark == b'"':
            if len(token[0]) == 1:
                break
            if depth == 1 and len(token[0]) < 100 and _KEY.match(data, token.end()):
                keys.add(token[0])
        elif mark in b"[{":
            if depth == 1 and len(lists) < LISTS and _LIST_OF_OBJECTS.match(data, token.start()):
                lists.append(token.start())
            depth += 1
        elif mark in b"]}":
            depth -= 1
            if depth <= 0:
                return token.end(), keys, lists
    return None, keys, lists


def _list_of_reports(data: bytes, lists: list[int], limits: Limits) -> int:
    """Where the one list begins whose first item is a report. Raises Unreadable where there is not one."""
    found = [begin for begin in lists if _is_report(next(_extents(data, begin, limits), None), data)]
    if len(found) != 1:
        why = "several lists of reports" if found else 'no list of reports (objects with a "text") in it'
        raise Unreadable(f"a JSON object with {why}: {_WHAT_TO_DO}")
    return found[0]


def _is_report(extent: tuple[int, int] | None, data: bytes) -> bool:
    try:
        item = json.loads(data[slice(*extent)]) if extent else None
    except (ValueError, RecursionError):
        return False
    return isinstance(item, dict) and isinstance(item.get("text"), str)


def _items(data: bytes, begin: int, path: str, limits: Limits) -> Iterator[Draft | Outcome]:
    """The reports of the list that begins at ``begin``, and an outcome for each item that is none."""
    for number, (start, end) in enumerate(_extents(data, begin, limits), 1):
        if number > limits.max_rows:
            size, limit = f"more than {limits.max_rows} items", f"{limits.max_rows}"
            raise TooLarge(over("the list has", size, limit, "max_rows") + "; the items up to there are read")
        where = f"{path}:item {number}"
        if end - start > limits.max_line_bytes:
            size, limit = f"{end - start} bytes", f"{limits.max_line_bytes} bytes"
            reason = over("the item has", size, limit, "max_report_characters")
            yield ended(where, OutcomeKind.TOO_LARGE, reason)
            continue
        yield result_of(data[start:end].strip(), f"item {number}", where, where)


def _extents(data: bytes, begin: int, limits: Limits) -> Iterator[tuple[int, int]]:
    """Where each item of the list that begins at ``begin`` starts and ends. Raises Unreadable at a cut."""
    depth, start = 0, begin + 1
    for token in _TOKEN.finditer(data, begin):
        mark = token[0][:1]
        if token[0] == b'"':
            break
        if mark in b"[{":
            depth += 1
        elif mark in b"]}":
            depth -= 1
            if depth == 0:
                if data[start : token.start()].strip() or data[start - 1 : start] == b",":
                    yield start, token.start()
                return
        elif mark == b"," and depth == 1:
            yield start, token.start()
            start = token.end()
    raise Unreadable("JSON that breaks off before the end of its list: the items up to there are read")
