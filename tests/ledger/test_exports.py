from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import InputError, OutputError
from dateline.ledger import FinishedRun
from dateline.ledger.exports import Export, record
from dateline.records import OutcomeKind

ONE = Export(
    when="2031-05-02T10:00:00+00:00",
    format="csv",
    file="/tmp/e.csv",
    sha256="0" * 64,
    audience="public",
    events=3,
    filters=("status=happened",),
)


def test_every_export_adds_a_line(tmp_path: Path) -> None:
    record(tmp_path, ONE)
    record(tmp_path, ONE)
    lines = (tmp_path / "exports.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 and json.loads(lines[1])["events"] == 3


def test_a_folder_that_takes_no_record_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="on record"):
        record(tmp_path / "none", ONE)


def test_outcomes_come_back(tmp_path: Path) -> None:
    for name in ("reports", "claims", "events"):
        (tmp_path / f"{name}.jsonl").touch()
    assert list(FinishedRun(tmp_path).outcomes()) == []
    rows = "path,report_ids,outcome,reason,audience\na.txt,r1; r2,coded,,internal\n"
    rows += "b.pdf,,unreadable,why,internal\n"
    (tmp_path / "outcomes.csv").write_text(rows, encoding="utf-8")
    first, second = FinishedRun(tmp_path).outcomes()
    assert (first.report_ids, first.outcome) == (("r1", "r2"), OutcomeKind.CODED)
    assert (second.path, second.report_ids, second.reason) == ("b.pdf", (), "why")
    (tmp_path / "outcomes.csv").write_text("path,report_ids,outcome,reason\na,,lost,\n", encoding="utf-8")
    with pytest.raises(InputError, match="code again"):
        list(FinishedRun(tmp_path).outcomes())
