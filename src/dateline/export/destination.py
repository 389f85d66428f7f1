"""Where an export goes and what it is called: an internal file says so in its name."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import InputError

DEFAULT_FOLDER = Path("dateline-export")
STEM = "events"


def destination(output: Path | None, suffix: str, run: Path, *, internal: bool) -> Path:
    """The file for ``output``: a file, a folder (also one to make, without a dot in its name), or None.

    ``run`` is the folder of the run. InputError where a working file could be written over or mistaken for
    the export, and for a public file that is called internal.
    """
    given = output or DEFAULT_FOLDER
    if output is None or given.is_dir() or not given.suffix:
        path = given / f"{STEM}.{'internal.' if internal else ''}{suffix}"
    elif internal and ".internal." not in given.name:
        stem, mark, rest = given.name.partition(".")
        path = given.with_name(f"{stem}.internal{mark}{rest}")
    else:
        path = given
    if path.parent.resolve() == run.resolve():
        raise InputError(
            f"{path}: that folder holds the working files, with names in them; choose another with -o, so "
            "that nobody hands on the wrong file"
        )
    if not internal and ".internal." in path.name:
        raise InputError(f"{path}: a public file may not be called internal; choose another name with -o")
    return path
