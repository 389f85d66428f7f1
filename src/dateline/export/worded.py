"""Dates, numbers of people and standing in the words that the page and the plots share."""

from __future__ import annotations

from dateline.records import (
    Claim,
    DateMention,
    DatePrecision,
    Event,
    HarmState,
    Interval,
    Range,
    Scope,
    Status,
)


def plain(word: str | None) -> str:
    """A codebook's word as a reader writes it."""
    return (word or "").replace("_", " ")


def standing(of: Claim | Event) -> list[str]:
    """Why a claim or event is not counted: nothing for one incident that happened and is news."""
    why = [] if of.status is Status.HAPPENED else [str(of.status)]
    why += ["repeated"] if of.scope is Scope.REPEATED else []
    return why + (["background"] if of.old else [])


def interval(date: Interval | DateMention) -> str:
    """A date as words: one day, from–to, or what is open about it."""
    if date.from_ is None and date.to is None:
        return "unresolved"
    if date.from_ == date.to:
        return str(date.from_)
    if date.from_ is None:
        return f"by {date.to}"
    if date.to is None:
        return f"from {date.from_}"
    tail = "" if date.precision is DatePrecision.RANGE else f" · {date.precision}"
    return f"{date.from_} to {date.to}{tail}"


def figure(state: HarmState, low: int | None, high: int | None, approximate: bool = False) -> str:
    """A count as words; "none" is said, "unknown" is said, "some" is said without a number."""
    if state is HarmState.NONE:
        return "none"
    if state is HarmState.UNKNOWN:
        return "unknown"
    if low is None and high is None:
        return "some"
    about = "about " if approximate else ""
    if low is None:
        return f"{about}up to {high:,}"
    if high is None:
        return f"{about}{low:,} or more"
    return f"{about}{low:,}" if low == high else f"{about}{low:,}–{high:,}"


def bounds(of: Range) -> str:
    """A range as words; nothing where neither end is known."""
    if of.min is None and of.max is None:
        return ""
    return figure(HarmState.STATED, of.min, of.max)
