"""How many people were harmed: one claim's figure, and the event's from all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dateline.fusion.facts import ReportFacts
from dateline.fusion.names import folded
from dateline.fusion.settings import grades
from dateline.records import Account, Civilian, Claim, Harm, HarmKind, HarmState, Range, Toll


class Figure(NamedTuple):
    """The toll of one kind that one claim gives. ``vague``: its words name no number ("dozens")."""

    min: int | None
    max: int | None
    civilian: Civilian
    state: HarmState
    vague: bool


Told = list[tuple[Claim, Figure]]
"""The claims that say anything of one kind of harm, each with its figure."""


class Voice(NamedTuple):
    """A claim's figure with who stands behind it."""

    figure: Figure
    claim: Claim
    origin: int
    published: str


def totals(claim: Claim) -> dict[HarmKind, Figure]:
    """The toll of each kind that ``claim`` gives: the sum of entries not part of a wider toll.

    A sum's minimum adds the known minima ("15 people and several fighters": at least 18); its
    maximum is known only when each entry's is. A kind that the claim says nothing of is left out.
    """
    widest: dict[HarmKind, list[Harm]] = {}
    for harm in claim.harm:
        if _parent(claim, harm) is None:
            widest.setdefault(harm.kind, []).append(harm)
    return {kind: _figure(entries) for kind, entries in widest.items()}


def figures_of(claims: Iterable[Claim]) -> dict[HarmKind, Told]:
    """For each kind of harm that the claims tell of: who tells of it, with the figure given."""
    found: dict[HarmKind, Told] = {}
    for claim in claims:
        for kind, figure in totals(claim).items():
            found.setdefault(kind, []).append((claim, figure))
    return found


def toll(kind: HarmKind, told: Told, origin_of: Mapping[str, int], facts: Mapping[str, ReportFacts]) -> Toll:
    """The event's toll of one kind; ``told`` is what its claims say of it, one claim at least.

    All accounts are kept (requirements 10 and 17). The range runs over those that count the whole
    (:func:`whole`), and the shown figure is one that somebody gave: the one that most independent
    origins support, among those the latest; never a mean. "No information about losses" is an
    account without numbers, never 0.
    """
    voices = []
    for claim, figure in told:
        published = facts[claim.report_id].published if claim.report_id in facts else None
        voices.append(Voice(figure, claim, origin_of[claim.report_id], published or ""))
    counted = {claim.claim_id for claim, _ in whole(told)}
    counting = [voice for voice in voices if voice.claim.claim_id in counted]
    lowest, highest = _range(voice.figure for voice in counting)
    best, rule = _best(counting)
    if len(counting) < len(voices):
        rule += "; smaller figures beside a speaker's own larger one are parts"
    return Toll(
        state=_state({voice.figure.state for voice in voices}),
        min=lowest,
        max=highest,
        best=best,
        civilians=_standing_range(told, kind, Civilian.YES),
        combatants=_standing_range(told, kind, Civilian.NO),
        rule=rule,
        accounts=tuple(_account(voice, facts) for voice in voices),
    )


def whole(told: Told) -> Told:
    """Those of an event's figures of one kind that count all the harmed, as far as words show.

    A report that says "61 people died" and then "three policemen were killed" does not give two
    accounts of one toll. So of what one speaker says in one report (and of what the report says in
    its own voice beside its speakers) a figure below another of these is a part, or has been
    overtaken. Two speakers in one report are two accounts. "No casualties" is never a part.
    """
    peaks: dict[tuple[str, str | None], int] = {}
    for claim, figure in told:
        if figure.min is not None:
            for key in {(claim.report_id, _speaker(claim)), (claim.report_id, None)}:
                peaks[key] = max(peaks.get(key, 0), figure.min)

    def is_part(claim: Claim, figure: Figure) -> bool:
        highest = figure.max if figure.max is not None else figure.min
        peak = peaks.get((claim.report_id, _speaker(claim)), 0)
        return highest is not None and 0 < highest < peak

    return [(claim, figure) for claim, figure in told if not is_part(claim, figure)]


def overlap(one: tuple[int | None, int | None], two: tuple[int | None, int | None]) -> bool:
    """Whether two ranges have a number in common; an unknown bound is open."""
    return _reaches(one[0], two[1]) and _reaches(two[0], one[1])


def words_for(lowest: int | None, highest: int | None) -> str:
    """A range in words: "20", "12 to 15", "300 or more", "up to 20", "unknown"."""
    if lowest is None and highest is None:
        return "unknown"
    if lowest is None:
        return f"up to {highest}"
    if highest is None:
        return f"{lowest} or more"
    return str(lowest) if lowest == highest else f"{lowest} to {highest}"


def _figure(entries: Sequence[Harm]) -> Figure:
    """The sum of entries of one kind."""
    standings = {entry.civilian for entry in entries}
    return Figure(
        *_sum(entries),
        civilian=standings.pop() if len(standings) == 1 else Civilian.MIXED,
        state=_state({entry.state for entry in entries}),
        vague=any(_is_vague(entry) for entry in entries),
    )


def _parent(claim: Claim, harm: Harm) -> Harm | None:
    """The entry of the same kind that ``harm`` is a part of."""
    if harm.part_of is None or not 0 <= harm.part_of < len(claim.harm):
        return None
    parent = claim.harm[harm.part_of]
    return parent if parent.kind == harm.kind and parent is not harm else None


