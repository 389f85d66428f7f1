"""``dateline codebook``: the codebook, printed from its data."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for machines.")] = False,
) -> None:
    """Print the codebook: event types with crosswalks to PLOVER, CAMEO, ACLED; every other closed list."""
    from dateline import codebook
    from dateline.world.sites import protected_categories

    if as_json:
        import msgspec

        content = {
            "types": list(codebook.types().values()),
            "terms": codebook.terms(),
            "actor_kinds": codebook.actor_kinds(),
            "protected_sites": protected_categories(),
        }
        typer.echo(msgspec.json.format(msgspec.json.encode(content), indent=1).decode())
        return
    typer.echo("EVENT TYPES\n")
    for entry in codebook.types().values():
        typer.echo(f"{entry.type.value}\n    {entry.definition}")
        plover = f"{entry.plover.event}/{entry.plover.mode}".rstrip("/") or "none"
        typer.echo(f"    PLOVER {plover} · CAMEO {entry.cameo or 'none'} · ACLED {_acled(entry)}\n")
    for name, values in codebook.terms().items():
        typer.echo(f"{name.upper().replace('_', ' ')}\n")
        _list(values.items())
    typer.echo("ACTOR KINDS\n")
    _list((kind.value, text) for kind, text in codebook.actor_kinds().items())
    typer.echo("SITES THAT HUMANITARIAN LAW PROTECTS SPECIALLY\n")
    _list(protected_categories().items())
    typer.echo(
        "UCDP type_of_violence comes from the kinds of both sides: 1 state-based, 2 non-state, 3 one-sided."
    )


def _acled(entry: object) -> str:
    from dateline.codebook import TypeEntry

    assert isinstance(entry, TypeEntry)
    told = f"{entry.acled.event_type} / {entry.acled.sub_event_type}"
    for rule in entry.acled_when:
        side = "actor" if "actor" in rule else "target"
        told += f"; where the {side} is {rule[side]}: {rule['event_type']} / {rule['sub_event_type']}"
    return told


def _list(values: object) -> None:
    for name, text in values:  # type: ignore[attr-defined]
        typer.echo(f"  {name:24} {text}")
    typer.echo()
