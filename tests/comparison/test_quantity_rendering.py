"""A rendering says the same quantity, as far as an index of words can tell."""

from __future__ import annotations

from typing import Any

import pytest

from quotecheck.comparison.quantities import pair_quantities
from quotecheck.comparison.quantity_parsing import find_quantities
from quotecheck.comparison.quantity_rendering import cardinal_words, other_renderings
from tests.support.cases import cases


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
        ("the 8th house", "the eighth house"), ("the eighth house", "the 8th house"),
        ("the 21st house", "the twenty-first house"), ("the 12th house", "the twelfth house"),
        ("the 13th house", "the thirteenth house"), ("the twenty-second house", "the 22nd house"),
        ("the eleventh house", "the 11th house"), ("the thirtieth house", "the 30th house"),
        ("the third house", "the 3rd house"), ("King Olaf IV", "King Olaf four"),
        ("a fleet of 12 boats", "a fleet of a dozen boats"),
        ("105 stairs", "one hundred five stairs"),
        ("one thousand stairs", "1,000 stairs"), ("9,999 stairs", "9999 stairs"),
        ("10,000 stairs", "ten thousand stairs"), ("4.3 billion", "4.3bn"),
        ("4 million", "4,000,000"),
        ("4,000,000", "four million"), ("4m", "4 million"), ("2 trillion", "2tn"),
        ("4,250,000", "4.25 million"), ("half of it", "1/2 of it"),
        ("3/4 of it", "three quarters of it"),
        ("a third of it", "1/3 of it"), ("2.5 litres", "2.5 liters"),
        ("12.50 crowns", "12.5 crowns"), ("12 marks", "twelve marks"),
        ("minus 3 degrees", "-3 degrees"), ("-3 degrees", "minus three degrees"),
        ("twice a day", "2 times a day"), ("two times a day", "twice a day"),
        ("12 km²", "12 square kilometres"), ("9 cubic metres", "9 cubic meters"),
        ("5 kg", "five kilograms"), ("five kilograms", "5 kg"), ("five kilograms", "5kg"),
        ("60 miles an hour", "60 mph"), ("60 kilometres an hour", "60 km/h"),
        ("$5 an hour", "5 dollars per hour"), ("$5 a day", "5 dollars a day"),
        ("3 percent", "3%"), ("3 percent", "three per cent"),
        ("at noon", "at 12:00 p.m."), ("at 12 p.m.", "at noon"), ("at midnight", "at 12:00 a.m."),
        ("at 12 a.m.", "at midnight"), ("at 7 p.m.", "at 19:00"), ("at 7 p.m.", "at 7:00 pm"),
        ("at 7:00", "at seven o'clock"), ("at 7:45", "at a quarter to eight"),
        ("at 12:45", "at a quarter to one"), ("at 7:15", "at a quarter past seven"),
        ("at 00:30", "at 12:30 a.m."),
        ("on May 9", "on the 9th of May"), ("on 9 May 1902", "on May 9th, 1902"),
        ("in May of 1902", "in May 1902"),
        ("in May of '68", "in May ’68"), ("the 1880s", "the eighties"), ("the '60s", "the sixties"),
        ("the ’60s", "the 1960s"), ("one in five", "one out of five"), ("3 to 2", "3-2"),
        ("5 to 10 weeks", "five to ten weeks"), ("5 to 10 percent", "5-10 percent"),
    ],
)  # fmt: skip
def test_usual_dresses(text: str, rendering: str) -> None:
    assert rendering in list(other_renderings(text, 40))


@pytest.mark.parametrize("family", cases("quantity_families"), ids=lambda family: family["label"])
def test_a_rendering_has_the_same_value(family: dict[str, Any]) -> None:
    for text in family["texts"]:
        for rendering in other_renderings(text, 40):
            pairs = pair_quantities(find_quantities(text), find_quantities(rendering))
            # The unit may be left out, for a search alone.
            left = {pair.difference for pair in pairs} - {"", "rendering", "unit", "currency"}
            assert not left, (text, rendering)


def test_nothing_to_render() -> None:
    assert not list(other_renderings("No bridge was ever built here."))
    assert not list(other_renderings("1, 2, 3, 4, 5 and 6 boats"))


@pytest.mark.parametrize("number", [0, 7, 19, 20, 99, 100, 101, 999, 1000, 1066, 20_500, 999_999])
def test_words_are_read_back(number: int) -> None:
    for joint in (" and ", " "):
        (found,) = find_quantities(cardinal_words(number, joint=joint))
        assert number in [reading.values[0] for reading in found.readings]
