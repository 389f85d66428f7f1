"""The figures: by hand on two reports, by the project's own scorer on the dev set, and what holds of all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evaluation_making import CODED, COURIER, GOLD, HERALD, REPORTS, WRITTEN, write_case
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.evaluation import evaluate
from dateline.evaluation.confusion import confusion
from dateline.evaluation.evaluating import as_json, compare
from dateline.evaluation.figures import RATES, ROLES_OF_MEAN, SHARES, Rate, figures
from dateline.evaluation.intervals import DRAWS, FEWEST, SEED, Sums
from dateline.evaluation.matching import meet
from dateline.evaluation.scoring import Tally, tally
from dateline.records import ActorMention, Claim, PlaceMention, Span


def numbers(rate: Rate) -> tuple[float | None, float | None, float | None, int, int, int]:
    return rate.precision, rate.recall, rate.f, rate.found, rate.coded, rate.gold


# ---------------------------------------------------------------- by hand

NOTHING = (0.0, 0.0, 0.0, 0)
#                             P      R      F    found coded gold
BY_HAND = {
    "claim found": (0.8, 0.8, 0.8, 4, 5, 5),  # raid is missed, port spurious
    "claim found and typed": (0.6, 0.6, 0.6, 3, 5, 5),  # marched is no riot
    "actor": (1.0, 0.5, 0.667, 2, 2, 4),  # "army of Vesk" for "army" will do
    "actor, exact": (0.5, 0.25, 0.333, 1, 2, 4),  # but is not exact
    "target": (*NOTHING, 1, 0),
    "target, exact": (*NOTHING, 1, 0),
    "site": (*NOTHING, 0, 1),
    "weapon": (None, None, None, 0, 0, 0),
    "place": (0.667, 1.0, 0.8, 2, 3, 2),  # Osk on withdrew is false
    "date": (1.0, 1.0, 1.0, 1, 1, 1),
    "harm kind": (1.0, 1.0, 1.0, 1, 1, 1),
    "harm kind+numbers": (*NOTHING, 1, 1),  # four is not at least four
    "source": (1.0, 1.0, 1.0, 1, 1, 1),  # a bare "reportedly" names nobody
    "same incident (pairs)": (0.5, 1.0, 0.667, 1, 2, 1),
}
SHARES_BY_HAND = {
    "status": (0.75, 4),
    "scope": (0.75, 4),
    "old": (0.5, 4),
    "attributed or not": (0.75, 4),
    "place country": (0.5, 2),
    "place admin1": (1.0, 1),  # "Vesk Province" is Vesk
    "date interval": (0.0, 1),
    "harm civilian": (1.0, 1),
    "stance": (0.0, 1),
}
TYPES_BY_HAND = {
    "withdrawal": (1.0, 1.0, 1.0, 2, 2, 2),
    "attack": (*NOTHING, 1, 1),
    "protest": (*NOTHING, 0, 1),
    "shelling": (1.0, 1.0, 1.0, 1, 1, 1),
    "riot": (*NOTHING, 1, 0),
}
STATUSES_BY_HAND = {"happened": (1.0, 0.75, 0.857, 3, 3, 4), "planned": (*NOTHING, 1, 0)}


def test_every_figure_by_hand() -> None:
    found = compare(REPORTS, GOLD, CODED)
    whole = found.figures
    assert whole.reports == 2
    assert {name: numbers(rate) for name, rate in whole.rates.items()} == BY_HAND
    assert tuple(BY_HAND) == RATES or set(BY_HAND) == set(RATES)
    assert {name: (share.right, share.of) for name, share in whole.shares.items()} == SHARES_BY_HAND
    assert {name: numbers(rate) for name, rate in whole.types.items()} == TYPES_BY_HAND
    assert list(whole.types) == list(TYPES_BY_HAND), "most frequent in the gold first, then by name"
    assert {name: numbers(rate) for name, rate in whole.statuses.items()} == STATUSES_BY_HAND
    # actor 2/3, target 0, place 4/5, date 1, harm 0, source 1; weapon is left out
    assert whole.mean_role_f.value == round((2 / 3 + 0.8 + 1 + 1) / 6, 3) == 0.578
    # bin 0.9–1: one of two right, 0.2–0.3: none of one, 0.5–0.6: two of two
    assert whole.calibration_error.value == round((2 * 0.45 + 1 * 0.25 + 2 * 0.45) / 5, 3) == 0.41


def test_groups_by_hand() -> None:
    found = compare(REPORTS, GOLD, CODED)
    assert list(found.outlets) == ["Osk Courier", "Tarn Herald"]
    assert list(found.countries) == ["Ruritania", "not told"]
    assert found.countries["Ruritania"] == found.outlets["Tarn Herald"]
    herald = found.outlets["Tarn Herald"]
    assert herald.reports == 1
    assert numbers(herald.rates["claim found"]) == (0.667, 0.667, 0.667, 2, 3, 3)
    assert numbers(found.countries["not told"].rates["claim found"]) == (1.0, 1.0, 1.0, 2, 2, 2)


def test_a_report_is_of_the_country_most_of_its_places_lie_in() -> None:
    place = GOLD["herald"][0].place[0]
    two, one = replace(place, country="Tarnia"), replace(place, country="Oskland")
    gold = {"herald": (replace(GOLD["herald"][0], place=(one, two, two)),)}
    assert list(compare([HERALD], gold, []).countries) == ["Tarnia"]
    gold = {"herald": (replace(GOLD["herald"][0], place=(two, one)),)}
    assert list(compare([HERALD], gold, []).countries) == ["Oskland"]


def test_claims_in_no_event_are_not_on_one_incident_and_full_confidence_has_its_bin() -> None:
    coded = [replace(CODED[n], event_id=None, confidence=1.0) for n in (3, 4)]
    found = compare([COURIER], {"courier": GOLD["courier"]}, coded).figures
    assert numbers(found.rates["same incident (pairs)"]) == (*NOTHING, 0, 1)
    assert found.calibration_error.value == 0.05, "right in all of the bin from 0.9 to 1"


def test_confusion_by_hand() -> None:
    found = compare(REPORTS, GOLD, CODED)
    labels = ("shelling", "attack", "protest", "riot", "withdrawal")
    assert found.types.rows == (*labels, "spurious")
    assert found.types.columns == (*labels, "missed")
    assert found.types.counts == (
        (1, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 1),
        (0, 0, 0, 1, 0, 0),
        (0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 2, 0),
        (0, 1, 0, 0, 0, 0),
    )
    assert found.statuses.rows == ("happened", "planned", "possible", "spurious")
    assert found.statuses.counts == ((3, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 1), (0, 1, 0, 0))


def test_the_json_has_the_figures_and_no_words_of_reports() -> None:
    written = json.loads(as_json(compare(REPORTS, GOLD, CODED)))
    assert written["figures"]["rates"]["claim found"]["f"] == 0.8
    assert written["outlets"]["Osk Courier"]["reports"] == 1
    assert written["audience"] == "internal" and "faults" not in written
    assert "nurse" not in json.dumps(written)


def test_a_perfect_coding_has_no_error_and_no_figure_below_one() -> None:
    """The coding put right piece by piece: what is left of its errors goes, and every figure rises to 1."""
    gold, coded = _put_right()
    found = compare([COURIER, HERALD], gold, coded)
    whole = found.figures
    told = [rate for rate in whole.rates.values() if rate.gold or rate.coded]
    assert len(told) >= 9 and all(rate.f == 1.0 for rate in told)
    assert all(share.right == 1.0 for share in whole.shares.values() if share.of)
    assert whole.mean_role_f.value == 1.0
    assert found.faults == ()


def _put_right() -> tuple[dict[str, Any], list[Claim]]:
    import msgspec

    from dateline.evaluation.gold import GoldClaim

    shelling, marched, _, retreated, withdrew = CODED
    written: dict[str, Any] = json.loads(json.dumps(WRITTEN))
    first, second, _ = written["herald"]
    first["date"][0] |= {"start": "2031-05-09", "end": "2031-05-09"}
    first["harm"][0]["max"] = 4
    first["source"][0]["stance"] = "denies"
    second |= {"type": "riot", "scope": "repeated", "old": False, "event": "e1", "actor": []}
    second["place"][0]["country"] = ""
    del written["herald"][2]
    written["courier"][0] |= {"status": "planned", "actor": ["army of Vesk"], "source": []}
    written["courier"][1] |= {"old": False, "place": [{"text": "Osk"}]}
    gold = {n: tuple(msgspec.convert(c, GoldClaim) for c in claims) for n, claims in written.items()}
    return gold, [shelling, marched, retreated, withdrew]


# ---------------------------------------------------------------- by the project's own scorer


@pytest.mark.data
def test_the_figures_are_those_of_the_projects_scorer(shared: Path, tmp_path: Path) -> None:
    annotated = shared / "data/annotated"
    reports, gold = annotated / "dev.reports.jsonl", annotated / "dev.gold.jsonl"
    now = evaluate(reports, gold, workers=None)
    run = tmp_path / "run"
    code = [sys.executable, "-m", "dateline", "code", str(reports), "-o", str(run)]
    subprocess.run(code, check=True, capture_output=True)
    finished = evaluate(reports, gold, claims=run)
    assert now == finished, "coding now and scoring a finished run are one"
    score = [sys.executable, str(shared / "tools/score_claims.py"), str(reports), str(gold)]
    done = subprocess.run([*score, str(run / "claims.jsonl"), "--json"], check=True, capture_output=True)
    theirs = json.loads(done.stdout)
    assert theirs["ungrounded values"] == 0
    ours = finished.figures
    for section, rates in (("F1", ours.rates), ("per status", ours.statuses), ("per type", ours.types)):
        assert {name: numbers(rate)[:3] + numbers(rate)[4:] for name, rate in rates.items()} == {
            name: (row["P"], row["R"], row["F"], row["pred"], row["gold"])
            for name, row in theirs[section].items()
        }
    accuracy = {name: (row["right"], row["of"]) for name, row in theirs["accuracy"].items()}
    shares = {name: (share.right, share.of) for name, share in ours.shares.items()}
    # the scorer has an alias table for divisions that is not in the package
    right, of = shares.pop("place admin1")
    their_right, their_of = accuracy.pop("place admin1")
    assert of == their_of and right == pytest.approx(their_right, abs=0.03)
    assert shares == accuracy
    assert ours.calibration_error.value == theirs["calibration error"]
    # theirs is the mean of rounded figures
    assert ours.mean_role_f.value == pytest.approx(theirs["mean role F"], abs=0.0011)


# ---------------------------------------------------------------- what holds of all

COUNTS = st.fixed_dictionaries(
    {("rates", name, part): st.integers(0, 9) for name in ROLES_OF_MEAN[:3] for part in ("coded", "gold")}
)


@st.composite
def tallies(draw: st.DrawFn) -> list[Tally]:
    made = []
    for counts in draw(st.lists(COUNTS, min_size=1, max_size=9)):
        whole = Tally(counts)
        for name in ROLES_OF_MEAN[:3]:
            most = min(whole["rates", name, "coded"], whole["rates", name, "gold"])
            whole["rates", name, "found"] = draw(st.integers(0, most))
        made.append(whole)
    return made


@given(tallies(), st.randoms())
def test_figures_do_not_hang_on_the_order_of_reports(made: list[Tally], random: Any) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)
    one, other = figures(made), figures(shuffled)
    assert {n: numbers(r) for n, r in one.rates.items()} == {n: numbers(r) for n, r in other.rates.items()}
    assert one.mean_role_f.value == other.mean_role_f.value


@given(tallies())
def test_f_lies_between_precision_and_recall_and_in_its_interval_when_all_reports_are_one(
    made: list[Tally],
) -> None:
    for rate in figures(made).rates.values():
        assert (rate.f is None) == (rate.gold + rate.coded == 0)
        if rate.f is not None and rate.precision is not None and rate.recall is not None:
            low, high = sorted((rate.precision, rate.recall))
            assert low - 0.001 <= rate.f <= high + 0.001 or rate.found == 0 == rate.f
    copies = figures([made[0]] * FEWEST)
    for rate in copies.rates.values():
        assert rate.interval == (None if rate.f is None else (rate.f, rate.f))


def test_draws_are_sums_over_reports_drawn_with_replacement() -> None:
    made = [Tally({("rates", "actor", "gold"): n, ("rates", "place", "gold"): n * n}) for n in range(6)]
    sums = Sums(made)
    generator = np.random.default_rng(SEED)
    drawn = np.concatenate([generator.multinomial(6, np.full(6, 1 / 6), 100) for _ in range(DRAWS // 100)])
    assert (drawn.sum(axis=1) == 6).all()
    for name, power in (("actor", 1), ("place", 2)):
        expected = [sum(n**power for n in range(6))]
        expected += [sum(int(w) * n**power for n, w in enumerate(weights)) for weights in drawn]
        assert sums["rates", name, "gold"].tolist() == expected
    assert sums["rates", "never", "gold"].tolist() == [0] * (DRAWS + 1)


def test_an_interval_is_the_middle_95_percent_of_the_draws() -> None:
    found, coded, gold = (
        np.array([2, 4, 5, 6, 8, 1]),
        np.array([9, 7, 5, 8, 8, 4]),
        np.array([3, 5, 9, 7, 8, 6]),
    )
    made = [
        Tally({("rates", "actor", "found"): f, ("rates", "actor", "coded"): c, ("rates", "actor", "gold"): g})
        for f, c, g in zip(found.tolist(), coded.tolist(), gold.tolist(), strict=True)
    ]
    generator = np.random.default_rng(SEED)
    drawn = [w for _ in range(DRAWS // 100) for w in generator.multinomial(6, np.full(6, 1 / 6), 100)]
    fs = sorted(2 * (w @ found) / (w @ coded + w @ gold) for w in drawn)
    expected = tuple(round(float(np.quantile(fs, q)), 3) for q in (0.025, 0.975))
    assert figures(made).rates["actor"].interval == pytest.approx(expected, abs=0.001)


def test_intervals_hold_the_figure_are_the_same_again_and_need_reports_that_tell() -> None:
    def report(found: int) -> Tally:
        return Tally({("rates", "actor", p): n for p, n in (("found", found), ("coded", 10), ("gold", 10))})

    made = [report(found) for found in (2, 4, 5, 6, 8)]
    rate = figures(made).rates["actor"]
    assert rate.f == 0.5 and rate.interval is not None
    low, high = rate.interval
    assert 0.2 <= low < 0.5 < high <= 0.8
    assert figures(made) == figures(made)
    narrow = figures(made * 40).rates["actor"].interval
    assert narrow is not None and narrow[1] - narrow[0] < (high - low) / 3
    # a sixth report that says nothing of actors does not make up for one that does
    assert figures(made[:4]).rates["actor"].interval is None
    assert figures([*made[:4], Tally({("rates", "place", "gold"): 1})]).rates["actor"].interval is None


LABELS = st.sampled_from(["clash", "siege", "aid"])


@given(st.lists(st.tuples(st.none() | LABELS, st.none() | LABELS).filter(any)))
def test_a_confusion_table_keeps_every_claim(pairs: list[tuple[str | None, str | None]]) -> None:
    table = confusion(pairs, ["clash", "siege", "aid"])
    assert sum(map(sum, table.counts)) == len(pairs)
    for n, label in enumerate(table.rows[:-1]):
        assert sum(table.counts[n]) == sum(gold == label for gold, _ in pairs)
        assert sum(row[n] for row in table.counts) == sum(coded == label for _, coded in pairs)
    assert table.counts[-1][-1] == 0


TEXT = "abcdefghijklmnopqrst"
BOUNDS = st.tuples(st.integers(0, 17), st.integers(1, 3))


@given(st.lists(BOUNDS, unique=True, max_size=6), st.lists(BOUNDS, max_size=6))
def test_claims_meet_one_to_one_and_none_that_could_meet_is_left(
    golds: list[tuple[int, int]], codeds: list[tuple[int, int]]
) -> None:
    template = CODED[0]
    gold = [replace(GOLD["herald"][0], trigger=TEXT[a : a + n]) for a, n in golds]
    coded = [
        replace(template, claim_id=str(k), trigger=Span.of(TEXT, a, a + n)) for k, (a, n) in enumerate(codeds)
    ]
    meeting = meet("r", TEXT, gold, coded)
    assert len(meeting.pairs) + len(meeting.missed) == len(gold)
    assert sorted(c.claim_id for c in [c for _, c in meeting.pairs] + meeting.spurious) == [
        str(k) for k in range(len(coded))
    ]
    assert all(one.at(TEXT).overlaps(other.trigger) for one, other in meeting.pairs)
    assert not any(one.at(TEXT).overlaps(o.trigger) for one in meeting.missed for o in meeting.spurious)


def test_the_larger_overlap_meets() -> None:
    gold = [replace(GOLD["herald"][0], trigger="cdef")]
    coded = [replace(CODED[0], trigger=Span.of(TEXT, a, b)) for a, b in ((0, 3), (3, 6))]
    ((_, met),) = meet("r", TEXT, gold, coded).pairs
    assert met.trigger.text == "def"


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4]), unique=True))
def test_counts_of_a_part_of_the_coding_never_find_more(kept: list[int]) -> None:
    """Leaving claims out cannot find more, nor change what is in the gold."""
    some = [CODED[n] for n in sorted(kept)]
    for report in REPORTS:
        whole, part = (
            tally(meet(report.id, report.text, GOLD[report.id], [c for c in cs if c.report_id == report.id]))
            for cs in (CODED, some)
        )
        for name in RATES[:2]:
            assert part["rates", name, "found"] <= whole["rates", name, "found"]
            assert part["rates", name, "gold"] == whole["rates", name, "gold"]


def test_every_share_and_rate_is_named(tmp_path: Path) -> None:
    reports, gold, run = write_case(tmp_path)
    found = evaluate(reports, gold, claims=run)
    counted = {key[:2] for report in REPORTS for key in _keys(report.id)}
    assert {name for group, name in counted if group == "rates"} <= set(RATES)
    assert {name for group, name in counted if group == "shares"} <= set(SHARES)
    assert found == compare(REPORTS, GOLD, CODED), "files and records say the same"


def _keys(report_id: str) -> list[tuple[str, str, str]]:
    (report,) = [r for r in REPORTS if r.id == report_id]
    coded = [c for c in CODED if c.report_id == report_id]
    return list(tally(meet(report_id, report.text, GOLD[report_id], coded)))


def test_values_of_claims_that_did_not_meet_count_against() -> None:
    lone = replace(
        CODED[2],
        actors=(ActorMention(text="Soldiers", start=0, end=8),),
        places=(PlaceMention(text="Osk", start=0, end=3),),
    )
    counts = tally(meet("herald", HERALD.text, GOLD["herald"], [lone]))
    assert counts["rates", "actor", "coded"] == 1 and counts["rates", "actor", "found"] == 0
    assert counts["rates", "actor", "gold"] == 3
    assert counts["rates", "place", "coded"] == 1
