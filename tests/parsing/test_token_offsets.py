"""Tokens as places in the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.parsing.token_offsets import divide, normalised_for_tokenizer, split_long_text
from quotecheck.records.text import Span


@given(st.text(max_size=200), st.integers(0, 20))
def test_plain_text_keeps_places(text: str, start: int) -> None:
    piece = Span(min(start, len(text)), len(text))
    plain, places = normalised_for_tokenizer(text, piece)
    assert len(plain) == len(places)
    assert plain == plain.strip()
    assert places == sorted(places)
    assert all(piece.start <= place < piece.end for place in places)


@given(st.text(alphabet="a. \n", max_size=9_000))
@settings(max_examples=20)
def test_pieces_make_up_the_paragraph(text: str) -> None:
    pieces = list(split_long_text(text, Span(0, len(text))))
    assert "".join(piece.of(text) for piece in pieces) == text
    assert all(0 < piece.end - piece.start <= 3_000 for piece in pieces)


@pytest.mark.parametrize(
    ("word", "parts", "places"),
    [
        ("cannot", ["can", "not"], [(0, 3), (3, 6)]),
        ("won’t", ["wo", "n’t"], [(0, 2), (2, 5)]),
        ("won't", ["will", "not"], [(0, 5), (0, 5)]),
    ],
)
def test_contractionsdivide(word: str, parts: list[str], places: list[tuple[int, int]]) -> None:
    assert divide(word, Span(0, len(word)), parts) == [Span(*place) for place in places]
