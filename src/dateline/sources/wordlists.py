"""The word lists of the read stage (``data/*.toml``): one loader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from dateline.errors import InstallationError


@cache
def load(name: str) -> dict[str, Any]:
    """The content of ``data/<name>.toml``; InstallationError when it is missing or damaged."""
    try:
        text = (resources.files("dateline.sources") / "data" / f"{name}.toml").read_text("utf-8")
        return tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise InstallationError(
            f"sources/data/{name}.toml is missing or damaged ({error}): install Dateline again"
        ) from error


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first; a space matches any run of blanks."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
