"""One word written in two ways, and two words that look alike."""

from __future__ import annotations

import pytest

from quotecheck.comparison.spelling import is_misprint, number_value, same_spelling, stem


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hundred", 100), ("thousand", 1000), ("a hundred", 100), ("two hundred", 200),
        ("two thousand", 2000), ("a thousand and two", 1002), ("2 500", 2500), ("and", None),
        ("a", None), ("", None), ("the weir", None),
    ],
)  # fmt: skip
def test_what_number_words_stand_for(words: str, value: float | None) -> None:
    assert number_value(words.split()) == value


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("weir", "weir", True), ("licenced", "licensed", True),
        ("defenceless", "defenseless", True),
        ("practising", "practicing", True), ("neighbour's", "neighbors", True),
        ("starred", "stared", False), ("licenced", "lichened", False), ("pour", "por", False),
    ],
)  # fmt: skip
def test_spellings(a: str, b: str, same: bool) -> None:
    assert same_spelling(a, b) is same
    assert same_spelling(b, a) is same


@pytest.mark.parametrize(
    ("source", "quotation", "misprint"),
    [
        # Two letters that changed places, one doubled or halved: in either text, but not two words.
        ("recieve", "receive", True), ("receive", "recieve", True), ("harbuor", "harbour", True),
        ("trial", "trail", False), ("later", "latter", False), ("weir", "wier", False),
        # A digit read for a letter: one, and one more for every three letters.
        ("mill", "m1ll", True), ("solo", "5010", False), ("mill", "m1t1", False),
        ("six", "51x", True), ("so", "50", False),
        # One letter read as two or two as one; letters are not read twice over.
        ("mayor", "rnayor", True), ("mayor", "nayor", False), ("modern", "modem", False),
    ],
)  # fmt: skip
def test_misprints(source: str, quotation: str, misprint: bool) -> None:
    assert is_misprint(source, quotation) is misprint


def test_a_doubled_letter_before_an_ending_is_part_of_the_ending() -> None:
    assert stem("stopped") == stem("stopping") == stem("stops") == stem("stop")
    assert stem("stopped") != stem("stooped")
    assert stem("fall") == stem("falls") != stem("fail")
