"""Every error Dateline raises on purpose.

    DatelineError
    ├── InputError        an input cannot be read: says which, why, and what to do
    │   ├── Unreadable      wrong format, broken or binary content
    │   └── TooLarge        over a limit, each of which is an option
    ├── OutputError       the output folder cannot be written (permissions, full disk)
    ├── EvidenceError     a value does not stand on the words it claims to stand on
    └── InstallationError a file that belongs to Dateline is missing or damaged

Messages say what was wrong, where, and what to do.
"""


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


class EvidenceError(DatelineError):
    """A value does not stand on the words it claims to stand on."""


class InstallationError(DatelineError):
    """A file that belongs to Dateline is missing or damaged."""
