"""What a plot shows, what it leaves out and why, in words (``data/plots.toml``)."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.export.counted import number
from dateline.export.tables import table
from dateline.export.tallies import Kind, LeftOut, Tally


def title(kind: Kind) -> str:
    """The title of a plot."""
    return str(table("plots")["plot"][kind]["title"])


def caption(tally: Tally) -> str:
    """The caption in one line: what is counted, how to read it, and how many events are left out and why."""
    return " ".join(_sentences(tally))


def _sentences(tally: Tally) -> Iterator[str]:
    words = table("plots")
    yield words["plot"][tally.kind]["caption"].format(events=number(tally.events, "event"))
    further = words["further"]
    if tally.latest:
        yield further["latest"].format(latest=number(tally.latest, "event"))
    barred = {count.week for count in tally.counts} | {span.group for span in tally.spans}
    if len(tally.weeks) > len(barred):
        yield further["empty" if tally.kind is Kind.EVENTS else "empty_killed"]
    if any(span.open for span in tally.spans):
        yield further["open"]
    if not tally.weeks and tally.groups > len(tally.spans):
        yield further["shown"].format(shown=len(tally.spans), groups=tally.groups)
    reasons = [
        words["left_out"][why].format(n=tally.left_out[why]) for why in LeftOut if why in tally.left_out
    ]
    if reasons:
        yield f"Left out: {'; '.join(reasons)}."
