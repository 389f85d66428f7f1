"""How well the date of publication is read from print. ``python -m benchmarks.published``.

Those reports of FA-KES (``../shared/data/fakes``) whose text opens with its own date: what opens it is read
here by a pattern of its own, apart from Dateline's reader, and compared with ``published``. No metadata is
given. Where a date is all digits and can be read in two ways, either is right.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from pathlib import Path

from dateline.sources import report_of

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data/fakes/reports.jsonl"
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAMED = re.compile(
    r"\W*(?:(?:published|posted|updated|last|on|at|date|time|first|of|publication|print|this|page|[a-z]{3,9}day|"
    r"mon|tue|wed|thu|fri|sat|sun|thur|thurs|tues)\b[\s:,|]*)*(?:(?P<d1>\d{1,2})\s*(?P<m1>[a-z]{3,9})|"
    r"(?P<m2>[a-z]{3,9})\.?\s*(?P<d2>\d{1,2}))[\s,]*(?P<y>20[01]\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\W*(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>20[01]\d)")


def opening(text: str) -> set[str]:
    """The days that what opens ``text`` can mean; none where no date does."""
    found = _NAMED.match(text)
    if found:
        month = (found["m1"] or found["m2"]).lower()[:3]
        if month in MONTHS:
            return _days(found["y"], (MONTHS.index(month) + 1, int(found["d1"] or found["d2"])))
    found = _DIGITS.match(text)
    if found:
        a, b = int(found["a"]), int(found["b"])
        return _days(found["y"], (a, b), (b, a))
    return set()


def _days(year: str, *pairs: tuple[int, int]) -> set[str]:
    days = set()
    for month, day in pairs:
        try:
            days.add(datetime.date(int(year), month, day).isoformat())
        except ValueError:
            continue
    return days


def main() -> None:
    """Print the share that is right, the rules, and the ids of those that are not."""
    reports = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    right, wrong, rules = 0, [], Counter[str]()
    for given in reports:
        days = opening(given["text"][:120])
        if not days:
            continue
        report = report_of(given["text"])
        rules[(report.published_rule or "none").split(" (")[0]] += 1
        if report.published in days:
            right += 1
        else:
            wrong.append(f"{given['id']} {sorted(days)} {report.published}")
    count = right + len(wrong)
    print(datetime.datetime.now(datetime.UTC).date(), " python -m benchmarks.published\n")
    print(
        f"{len(reports)} reports, {count} open with their date; published is that day in {right / count:.3f}"
    )
    for rule, number in rules.most_common():
        print(f"{number:6}  {rule}")
    print("others:", *wrong, sep="\n  ")


if __name__ == "__main__":
    main()
