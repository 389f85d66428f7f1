from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from export.publishing_making import dataset, event, toll
from msgspec.structs import replace as replaced

from dateline.export.dataset import Audience
from dateline.export.filters import selection
from dateline.export.methodology import Ran, gaps, sheet
from dateline.export.tables import table
from dateline.records import Outcome, OutcomeKind, Place, PlacePrecision, Report, Status

REPORTS = (
    Report(id="r1", text="a", outlet="Reuters", published="2031-05-02"),
    Report(id="r2", text="b", outlet="Venn's Letters", published="2031-05-20"),
    Report(id="r3", text="c"),
)
OUTCOMES = (
    Outcome(path="venn.txt", report_ids=("r2",), outcome=OutcomeKind.CODED),
    Outcome(path="oldra|venn.pdf", report_ids=(), outcome=OutcomeKind.UNREADABLE, reason="binary data"),
)


def ran(**fields: object) -> Ran:
    plain: dict[str, object] = {
        "events": (event(), event(status=Status.PLANNED), event(old=True), event()),
        "reports": REPORTS,
        "outcomes": OUTCOMES,
        "selection": selection(["killed>=1"]),
        "outlets": {"Reuters": "Reuters", "Venn's Letters": "another outlet"},
        "filters": ("killed>=1", "status=happened"),
    }
    return Ran(**(plain | fields))  # type: ignore[arg-type]


def test_the_sheet_tells_what_ran_and_what_was_left_out() -> None:
    given = replace(
        dataset(event(killed=toll(4))), audience=Audience.PUBLIC, counts={"coded": 2, "unreadable": 1}
    )
    text = sheet(given, ran(notes=("3 rows merged",)), "csv", "events.csv")
    for line in (
        "1 of 4 events of the run, as csv",
        "chosen by: killed>=1; status=happened",
        "3 rows merged",
        "published from 2031-05-02 to 2031-05-20; 1 without a date",
        "| Reuters | 1 | 2031-05-02 | 2031-05-02 |",
        "| another outlet | 1 |",
        "| no outlet told | 1 |",
        "| unreadable | 1 |",
        "| the only number given (n of n origins) | 1 |",
        "told as planned, not as having happened: 1",
        "told as background, not as news: 1",
        "the filters: 2",
        "2031-05-03 to 2031-05-19: no report published in 17 days",
        "0.846 | 0.815–0.872 | 498",
        "- dateline: 0.1.0",
    ):
        assert line in text, line
    assert "venn" not in text.casefold() and "Internal" not in text


def test_an_internal_sheet_says_so_and_names_what_failed() -> None:
    text = sheet(
        dataset(event()), ran(outlets={"Venn's Letters": "Venn's Letters"}), "csv", "events.internal.csv"
    )
    assert "**Internal:" in text and "Venn's Letters" in text
    assert "oldra\\|venn.pdf" in text and "binary data" in text


def test_a_public_sheet_says_how_far_sensitive_places_were_widened() -> None:
    rule = table("vocabulary")["place_rules"]["coarsened"]
    district = Place(name="Idlib", country="SY", precision=PlacePrecision.ADMIN2, rule=rule)
    province = replaced(district, precision=PlacePrecision.ADMIN1)
    nowhere = Place(rule=rule)
    given = replace(
        dataset(event(), *(event(place=p) for p in (district, province, province, nowhere))),
        audience=Audience.PUBLIC,
    )
    assert (
        "Sensitive places are shown as their district, or as the next wider division where the gazetteer "
        "knows no district, without coordinates: 1 event as district, 2 events as province, 1 event without "
        "any place."
    ) in sheet(given, ran(), "csv", "events.csv").splitlines()
    none = replace(dataset(event()), audience=Audience.PUBLIC)
    assert "knows no province, without coordinates: none in this file." in sheet(
        none, ran(coarsened_to="admin1"), "csv", "events.csv"
    )
    country = sheet(none, ran(coarsened_to="country"), "csv", "events.csv")
    assert "Sensitive places are shown as their country, without coordinates" in country
    assert "Sensitive places" not in sheet(dataset(event()), ran(), "csv", "events.internal.csv")


def test_gaps_are_days_in_a_row_without_a_report() -> None:
    days = ["2031-01-01", None, "2031-01-08", "2031-01-16T10:00:00Z"]
    assert list(gaps(days)) == [("2031-01-09", "2031-01-15", 7)]
    assert list(gaps([])) == []


def test_the_error_rates_are_those_of_the_documents(root: Path) -> None:
    documents = "\n".join(
        (root / "docs/methodology" / name).read_text("utf-8") for name in ("model-card.md", "fusion.md")
    )
    stated = {line for line in documents.splitlines() if line.startswith("|")}
    for rate in table("error_rates")["rate"]:
        cells = [f"{rate['figure']:.3f}".lstrip("0")]
        if "low" in rate:
            cells += [f"{rate['low']:.3f}–{rate['high']:.3f}".replace("0.", "."), str(rate["of"])]
        assert any(all(f" {cell} |" in line for cell in cells) for line in stated), rate["what"]
