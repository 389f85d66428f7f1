"""Telegram Desktop's export (``result.json``): each message with text is a report of its chat."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import Unreadable
from dateline.records import Outcome, OutcomeKind
from dateline.sources.drafts import Draft
from dateline.sources.encoding import decode, one_line, without_surrogates
from dateline.sources.inputs import Input, StatedDate, printable
from dateline.sources.limits import Limits
from dateline.sources.outcomes import ended
from dateline.sources.text import read_whole

_MARK = re.compile(rb'^\s*\{\s*"(?:about|personal_information|name|type|id|messages|chats|contacts)"')
_TELLING = re.compile(
    rb'"(?:messages|chats)"\s*:|"type"\s*:\s*"(?:public|private)_\w+"|"about"\s*:\s*"Here is'
)


def is_export(head: bytes) -> bool:
    """Whether first bytes are those of an export."""
    return bool(_MARK.match(head) and _TELLING.search(head))


def read_telegram(source: Input, limits: Limits) -> Iterator[Draft | Outcome]:
    """The messages of one chat or of all chats, in order, less service messages and those without text.

    The chat is the outlet, the message's time the date of publication. What stands among the messages and
    is none, and a text that is none, ends in an outcome. Raises Unreadable, TooLarge.
    """
    data = read_whole(source.stream, source.size, limits.max_file_bytes, "max_file_bytes")
    try:
        export = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"a Telegram export that is broken JSON ({error}): export the chat again") from error
    for chat in _chats(export):
        messages = chat.get("messages")
        number = _string(chat.get("id"))
        around = f"{source.path}:chat {printable(number)}," if chat is not export and number else source.path
        for place, message in enumerate(messages if isinstance(messages, list) else [], 1):
            where = _where(around, message, place)
            try:
                draft = _draft(message, _string(chat.get("name")), where)
            except (Unreadable, RecursionError) as error:
                yield ended(where, OutcomeKind.UNREADABLE, f"{error}: export the chat again")
                continue
            if draft is not None:
                yield draft


def _where(around: str, message: Any, place: int) -> str:
    """The path of a message: its number stands once in a chat, and in several chats of one export."""
    number = _string(message.get("id")) if isinstance(message, dict) else None
    between = " " if around.endswith(",") else ":"
    return f"{around}{between}message {printable(number) if number else f'at place {place}'}"


def _draft(message: Any, chat: str | None, where: str) -> Draft | None:
    """The report of a message; None where it has no text. Raises Unreadable, RecursionError."""
    if not isinstance(message, dict):
        raise Unreadable("no message: nothing with an id, a date and a text")
    if message.get("type") != "message":
        return None
    text, note = _text(message.get("text"))
    if not text.strip():
        return None
    written = json.dumps(message, ensure_ascii=False, sort_keys=True)
    posted = _string(message.get("date"))
    return Draft(
        text=text.strip(),
        path=where,
        where=where,
        sha256=hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest(),
        outlet=chat,
        published=posted,
        dates=(StatedDate(kind="post", words=posted),) if posted else (),
        note=note,
    )


def _chats(export: Any) -> list[dict[str, Any]]:
    if not isinstance(export, dict):
        return []
    chats = export.get("chats")
    if isinstance(chats, dict):
        listed = chats.get("list")
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return [export]


def _text(value: Any) -> tuple[str, str]:
    """The words of a message, and a note on what was left out.

    Telegram writes a string, or a list of strings and of objects with a ``text``. Raises Unreadable where it
    is neither.
    """
    if value is None:
        return "", ""
    if not isinstance(value, str | list):
        raise Unreadable("a message whose text is neither a string nor a list")
    parts = (
        [value] if isinstance(value, str) else [p.get("text") if isinstance(p, dict) else p for p in value]
    )
    words = [part for part in parts if isinstance(part, str)]
    left_out = len(parts) - len(words)
    note = f"parts of the message without words left out ({left_out})" if left_out else ""
    if left_out and not "".join(words).strip():
        raise Unreadable("a message whose text has no words in any of its parts")
    return without_surrogates("".join(words)), note


def _string(value: Any) -> str | None:
    return one_line(str(value)) if value is not None else None
