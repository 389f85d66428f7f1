"""Plain text files: one report, or several articles run together in one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from dateline.errors import TooLarge
from dateline.records import Part
from dateline.sources.drafts import Draft
from dateline.sources.encoding import decode
from dateline.sources.inputs import Input
from dateline.sources.limits import Limits, over
from dateline.sources.split import split


def read_text(source: Input, limits: Limits) -> Iterator[Draft]:
    """The reports of a text file: its text unaltered (less a byte-order mark and white space at its end).

    Yields nothing when the file holds no text. Raises Unreadable or TooLarge.
    """
    data = read_whole(source.stream, source.size, limits.max_file_bytes, "max_file_bytes")
    sha256 = hashlib.sha256(data).hexdigest()
    decoded = decode(data, source.charset)
    del data
    text = decoded.text
    if not text.strip():
        return
    parts = split(text)
    for part in parts:
        alone = len(parts) == 1
        yield Draft(
            text=text.rstrip() if alone else text[part.start : part.end],
            path=source.path,
            sha256=sha256,
            part=None if alone else Part(start=part.start, end=part.end),
            url=source.url,
            outlet=source.outlet,
            title=source.title if alone else None,
            note=decoded.note,
        )


def read_whole(stream: BinaryIO, size: int | None, limit: int, option: str) -> bytes:
    """All bytes of a stream; raises TooLarge, without reading further, when they are more than ``limit``."""
    if size is not None and size > limit:
        raise TooLarge(over("the file has", f"{size} bytes", f"{limit} bytes", option))
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(over("the input has", f"more than {limit} bytes", f"{limit} bytes", option))
    return data


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of a stream that can go back, block by block; it stands at its beginning after."""
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()
