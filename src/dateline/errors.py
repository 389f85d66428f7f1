"""Every error Dateline raises on purpose.

    DatelineError
    ├── InputError        an input cannot be read: says which, why, and what to do
    │   ├── Unreadable      wrong format, broken or binary content
    │   └── TooLarge        over a limit, each of which is an option
    ├── OutputError       the output folder cannot be written (permissions, full disk)
    ├── DisclosureError   a public file would hold words that are no closed term: a fault of ours
    ├── EvidenceError     a value does not stand on the words it claims to stand on
    └── InstallationError a file that belongs to Dateline is missing or damaged

Messages say what was wrong, where, and what to do.
"""

from __future__ import annotations

import errno
from typing import Self


class DatelineError(Exception):
    """Base of all errors that Dateline raises on purpose."""


class InputError(DatelineError):
    """An input cannot be read."""


class Unreadable(InputError):
    """An input's content is not what its format promises."""


class TooLarge(InputError):
    """An input is over a limit."""


class OutputError(DatelineError):
    """The output folder cannot be written."""

    @classmethod
    def at(cls, where: object, error: OSError) -> Self:
        """The error for ``where``, with what to do about the operating system's reason."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            why = "the disk is full; free some space or"
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            why = "no permission to write there;"
        elif error.errno in (errno.ENOTDIR, errno.EEXIST):
            why = "a file of that name is in the way;"
        else:
            why = f"{error.strerror or error};"
        return cls(f"cannot write {where}: {why} choose another folder with -o")


class DisclosureError(DatelineError):
    """A public file would hold words of no closed vocabulary: a fault of Dateline, and nothing is written."""


class EvidenceError(DatelineError):
    """A value does not stand on the words it claims to stand on."""


class InstallationError(DatelineError):
    """A file that belongs to Dateline is missing or damaged."""
