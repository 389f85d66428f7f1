"""``report.html`` without a browser: nothing escapes a data block, and the policy fits the page."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import OutputError
from dateline.export import page
from dateline.export.dataset import Audience
from dateline.export.headline import figures
from dateline.export.page import policy, write_page
from dateline.export.worded import figure
from dateline.records import (
    Attribution,
    Civilian,
    Claim,
    DateMention,
    DatePrecision,
    Event,
    EventType,
    Grade,
    Harm,
    HarmKind,
    HarmState,
    Interval,
    Place,
    PlaceAlternative,
    PlaceMention,
    PlacePrecision,
    Range,
    Report,
    Scope,
    Sentence,
    Span,
    Stance,
    Status,
    Toll,
)

HOSTILE = (
    "</script><script>window.__pwned=1</script> <!-- <script> ]]> &lt; \u2028\u2029 \x00 "
    "\u202e \ud83d "
    '<img src=x onerror="window.__pwned=2">'
)


def toll(low: int | None, high: int | None, state: HarmState = HarmState.STATED) -> Toll:
    return Toll(
        state=state,
        min=low,
        max=high,
        best=low,
        civilians=Range(),
        combatants=Range(),
        rule="cautious",
        accounts=(),
    )


def event(name: str = "e1", **fields: Any) -> Event:
    whole: dict[str, Any] = {
        "event_id": name,
        "type": EventType.SHELLING,
        "types": (EventType.SHELLING,),
        "status": Status.HAPPENED,
        "scope": Scope.SINGLE,
        "old": False,
        "date": Interval(from_="2031-05-02", to="2031-05-02", precision=DatePrecision.DAY, rule="stated"),
        "place": Place(name="Tarnholm", lat=10.0, lon=20.0, precision=PlacePrecision.SETTLEMENT),
        "actors": (),
        "targets": (),
        **dict.fromkeys(map(str, HarmKind)),
        "claims": (f"{name}-c",),
        "reports": ("r1",),
        "outlets": ("Tarn Herald",),
        "origins": 1,
        "grade": Grade.WEAK,
        "reasons": ("one origin",),
        "conflicts": (),
    }
    return Event(**(whole | fields))


def claim(report: Report, trigger: str, name: str = "e1", **fields: Any) -> Claim:
    start = report.text.index(trigger)
    return Claim(
        claim_id=f"{name}-c",
        report_id=report.id,
        event_id=name,
        type=EventType.SHELLING,
        status=Status.HAPPENED,
        scope=Scope.SINGLE,
        old=False,
        trigger=report.span(start, start + len(trigger)),
        sentence=Sentence(start=0, end=len(report.text)),
        **fields,
    )


def written(path: Path) -> str:
    return path.read_text("utf-8")


def block(html: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_hostile_text_stays_data(tmp_path: Path) -> None:
    report = Report(
        id=HOSTILE,
        text=HOSTILE + " shelling hit Tarnholm",
        outlet=HOSTILE,
        title=HOSTILE,
        url=HOSTILE,
    )
    told = claim(report, "shelling")
    target = tmp_path / "report.html"
    write_page(
        target,
        [report],
        [told],
        [event(outlets=(HOSTILE,), reports=(HOSTILE,), reasons=(HOSTILE,))],
        title=HOSTILE.replace("\ud83d", ""),
        outcomes={"coded": 1},
    )
    html = written(target)
    blocks = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    assert html.count("<script") == html.count("</script>") == len(blocks) == 7
    for data in blocks[:-1]:
        assert not set("<>&\u2028\u2029") & set(data)
        json.loads(data)
    assert "<img" not in html
    assert block(html, "texts") == [report.text.replace("\ud83d", "\ufffd")]


def test_policy_admits_our_blocks_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_page(target, [], [], [])
    html = written(target)
    stated = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert stated
    rules = stated[1].replace("&#39;", "'")
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert rules == policy(style, script)
    for kind, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in rules
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules and "http" not in rules


def test_page_names_nothing_outside_itself(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_page(target, [], [], [], version="1.2.3")
    html = written(target)
    assert not re.search(
        r"""\s(src|href|action|on\w+)\s*=\s*["'](?!#)""",
        re.sub(r"<script.*", "", html, flags=re.DOTALL),
    )
    assert not re.search(r"url\((?!#)", html) and "@import" not in html
    script = html[html.index("<script>") :]
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "Function(",
    ):
        assert forbidden not in script
    assert (
        "Do not publish" in html and "pass on" in html and "dateline export" not in html and "1.2.3" in html
    )


