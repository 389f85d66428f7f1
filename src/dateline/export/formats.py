"""The formats of ``dateline export``: one module each, one line each here; loaded when one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from dateline.errors import InputError
from dateline.export.dataset import Dataset

Writer = Callable[[Path, Dataset], tuple[str, ...]]
"""``write(path, dataset)``: writes the file and returns notes on what was merged or left out."""


@dataclass(frozen=True)
class Format:
    """One format: the end of its file names, the module that writes it, and who reads it."""

    name: str
    suffix: str
    module: str
    description: str

    def writer(self) -> Writer:
        """What writes it; InstallationError, with the extra to install, where a library is missing."""
        found: Writer = import_module(f"dateline.export.{self.module}").write
        return found


FORMATS = {
    one.name: one
    for one in (
        Format("csv", "csv", "csv_file", "one flat row an event, for spreadsheets"),
        Format("geojson", "geojson", "geojson_file", "points on a map; areas without geometry"),
        Format("jsonl", "jsonl", "jsonl_file", "our own records, one a line, read back byte for byte"),
        Format("acled", "acled.csv", "acled", "ACLED's 31 columns, shape only; a row per actors, day, place"),
        Format("ucdp", "ucdp.csv", "ucdp", "UCDP GED's 49 columns; events with at least one dead"),
        Format("plover", "plover.jsonl", "plover", "PLOVER 0.8 records, one a line"),
        Format("hxl", "hxl.csv", "hxl", "CSV with HXL hashtags, for HDX and humanitarian tools"),
        Format("geopackage", "gpkg", "geopackage", "layers for QGIS and other GIS"),
        Format("parquet", "parquet", "parquet", "typed columns for pandas and R; needs dateline[tables]"),
        Format("ftm", "ftm.json", "ftm", "FollowTheMoney entities, for Aleph"),
        Format("xlsx", "xlsx", "spreadsheet", "Excel workbook with a readme sheet; needs dateline[office]"),
        Format("html", "html", "html_file", "a page to read, one file that opens offline"),
    )
}


def format_named(name: str) -> Format:
    """The format of that name; InputError names those there are."""
    if name not in FORMATS:
        raise InputError(f"no format is called {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]
