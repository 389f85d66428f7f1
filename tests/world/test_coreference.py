"""Who "the group" is: the one fitting actor named before in the report, or nobody."""

from __future__ import annotations

import pytest
from world.claim_making import attack

from dateline.records import (
    ActorMention,
    Attribution,
    Claim,
    Report,
    Span,
    Stance,
)
from dateline.world.resolving import resolve


def coded(
    text: str,
    *,
    actor: str = "",
    speaker: str = "",
    other: str = "",
    before: str = "",
    stance: Stance = Stance.SAYS,
) -> Claim:
    """A resolved claim on ``text``; of words that stand there more than once the last are meant.

    ``speaker`` with ``stance`` is its first speaker; ``before``: another, who speaks before.
    """

    def at(words: str) -> tuple[int, int]:
        start = text.rindex(words)
        return start, start + len(words)

    report = Report(id="r", text=text)
    actors = tuple(ActorMention.of(text, *at(words)) for words in (other, actor) if words)
    said = (Attribution(who=Span.of(text, *at(speaker)), stance=stance),) if speaker else ()
    said += (Attribution(who=Span.of(text, *at(before))),) if before else ()
    claim = attack(
        report,
        actors=actors,
        attribution=said,
    )
    return resolve(report, [claim])[0]


@pytest.mark.parametrize(
    ("text", "actor", "who"),
    [
        ("ISIS lost the town. On Monday the group shelled it.", "group", "isis"),
        ("Al-Shabaab claimed it. The militant group struck twice.", "militant group", "al-shabaab"),
        ("The US-led coalition flew raids. The coalition struck again.", "coalition", "us-led-coalition"),
        ("The YPG took the hill. Later its fighters attacked.", "fighters", "ypg"),
        ("Hezbollah fired first. The militia shelled the base.", "militia", "hezbollah"),
        # Not certain: nobody.
        ("ISIS fought al-Nusra Front. On Monday the group shelled it.", "group", None),
        ("ISIS lost the town. On Monday a group shelled it.", "group", None),
        ("On Monday the group shelled it.", "group", None),
        ("The Red Crescent came. The group shelled it.", "group", None),
        ("A Hezbollah-backed force left. The group shelled it.", "group", None),
        ("ISIS lost the town. The fighters attacked.", "fighters", None),
        ("ISIS lost the town to the Hill Guard. The group shelled it.", "group", "isis"),
    ],
)
def test_the_one_that_fits(text: str, actor: str, who: str | None) -> None:
    assert coded(text, actor=actor).actors[0].id == who


def test_an_unlisted_name_in_between_makes_it_doubtful() -> None:
    text = "ISIS lost the town to the Hill Guard. The group shelled it."
    assert coded(text, actor="group", other="Hill Guard").actors[-1].id is None


@pytest.mark.parametrize(
    ("text", "speaker", "who"),
    [
        ("The Syrian Observatory for Human Rights said so. The Observatory spoke.", "Observatory", "sohr"),
        ("Human Rights Watch said so. The rights group spoke.", "rights group", "hrw"),
        ("Human Rights Watch said so. The group spoke.", "group", "hrw"),
        ("Russia's Defense Ministry said so. The ministry spoke.", "ministry", "ru-defence-ministry"),
        ("SANA reported it. The agency spoke.", "agency", "sana"),
        ("ISIS claimed it. The group spoke.", "group", "isis"),
        ("ISIS did it, the monitor said. The group spoke.", "group", None),
        ("ISIS did it, the Syrian Observatory for Human Rights said. The group spoke.", "group", None),
        (
            "Turkey's Defence Ministry and Russia's Defence Ministry met. The ministry spoke.",
            "ministry",
            None,
        ),
    ],
)
def test_who_speaks(text: str, speaker: str, who: str | None) -> None:
    assert coded(text, speaker=speaker).attribution[0].id == who


def test_a_name_far_back_counts_where_no_other_fits() -> None:
    far = "ISIS lost the town. " + "Rain fell on the hills all day and night. " * 20
    assert coded(f"{far}The group shelled it.", actor="group").actors[0].id == "isis"
    two = far.replace("lost the town", "lost the town to the al-Nusra Front")
    assert coded(f"{two}The group shelled it.", actor="group").actors[0].id is None


@pytest.mark.parametrize(
    ("text", "before", "speaker", "who"),
    [
        ("SANA said two died. It added that one was hurt.", "SANA", "It", "Syrian Arab News Agency"),
        (
            "SANA said ISIS shelled the town. It added that one was hurt.",
            "SANA",
            "It",
            "Syrian Arab News Agency",
        ),
        ("A local monitor said so. It named two.", "local monitor", "It", "monitor"),
        ("SANA said two died, but Human Rights Watch saw none. It named one.", "SANA", "It", None),
        (
            "Captain Amir Haddad said two died. He named one.",
            "Captain Amir Haddad",
            "He",
            "Captain Amir Haddad",
        ),
        ("The nurse said two died. She named one.", "nurse", "She", "medics"),
        ("Captain Amir Haddad said two died. It rained.", "Captain Amir Haddad", "It", None),
        ("SANA said two died. He named one.", "SANA", "He", None),
        ("SANA said two died. They named one.", "SANA", "They", None),
        ("SANA said two died. " + "Rain fell all night. " * 30 + "It named one.", "SANA", "It", None),
    ],
)
def test_a_pronoun_that_speaks(text: str, before: str, speaker: str, who: str | None) -> None:
    said = coded(text, speaker=speaker, before=before).attribution[0]
    assert (said.who.text if said.who else "", said.name) == (speaker, who)


def test_a_pronoun_that_denies_answers_somebody_else() -> None:
    text = "SANA said the army shelled the town. It denied this."
    assert coded(text, speaker="It", before="SANA", stance=Stance.DENIES).attribution[0].name is None