def test_a_claim_keeps_its_spans_values_and_rules(tmp_path: Path) -> None:
    text = "\U0001f7e2 Monitors said shelling killed at least four people in Tarnholm on Friday."
    report = Report(id="r1", text=text, outlet="Tarn Herald", published="2031-05-04")

    def at(words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"text": words, "start": start, "end": start + len(words)}

    other = PlaceAlternative(name="Tarnholm", geonameid=2, country="QQ", admin1="Vesk", lat=0, lon=0)
    told = claim(
        report,
        "shelling",
        places=(
            PlaceMention(
                **at("Tarnholm"),
                name="Tarnholm",
                admin1="Osk",
                country="ZZ",
                rule="only candidate",
                precision=PlacePrecision.SETTLEMENT,
                alternatives=(other,),
            ),
        ),
        dates=(
            DateMention(
                **at("Friday"),
                from_="2031-05-02",
                to="2031-05-02",
                precision=DatePrecision.DAY,
                rule="weekday",
            ),
        ),
        harm=(
            Harm(
                kind=HarmKind.KILLED,
                count=Span(**at("at least four")),
                who=Span(**at("people")),
                min=4,
                civilian=Civilian.YES,
                rule="numeral",
            ),
        ),
        attribution=(Attribution(who=Span(**at("Monitors")), cue=Span(**at("said")), stance=Stance.SAYS),),
    )
    target = tmp_path / "report.html"
    write_page(target, [report], [told], [event()])
    html = written(target)
    (row,) = block(html, "claims")
    assert row[:5] == ["e1-c", 0, 0, "shelling", []]
    assert text[slice(*row[6])] == "shelling"
    roles = {name: (value, rule, [text[a:b] for a, b in spans]) for name, value, rule, spans in row[8]}
    assert roles == {
        "place": (
            "Tarnholm, Osk, ZZ · settlement",
            "only candidate; could also be Tarnholm, Vesk, QQ",
            ["Tarnholm"],
        ),
        "date": ("2031-05-02", "weekday", ["Friday"]),
        "harm": ("killed: 4 or more · civilian: yes", "numeral", ["at least four", "people"]),
    }
    assert [text[slice(*span)] for span in row[9][0][:2]] == ["Monitors", "said"]
    (shown,) = block(html, "events")
    assert shown["claims"] == [0] and shown["reports"] == [0] and shown["apart"] == []


@pytest.mark.parametrize(
    ("state", "low", "high", "words"),
    [
        (HarmState.STATED, 12, 12, "12"),
        (HarmState.STATED, 12, 1500, "12–1,500"),
        (HarmState.STATED, 300, None, "300 or more"),
        (HarmState.STATED, None, 20, "up to 20"),
        (HarmState.STATED, None, None, "some"),
        (HarmState.NONE, 0, 0, "none"),
        (HarmState.UNKNOWN, None, None, "unknown"),
    ],
)
def test_unknown_not_stated_and_zero_are_three_things(
    state: HarmState, low: int | None, high: int | None, words: str
) -> None:
    assert figure(state, low, high) == words


