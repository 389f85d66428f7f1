"""From the working records to what anybody may read: :func:`publish`.

A public event is built anew, field by field, from closed vocabularies (:mod:`.vocabulary`); what has no term
there is told by its kind, or left out and counted. Nothing is copied because it looks harmless: a field that
is not named here does not reach a public file. :mod:`.checking` holds the result against the vocabularies
once more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from dateline.export.checking import check
from dateline.export.dataset import Audience, Dataset
from dateline.export.disclosing import Disclosure, left_over
from dateline.export.places import coarse, shown_place
from dateline.export.rules import Rules
from dateline.export.sensitive import few_living, is_site_name, sensitive
from dateline.export.victims import combined
from dateline.export.vocabulary import ISO_DATE, Known, Vocabulary
from dateline.records import (
    Account,
    Actor,
    ActorKind,
    Attribution,
    Claim,
    Conflict,
    ConflictValue,
    Event,
    HarmKind,
    Interval,
    Toll,
)

_Parties = Mapping[str | None, str | None]
EVENT_ID = re.compile(r"e[0-9a-f]{12}")


def publish(dataset: Dataset, rules: Rules, known: Known) -> tuple[Dataset, Disclosure]:
    """The public form of ``dataset``, and what was held back to make it.

    ``dataset`` is internal and should hold the claims of its events: they tell the kinds of sites and
    speakers. Without them no event can be known to lie at a sensitive site, and the disclosure says so.
    DisclosureError where the result holds a string of no closed vocabulary: a fault of ours, and no file
    may be written.
    """
    publisher = _Publisher(dataset, rules, known)
    events = combined([publisher.event(event) for event in dataset.events], rules, publisher.held)
    public = Dataset(
        audience=Audience.PUBLIC,
        events=tuple(events),
        counts=dataset.counts,
        versions=dataset.versions,
        coverage=dataset.coverage,
    )
    check(public, publisher.vocabulary)
    risks = left_over(public.events, rules, with_claims=bool(dataset.claims) or not dataset.events)
    return public, Disclosure(held=dict(publisher.held), events=len(events), risks=risks, rules=rules)


class _Publisher:
    """One publication: the vocabulary, the numbers that stand for ids, and what was held back."""

    def __init__(self, dataset: Dataset, rules: Rules, known: Known) -> None:
        self.rules = rules
        self.vocabulary = Vocabulary(known, rules)
        self.held: Counter[str] = Counter()
        self._claims: dict[str, Claim] = {claim.claim_id: claim for claim in dataset.claims}
        self._texts = {report.id: report.text for report in dataset.reports}
        self._numbers: dict[str, dict[str, str]] = {}

    def event(self, event: Event) -> Event:
        """One event from closed terms alone."""
        words, held = self.vocabulary, self.held
        claim_ids = tuple(self._number("c", one) for one in event.claims)
        claims = [self._claims[one] for one in event.claims if one in self._claims]
        why = sensitive(event, claims, self._texts, self.rules.coarsen)
        if why is None and self.rules.coarsen.few_living_victims and few_living(event, self.rules):
            why = "few_living"
        place = shown_place(event.place, words)
        if place is not None and event.place is not None and place.name != event.place.name:
            held["places not in the gazetteer"] += 1
        hidden = False
        if why and place is not None:
            wider = coarse(place, self.rules.coarsen.to, words)
            hidden = wider != place
            held[f"coarsened: {why}"] += hidden
            place = wider
        accused: dict[str, str] = {}
        conflicts = tuple(
            found for c in event.conflicts if (found := self._conflict(c, event, claims, bool(why), accused))
        )
        return Event(
            event_id=self._event_id(event.event_id),
            type=event.type,
            types=event.types,
            status=event.status,
            scope=event.scope,
            old=event.old,
            date=self._date(event.date),
            place=place,
            actors=self._parties(event.actors),
            targets=self._parties(event.targets),
            **{kind.value: self._toll(getattr(event, kind.value)) for kind in HarmKind},
            claims=claim_ids,
            reports=tuple(self._number("r", one) for one in event.reports),
            outlets=tuple(self._outlet(one) for one in event.outlets),
            origins=event.origins,
            grade=event.grade,
            reasons=self._reasons(event.reasons, list(dict.fromkeys(accused.values()))),
            conflicts=conflicts,
            came_from=tuple(self._event_id(one) for one in event.came_from),
            audience=Audience.PUBLIC.value,
        )

    def _number(self, letter: str, name: str) -> str:
        """A number in this file for an id: ids may be names of files, and these names of witnesses."""
        numbers = self._numbers.setdefault(letter, {})
        return numbers.setdefault(name, f"{letter}{len(numbers) + 1}")

    def _event_id(self, event_id: str) -> str:
        """Our own event ids are digests and stay; any other gets a number."""
        return event_id if EVENT_ID.fullmatch(event_id) else self._number("x", event_id)

    def _date(self, date: Interval) -> Interval:
        rule = date.rule if date.rule in self.vocabulary.words["rules"]["dates"] else None
        return Interval(from_=_iso(date.from_), to=_iso(date.to), precision=date.precision, rule=rule)

    def _parties(self, parties: Iterable[Actor]) -> tuple[Actor, ...]:
        """Each party once, named only where the lists know it."""
        shown: dict[Actor, None] = {}
        for party in parties:
            public = self.vocabulary.party(party)
            if party.name and public.name != party.name:
                person = party.kind is ActorKind.PERSON
                self.held["names of persons" if person else "words for parties"] += 1
            shown.setdefault(public)
        return tuple(shown)

    def _outlet(self, name: str) -> str:
        shown = self.vocabulary.outlet(name)
        if shown == self.vocabulary.words["phrases"]["outlet"]:
            self.held["outlets not in the lists"] += 1
        assert shown is not None
        return shown

    def _toll(self, toll: Toll | None) -> Toll | None:
        if toll is None:
            return None
        return Toll(
            state=toll.state,
            min=self._people(toll.min),
            max=self._people(toll.max),
            best=self._people(toll.best),
            civilians=replace(
                toll.civilians, min=self._people(toll.civilians.min), max=self._people(toll.civilians.max)
            ),
            combatants=replace(
                toll.combatants, min=self._people(toll.combatants.min), max=self._people(toll.combatants.max)
            ),
            rule=self.vocabulary.toll_rule(toll.rule),
            accounts=tuple(self._account(one) for one in toll.accounts),
        )

    def _people(self, number: int | None) -> int | None:
        if number is not None and number > self.rules.victims.largest:
            self.held["numbers too long to be of people"] += 1
            return None
        return number

    def _account(self, account: Account) -> Account:
        said = _innermost(self._claims.get(account.claim_id))
        kind, actor_id = (said.kind, said.id) if said else (None, None)
        name = said.name if said and said.id and said.name else account.speaker
        speaker = self.vocabulary.speaker(name, kind, actor_id)
        if account.speaker and speaker != account.speaker:
            self.held["words for speakers"] += 1
        return Account(
            min=self._people(account.min),
            max=self._people(account.max),
            civilian=account.civilian,
            claim_id=self._number("c", account.claim_id),
            speaker=speaker,
            outlet=self.vocabulary.outlet(account.outlet),
        )

    def _reasons(self, reasons: Iterable[str], accused: list[str]) -> tuple[str, ...]:
        shown: dict[str, None] = {}
        for reason in reasons:
            public = self.vocabulary.reason(reason, accused)
            self.held["words in reasons"] += public != reason
            shown.setdefault(public)
        return tuple(shown)

    def _conflict(
        self,
        conflict: Conflict,
        event: Event,
        claims: list[Claim],
        hidden: bool,
        accused: dict[str, str],
    ) -> Conflict | None:
        """A conflict with its values closed; None for places where the place is sensitive."""
        words = self.vocabulary
        if conflict.field not in words.conflict_fields or (conflict.field == "place" and hidden):
            self.held["places in conflicts"] += 1
            return None
        places = {place.name for c in claims for place in c.places if place.lat is not None}
        parties = {party.name: words.party(party).name for party in (*event.actors, *event.targets)}
        given: dict[str, list[str]] = {}
        for one in conflict.values:
            value = self._value(conflict.field, one.value, parties, places)
            if conflict.field == "actors":
                accused[one.value] = value
            self.held["words in conflicts"] += value != one.value
            given.setdefault(value, []).extend(one.claim_ids)
        values = tuple(
            ConflictValue(value=value, claim_ids=tuple(self._number("c", c) for c in dict.fromkeys(ids)))
            for value, ids in given.items()
        )
        return Conflict(field=conflict.field, values=values)

    def _value(self, field: str, value: str, parties: _Parties, places: set[str | None]) -> str:
        words, instead = self.vocabulary, self.vocabulary.words["phrases"]
        if field == "place":
            ours = value in places and words.is_place(value) and not is_site_name(value, self.rules.coarsen)
            return value if ours else str(instead["place"])
        if field == "date":
            return value if words.is_dates(value) else str(instead["date"])
        if field == "actors":
            return words.party_name(value) or parties.get(value) or str(instead["party"])
        if field in ("occurrence", "actor"):
            return value if value in words.words["conflicts"]["values"] else str(instead["figure"])
        return value if words.is_figure(value) else str(instead["figure"])


def _iso(day: str | None) -> str | None:
    return day if day is not None and ISO_DATE.fullmatch(day) else None


def _innermost(claim: Claim | None) -> Attribution | None:
    """The speaker that an account names (fusion/tolls.py): the first with words for who it is."""
    return next((said for said in claim.attribution if said.who), None) if claim else None
