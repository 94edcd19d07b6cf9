"""What a contraction stands for, and what half of it still says."""

from __future__ import annotations

import pytest

from quotecheck.comparison.contractions import contracted, is_half, lacks_apostrophe


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("he's", ["he is", "he has"]),
        ("he'd", ["he would", "he had"]),
        ("'tis", ["it is"]),
        ("let's", ["let us"]),
        ("koss's", ["koss's", "koss is", "koss has"]),
        ("mills're", ["mills're", "mills are"]),
        ("mills've", ["mills've", "mills have"]),
        ("koss'll", ["koss'll", "koss will"]),
        ("ain't", ["is not", "are not", "am not", "has not", "have not"]),
        ("mills", ["mills"]),
    ],
)
def test_readings(word: str, readings: list[str]) -> None:
    assert contracted((word,)) == {tuple(reading.split()) for reading in readings}


def test_readings_of_two_words() -> None:
    assert contracted(("he's", "koss'll")) == {
        ("he", verb, *rest) for verb in ("is", "has") for rest in (("koss'll",), ("koss", "will"))
    }


@pytest.mark.parametrize(
    ("whole", "half", "expected"),
    [
        ("they've", "they", True), ("they're", "they", True), ("i'm", "i", True),
        ("they've", "have", True), ("they'll", "will", True), ("he's right", "is right", True),
        ("they'll", "they", False), ("they've", "we", False), ("they're", "we", False),
        ("they're right", "they", False), ("mills've", "mills", False),
        ("they don't", "they", False),
    ],
)  # fmt: skip
def test_halves(whole: str, half: str, expected: bool) -> None:
    assert is_half(whole.split(), half.split()) is expected


@pytest.mark.parametrize(
    ("source", "quotation", "expected"),
    [
        ("he'll see", "hell see", True),
        ("well see", "we'll see", False),
        ("he'll see it", "hell see", False),
        ("he'll see", "shell see", False),
        ("we're", "wear", False),
        ("he's colour", "he's color", True),
    ],
)
def test_an_apostrophe_lost(source: str, quotation: str, expected: bool) -> None:
    assert lacks_apostrophe(source.split(), quotation.split()) is expected
