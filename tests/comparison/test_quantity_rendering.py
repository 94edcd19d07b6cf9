"""A rendering says the same quantity, as far as an index of words can tell."""

from __future__ import annotations

import pytest

from quotecheck.comparison.quantity_parsing import find_quantities
from quotecheck.comparison.quantity_rendering import cardinal_words, other_renderings


@pytest.mark.parametrize(
    ("text", "rendering"),
    [
        ("It opened at 6:30.", "It opened at half past six."),
        ("We lost 2,500 sheep.", "We lost twenty-five hundred sheep."),
        ("12% of it", "twelve per cent of it"),
        ("$1.2 million", "1,200,000 dollars"),
        ("on 4 July 1776", "on July 4, 1776"),
        ("the sixties", "the 1960s"),
        ("60 mph", "60 miles per hour"),
        ("won 3-2", "won three to two"),
        ("one in five", "1 in 5"),
        ("the 8th house", "the eighth house"),
    ],
)
def test_usual_dresses(text: str, rendering: str) -> None:
    assert rendering in list(other_renderings(text, 40))


def test_nothing_to_render() -> None:
    assert not list(other_renderings("No bridge was ever built here."))
    assert not list(other_renderings("1, 2, 3, 4, 5 and 6 boats"))


@pytest.mark.parametrize("number", [0, 7, 19, 20, 99, 100, 101, 999, 1000, 1066, 20_500, 999_999])
def test_words_are_read_back(number: int) -> None:
    for joint in (" and ", " "):
        (found,) = find_quantities(cardinal_words(number, joint=joint))
        assert number in [reading.values[0] for reading in found.readings]
