"""A toll of the dead as UCDP splits it: best, high and low, and whose dead they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.records import Civilian, Claim, HarmKind, HarmState, Side, Toll


@dataclass(frozen=True)
class Deaths:
    """Numbers of dead: ``best = a + b + civilians + unknown`` and ``low <= best <= high``, always.

    ``open``: an account gives no upper bound, so ``high`` is the highest number that any account gives.
    """

    a: int
    b: int
    civilians: int
    unknown: int
    high: int
    low: int
    open: bool

    @property
    def best(self) -> int:
        """UCDP's best estimate."""
        return self.a + self.b + self.civilians + self.unknown


def deaths(killed: Toll | None, claims: Sequence[Claim] = ()) -> Deaths | None:
    """The dead of an event; None where no number of dead is given.

    ``best`` is the figure the event shows, else the lowest number given, else 0 ("up to 20": 0 to 20).
    Of these, the fewest told as civilians are civilians. Fighters are laid to a side (``a`` the actors',
    ``b`` the targets') only where ``claims`` say whose they were; the rest are unknown.
    """
    if killed is None or killed.state is not HarmState.STATED:
        return None
    given = [n for n in (killed.min, killed.max, killed.best) if n is not None]
    given += [n for account in killed.accounts for n in (account.min, account.max) if n is not None]
    if not given:
        return None
    best = killed.best if killed.best is not None else killed.min or 0
    low = min(best, killed.min or 0)
    high = max(best, killed.max if killed.max is not None else max(given))
    civilians = min(best, killed.civilians.min or 0)
    left = best - civilians
    a = min(left, _of_side(claims, Side.ACTOR))
    b = min(left - a, _of_side(claims, Side.TARGET))
    return Deaths(a, b, civilians, left - a - b, high, low, open=killed.max is None)


def _of_side(claims: Sequence[Claim], side: Side) -> int:
    """The most dead fighters that one claim lays to a side, by their lowest numbers."""
    return max((_told(claim, side) for claim in claims), default=0)


def _told(claim: Claim, side: Side) -> int:
    fighters = (h for h in claim.harm if h.kind is HarmKind.KILLED and h.civilian is Civilian.NO)
    return sum(h.min or 0 for h in fighters if h.side is side and h.part_of is None)
