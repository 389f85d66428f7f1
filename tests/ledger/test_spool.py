from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from dateline.errors import OutputError
from dateline.ledger import Kept, Spool
from dateline.records import Claim, EventType, OutcomeKind, Report, Scope, Sentence, Span, Status


def _kept(report: Report) -> Kept:
    claim = Claim(
        claim_id=f"{report.id}.c1",
        report_id=report.id,
        event_id=None,
        type=EventType.CLASH,
        status=Status.HAPPENED,
        scope=Scope.SINGLE,
        old=False,
        trigger=Span.of(report.text, 0, 5),
        sentence=Sentence(start=0, end=len(report.text)),
    )
    return Kept(report=report, claims=(claim,), outcome=OutcomeKind.CODED)


REPORTS = [
    Report(id="b", text="Clash one", path="x/b.txt"),
    Report(id="a", text="Clash one", path="x/a.txt"),
    Report(id="c", text="Clash two", path="x/c.txt"),
    Report(id="c", text="Clash three", path="x/d.txt"),
    Report(id="d", text="Clash one", outlet="another outlet", path="x/e.txt"),
]


def test_what_comes_back_does_not_hang_on_the_order(tmp_path: Path) -> None:
    seen = set()
    for n, order in enumerate(itertools.permutations(REPORTS)):
        spool = Spool(tmp_path / str(n))
        for report in order:
            if spool.sight(report):
                spool.keep(_kept(report))
        standing, others = spool.settled()
        kept = list(spool.all(standing))
        seen.add((tuple(kept), tuple(sorted(others, key=lambda o: (o.path, o.outcome)))))
        spool.close(remove=True)
        assert not spool.path.exists()
    assert len(seen) == 1
    kept_once, others_once = seen.pop()
    assert [k.report.id for k in kept_once] == ["a", "c", "d"]
    assert [k.claims[0].claim_id for k in kept_once] == ["a.c1", "c.c1", "d.c1"]
    assert {(o.path, o.outcome) for o in others_once} >= {("x/b.txt", OutcomeKind.DUPLICATE)}
    assert sum(o.outcome is OutcomeKind.FAILED for o in others_once) == 1


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="choose another folder"):
        Spool(tmp_path / "file")
