"""Telegram Desktop's export (``result.json``): each message with text is a report of its chat."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import Unreadable
from dateline.sources.drafts import Draft
from dateline.sources.encoding import decode, one_line, without_surrogates
from dateline.sources.inputs import Input, StatedDate
from dateline.sources.limits import Limits
from dateline.sources.text import read_whole

_MARK = re.compile(rb'^\s*\{\s*"(?:about|personal_information|name|type|id|messages|chats|contacts)"')
_TELLING = re.compile(
    rb'"(?:messages|chats)"\s*:|"type"\s*:\s*"(?:public|private)_\w+"|"about"\s*:\s*"Here is'
)


def is_export(head: bytes) -> bool:
    """Whether first bytes are those of an export."""
    return bool(_MARK.match(head) and _TELLING.search(head))


def read_telegram(source: Input, limits: Limits) -> Iterator[Draft]:
    """The messages of one chat or of all chats, in order, less service messages and those without text.

    The chat is the outlet, the message's time the date of publication. Raises Unreadable, TooLarge.
    """
    data = read_whole(source.stream, source.size, limits.max_file_bytes, "max_file_bytes")
    try:
        export = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"a Telegram export that is broken JSON ({error}): export the chat again") from error
    for chat in _chats(export):
        name = _string(chat.get("name"))
        for message in _listed(chat.get("messages")):
            text = _text(message.get("text")).strip()
            if message.get("type") != "message" or not text:
                continue
            number = _string(message.get("id")) or "?"
            written = json.dumps(message, ensure_ascii=False, sort_keys=True)
            posted = _string(message.get("date"))
            yield Draft(
                text=text,
                path=source.path,
                where=f"{source.path}:message {number}",
                sha256=hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest(),
                outlet=name,
                published=posted,
                dates=(StatedDate(kind="post", words=posted),) if posted else (),
            )


def _chats(export: Any) -> list[dict[str, Any]]:
    if not isinstance(export, dict):
        return []
    chats = export.get("chats")
    if isinstance(chats, dict):
        return _listed(chats.get("list"))
    return [export]


def _listed(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    """The words of a message: a string, or a list of strings and of objects with a ``text``."""
    if isinstance(value, str):
        return without_surrogates(value)
    if not isinstance(value, list):
        return ""
    parts = (part if isinstance(part, str) else part.get("text") for part in value if part)
    return without_surrogates("".join(part for part in parts if isinstance(part, str)))


def _string(value: Any) -> str | None:
    return one_line(str(value)) if value is not None else None
