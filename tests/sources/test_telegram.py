"""Exports of Telegram Desktop: each message by its number, odd ones end in outcomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sources import document_making as making

from dateline.records import Outcome, OutcomeKind, Report
from dateline.sources import read


def of(tmp_path: Path, *messages: Any) -> list[Report | Outcome]:
    """What is read of a chat with ``messages``."""
    chat = {"name": making.OUTLET, "type": "public_channel", "id": 77, "messages": messages}
    (tmp_path / "result.json").write_text(json.dumps(chat))
    return list(read(tmp_path / "result.json"))


def message(text: Any, number: int = 3) -> dict[str, Any]:
    return {"id": number, "type": "message", "date": "2031-06-14T09:30:00", "text": text}


@pytest.mark.parametrize(
    "parts",
    [
        ["Shells fell", 7, " in Oreb."],
        ["Shells fell", None, " in Oreb."],
        [True, "Shells fell in Oreb."],
        ["Shells fell", {"type": "bold"}, {"type": "bold", "text": None}, " in Oreb."],
        [["deep"], {"text": "Shells fell"}, {"text": [1]}, " in Oreb."],
    ],
)
def test_parts_without_words_are_left_out(tmp_path: Path, parts: list[Any]) -> None:
    (report,) = of(tmp_path, message(parts))
    assert isinstance(report, Report)
    assert report.text == "Shells fell in Oreb."


@pytest.mark.parametrize("text", [7, True, {"text": "Shells"}, [None], [7, {}], [[]]])
def test_a_text_that_is_none_ends_in_an_outcome(tmp_path: Path, text: Any) -> None:
    outcome, report = of(tmp_path, message(text), message("Shells fell in Oreb.", 4))
    assert isinstance(outcome, Outcome)
    assert (outcome.path, outcome.outcome) == (f"{tmp_path}/result.json:message 3", OutcomeKind.UNREADABLE)
    assert isinstance(report, Report)


@pytest.mark.parametrize("odd", [None, 7, "Shells", [], ["Shells"]])
def test_what_is_no_message_ends_in_an_outcome(tmp_path: Path, odd: Any) -> None:
    report, outcome = of(tmp_path, message("Shells fell in Oreb."), odd)
    assert isinstance(report, Report)
    assert isinstance(outcome, Outcome)
    assert outcome.path == f"{tmp_path}/result.json:message at place 2"
    assert "no message" in outcome.reason


@pytest.mark.parametrize("chats", [None, 7, {"list": 7}, {"list": [7, None, {"messages": 7}]}])
def test_chats_that_are_none_give_an_empty_export(tmp_path: Path, chats: Any) -> None:
    (tmp_path / "result.json").write_text(json.dumps({"about": "Here is the data", "chats": chats}))
    (outcome,) = read(tmp_path / "result.json")
    assert isinstance(outcome, Outcome)
    assert outcome.outcome is OutcomeKind.EMPTY


def test_without_text_or_with_an_empty_list_it_is_left_out(tmp_path: Path) -> None:
    (report,) = of(tmp_path, message([]), message(""), message(None), message("Shells fell in Oreb."))
    assert isinstance(report, Report)


def test_a_reports_path_ends_in_its_number(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(making.telegram())
    assert [one.path for one in read(tmp_path / "result.json")] == [
        f"{tmp_path}/result.json:message 2",
        f"{tmp_path}/result.json:message 3",
    ]
    (tmp_path / "result.json").write_bytes(making.telegram(chats=True))
    assert [one.path for one in read(tmp_path / "result.json")] == [
        f"{tmp_path}/result.json:chat 77, message 2",
        f"{tmp_path}/result.json:chat 77, message 3",
    ]


def test_a_number_is_no_date_in_the_files_name(tmp_path: Path) -> None:
    odd = message("Shells fell in Oreb.", 20310614)
    del odd["date"]
    (report,) = of(tmp_path, odd)
    assert isinstance(report, Report)
    assert report.published is None
