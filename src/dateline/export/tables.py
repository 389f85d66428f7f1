"""The tables of the formats: ``export/data/*.toml``, and the codes of countries."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from dateline.errors import InstallationError


@dataclass(frozen=True)
class Country:
    """One country's codes: ISO 3166-1 alpha-3 and numeric, Gleditsch-Ward number, regions of two datasets.

    Empty where a list has no such code (UCDP numbers no Palestine).
    """

    alpha3: str = ""
    numeric: str = ""
    gw: str = ""
    acled_region: str = ""
    ucdp_region: str = ""


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """The TOML table ``export/data/{name}.toml``; InstallationError when it is missing or damaged."""
    try:
        return tomllib.loads(_text(f"{name}.toml"))
    except tomllib.TOMLDecodeError as error:
        raise damaged(f"{name}.toml", error) from error


def country(code: str | None) -> Country:
    """The codes of a country given by ISO 3166-1 alpha-2; all empty for None or a code nobody gave out."""
    return _countries().get(code or "", Country())


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, Country]:
    lines = (line for line in _text("countries.tsv").splitlines() if line and not line.startswith("#"))
    return {code: Country(*codes) for code, *codes in (line.split("\t") for line in lines)}


def _text(name: str) -> str:
    try:
        return resources.files("dateline.export").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise damaged(name, error) from error


def damaged(name: str, why: object) -> InstallationError:
    """The error for a file of ``export/data`` that cannot be used."""
    return InstallationError(f"export/data/{name} is missing or damaged ({why}): install Dateline again")
