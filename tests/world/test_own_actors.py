"""A user's own actors: before ours, held to a form, and known in every process."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.errors import InputError
from dateline.records import ActorKind
from dateline.world.actors import resolve_actor, with_own

OWN = """
[[actor]]
id = "hill-guard"
name = "Hill Guard"
kind = "militia"
country = "SY"
aliases = ["Guards of the Hill", "HG"]

[[actor]]
id = "our-isis"
name = "ISIS"
kind = "rebel_group"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "my.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_own_actors_stand_beside_and_before_ours(own: Path) -> None:
    known = with_own(own)
    found = resolve_actor("fighters of the Guards of the Hill", known=known)
    assert found is not None and (found.id, found.country, found.kind) == (
        "hill-guard",
        "SY",
        ActorKind.MILITIA,
    )
    for words, actor in (("ISIS", "our-isis"), ("Daesh", "isis"), ("HG", "hill-guard")):
        who = resolve_actor(words, known=known)
        assert who is not None and who.id == actor
    alone = resolve_actor("Guards of the Hill")
    assert alone is None or alone.id is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('[[actor]]\nid = "x"\nname = "X"\n', r"missing required field `kind`"),
        ('[[actor]]\nid = "x"\nname = "X"\nkind = "army"\n', r"\$\.actor\[0\]\.kind"),
        ('[[actor]]\nid = "X Y"\nname = "X"\nkind = "militia"\n', r"\$\.actor\[0\]\.id"),
        ('[[actor]]\nid = "x"\nname = "X"\nkind = "militia"\ncountry = "Syria"\n', r"country"),
        ('[[actor]]\nid = "x"\nname = "X"\nkind = "militia"\nalias = ["Y"]\n', r"unknown field `alias`"),
        ("actor = []\n", r"actor"),
        ("[[actor\n", r"needs id, name and kind"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=why):
        with_own(path)
    with pytest.raises(InputError, match="cannot be read"):
        with_own(tmp_path / "none.toml")


def test_a_run_knows_them(own: Path) -> None:
    text = "On Sunday the Guards of the Hill attacked a checkpoint near Homs and killed four soldiers."
    coded = dateline.code(text, published="2016-06-06", actors=own)
    assert {a.id for claim in coded.claims for a in claim.actors} == {"hill-guard"}
