"""Time words to days, on other people's data. ``python -m benchmarks.dates [--errors]``.

The AQUAINT part of TempEval-3 (UzZaman et al. 2013; 73 documents in ``../shared/data/time``), for
evaluation only: each expression of type DATE or TIME is given with its type, its document's day and its
sentence's tense, and what is measured is the share of TIMEX3 values that are right. ``own convention``
counts as right too what differs by convention alone: "early December" is the whole month there and its
first ten days here.

While the grammar was worked on only documents of even number were looked at; the others are the test.

Then ``resolve_date`` on the date words of ``../shared/data/annotated`` (train served to set its readings).
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dateline import resolve_date
from dateline.records import DatePrecision, Interval
from dateline.world.dates.reading import tense_of

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data"

_PARTS = (("morning", "MO"), ("afternoon", "AF"), ("evening", "EV"), ("tonight", "NI"), ("night", "NI"))
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_NOW = re.compile(r"\b(?:now|currently?|nowadays|present|these days|at the moment|presently)\b")
_LATER = re.compile(r"\b(?:future|coming|soon)\b")
_VAGUE = re.compile(r"\b(?:early|late|mid|middle|beginning|end|start)\b")


class Asked(NamedTuple):
    """One expression with the day of its document, its sentence, its type and the gold value."""

    words: str
    published: str
    sentence: str
    kind: str
    value: str


def aquaint() -> Iterator[list[Asked]]:
    """The expressions of each document."""
    for path in sorted((DATA / "time/AQUAINT").glob("*.tml")):
        root = ElementTree.parse(path).getroot()
        day = root.find("DCT/TIMEX3")
        published = (day.get("value") or "")[:10] if day is not None else ""
        found = []
        text = root.find("TEXT")
        for one, sentence in _timexes(text) if text is not None else ():
            kind = one.get("type") or ""
            if kind in ("DATE", "TIME"):
                found.append(
                    Asked("".join(one.itertext()), published, sentence, kind, one.get("value") or "")
                )
        yield found


def _timexes(text: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str]]:
    """Each TIMEX3 element with its sentence."""
    whole, found = text.text or "", []
    for one in text.iter():
        if one is not text:
            if one.tag == "TIMEX3":
                found.append((one, len(whole)))
            whole += (one.text or "") + (one.tail or "")
    for one, at in found:
        end = whole.find(". ", at)
        yield one, whole[whole.rfind(". ", 0, at) + 1 : end if end >= 0 else len(whole)]


def timex(words: str, kind: str, interval: Interval | None) -> str:
    """The TIMEX3 value of an interval for an expression of type DATE or TIME, as TempEval writes it."""
    plain = words.lower()
    if _NOW.search(plain):
        return "PRESENT_REF"
    if interval is None or interval.from_ is None or interval.to is None:
        return "FUTURE_REF" if _LATER.search(plain) else "XXXX"
    first, last = (datetime.date.fromisoformat(day) for day in (interval.from_, interval.to))
    if first == last or "overnight" in plain or "night" in plain:
        if interval.precision is DatePrecision.MONTH:
            return f"{first:%Y-%m}"
        part = next((f"T{code}" for word, code in _PARTS if word in plain), "")
        return f"{first}{_clock(plain) or part}" if kind == "TIME" else f"{first}"
    if interval.precision is DatePrecision.SEASON or any(s in plain for s in _SEASONS):
        season = next((code for word, code in _SEASONS.items() if word in plain), "")
        return f"{first.year}-{season}" if season else "XXXX"
    following = last + datetime.timedelta(1)
    months = (following.year - first.year) * 12 + following.month - first.month
    if first.day == 1 and following.day == 1 and months in (1, 3, 6, 12, 120):
        if months == 1:
            return f"{first:%Y-%m}"
        if months == 3:
            return f"{first.year}-Q{(first.month + 2) // 3}"
        if months == 6:
            return f"{first.year}-H{1 if first.month == 1 else 2}"
        return f"{first.year}" if months == 12 else f"{first.year // 10}X"
    if (last - first).days == 6 or ("week" in plain and first.weekday() == 0 and (last - first).days < 6):
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    if (last - first).days == 1 and first.weekday() == 5:
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}-WE"
    return f"{first}/{last}"


def _clock(plain: str) -> str:
    if found := re.search(r"\b(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m|\b(\d{1,2})[:.](\d\d)", plain):
        hour = int(found[1] or found[4]) % 12 if found[3] else int(found[4])
        return f"T{hour + 12 * (found[3] == 'p'):02d}:{found[2] or found[5] or '00'}"
    return "T12:00" if re.search(r"\b(?:noon|midday)\b", plain) else ""


def _right(asked: Asked, interval: Interval | None) -> bool:
    """Whether the value is the gold's, with the part of the day or without it: there the gold wavers."""
    gold = re.sub(r"W(\d)\b", r"W0\1", asked.value)
    return gold in (timex(asked.words, kind, interval) for kind in ("DATE", "TIME"))


