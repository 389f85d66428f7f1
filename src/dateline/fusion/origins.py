"""How many independent origins stand behind an event: copies and echoes count once.

Corroboration needs sources "independent of each other: different outlets, authors and primary
sources" (Every Casualty, ``corroboration-in-casualty-recording``). So two reports are one origin
when they are by one outlet, share text, credit one agency and share some text, or rest for their
harm figures on one and the same named speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.fusion.facts import ReportFacts
from dateline.fusion.names import folded
from dateline.fusion.settings import grades
from dateline.records import Attribution, Claim

Shares = Mapping[str, Mapping[str, float]]
"""For a report the reports that share text with it, and how much (0…1)."""


def origins_of(claims: Sequence[Claim], facts: Mapping[str, ReportFacts], shares: Shares) -> dict[str, int]:
    """For each report of an event the number of its origin, 0 up, in order of report ids.

    A report that rests on several named speakers is an origin of its own only when one of them is
    new: with one report on the Observatory and one on the Red Cross, a third that quotes both
    adds nothing.
    """
    reports = sorted({claim.report_id for claim in claims})
    if len(reports) == 1:
        return {reports[0]: 0}
    group = {report: report for report in reports}

    def root(report: str) -> str:
        while group[report] != report:
            group[report] = group[group[report]]
            report = group[report]
        return report

    def join(one: str, two: str) -> None:
        low, high = sorted((root(one), root(two)))
        group[high] = low

    for one, two in _copies(reports, facts, shares):
        join(one, two)
    speakers: dict[str, set[str]] = {}
    for report, names in _harm_speakers(claims).items():
        speakers.setdefault(root(report), set()).update(names)
    for one, two in _echoes(speakers):
        join(one, two)
    numbers: dict[str, int] = {}
    return {report: numbers.setdefault(root(report), len(numbers)) for report in reports}


def named_speaker(said: Attribution) -> str | None:
    """A key for a speaker who is somebody in particular; None for "a witness" and an unclear "it"."""
    if said.id is not None:
        return said.id
    name = said.name or (said.who.text if said.who else None)
    if name is None or said.kind in grades().unnamed_kinds or not any(c.isupper() for c in name):
        return None
    key = folded(name)
    return None if key in grades().pronouns else key


def _copies(
    reports: Sequence[str], facts: Mapping[str, ReportFacts], shares: Shares
) -> list[tuple[str, str]]:
    """Pairs of reports with one text or one outlet behind them."""
    table = grades()
    found: list[tuple[str, str]] = []
    by_outlet: dict[str, str] = {}
    here = set(reports)
    for report in reports:
        known = facts.get(report)
        if known is None:
            continue
        if known.outlet:
            found.append((by_outlet.setdefault(folded(known.outlet), report), report))
        for other, share in shares.get(report, {}).items():
            if other not in here:
                continue
            credit, its = known.agency, facts[other].agency
            one_agency = credit is not None and its is not None and folded(credit) == folded(its)
            if share >= table.copied_share or (one_agency and share >= table.agency_share):
                found.append((report, other))
    return found


def _harm_speakers(claims: Sequence[Claim]) -> dict[str, set[str]]:
    """For each report the named speakers that its harm figures rest on, where there are any.

    The innermost named speaker counts: "a medic, quoted by SANA" rests on SANA. Figures without a
    named speaker do not make a report independent: headlines give none.
    """
    found: dict[str, set[str]] = {}
    for claim in claims:
        named = next((name for said in claim.attribution if (name := named_speaker(said))), None)
        if claim.harm and named is not None:
            found.setdefault(claim.report_id, set()).add(named)
    return found


def _echoes(speakers: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """Pairs of groups of which the second adds no named speaker to the first's.

    Groups come fewest speakers first, so that those who rest on one speaker say whose origin that
    is.
    """
    first_with: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for group, names in sorted(speakers.items(), key=lambda item: (len(item[1]), item[0])):
        if names and all(name in first_with for name in names):
            found.append((first_with[min(names)], group))
        for name in sorted(names):
            first_with.setdefault(name, group)
    return found
