"""What weighs other words is fitted to what a search reads."""

from __future__ import annotations

import numpy as np
import pytest

from quotecheck.paraphrase.features import STATE_FEATURES, WORDING_FEATURES
from quotecheck.paraphrase.ranking import READ_FEATURES
from quotecheck.training.paraphrase_examples import Example
from quotecheck.training.paraphrase_ranking import lead_by_wording, read_pieces, without_right


def _example(scores: list[float], right: list[bool]) -> Example:
    """Candidates with these scores, given by the first number of their wording."""
    rows = [[score, *[0.0] * (len(WORDING_FEATURES) - 1)] for score in scores]
    example = Example(
        "a", "twin_sentence", "d", rows, np.array(right), np.zeros(len(right), bool),
        lambda n: [float(n)] * len(STATE_FEATURES), lambda _: (), lambda _: 1.0,
    )  # fmt: skip
    lead_by_wording([example], np.array([1.0, *[0.0] * (len(WORDING_FEATURES) - 1)]))
    read_pieces(example)
    return example


@pytest.mark.parametrize(
    ("scores", "read"),
    [
        ([1.0, 9.0, 5.0, 3.0], [1, 2]),
        ([9.0, 8.0, 7.0, 6.0, 5.9], [0, 1, 2, 3]),
        ([9.0, 1.0], [0]),
        ([], []),
    ],
)
def test_candidates_near_the_first_are_read(scores: list[float], read: list[int]) -> None:
    example = _example(scores, [False] * len(scores))
    assert example.led == read
    assert example.read.shape == (len(read), len(READ_FEATURES))


def test_the_first_leads_the_second_whether_that_is_read_or_not() -> None:
    lead = READ_FEATURES.index("first lead")
    assert _example([9.0, 1.0, 0.5], [True, False, False]).read[0][lead] == 8.0


def test_without_its_sentence_a_search_reads_others() -> None:
    found = without_right(_example([9.0, 2.0, 1.0, -7.0], [True, False, False, False]))
    assert found is not None
    assert found.led == [1, 2]
    assert not found.right.any()
    assert found.read[0][READ_FEATURES.index("first lead")] == 1.0


def test_nothing_is_left_out_where_the_sentence_was_not_read() -> None:
    assert without_right(_example([9.0, 2.0], [False, True])) is None
    assert without_right(_example([9.0], [True])) is None
