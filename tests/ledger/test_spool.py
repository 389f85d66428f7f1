from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest

from dateline.errors import OutputError
from dateline.ledger import Kept, Spool
from dateline.records import Claim, EventType, Outcome, OutcomeKind, Report, Scope, Sentence, Span, Status


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
    Report(id="b", text="Clash one", outlet="an outlet", path="x/b.txt", title="later title"),
    Report(id="a", text="Clash one", outlet="an outlet", path="x/a.txt", title="title", agency="Wire"),
    Report(id="c", text="Clash two", path="x/c.txt"),
    Report(id="c", text="Clash three", path="x/d.txt"),
    Report(id="d", text="Clash one", outlet="another outlet", path="x/e.txt"),
    # the text of c under an id that nobody else has: it is not lost with the clash
    Report(id="x", text="Clash three", path="x/f.txt"),
]


def _run(folder: Path, order: Iterable[Report]) -> tuple[list[Kept], list[Outcome]]:
    spool = Spool(folder, "test")
    for report in order:
        if spool.sight(report):
            spool.keep(_kept(report))
    standing, others = spool.settled()
    kept = list(spool.all(standing))
    spool.close(remove=True)
    assert not spool.path.exists()
    return kept, sorted(others, key=lambda o: (o.path, o.report_ids))


def test_what_comes_back_does_not_hang_on_the_order(tmp_path: Path) -> None:
    kept, others = _run(tmp_path / "once", REPORTS)
    for n, order in enumerate(itertools.permutations(REPORTS)):
        if n % 7 == 0:
            assert _run(tmp_path / str(n), order) == (kept, others)
    reports = {k.report.id: k.report for k in kept}
    assert [k.claims[0].claim_id for k in kept] == [f"{k.report.id}.c1" for k in kept]
    assert (reports["a"].path, reports["a"].title, reports["a"].agency) == ("x/a.txt", "title", "Wire")
    assert {reports["c"].text, reports["x"].text} == {"Clash two", "Clash three"}
    assert all(o.outcome is OutcomeKind.DUPLICATE for o in others)
    assert len(kept) + len(others) == len(REPORTS)


def test_a_translation_comes_back_with_its_original(tmp_path: Path) -> None:
    report = Report(id="a", text="Cl\u00e9 un", path="x/a.txt", language="fr")
    translated = Report(
        id="a", text="Clash one", path="x/a.txt", language="fr", original=report.text, translated_by="tr fr"
    )
    first = Spool(tmp_path, "v1")
    assert first.sight(report)
    first.keep(_kept(translated))
    first.close(remove=False)
    again = Spool(tmp_path, "v1")  # a run that goes on knows it by what was published
    assert not again.sight(report)
    standing, _ = again.settled()
    (kept,) = again.all(standing)
    assert kept.report == translated
    again.close(remove=True)


COPIES = [
    Report(id="a", text="Clash one", path="x/bare.txt"),
    Report(id="b", text="Clash one", outlet="Wire", path="x/wire.html"),
    Report(id="c", text="Clash one", outlet="Wire", published="2017-06-14", path="x/dated.html"),
    Report(id="d", text="Clash one", published="2017-06-15", path="x/later.txt"),
    Report(id="e", text="Clash  one\r\n", outlet="Wire", published="2017-06-14", path="x/spaced.txt"),
    Report(id="f", text="Clash one", outlet="Wire", published="2017-06-16", path="x/another.html"),
]


def test_the_same_text_that_says_less_of_itself_is_a_sighting(tmp_path: Path) -> None:
    for n, order in enumerate(itertools.permutations(COPIES)):
        if n % 37:
            continue
        kept, others = _run(tmp_path / str(n), order)
        # an outlet with two dates, and a date of which neither outlet tells: three reports
        assert [k.report.id for k in kept] == ["c", "d", "f"]
        assert {o.path for o in others} == {"x/bare.txt", "x/wire.html", "x/spaced.txt"}
        assert {o.outcome for o in others} == {OutcomeKind.DUPLICATE}
        assert {o.reason.split(",")[0] for o in others} == {"the same text as x/dated.html"}


def test_what_was_not_coded_stands_for_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "test")
    bare, _, dated, *_ = COPIES
    assert spool.sight(bare) and spool.sight(dated)
    spool.keep(_kept(bare))
    standing, others = spool.settled()
    assert [i for i, _ in standing] == ["a"]
    assert [o.outcome for o in others] == [OutcomeKind.NOT_CODED]
    spool.close(remove=True)


def test_two_texts_under_one_id_are_both_kept(tmp_path: Path) -> None:
    kept, others = _run(tmp_path, [r for r in REPORTS if r.id == "c"])
    assert len(kept) == 2 and not others
    plain, other = kept
    assert plain.report.id == "c" and not plain.reason
    assert other.report.id.startswith("c~") and "given to another text too" in other.reason
    assert other.claims[0].claim_id == f"{other.report.id}.c1"


def test_a_stopped_run_is_taken_up_by_the_same_version_only(tmp_path: Path) -> None:
    first, second = REPORTS[0], REPORTS[2]
    stopped = Spool(tmp_path, "v1")
    assert stopped.sight(first) and stopped.sight(second)
    stopped.keep(_kept(first))
    _, others = stopped.settled()
    assert [(o.report_ids, o.outcome) for o in others] == [(("c",), OutcomeKind.NOT_CODED)]
    stopped.close(remove=False)
    with stopped.path.open("ab") as file:
        file.write(b'{"report": {"id": "cut off')
    again = Spool(tmp_path, "v1")
    assert not again.sight(first) and again.sight(second)
    again.keep(_kept(second))
    assert len(list(again.all(again.settled()[0]))) == len(again) == 2
    again.close(remove=False)
    other = Spool(tmp_path, "v2")
    assert other.sight(first)
    other.close(remove=True)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="choose another folder"):
        Spool(tmp_path / "file")
