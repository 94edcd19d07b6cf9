"""How a text writes its words: names with a capital inside a sentence, nouns small."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.records.text import Span
from quotecheck.text.letter_case import LetterCase


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("On Monday the lawyer Baker left.", "Baker", True),
        ("He left, Baker said.", "Baker", True),
        ("Baker said so. Nobody asked what Baker meant.", "Baker", True),
        ("Evidence was lost. The evidence was old.", "Evidence", False),
        ("Evidence was lost.", "Evidence", None),
        ("The evidence was lost.", "evidence", False),
        ("Old Evidence Divides Young Lawyers\n\nA court met.", "Evidence", None),
        ("EVIDENCE LOST\n\nThe evidence was old.", "EVIDENCE", False),
        ("She asked: “Evidence of what?”", "Evidence", None),
        ("It was late. (Baker was there.)", "Baker", None),
        ("The firm\nBaker was closed.", "Baker", None),
        ("“Each of us,” they said, and each left.", "Each", False),
        ("It was said that O’Neil and Jean-Luc Marot left.", "O’Neil", True),
        ("27 people", "27", None),
    ],
)
def test_first_word_of_a_place(text: str, word: str, expected: bool | None) -> None:
    start = text.index(word)
    assert LetterCase(text).writes_as_name(Span(start, start + len(word))) is expected


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_place_gets_an_answer(text: str, one: int, other: int) -> None:
    span = Span(min(one, other), max(one, other))
    assert LetterCase(text).writes_as_name(span) in (True, False, None)
