"""Word documents: paragraphs, tables and text boxes, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources import document_making as making

from dateline.records import Report
from dateline.sources import read


@pytest.mark.parametrize("fallback", [True, False])
def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path, fallback: bool) -> None:
    boxed = f"Shells fell{making.text_box('Four killed', fallback=fallback)} in Oreb."
    (tmp_path / "a.docx").write_bytes(making.docx([boxed, "Nobody said why."]))
    (report,) = read(tmp_path / "a.docx")
    assert isinstance(report, Report)
    assert report.text == "Shells fell in Oreb.\nFour killed\nNobody said why."


def test_what_is_written_for_older_programs_alone_is_read(tmp_path: Path) -> None:
    boxed = making.text_box("Four killed")
    start, end = boxed.index("<mc:Choice"), boxed.index("<mc:Fallback>")
    (tmp_path / "a.docx").write_bytes(making.docx([f"Shells fell.{boxed[:start]}{boxed[end:]}"]))
    (report,) = read(tmp_path / "a.docx")
    assert isinstance(report, Report)
    assert report.text == "Shells fell.\nFour killed"
