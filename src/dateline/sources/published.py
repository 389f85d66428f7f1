"""The date of publication: found in print, weighed against metadata, with the words for why.

    argument  >  printed at the head  >  metadata  >  printed at the foot  >  name of the file  >  none

Metadata is what the page, the feed, the message or the address says (``stated``). The name of a file counts
where nothing else tells, and the rule says so; when a file was made or captured never counts, but what it
contradicts is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from dateline.sources.datelines import AGENCY
from dateline.sources.dates import MONTH, PrintedDate, find_dates, read_date
from dateline.sources.inputs import StatedDate
from dateline.sources.stated import Use, doubts
from dateline.sources.stated import stated as read_stated
from dateline.sources.wordlists import alternatives, load

#: Characters of a text's head in which its own date is looked for: a long headline, a standfirst, an
#: outlet's line. On the train reports and FA-KES, 150 missed 1 and 6 dates that 250 finds; 1000 found
#: no more. The rest is room for heads on lines of their own.
HEAD = 400

#: Characters of the foot; only dates with a label or on their own line count there.
FOOT = 300

_LABELS: dict[str, list[str]] = load("calendar")["labels"]
_LABEL = re.compile(
    rf"(?:(?P<updated>\b(?:{alternatives(_LABELS['updated'])}))|\b(?:{alternatives(_LABELS['published'])}))"
    r"\s*[:\-–—|]?\s*$",
    re.IGNORECASE,
)
_FOOT_LABEL = re.compile(
    rf"(?:(?P<updated>\b(?:{alternatives(_LABELS['updated'])}))|\b(?:{alternatives(_LABELS['published'])}))"
    r"\s*[:\-–—|]?\s*(?:in\s)?[^.\n\d]{0,40}$",
    re.IGNORECASE,
)
_DEBRIS = re.compile(
    rf"(?:(?:{alternatives(load('calendar')['debris']['words'])})\s*:?\s*)+$|^\W*$", re.IGNORECASE
)
_FOLLOWERS = frozenset(load("calendar")["followers"]["words"])
_RANGE_BEFORE = re.compile(r"\d\s*(?:[-–—/]|to|and|until)\s*$")
_RANGE_AFTER = re.compile(
    rf"\s*(?:[-–—]|to\b|and\b|until\b|till\b)\s*(?:\d{{1,2}}\s*(?:{MONTH}|[-/.]\d)|{MONTH}\s*\d{{1,2}}\b|\d{{4}}-\d)"
)
_LAST_WORD = re.compile(r"([A-Za-z]+)[\s,]*$")
_NEXT_WORD = re.compile(r"\s*([a-z][a-z.]*)(?!\w|:)")
_LEADS_UP = frozenset(
    {
        "after",
        "and",
        "before",
        "between",
        "by",
        "dated",
        "during",
        "from",
        "in",
        "of",
        "on",
        "since",
        "the",
        "till",
        "to",
        "until",
    }
)
_AGENCY_BEFORE = re.compile(rf"(?<![\w-]){AGENCY}\s+$")
_AGENCY_AFTER = re.compile(rf"\s+(?:[A-Z][\w'’-]+\s)?{AGENCY}(?![\w'’])")
_OWN_LINE_AFTER = re.compile(
    r"[\s,;|·•–—-]*(?:(?:at\s)?\d{1,2}[:.h]?\d{2}(?:[:.]\d{2})?)?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:\(?[A-Z]{2,5}(?:[+-]\d{1,2})?\)?)?[\s,;|·•–—-]*"
    r"(?:[A-Z][\w'’-]*(?:[ ,]+[A-Z][\w'’-]*){0,4})?\s*\.?\s*$",
    re.IGNORECASE,
)
_OWN_LINE_BEFORE = re.compile(
    r"\s*(?:[^.!?\n]{1,60}?\s*[|·•–—]\s*|[^.!?\n]{1,60}\s-\s+|By\s[^.!?\n]{1,60},\s*)?$"
)
_DATELINE_BEFORE = re.compile(r"^\s*[A-Z][\w'’./ -]{2,40}(?:, [A-Z][\w'’. -]{2,30})?,?\s*$")
_DATELINE_AFTER = re.compile(r"\s*(?:\([^()\n]{2,40}\)\s*)?(?:--|[-–—―－:/])\s*\S")
_RUN_ON_AFTER = re.compile(r"\s*(?:[\"“‘'(]|[A-Z0-9]|$)|\)")


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """When a report was published and by what rule; ``printed`` is the date in its text, if any."""

    date: str | None
    rule: str | None
    printed: PrintedDate | None = None


def publication_date(
    text: str,
    metadata: str | None = None,
    argument: str | None = None,
    *,
    stated: Iterable[StatedDate] = (),
    url: str | None = None,
    path: str | None = None,
) -> Publication:
    """The date of publication of ``text``.

    ``argument`` is an ISO date; ``metadata`` as the source gives it; ``stated`` what else speaks of it,
    beside ``url`` and the name of the file at ``path``. Where ``metadata`` is no date, these stand in for it.
    """
    others = read_stated(stated, url, path)
    proving = next((other for other in others if other.use is Use.PROVES), None)
    known = read_date(metadata) if metadata else None
    if known is None and proving is not None:
        chosen = _chosen(text, proving.day, argument, proving.says)
        if metadata:
            rule = "; ".join(filter(None, (chosen.rule, _unread(metadata))))
            chosen = msgspec.structs.replace(chosen, rule=rule)
    else:
        same = (other.says for other in others if known and other.day == known.readings[0])
        chosen = _chosen(text, metadata, argument, next(same, "metadata"))
    if chosen.date is None:
        named = next((other for other in others if other.use is Use.LAST), None)
        if named is None:
            return chosen
        why = f"{named.says} ({named.day}); nothing else tells"
        rule = f"{why}; {chosen.rule}" if chosen.rule else why
        return Publication(date=named.day, rule="; ".join([rule, *doubts(named.day, others)]))
    rule = chosen.rule or ""
    untold = (other for other in others if other.use is Use.BOUND or other.day not in rule)
    return msgspec.structs.replace(chosen, rule="; ".join([rule, *doubts(chosen.date, untold)]))


def _chosen(text: str, metadata: str | None, argument: str | None, says: str) -> Publication:
    """The date by argument, print and metadata, in their order; ``says``: what the metadata is, in words."""
    known = read_date(metadata) if metadata else None
    given = known.readings[0] if known else None
    unread = _unread(metadata) if metadata and not known else ""
    printed = printed_date(text)
    if argument is not None:
        rule = "given (--published)"
        if printed is not None and argument not in printed.readings:
            rule += f"; printed in the text ('{printed.words}'): {printed.readings[0]}"
        if given is not None and given != argument:
            rule += f"; {says} says {given}"
        return Publication(date=argument, rule=rule, printed=printed)
    if printed is not None:
        date, how = _reading(printed, given)
        rule = f"printed in the text ('{printed.words}'{how})"
        if given is not None and given != date:
            rule += f"; {says} says {given}"
        return Publication(date=date, rule=f"{rule}; {unread}" if unread else rule, printed=printed)
    if given is not None:
        how = f" ('{known.words}', {known.order})" if known and len(known.readings) > 1 else ""
        return Publication(date=given, rule=f"{says}{how}")
    foot = date_at_foot(text)
    if foot is not None:
        date, how = _reading(foot, None)
        rule = f"printed at the foot of the text ('{foot.words}'{how})"
        return Publication(date=date, rule=f"{rule}; {unread}" if unread else rule, printed=foot)
    return Publication(date=None, rule=unread or None)


def printed_date(text: str) -> PrintedDate | None:
    """The date of publication printed at the head of ``text``; one of an update only if there is no other."""
    head = text[: HEAD + 30]
    update: PrintedDate | None = None
    for found in find_dates(head):
        if found.start > HEAD:
            break
        kind = _kind(head, found)
        if kind == "published":
            return found
        if kind == "updated" and update is None:
            update = found
    return update


def date_at_foot(text: str) -> PrintedDate | None:
    """The date of publication printed at the foot of ``text``: labelled, or on a line of its own."""
    begin = max(HEAD, len(text) - FOOT)
    last: PrintedDate | None = None
    for found in find_dates(text[begin:]):
        foot = text[begin:]
        before, after = foot[: found.start], foot[found.end :]
        if _in_range(before, after):
            continue
        if _FOOT_LABEL.search(before) or _is_own_line(before, after):
            last = found
    return last


def _kind(head: str, found: PrintedDate) -> str | None:
    """``published``, ``updated``, or None when the date belongs to a sentence."""
    before, after = head[: found.start], head[found.end :]
    if _in_range(before, after):
        return None
    label = _LABEL.search(before[-40:])
    if label:
        return "updated" if label["updated"] else "published"
    if not before.strip() or (_DEBRIS.search(before[-60:]) and len(before) < 60):
        return "published" if _can_follow(after) else None
    if _is_own_line(before, after) or _is_dateline(before, after):
        return "published"
    return "published" if _is_run_on(before, after, found) else None


def _in_range(before: str, after: str) -> bool:
    """Whether the date is one end of a range of dates."""
    return bool(_RANGE_BEFORE.search(before[-12:]) or _RANGE_AFTER.match(after))


def _can_follow(after: str) -> bool:
    """Whether what follows a date at the start of a text lets the date stand by itself."""
    word = _NEXT_WORD.match(after)
    return word is None or word[1] in _FOLLOWERS


def _is_own_line(before: str, after: str) -> bool:
    """Whether the date has its line to itself, save a time, a place, an outlet or a byline."""
    line_before = before[before.rfind("\n") + 1 :]
    line_after = after.split("\n", 1)[0].rstrip("\r")
    if "\n" not in before and "\n" not in after:
        return False
    if len(line_after) > 60 or not _OWN_LINE_BEFORE.match(line_before):
        return False
    return bool(_OWN_LINE_AFTER.match(line_after))


def _is_dateline(before: str, after: str) -> bool:
    """Whether the date is part of a dateline: ``BEIRUT, June 9, 2017 (Reuters) -``."""
    line_before = before[before.rfind("\n") + 1 :]
    return bool(_DATELINE_BEFORE.match(line_before) and _DATELINE_AFTER.match(after))


def _is_run_on(before: str, after: str, found: PrintedDate) -> bool:
    """Whether the date stands between a headline and a lead that lost the line breaks around it.

    Then no word leads up to it (``on``, ``since``), and an agency's name stands beside it; or it
    comes with its weekday or all in digits, and a capital, a digit, a quote or a bracket follows.
    """
    word = _LAST_WORD.search(before[-30:])
    if "\n" in before[-3:] or (word and word[1].casefold() in _LEADS_UP):
        return False
    if _AGENCY_AFTER.match(after) or (found.weekday and _AGENCY_BEFORE.search(before[-40:])):
        return True
    if not (found.weekday or found.numeric):
        return False
    if (word and word[1].islower()) or before.rstrip()[-1:] in (",", ";", "(", "/"):
        return False
    return bool(_RUN_ON_AFTER.match(after))


def _reading(printed: PrintedDate, metadata: str | None) -> tuple[str, str]:
    """The date to use, and the note on how it was read: metadata settles a swap of day and month."""
    if len(printed.readings) < 2:
        return printed.readings[0], f", {printed.order}" if printed.order else ""
    if metadata in printed.readings:
        date = str(metadata)
        order = "day first" if date == printed.readings[0] else "month first"
        return date, f", {order}: agrees with the metadata"
    return printed.readings[0], f", {printed.order}"


def _unread(metadata: str) -> str:
    return f"metadata '{_short(metadata)}' is no date"


def _short(words: str | None) -> str:
    """Words for a reason: one line, at most 40 characters."""
    line = " ".join((words or "").split())
    return line if len(line) <= 40 else line[:39] + "…"
