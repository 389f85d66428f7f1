"""Claims from spans and links, by the codebook. Tags are written by hand: the tagger has its own tests."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dateline.claims import claims_of
from dateline.records import (
    Civilian,
    Claim,
    Denies,
    EventType,
    HarmKind,
    HarmState,
    Join,
    Layer,
    Link,
    Report,
    Role,
    Scope,
    Side,
    Stance,
    Status,
    TaggedSpan,
    Tags,
    Trigger,
)
from dateline.tagger.sentences import sentences
from dateline.world.resolving import resolve


@dataclass
class Marked:
    """Tags put together from words; links go to the last trigger."""

    text: str
    triggers: list[Trigger] = field(default_factory=list)
    spans: list[TaggedSpan] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    counted: list[Join] = field(default_factory=list)
    said: list[Join] = field(default_factory=list)

    def trigger(
        self, words: str, kind: EventType = EventType.ATTACK, status: Status = Status.HAPPENED
    ) -> Marked:
        at = self.text.index(words)
        self.triggers.append(
            Trigger.of(
                self.text,
                at,
                at + len(words),
                type=kind,
                status=status,
                scope=Scope.SINGLE,
                old=False,
                score=0.9,
                type_score=0.8,
                confidence=0.72,
            )
        )
        return self

    def span(
        self,
        words: str,
        layer: Layer,
        role: Role,
        *,
        harm: HarmKind | None = None,
        stance: Stance | None = None,
        civilian: Civilian | None = None,
        score: float = 0.9,
        n: int = 0,
    ) -> Marked:
        at = -1
        for _ in range(n + 1):
            at = self.text.index(words, at + 1)
        known = TaggedSpan.of(self.text, at, at + len(words), layer=layer, score=0.9)
        if known not in self.spans:
            self.spans.append(known)
        self.links.append(
            Link(
                trigger=len(self.triggers) - 1,
                span=self.spans.index(known),
                role=role,
                score=score,
                harm=harm,
                civilian=civilian,
                stance=stance,
            )
        )
        return self

    def harm(
        self, count: str, who: str, kind: HarmKind, civilian: Civilian = Civilian.UNKNOWN, **where: int
    ) -> Marked:
        self.span(count, Layer.COUNT, Role.COUNT, harm=kind, civilian=civilian, **where)
        first = self.links[-1].span
        if who:
            self.span(who, Layer.WHO, Role.WHO, harm=kind, civilian=civilian)
            self.counted.append(Join(first=first, second=self.links[-1].span, score=0.9))
        return self

    def speaker(self, who: str, cue: str, stance: Stance = Stance.SAYS) -> Marked:
        self.span(who, Layer.SPEAKER, Role.SPEAKER, stance=stance)
        first = self.links[-1].span
        self.span(cue, Layer.CUE, Role.CUE)
        self.said.append(Join(first=first, second=self.links[-1].span, score=0.9))
        return self

    def claims(self) -> list[Claim]:
        report = Report(id="r", text=self.text)
        tags = Tags(
            triggers=tuple(self.triggers),
            spans=tuple(self.spans),
            links=tuple(self.links),
            counted=tuple(self.counted),
            said=tuple(self.said),
        )
        return [c.check(report) for c in claims_of(report, tags, sentences(self.text))]


KILLED, INJURED = HarmKind.KILLED, HarmKind.INJURED


def test_articles_are_left_off_and_ids_count_up() -> None:
    text = "The rebels attacked a post. The army shelled the rebels."
    marked = Marked(text).trigger("attacked").span("The rebels", Layer.PARTY, Role.ACTOR)
    marked.trigger("shelled", EventType.SHELLING).span("The army", Layer.PARTY, Role.ACTOR)
    first, second = marked.claims()
    assert (first.claim_id, second.claim_id) == ("r.c1", "r.c2")
    assert [a.text for a in first.actors] == ["rebels"]
    assert [a.text for a in second.actors] == ["army"]
    assert text[second.sentence.start : second.sentence.end] == "The army shelled the rebels."


def test_of_overlapping_spans_the_better_stays() -> None:
    marked = Marked("Fighters of the Eastern Front attacked.").trigger("attacked")
    marked.span("Eastern Front", Layer.PARTY, Role.ACTOR, score=0.6)
    marked.span("Fighters of the Eastern Front", Layer.PARTY, Role.ACTOR, score=0.8)
    assert [a.text for a in marked.claims()[0].actors] == ["Fighters of the Eastern Front"]


def test_a_count_and_its_people() -> None:
    marked = Marked("The blast killed at least 12 villagers and wounded a woman.").trigger("blast")
    marked.harm("at least 12", "villagers", KILLED, Civilian.YES).harm(
        "a", "woman", INJURED, Civilian.YES, n=5
    )
    killed, injured = marked.claims()[0].harm
    assert killed.count and killed.who and injured.who and injured.count
    assert (killed.kind, killed.count.text, killed.who.text) == (KILLED, "at least 12", "villagers")
    assert killed.civilian is Civilian.YES
    # A leading "a" is a number here, not an article.
    assert (injured.count.text, injured.who.text, injured.groups) == ("a", "woman", ("women",))


@pytest.mark.parametrize(
    "between", ["including", "among them", "of whom", "among whom"], ids=lambda b: str(b)
)
def test_a_toll_inside_a_toll_is_part_of_it(between: str) -> None:
    marked = Marked(f"Shells killed 18 civilians {between} 10 children.").trigger("Shells")
    marked.harm("18", "civilians", KILLED).harm("10", "children", KILLED)
    wide, narrow = marked.claims()[0].harm
    assert (wide.part_of, narrow.part_of) == (None, 0)


def test_a_list_inside_a_toll_is_part_of_it_too() -> None:
    marked = Marked("It killed 9 people, including 3 women and 2 boys.").trigger("killed")
    marked.harm("9", "people", KILLED).harm("3", "women", KILLED).harm("2", "boys", KILLED)
    assert [h.part_of for h in marked.claims()[0].harm] == [None, 0, 0]


@pytest.mark.parametrize(
    ("who", "groups"),
    [
        ("women and children", ("women", "children")),
        ("ambulance paramedics", ("medics",)),
        ("freelance journalists", ("journalists",)),
        ("aid workers", ("aid_workers",)),
        ("UN peacekeepers", ("peacekeepers",)),
        ("schoolgirls", ("women", "children")),
        ("people", ()),
    ],
)
def test_groups_of_people_are_kept(who: str, groups: tuple[str, ...]) -> None:
    text = f"The raid killed 12 {who}."
    marked = Marked(text).trigger("raid").harm("12", who, HarmKind.KILLED)
    assert marked.claims()[0].harm[0].groups == groups


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The raid killed 12 men.", ["killed"]),
        ("The raid left 12 men injured.", ["injured"]),
        ("In the raid 12 men were wounded.", ["injured"]),
        ("The raid went on, wounding 12 men.", ["injured"]),
        ("The raid killed four, 12 men injured.", ["injured"]),
        ("The raid killed and wounded 12 men.", ["injured", "killed"]),
        ("In the raid 12 men were killed or injured.", ["injured", "killed"]),
        ("The raid struck 12 men.", ["killed"]),
    ],
)
def test_words_beside_a_toll_tell_its_kind(text: str, kinds: list[str]) -> None:
    found = Marked(text).trigger("raid").harm("12", "men", HarmKind.KILLED).claims()[0].harm
    assert [h.kind.value for h in found] == kinds
    assert all((h.rule is not None) is (len(kinds) == 2) for h in found)


def test_words_beside_a_toll_leave_arrests_alone() -> None:
    text = "The raid held 12 men wounded before."
    found = Marked(text).trigger("raid").harm("12", "men", HarmKind.DETAINED).claims()[0].harm
    assert [h.kind for h in found] == [HarmKind.DETAINED]


def test_an_article_before_a_person_is_a_count() -> None:
    text = "The raid killed a young bishop and the driver."
    marked = Marked(text).trigger("raid")
    for who in ("young bishop", "driver"):
        marked.span(who, Layer.WHO, Role.WHO, harm=HarmKind.KILLED)
    bishop, driver = marked.claims()[0].harm
    assert bishop.count is not None and bishop.count.text == "a"
    assert driver.count is None


def test_a_toll_told_twice_in_one_passage_counts_once() -> None:
    text = "Bomber kills six in cafe Reports say a bombing in a cafe killed six people on Sunday."
    marked = Marked(text).trigger("bombing", EventType.BOMBING)
    marked.span("six", Layer.COUNT, Role.COUNT, harm=HarmKind.KILLED)
    marked.harm("six", "people", HarmKind.KILLED, n=1)
    (only,) = marked.claims()[0].harm
    assert only.who is not None and only.who.text == "people"


def test_equal_tolls_of_different_people_both_count() -> None:
    text = "The raid killed five rebels and the clash five civilians."
    marked = Marked(text).trigger("raid").harm("five", "rebels", HarmKind.KILLED)
    marked.harm("five", "civilians", HarmKind.KILLED, n=1)
    assert [h.who.text for h in marked.claims()[0].harm if h.who] == ["rebels", "civilians"]


def test_two_tolls_side_by_side_are_not_part_of_each_other() -> None:
    marked = Marked("It killed 9 soldiers and 3 rebels.").trigger("killed")
    marked.harm("9", "soldiers", KILLED).harm("3", "rebels", KILLED)
    assert [h.part_of for h in marked.claims()[0].harm] == [None, None]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("SOHR raised the toll of the raid from 17 to 19 dead.", [1, None]),
        ("The toll of the raid rose from an initial 17 people to 19.", [1, None]),
        ("The raid killed 19 people, up from an earlier count of 17.", [None, 0]),
        ("The raid killed 19, 17 in one house.", [None, None]),
        ("The raid killed 17 in the town; shells took 19 to hospital.", [None, None]),
    ],
)
def test_a_toll_that_is_overtaken_is_not_added_to_the_new_one(text: str, parts: list[int | None]) -> None:
    marked = Marked(text).trigger("raid").harm("17", "", KILLED).harm("19", "", KILLED)
    assert [h.part_of for h in marked.claims()[0].harm] == parts


def test_one_count_for_two_kinds_says_so() -> None:
    marked = Marked("The strike killed and injured five people.").trigger("strike")
    marked.harm("five", "people", KILLED)
    marked.span("five", Layer.COUNT, Role.COUNT, harm=INJURED)
    kinds = {h.kind: h.rule for h in marked.claims()[0].harm}
    assert kinds.keys() == {KILLED, INJURED}
    assert all("two kinds" in (rule or "") for rule in kinds.values())


def test_none_told_for_two_kinds_is_none_of_each() -> None:
    marked = Marked("Nobody was killed or injured in the strike.").trigger("strike")
    marked.harm("Nobody", "", KILLED)
    marked.span("Nobody", Layer.COUNT, Role.COUNT, harm=INJURED)
    (claim,) = resolve(Report(id="r", text=marked.text), marked.claims())
    assert {h.kind: (h.min, h.max, h.state) for h in claim.harm} == {
        KILLED: (0, 0, HarmState.NONE),
        INJURED: (0, 0, HarmState.NONE),
    }


def test_people_harmed_who_are_the_actor_or_the_target() -> None:
    marked = Marked("Gunmen attacked soldiers; 3 gunmen and 2 soldiers died.").trigger("attacked")
    marked.span("gunmen", Layer.PARTY, Role.ACTOR).span("soldiers", Layer.PARTY, Role.TARGET, n=1)
    marked.harm("3", "gunmen", KILLED).harm("2", "", KILLED)
    marked.span("soldiers", Layer.WHO, Role.WHO, harm=KILLED, n=1)
    marked.counted.append(Join(first=4, second=5, score=0.9))
    sides = {h.who.text: h.side for h in marked.claims()[0].harm if h.who}
    assert sides == {"gunmen": Side.ACTOR, "soldiers": Side.TARGET}


@pytest.mark.parametrize(
    "words",
    [
        "There was no information on losses.",
        "There was no immediate word on casualties.",
        "The number of casualties was not yet known.",
        "An unknown number of casualties was taken to hospital.",
    ],
)
def test_unknown_losses_are_unknown_not_zero(words: str) -> None:
    claim = Marked(f"Jets bombed the depot. {words}").trigger("bombed", EventType.AIR_STRIKE).claims()[0]
    assert [(h.kind, h.state, h.min, h.max) for h in claim.harm] == [(KILLED, HarmState.UNKNOWN, None, None)]


def test_a_stated_toll_is_not_made_unknown() -> None:
    marked = Marked("The raid killed 4 people. There was no information on losses.").trigger("raid")
    marked.harm("4", "people", KILLED)
    assert [h.state for h in marked.claims()[0].harm] == [HarmState.STATED]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("A witness told Levant Wire that shells fell.", ["witness", "Levant Wire"]),
        ("Levant Wire quoted a witness as saying that shells fell.", ["witness", "Levant Wire"]),
    ],
)
def test_the_outermost_speaker_stands_last(text: str, speakers: list[str]) -> None:
    marked = Marked(text).trigger("shells")
    witness = "A witness" if "A witness" in text else "a witness"
    marked.speaker(witness, "told" if "told" in text else "as saying")
    marked.span("Levant Wire", Layer.SPEAKER, Role.SPEAKER, stance=Stance.SAYS)
    if "quoted" in text:
        first = marked.links[-1].span
        marked.span("quoted", Layer.CUE, Role.CUE)
        marked.said.append(Join(first=first, second=marked.links[-1].span, score=0.9))
    assert [a.who.text for a in marked.claims()[0].attribution if a.who] == speakers


def test_a_cue_without_a_speaker() -> None:
    marked = Marked("Shells reportedly fell on the quay.").trigger("Shells")
    marked.span("reportedly", Layer.CUE, Role.CUE)
    (said,) = marked.claims()[0].attribution
    assert said.who is None and said.cue and said.cue.text == "reportedly"


def test_a_speaker_who_is_nobody_leaves_the_cue() -> None:
    marked = Marked("They denied that, the strike hit a school.").trigger("strike")
    marked.speaker("the", "denied", Stance.DENIES)
    (said,) = marked.claims()[0].attribution
    assert said.who is None and said.cue and said.cue.text == "denied"
    assert (said.stance, said.denies) == (Stance.DENIES, Denies.OCCURRENCE)


@pytest.mark.parametrize(
    ("told", "speakers"),
    [
        ("told the Gazette", ["witness", "Gazette"]),
        ("told a reporter", ["witness", "reporter"]),
        ("told teh Gazette", ["Gazette", "witness"]),
    ],
)
def test_only_an_article_stands_between_told_and_the_one_told(told: str, speakers: list[str]) -> None:
    listener = told.split()[-1]
    text = f"On the way {told} a witness that shells fell." if "teh" in told else ""
    marked = Marked(text or f"A witness {told} that shells fell.").trigger("shells")
    marked.span("witness", Layer.SPEAKER, Role.SPEAKER, stance=Stance.SAYS)
    marked.span(listener, Layer.SPEAKER, Role.SPEAKER, stance=Stance.SAYS)
    assert [a.who.text for a in marked.claims()[0].attribution if a.who] == speakers


@pytest.mark.parametrize(
    ("text", "status", "what"),
    [
        ("The ministry denied responsibility for the strike.", Status.HAPPENED, Denies.ACTOR),
        ("The ministry denied any civilian casualties in the strike.", Status.HAPPENED, Denies.HARM),
        ("The ministry denied that there was a strike.", Status.DENIED, Denies.OCCURRENCE),
    ],
)
def test_what_a_denial_denies(text: str, status: Status, what: Denies) -> None:
    marked = Marked(text).trigger("strike", status=status)
    marked.speaker("The ministry", "denied", Stance.DENIES)
    (said,) = marked.claims()[0].attribution
    assert (said.stance, said.denies) == (Stance.DENIES, what)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Clashes went on in Osk, a commander told the Herald by telephone from Tarn.", ["Osk"]),
        ("Clashes went on in Osk, a refugee told reporters in Tarn.", ["Osk"]),
        ("Clashes went on in Osk and spread to Tarn.", ["Osk", "Tarn"]),
    ],
)
def test_where_it_was_told_is_not_where_it_happened(text: str, kept: list[str]) -> None:
    marked = Marked(text).trigger("Clashes", EventType.CLASH)
    marked.span("Osk", Layer.PLACE, Role.PLACE).span("Tarn", Layer.PLACE, Role.PLACE)
    assert [p.text for p in marked.claims()[0].places] == kept


def test_no_trigger_no_claim() -> None:
    assert Marked("Parliament debated the budget.").claims() == []