def agrees(asked: Asked, interval: Interval | None) -> bool:
    """Whether only the convention differs: our days are the part of the gold's time that the words name."""
    if interval is None or interval.from_ is None or interval.to is None:
        return False
    whole = re.fullmatch(r"(\d{4})(?:-(\d\d))?", asked.value)
    if whole and _VAGUE.search(asked.words.lower()):
        return interval.from_.startswith(asked.value) and interval.to.startswith(asked.value)
    return asked.value[:10] == interval.from_ == interval.to and "T" in asked.value


def annotated(part: str) -> tuple[int, int, int]:
    """Date words of a split: how many, how many got an interval, how many the gold's interval."""
    reports = {
        row["id"]: row
        for row in map(json.loads, (DATA / f"annotated/{part}.reports.jsonl").read_text("utf-8").splitlines())
    }
    asked = got = right = 0
    for line in (DATA / f"annotated/{part}.gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        for claim in gold["claims"]:
            for date in claim["date"]:
                if date["start"] or date["end"]:
                    planned = claim["status"] == "planned"
                    published = reports[gold["id"]].get("published")
                    found = resolve_date(date["text"], published, tense="future" if planned else "past")
                    asked += 1
                    got += found is not None and (found.from_ or found.to) is not None
                    right += found is not None and (found.from_, found.to) == (date["start"], date["end"])
    return asked, got, right


def main() -> None:
    """Print the tables."""
    if not (DATA / "time").is_dir():
        print("skipped: no data (../shared/data/time)")
        return
    print(f"{datetime.date.today()}  python -m benchmarks.dates\n")
    documents = list(aquaint())
    print(f"{'AQUAINT, expression given':32}{'number':>8}{'right':>8}{'own convention':>16}")
    for name, chosen in (("odd, test", documents[1::2]), ("even", documents[::2]), ("all", documents)):
        asked = [one for document in chosen for one in document]
        found = [resolve_date(a.words, a.published, tense=tense_of(a.words, a.sentence)) for a in asked]
        right = [_right(a, f) for a, f in zip(asked, found, strict=True)]
        ours = [r or agrees(a, f) for a, f, r in zip(asked, found, right, strict=True)]
        print(f"{name:32}{len(asked):8}{sum(right) / len(asked):8.3f}{sum(ours) / len(asked):16.3f}")
        if "--errors" in sys.argv and name == "even":
            for a, f, r in zip(asked, found, right, strict=True):
                if not r:
                    print(f"    {a.words!r}, {a.published}: {a.value}, ours {timex(a.words, a.kind, f)}")
    print("others, as measured for this project: recognizers-text .794, dateparser .557\n")
    print(f"{'annotated reports, words given':32}{'number':>8}{'dated':>8}{'right':>16}")
    for part in ("train", "dev"):
        number, got, exact = annotated(part)
        print(f"{part:32}{number:8}{got / number:8.3f}{exact / number:16.3f}")


if __name__ == "__main__":
    main()
