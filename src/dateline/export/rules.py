"""The rules of disclosure: what a public file holds back (``data/disclosure.toml``, or a user's file)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from dateline.errors import InputError
from dateline.export.tables import table
from dateline.records import ActorKind

_Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
_Positive = Annotated[int, msgspec.Meta(ge=1)]


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the sections: a key that the schema does not know is an error, a misspelt rule is no rule."""


class Published(_Section, frozen=True):
    """Whom a public file may name beside the known actors and outlets."""

    names: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


class Coarsen(_Section, frozen=True):
    """Which events are shown at their division only; described in the file."""

    to: Literal["admin2", "admin1", "country"]
    sites: frozenset[str]
    targets: frozenset[ActorKind]
    groups: frozenset[str]
    marked_words: tuple[str, ...]
    sentence_words: tuple[str, ...]
    name_words: tuple[str, ...]
    name_endings: tuple[str, ...]
    few_living_victims: bool


class Victims(_Section, frozen=True):
    """``k``: the fewest people of a file who may share an attribute of victims."""

    k: _Positive
    groups: frozenset[ActorKind]
    largest: _Positive


class Risk(_Section, frozen=True):
    """``stop_above``: the share of events (0…1) above which somebody must accept what is left over."""

    stop_above: _Share


class Rules(_Section, frozen=True):
    """All rules; ``digest`` tells two sets of rules apart."""

    published: Published
    coarsen: Coarsen
    victims: Victims
    risk: Risk
    digest: str = ""


def rules(path: Path | None = None) -> Rules:
    """The shipped rules, or a user's, whose missing keys stand as shipped. InputError on a file of no use."""
    shipped = table("disclosure")
    if path is None:
        return _made(shipped, shipped)
    try:
        own = msgspec.toml.decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: the rules cannot be read ({error.strerror})") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: no TOML file ({error})") from error
    try:
        return _made(shipped, own)
    except msgspec.ValidationError as error:
        raise InputError(
            f"{path}: {error}; its sections and keys are those of the shipped rules: copy these "
            "(dateline export --show-rules) and change them"
        ) from error


def shipped_text() -> str:
    """The shipped rules as their file has them, comments and all."""
    return (resources.files("dateline.export") / "data/disclosure.toml").read_text("utf-8")


def _made(shipped: Mapping[str, dict[str, object]], own: Mapping[str, object]) -> Rules:
    unknown = sorted(set(own) - set(shipped))
    if unknown:
        raise msgspec.ValidationError(f"unknown section [{unknown[0]}]")
    whole: dict[str, object] = {}
    for name, section in shipped.items():
        changed = own.get(name, {})
        if not isinstance(changed, dict):
            raise msgspec.ValidationError(f"{name} is no section")
        whole[name] = section | changed
    digest = hashlib.sha256(msgspec.json.encode(whole, order="deterministic")).hexdigest()[:12]
    return msgspec.convert(whole | {"digest": digest}, Rules)
