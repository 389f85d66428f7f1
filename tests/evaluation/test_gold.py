"""Reading the gold: what is wrong in it is told with line, report and remedy, never passed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_making import CODED, HERALD, REPORTS, WRITTEN, write_case, write_gold

from dateline.errors import InputError
from dateline.evaluation import evaluate
from dateline.evaluation.gold import GoldClaim, read_gold
from dateline.export.folder import write_jsonl

TEXTS = {report.id: report.text for report in REPORTS}
SHELLING: dict[str, Any] = {"trigger": "Shelling", "type": "shelling", "event": "e1"}


def test_reads_what_an_annotator_writes(tmp_path: Path) -> None:
    write_gold(tmp_path / "gold.jsonl", WRITTEN)
    found = read_gold(tmp_path / "gold.jsonl", TEXTS)
    assert list(found) == ["herald", "courier"]
    assert [claim.at(HERALD.text).start for claim in found["herald"]] == [
        HERALD.text.index(words) for words in ("Shelling", "marched", "raid")
    ]
    assert found["herald"][0].harm[0].min == 4 and found["herald"][0].harm[0].max is None


def test_the_example_of_the_documentation_is_gold(root: Path, tmp_path: Path) -> None:
    page = (root / "docs/how-to/evaluate.md").read_text(encoding="utf-8")
    example = json.loads(page.partition("```json\n")[2].partition("```")[0])
    text = (
        "Militants attacked an army post in Osk on Tuesday, killing at least four soldiers, a spokesman said."
    )
    write_gold(tmp_path / "gold.jsonl", {example["id"]: example["claims"]})
    ((claim,),) = read_gold(tmp_path / "gold.jsonl", {example["id"]: text}).values()
    assert set(example["claims"][0]) == set(claim.__struct_fields__), "it shows every field"


def test_blank_lines_a_byte_order_mark_and_numbers_as_ids_are_fine(tmp_path: Path) -> None:
    line = json.dumps({"id": 7, "published": "2031-05-04", "byline": "", "claims": [SHELLING]})
    (tmp_path / "gold.jsonl").write_bytes(b"\xef\xbb\xbf\n\n" + line.encode() + b"\r\n\n")
    assert list(read_gold(tmp_path / "gold.jsonl", {"7": HERALD.text})) == ["7"]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_n_counts_occurrences_that_do_not_overlap(n: int) -> None:
    text = "A raid, araidraid."
    claim = GoldClaim(trigger="raid", type="attack", event="e", n=n)  # type: ignore[arg-type]
    assert claim.at(text).start == [2, 9, 13][n - 1]
    with pytest.raises(ValueError):
        GoldClaim(trigger="aa", type="attack", event="e", n=2).at("aaa")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"type": "air_raid"}, "`dateline codebook`"),
        ({"type": None}, "`$.type`"),
        ({"status": "maybe"}, "'maybe'"),
        ({"trigger": "Bombing"}, "stands 0 times in the text"),
        ({"trigger": " "}, "stands 0 times in the text"),
        ({"n": 2}, "stands 1 times in the text and n is 2"),
        ({"n": 0}, "n is 0"),
        ({"event": ""}, "no event id"),
        ({"actor": ["Tarn militia"]}, "actor 'Tarn militia' is not in the report's text"),
        ({"actor": [""]}, "leave the value out"),
        ({"actor": "Vesk militia"}, "`$.actor`"),
        ({"actors": ["Vesk militia"]}, "unknown field `actors`"),
        ({"place": [{"text": "tarnholm"}]}, "place 'tarnholm'"),
        ({"date": [{"text": "on Friday", "start": "2031-02-30"}]}, "'2031-02-30' is no date"),
        ({"date": [{"text": "on Friday", "end": "20310502"}]}, "`$.date[0]`"),
        ({"harm": [{"kind": "killed", "count": "five"}]}, "harm 'five'"),
        ({"harm": [{"kind": "dead"}]}, "'dead'"),
        ({"harm": [{"kind": "killed", "min": "4"}]}, "`$.harm[0].min`"),
        ({"source": [{"who": "a doctor"}]}, "source 'a doctor'"),
        ({"source": [{"who": "a nurse", "stance": "thinks"}]}, "'thinks'"),
    ],
)
def test_a_claim_that_does_not_fit_is_told_with_its_place(
    tmp_path: Path, changed: dict[str, Any], words: str
) -> None:
    write_gold(tmp_path / "gold.jsonl", {"courier": [], "herald": [SHELLING, SHELLING | changed]})
    with pytest.raises(InputError) as raised:
        read_gold(tmp_path / "gold.jsonl", TEXTS)
    message = str(raised.value)
    assert message.startswith(f"{tmp_path / 'gold.jsonl'}:2: report 'herald', claim 2 ")
    assert words in message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "nobody", "claims": []}', "report 'nobody' is not among the reports"),
        ('{"id": "courier", "claims": []}', "report 'courier' was annotated on an earlier line"),
        ('{"id": "herald"}', "no annotated report"),
        ('{"id": true, "claims": []}', "no annotated report"),
        ('{"id": "herald", "claims": [[]]}', "claim 1: Expected `object`"),
        ("[]", "no annotated report"),
        ('{"id": "herald", ', "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"id": "\udcff"}', "no JSON"),
    ],
)
def test_a_line_that_does_not_fit_is_told_with_its_number(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(('{"id": "courier", "claims": []}\n' + line).encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError) as raised:
        read_gold(path, TEXTS)
    assert str(raised.value).startswith(f"{path}:2: ") and words in str(raised.value)


def test_an_empty_gold_and_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n \n")
    with pytest.raises(InputError, match="holds no annotated report"):
        read_gold(tmp_path / "empty.jsonl", TEXTS)
    with pytest.raises(InputError, match="check the path"):
        read_gold(tmp_path / "absent.jsonl", TEXTS)


def test_reports_that_cannot_be_told_apart_or_read_are_told(tmp_path: Path) -> None:
    reports, gold, run = write_case(tmp_path)
    write_jsonl(reports, [HERALD, HERALD])
    with pytest.raises(InputError, match="the id 'herald' stands twice"):
        evaluate(reports, gold, claims=run)
    reports.write_text('{"id": "herald", "text": 7}\n')
    with pytest.raises(InputError, match=r'reports\.jsonl:1: .*"text" is a number'):
        evaluate(reports, gold, claims=run)


def test_claims_that_do_not_fit_are_told(tmp_path: Path) -> None:
    reports, gold, run = write_case(tmp_path)
    claims = run / "claims.jsonl"
    assert evaluate(reports, gold, claims=claims) == evaluate(reports, gold, claims=run)
    whole = claims.read_text()
    claims.write_text(whole.replace('"Tarnholm"', '"Tarnhelm"', 1))
    with pytest.raises(InputError, match=r"claims\.jsonl:1: .*was the run made of other texts"):
        evaluate(reports, gold, claims=run)
    claims.write_text(whole + '{"claim_id": 1}\n')
    with pytest.raises(InputError, match=r"claims\.jsonl:6: no claim"):
        evaluate(reports, gold, claims=run)
    claims.write_text(whole.replace('"report_id":"', '"report_id":"another-'))
    with pytest.raises(InputError, match="not one claim is on an annotated report"):
        evaluate(reports, gold, claims=run)
    claims.unlink()
    with pytest.raises(InputError, match="cannot read"):
        evaluate(reports, gold, claims=run)


def test_only_annotated_reports_count(tmp_path: Path) -> None:
    reports, gold, run = write_case(tmp_path)
    write_gold(gold, {"herald": WRITTEN["herald"]})
    found = evaluate(reports, gold, claims=run)
    assert found.figures.reports == 1
    assert found.figures.rates["claim found"].coded == sum(c.report_id == "herald" for c in CODED)


def test_a_run_without_claims_misses_all(tmp_path: Path) -> None:
    reports, gold, run = write_case(tmp_path)
    (run / "claims.jsonl").write_text("")
    rate = evaluate(reports, gold, claims=run).figures.rates["claim found"]
    assert (rate.precision, rate.recall, rate.f, rate.coded, rate.gold) == (0, 0, 0, 0, 5)
