"""``dateline schema``: the JSON Schema of the records."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Kind(StrEnum):
    """The files a schema is shipped for."""

    REPORT = "report"
    CLAIM = "claim"
    EVENT = "event"


def command(
    kind: Annotated[Kind, typer.Argument(help="report, claim or event")],
) -> None:
    """Print the JSON Schema of a line of reports.jsonl, claims.jsonl or events.jsonl."""
    import msgspec

    from dateline.schemas import schema

    typer.echo(msgspec.json.format(msgspec.json.encode(schema(kind.value)), indent=1).decode())
