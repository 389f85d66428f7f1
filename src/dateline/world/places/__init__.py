"""Places: which places the words of a report mean."""

from dateline.world.places.locating import locate, locate_all

__all__ = ["locate", "locate_all"]