def test_headline_counts_single_incidents_that_happened_and_are_news() -> None:
    events = [
        event("a", killed=toll(3, 5)),
        event("b", killed=toll(10, None)),
        event("c"),
        event("d", status=Status.PLANNED, scope=Scope.REPEATED, killed=toll(1000, 1000)),
        event("e", scope=Scope.REPEATED, old=True, killed=toll(1000, 1000)),
        event("f", old=True, killed=toll(1000, 1000)),
    ]
    counted, killed, injured, reports = figures(events, 7)
    assert counted.value == "3"
    assert "1 planned, possible, prevented or denied, 1 repeated or summed, 1 background" in counted.rule
    assert killed.value == "13 or more"
    assert (
        "1 of 2 give no upper bound" in killed.rule and "1 of 3 events say nothing of deaths" in killed.rule
    )
    assert injured.value == "not stated"
    assert reports.value == "7"
    assert figures(events[:1], 1)[1].value == "3–5"


def test_above_the_cap_texts_are_left_out_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "TEXTS_UP_TO", 1)
    reports = [Report(id=f"r{n}", text=f"Old words. shelling hit Tarnholm {n}") for n in range(2)]
    target = tmp_path / "report.html"
    write_page(target, reports, [claim(reports[0], "shelling")], [event(reports=("r0",))])
    html = written(target)
    assert "Old words" not in html
    assert "This run has 2 reports. Above 1, this page leaves out the texts of reports" in html
    assert block(html, "claims")[0][6] == [11, 19, "shelling"]
    assert len(block(html, "reports")) == 2

    monkeypatch.setattr(page, "DETAILS_UP_TO", 1)
    write_page(target, reports, [claim(reports[0], "shelling")], [event(reports=("r0",))])
    html = written(target)
    assert block(html, "claims") == block(html, "reports") == []
    assert "lists events without their accounts and texts" in html

    monkeypatch.setattr(page, "EVENTS_UP_TO", 1)
    write_page(target, reports, [], [event("a"), event("b")])
    html = written(target)
    assert [shown["id"] for shown in block(html, "events")] == ["a"]
    assert "This page lists the first 1; its figures count all" in html


def test_a_run_of_711_reports_is_small_and_streams(tmp_path: Path) -> None:
    body = "Shelling hit a bakery in Tarnholm on Friday, a witness told the Tarn Herald. " * 28

    def reports() -> Iterator[Report]:
        for n in range(711):
            yield Report(id=f"r{n}", text=f"{n} {body}", outlet="Tarn Herald", published="2031-05-04")

    def claims() -> Iterator[Claim]:
        for report in reports():
            for n in range(11):
                yield claim(report, "Shelling", f"{report.id}-{n}")

    events = [event(f"r{n}-{m}", reports=(f"r{n}",)) for n in range(711) for m in range(11)]
    target = tmp_path / "report.html"
    tracemalloc.start()
    write_page(target, reports(), claims(), events)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert target.stat().st_size < 12e6
    assert peak < 60e6
    assert list(tmp_path.iterdir()) == [target]


def test_a_page_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("the old page", encoding="utf-8")

    def reports() -> Iterator[Report]:
        yield Report(id="r1", text="shelling")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="the disk is full"):
        write_page(target, reports(), [], [])
    assert written(target) == "the old page"
    assert list(tmp_path.iterdir()) == [target]


def test_same_records_same_bytes(tmp_path: Path) -> None:
    report = Report(id="r1", text="shelling")
    for name in ("a.html", "b.html"):
        write_page(
            tmp_path / name,
            [report],
            [claim(report, "shelling")],
            [event()],
            outcomes={"coded": 1, "empty": 1},
        )
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        write_page(tmp_path / "absent" / "report.html", [], [], [])


def test_the_map_works_without_outlines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_basemap", lambda: "null")
    target = tmp_path / "report.html"
    write_page(target, [], [], [])
    assert block(written(target), "basemap") is None


def test_a_public_page_says_so_and_speaks_of_no_witness(tmp_path: Path) -> None:
    write_page(tmp_path / "public.html", [], [], [], audience=Audience.PUBLIC)
    page = (tmp_path / "public.html").read_text(encoding="utf-8")
    assert '<meta name="dateline-audience" content="public">' in page
    assert "For the public." in page
    assert "Internal working file" not in page
