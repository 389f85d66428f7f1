"""Hold annotations against the form of the codebook: every string is in its text, every list closed.

``python -m training.check corpus`` checks every pair of files in a folder and exits 1 on any violation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.records import Civilian, EventType, HarmKind, Scope, Stance, Status

_LISTS = {"type": set(EventType), "status": set(Status), "scope": set(Scope)}


def violations(reports: Path, gold: Path) -> Iterator[str]:
    """Every violation in a pair of files, as words."""
    texts: dict[str, str] = {}
    for line in reports.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        if report.get("invented") is not True:
            yield f"{report['id']}: not labelled invented"
        texts[report["id"]] = report["text"]
    seen = set()
    for line in gold.read_text(encoding="utf-8").splitlines():
        annotated = json.loads(line)
        text = texts.get(annotated["id"])
        if text is None:
            yield f"{annotated['id']}: no such report"
            continue
        seen.add(annotated["id"])
        for number, claim in enumerate(annotated["claims"]):
            for problem in _claim(claim, text):
                yield f"{annotated['id']} claim {number} ({claim.get('trigger')!r}): {problem}"
    for missing in sorted(texts.keys() - seen):
        yield f"{missing}: not annotated"


def _claim(claim: dict[str, Any], text: str) -> Iterator[str]:
    for field, allowed in _LISTS.items():
        if claim.get(field) not in allowed:
            yield f"{field} {claim.get(field)!r} is not in the codebook"
    times = text.count(claim.get("trigger") or "\0")
    if not 1 <= claim.get("n", 1) <= times:
        yield f"the trigger stands {times} times in the text, n is {claim.get('n', 1)}"
    if not claim.get("event"):
        yield "no event id"
    strings = [v for f in ("actor", "target", "site", "weapon") for v in claim.get(f, [])]
    strings += [v["text"] for f in ("place", "date") for v in claim.get(f, [])]
    for at, harm in enumerate(claim.get("harm", [])):
        strings += [harm.get("count", ""), harm.get("who", "")]
        if harm.get("kind") not in set(HarmKind) or harm.get("civilian") not in set(Civilian):
            yield f"harm {harm}"
        part = harm.get("part_of")
        if part is not None and not (0 <= part < len(claim["harm"]) and part != at):
            yield f"part_of {part} points nowhere"
    for said in claim.get("source", []):
        strings += [said.get("who", ""), said.get("cue", "")]
        if said.get("stance") not in set(Stance):
            yield f"stance {said.get('stance')!r}"
    for words in strings:
        if words and words not in text:
            yield f"{words!r} is not in the text"


def main() -> None:
    """Check every pair of files in the folder given."""
    found = 0
    for reports in sorted(Path(sys.argv[1]).glob("*.reports.jsonl")):
        for problem in violations(reports, reports.with_name(reports.name.replace(".reports.", ".gold."))):
            print(f"{reports.name}: {problem}")
            found += 1
    print(f"{found} violations")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
