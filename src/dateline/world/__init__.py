"""Resolve: words become the world. Places, dates, numbers, actors, weapons and sites, each with its rule."""

from dateline.world.actors import resolve_actor
from dateline.world.dates import resolve_date
from dateline.world.places import locate, locate_all
from dateline.world.quantities import resolve_count
from dateline.world.resolving import resolve
from dateline.world.sites import site_category
from dateline.world.weapons import weapon_category

__all__ = [
    "locate",
    "locate_all",
    "resolve",
    "resolve_actor",
    "resolve_count",
    "resolve_date",
    "site_category",
    "weapon_category",
]
