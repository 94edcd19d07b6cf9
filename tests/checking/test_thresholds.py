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
        (replace(SURE, share=0.8, claimed_speaker_matches=False), False),
        (replace(SURE, share=0.9, claimed_speaker_matches=False), True),
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


def test_an_answer_is_no_surer_than_its_place_its_verdict_and_its_rivals() -> None:
    def chance(rivals: int, verdict: str = "verbatim", severity: str = "none") -> float:
        return thresholds().answer_probability(
            SURE,
            rivals=rivals,
            verdict=verdict,
            severity=severity,  # type: ignore[arg-type]
        )

    place = thresholds().probability(SURE)
    assert chance(0) < place
    assert chance(0) > 0.9
    assert chance(0) > chance(1) > chance(9) > chance(50)
    assert chance(50) < 0.6
    assert chance(0, "altered", "wording") < chance(0)
    assert 0 < chance(0, "paraphrase", "meaning") < place  # never seen: as the verdicts in all


def test_the_rate_of_verdicts_and_the_weight_of_rivals_are_counted() -> None:
    from quotecheck.training.answer_probability import (
        Answer,
        equal_places_exponent,
        verdict_rates,
    )

    answers = [Answer("verbatim", "none", 0, True, True, right) for right in [True] * 9 + [False]]
    answers.append(Answer("verbatim", "none", 0, False, False, False))  # no place: no verdict
    assert verdict_rates(answers) == {"": 0.8636, "verbatim none": 0.8636}
    by_lot = [Answer("verbatim", "none", 3, True, n % 4 == 0, True) for n in range(400)]
    assert abs(equal_places_exponent(by_lot) - 1.0) < 0.05
    earliest = [Answer("verbatim", "none", 3, True, True, True) for _ in range(400)]
    assert equal_places_exponent(earliest) < 0.05
