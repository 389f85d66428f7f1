"""Read: any input — files, folders, patterns, standard input — to reports and outcomes, one at a time."""

from dateline.sources.columns import Columns
from dateline.sources.limits import Limits
from dateline.sources.reader import read, report_of
from dateline.sources.source_span import SourceSpan, source_span
from dateline.sources.translate import Translation

__all__ = ["Columns", "Limits", "SourceSpan", "Translation", "read", "report_of", "source_span"]
