"""What was held back to make a public file, and what risk is left, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.export.rules import Rules
from dateline.export.sensitive import few_living
from dateline.records import Event

LEVELS = {"admin2": "district", "admin1": "province", "country": "country"}
"""What the levels of divisions are called in words (``[coarsen] to`` of the rules)."""

_WHY = {
    "site medical": "at medical sites",
    "site camp": "at camps of displaced people",
    "site shelter": "at shelters",
    "site aid": "at places where aid is given out",
    "site humanitarian": "at sites of humanitarian workers",
    "site by its name": "in a camp, hospital or shelter by its own name",
    "target": "with medics or aid workers as targets",
    "people harmed": "with patients, medics, aid workers or displaced people among those harmed",
    "words of a claim": "whose words name a hospital, shelter, refugees or aid",
    "words of a sentence": "whose sentences tell of shelter or people in hiding",
    "few_living": "with one or two living victims whom neighbours would know",
}


@dataclass(frozen=True)
class Risk:
    """Something left over: how many events, what share of the file (0…1), and why it matters."""

    events: int
    share: float
    words: str


@dataclass(frozen=True)
class Disclosure:
    """The account of one publication. ``held``: what was held back, by what and why, with how often."""

    held: Mapping[str, int]
    events: int
    risks: tuple[Risk, ...]
    rules: Rules = field(repr=False)
    text_goes_out: bool = False

    @property
    def stops(self) -> bool:
        """Whether somebody must accept the risk before the file is written."""
        share = max((risk.share for risk in self.risks), default=0.0)
        return self.text_goes_out or share > self.rules.risk.stop_above

    def lines(self) -> list[str]:
        """The report in words, a line each."""
        level = LEVELS[self.rules.coarsen.to]
        told = [f"Disclosure report: {_count(self.events, 'event')} for the public", ""]
        told += ["Held back", ""]
        told += [f"- {line}" for line in self._held_back()] or [
            "- nothing: the events held closed terms only"
        ]
        told += ["", f"Coarsened (shown at {level} level or the next wider one, without coordinates)", ""]
        coarse = [(key, n) for key, n in sorted(self.held.items()) if key.startswith("coarsened: ") and n]
        told += [f"- {_count(n, 'event')} {_why(key)}" for key, n in coarse] or ["- no event"]
        told += ["", f"Combined (attributes that fewer than {self.rules.victims.k} people share)", ""]
        told += [f"- {line}" for line in self._combined()] or ["- none"]
        told += ["", "Risk that is left", ""]
        told += [f"- {risk.words}" for risk in self.risks]
        if self.text_goes_out:
            told.append(
                "- the sentences of the reports go out: the redactor finds most names, numbers and "
                "addresses, not all, and whoever was there may know who spoke by what is said"
            )
        told += [
            "- an event is unique by day, place and toll: whoever knows it can find it here, and other "
            "sources may name its victims",
            "- an event id is a digest: who knows how your inputs are named can test a guess at it",
            "",
            f"Rules {self.rules.digest}; a stop above {self.rules.risk.stop_above:.1%} of events at risk",
        ]
        return told

    def _held_back(self) -> list[str]:
        always = ["texts, titles, bylines, addresses, file names and quoted words of all reports"]
        always.append("ids of claims and reports: numbers that hold within this file stand for them")
        counted = [
            f"{name}: {n} times" if n > 1 else f"{name}: once"
            for name, n in sorted(self.held.items())
            if n and ": " not in name
        ]
        return always + counted

    def _combined(self) -> list[str]:
        return [
            f"{key.partition(': ')[2]}: in {_count(n, 'place')} of the file"
            for key, n in sorted(self.held.items())
            if key.startswith("attributes combined: ") and n
        ]


def left_over(events: Sequence[Event], rules: Rules, *, with_claims: bool) -> tuple[Risk, ...]:
    """The risks of a public file beside those that every such file has."""
    found = []
    known = [event for event in events if few_living(event, rules)]
    if known:
        share = len(known) / len(events)
        words = (
            f"{_count(len(known), 'event')} ({share:.1%}) of one or two living victims of a small group are "
            "shown with day and town: set few_living_victims = true, or accept it"
        )
        found.append(Risk(len(known), share, words))
    if not with_claims:
        words = (
            "the claims were not there, so events at shelters, medical and aid sites could not be told apart"
        )
        found.append(Risk(len(events), 1.0, words))
    return tuple(found)


def _why(key: str) -> str:
    reason = key.removeprefix("coarsened: ")
    return _WHY.get(reason, f"at sites of the kind {reason.removeprefix('site ')}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