def _sum(entries: Sequence[Harm]) -> tuple[int | None, int | None]:
    lows = [entry.min for entry in entries if entry.min is not None]
    highs = [entry.max for entry in entries if entry.max is not None]
    return (sum(lows) if lows else None, sum(highs) if len(highs) == len(entries) else None)


def _state(states: set[HarmState]) -> HarmState:
    for state in (HarmState.STATED, HarmState.NONE):
        if state in states:
            return state
    return HarmState.UNKNOWN


def _is_vague(entry: Harm) -> bool:
    if entry.count is None or grades().vague_words.isdisjoint(folded(entry.count.text).split()):
        return False
    return not any(c.isdigit() for c in entry.count.text)


def _range(figures: Iterable[Figure]) -> tuple[int | None, int | None]:
    """From the lowest minimum to the highest maximum that anyone gives.

    An end is left open where an open account goes beyond it: "15" beside "at least 300" has no
    known maximum, "12 or more" beside "15" is 12 to 15.
    """
    listed = list(figures)
    lows = [figure.min for figure in listed if figure.min is not None]
    highs = [figure.max for figure in listed if figure.max is not None]
    lowest, highest = min(lows, default=None), max(highs, default=None)
    if highest is not None and any(f.max is None and f.min is not None and f.min > highest for f in listed):
        highest = None
    if lowest is not None and any(f.min is None and f.max is not None and f.max < lowest for f in listed):
        lowest = None
    return lowest, highest


def _best(voices: Sequence[Voice]) -> tuple[int | None, str]:
    """The figure to show, and the rule that chose it.

    An account supports a number that its range holds, so "at least 12" supports 15. Numbers come
    from accounts with one number, else from the bound of those with one bound. Words without a
    number ("dozens") support a number but are never shown as one (requirement 22).
    """
    exact = {v.figure.min for v in voices if v.figure.min is not None and v.figure.min == v.figure.max}
    bounds = {
        v.figure.min if v.figure.min is not None else v.figure.max for v in voices if not v.figure.vague
    }
    numbers = sorted({n for n in exact | bounds if n is not None})
    if not numbers:
        if any(v.figure.vague for v in voices):
            return None, "words without a number only"
        return None, "no number given"
    origins = len({voice.origin for voice in voices if (voice.figure.min, voice.figure.max) != (None, None)})

    def support(number: int) -> tuple[int, str, int, bool, int]:
        backers = [v for v in voices if _holds(v.figure, number)]
        givers = [v for v in backers if number in (v.figure.min, v.figure.max) and not v.figure.vague]
        latest = max((v.published for v in givers), default="")
        reports = len({v.claim.report_id for v in givers})
        return (len({v.origin for v in backers}), latest, reports, number in exact, -number)

    supports = {number: support(number) for number in numbers}
    best = max(numbers, key=supports.__getitem__)
    backing = supports[best][0]
    if len(numbers) == 1:
        return best, f"the only number given ({backing} of {origins} origins)"
    ties = [number for number in numbers if supports[number][0] == backing]
    if len(ties) == 1:
        return best, f"supported by most origins ({backing} of {origins})"
    if len([n for n in ties if supports[n][1] == supports[best][1]]) == 1:
        return best, f"most recent of those supported by {backing} of {origins} origins"
    if len([n for n in ties if supports[n][1:3] == supports[best][1:3]]) == 1:
        return best, f"given by most of the most recent reports, supported by {backing} of {origins} origins"
    if len([n for n in ties if supports[n][1:4] == supports[best][1:4]]) == 1:
        return best, f"a full count before a bound, supported by {backing} of {origins} origins"
    return best, f"lowest of the most recent supported by {backing} of {origins} origins"


def _holds(figure: Figure, number: int) -> bool:
    if figure.min is None and figure.max is None:
        return False
    return _reaches(figure.min, number) and _reaches(number, figure.max)


def _standing_range(told: Told, kind: HarmKind, standing: Civilian) -> Range:
    """The reported range of those harmed who are told to be civilians (or to be none).

    Parts count here too ("18 people including 10 civilians": 10), but not beside the wider toll
    of the same standing that they are part of.
    """
    ranges = []
    for claim, _ in told:
        entries = [h for h in claim.harm if h.kind == kind and h.civilian == standing]
        top = [h for h in entries if (p := _parent(claim, h)) is None or p.civilian != standing]
        if top:
            ranges.append(Figure(*_sum(top), civilian=standing, state=HarmState.STATED, vague=False))
    lowest, highest = _range(ranges)
    return Range(min=lowest, max=highest)


def _speaker(claim: Claim) -> str | None:
    """The innermost speaker: the known name, else the report's words; None for the report itself.

    Without a known name the words keep apart whom a kind alone would merge ("a nurse", "a witness");
    a pronoun goes by the name of whom it stands for.
    """
    said = next((a for a in claim.attribution if a.who), None)
    if said is None or said.who is None:
        return None
    stands_for = folded(said.who.text) in grades().pronouns
    return said.name if said.name and (said.id or stands_for) else said.who.text


def _account(voice: Voice, facts: Mapping[str, ReportFacts]) -> Account:
    report = facts.get(voice.claim.report_id)
    return Account(
        min=voice.figure.min,
        max=voice.figure.max,
        civilian=voice.figure.civilian,
        claim_id=voice.claim.claim_id,
        speaker=_speaker(voice.claim),
        outlet=report.outlet if report else None,
    )


def _reaches(low: int | None, high: int | None) -> bool:
    return low is None or high is None or low <= high
