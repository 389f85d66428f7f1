"""Dates: time words to intervals."""

from dateline.world.dates.reading import resolve_date

__all__ = ["resolve_date"]
