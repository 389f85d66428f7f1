"""Fuse: claims to events. What is public of this stage."""

from dateline.fusion.explaining import Explanation, explain
from dateline.fusion.facts import ReportFacts, facts_of
from dateline.fusion.fusing import fuse

__all__ = ["Explanation", "ReportFacts", "explain", "facts_of", "fuse"]
