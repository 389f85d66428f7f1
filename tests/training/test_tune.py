from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dateline.tagger import Thresholds
from training.tune import error_of, fit


def test_confidence_is_the_score_until_it_is_fitted() -> None:
    assert [Thresholds().confidence(p) for p in (0.1, 0.5, 0.93)] == [0.1, 0.5, 0.93]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 3), st.floats(-3, 3))
def test_confidence_keeps_the_order_of_scores(a: float, b: float, slope: float, offset: float) -> None:
    fitted = Thresholds(confidence_slope=slope, confidence_offset=offset)
    low, high = sorted((a, b))
    assert 0 <= fitted.confidence(low) <= fitted.confidence(high) <= 1


def test_the_fit_makes_overconfident_scores_probabilities() -> None:
    dice = random.Random(5)
    told = []
    for _ in range(4000):
        score = dice.uniform(0.02, 0.98)
        truth = Thresholds(confidence_slope=0.5, confidence_offset=-0.4).confidence(score)
        told.append((score, dice.random() < truth))
    slope, offset = fit(told)
    assert slope == pytest.approx(0.5, abs=0.08) and offset == pytest.approx(-0.4, abs=0.1)
    fitted = Thresholds(confidence_slope=slope, confidence_offset=offset)
    assert error_of([(fitted.confidence(s), r) for s, r in told]) < 0.03 < error_of(told)


def test_the_error_is_the_distance_from_the_middle_of_a_bin() -> None:
    told = [(0.95, True)] * 3 + [(0.95, False)] + [(0.15, False)] * 4
    assert error_of(told) == pytest.approx((0.2 * 4 + 0.15 * 4) / 8)
