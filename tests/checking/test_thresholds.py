from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.checking.thresholds import FEATURES, MatchEvidence, thresholds
from quotecheck.weights import verified_table

SURE = MatchEvidence(1.0, 60.0, 12, 12, 1, 0, None)


def test_the_file_says_how_its_numbers_came_about() -> None:
    held = verified_table("thresholds.json")
    assert set(held["probability"]) == {"intercept", *FEATURES}
    how = held["how"]
    assert how["command"].startswith("python -m quotecheck.training.match_probability")
    assert how["calibration_error_in_five_folds"] < 0.03
    assert len(how["gold_sha256"]) == 64


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (SURE, True),
        (replace(SURE, share=0.6), True),
        (replace(SURE, share=0.5), False),
        (replace(SURE, share=0.6, matched=3.0, longest=2), False),
        (replace(SURE, share=0.8, said=False), False),
        (replace(SURE, share=0.9, said=False), True),
        (replace(SURE, words=3, share=0.9), False),
        (replace(SURE, words=3), True),
        (MatchEvidence(0.0, 0.0, 0, 5, 0, 0, None), False),
    ],
)
def test_found_or_not(evidence: MatchEvidence, found: bool) -> None:
    assert thresholds().is_found(evidence) is found


def test_more_found_is_more_likely() -> None:
    chances = [thresholds().probability(replace(SURE, share=s / 20)) for s in range(21)]
    assert chances == sorted(chances)
    assert chances[20] > 0.95
    assert chances[5] < 0.3


@given(st.floats(0, 1), st.integers(0, 500), st.integers(0, 3), st.integers(0, 99))
def test_a_probability_is_one(share: float, words: int, places: int, others: int) -> None:
    evidence = MatchEvidence(share, 9.0, words, words, places, others, None)
    assert 0 <= thresholds().probability(evidence) <= 1


def test_the_fit_finds_what_made_the_data() -> None:
    from quotecheck.training.match_probability import fit_probability

    rng = np.random.default_rng(3)
    x = rng.normal(size=(4000, 2))
    chance = 1 / (1 + np.exp(-(0.5 + 2.0 * x[:, 0] - 1.0 * x[:, 1])))
    y = (rng.random(4000) < chance).astype(np.float64)
    intercept, (first, second) = fit_probability(x, y, np.ones(4000))
    assert abs(intercept - 0.5) < 0.15
    assert abs(first - 2.0) < 0.2
    assert abs(second + 1.0) < 0.15
