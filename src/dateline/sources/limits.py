"""Limits of the read stage: what is too large to read, each an option."""

from __future__ import annotations

import msgspec

from dateline.sources.columns import Columns


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much one input may hold. An input over a limit ends as ``too large`` and is not read whole.

    ``max_file_bytes`` and ``max_html_bytes`` bound one text file and one HTML page; a JSON Lines
    file may be of any size, since it is read line by line. ``max_report_characters`` bounds one
    report of any format (the longest text of the gva data has about 100,000 characters).
    ``max_depth``: how many inputs (archives, e-mails) an input may lie in. ``max_rows``: rows of one table;
    ``max_table_bytes``: bytes of an XLSX workbook, or of one row group of a Parquet file, once unpacked.

    ``max_members`` and ``max_unpacked_bytes``: files of an archive, or entries of a feed, and what an archive
    unpacks to, archives in it included. ``max_pages`` and ``max_pdf_seconds`` bound a PDF.

    ``max_fetch_bytes`` and ``fetch_seconds`` bound what is fetched from the web; ``allow_local`` lets it come
    from inside a network of one's own.

    ``columns`` is no limit: it says which columns of tables hold what.
    """

    max_file_bytes: int = 50_000_000
    max_html_bytes: int = 10_000_000
    max_report_characters: int = 200_000
    max_depth: int = 3
    max_rows: int = 1_000_000
    max_table_bytes: int = 200_000_000
    max_members: int = 100_000
    max_unpacked_bytes: int = 1_000_000_000
    max_pages: int = 2_000
    max_pdf_seconds: int = 60
    max_fetch_bytes: int = 20_000_000
    fetch_seconds: int = 30
    allow_local: bool = False
    columns: Columns = Columns()

    @property
    def max_line_bytes(self) -> int:
        r"""Bytes one JSON line may have: every character of its text escaped (``\uXXXX``), and the rest."""
        return 6 * self.max_report_characters + 65_536


def over(what: str, size: str, limit: str, option: str) -> str:
    """The reason for a ``too large`` outcome: what, how large, the limit, and the option that raises it."""
    flag = option.replace("_", "-")
    how = f"raise it with --{flag} (Limits.{option}) or cut the input"
    return f"{what} {size}, over the limit of {limit}; {how}"
