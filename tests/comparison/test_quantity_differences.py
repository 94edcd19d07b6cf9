"""What two quantities differ in, how they are paired, and what of one may be cut off."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotecheck.comparison.quantities import (
    Difference,
    Quantity,
    difference,
    is_fair_cut,
    pair_quantities,
)
from quotecheck.comparison.quantity_parsing import find_quantities
from quotecheck.comparison.quantity_rendering import cardinal_words

DIFFERENCES: dict[Difference, list[tuple[str, str]]] = {
    "": [
        ("May '68", "May 1968"), ("'68", "1968"), ("US$5–7", "$5–7"), ("3-5", "3 to 5"),
        ("the '60s", "the 1960s"), ("3/4/2011", "3 April 2011"), ("the second", "second"),
        ("500 US dollars", "500 dollars"),
    ],
    "rendering": [
        ("two days", "48 hours"), ("an hour", "60 minutes"), ("ten minutes", "600 seconds"),
        ("three weeks", "21 days"), ("a fortnight", "14 days"), ("a fortnight", "two weeks"),
        ("two years", "24 months"), ("three decades", "thirty years"),
        ("two centuries", "200 years"), ("3 kilometres", "3,000 metres"),
        ("3 metres", "300 centimetres"), ("3 metres", "3,000 millimetres"),
        ("2 kilograms", "2,000 grams"), ("2 grams", "2,000 milligrams"),
        ("2 tonnes", "2,000 kilograms"), ("5 feet", "60 inches"), ("4 yards", "12 feet"),
        ("2 miles", "3,520 yards"), ("50 basis points", "0.5 percentage points"),
        ("half", "50 percent"), ("one in four", "a quarter"), ("one in four", "25 percent"),
        ("one in four", "2 in 8"), ("seven o'clock", "seven"), ("noon", "12"), ("midnight", "12"),
        ("1 p.m.", "1"),
        ("9/11", "11 September"), ("9/11", "9 November"), ("6:30", "6:30 a.m."),
    ],
    "unit": [
        ("2 miles", "2 metres"), ("'68", "68 miles"), ("5–7 miles", "5–7 km"),
    ],
    "currency": [
        ("$5", "5 miles"), ("5 miles", "$5"), ("$5–7", "5–7 miles"), ("5–7 miles", "$5–7"),
        ("500 US dollars", "500 Australian dollars"),
    ],
    "sign": [
        ("-5", "5"),
    ],
    "kind": [
        ("the 1960s", "1960"), ("hundreds", "a hundred"), ("dozens", "twelve"),
        ("thousands", "1,000"), ("millions", "a million"), ("billions", "a billion"),
        ("trillions", "a trillion"), ("lakhs", "one lakh"), ("crores", "one crore"),
        ("tens of thousands", "10,000"), ("scores of thousands", "20,000"), ("3 in 5", "3-5"),
        ("eighth", "eight"),
    ],
    "time": [
        ("one to four", "2 to 8"), ("seven o'clock", "eight"), ("seven o'clock", "seven miles"),
        ("half past six", "six"), ("6:30 p.m.", "6:30 a.m."),
    ],
    "date": [
        ("May 1968", "1968"),
        ("4 July 1776", "1776"), ("'68", "1986"), ("'68", "2168"), ("9/11", "12 September"),
        ("9/11", "11 September 2001"), ("the '60s", "the 1970s"), ("3/4/2011", "4/3/2011"),
        ("3 April", "3 April 2011"),
    ],
    "value": [
        ("3-5", "0.6"), ("3 in 5 miles", "0.6"),
        ("two days", "47 hours"), ("an hour", "100 minutes"), ("three weeks", "20 days"),
        ("a fortnight", "15 days"), ("two years", "20 months"), ("two centuries", "20 years"),
        ("a month", "30 days"), ("3 kilometres", "300 metres"), ("2 tonnes", "200 kilograms"),
        ("5 feet", "50 inches"), ("50 basis points", "5 percentage points"),
        ("0.5", "50 percent"), ("half", "5 percent"), ("one in four", "a fifth"),
        ("one in four", "2 in 9"), ("the 1960s", "1961"), ("hundreds", "200"),
        ("-5 miles", "5 km"), ("eighth", "ninth"), ("version 4.10", "version 4.1"),
    ],
}  # fmt: skip
"""By what they differ in; nothing where they say the same in the same way."""


def quantity(text: str) -> Quantity:
    return find_quantities(text)[0]


@pytest.mark.parametrize(
    ("a", "b", "what"), [(*pair, what) for what, pairs in DIFFERENCES.items() for pair in pairs]
)
def test_what_differs(a: str, b: str, what: str) -> None:
    assert difference(quantity(a), quantity(b)) == what
    assert difference(quantity(b), quantity(a)) == what


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        # What the other text lacks stands alone, wherever it is.
        ("4 boats, 7 men, 9 geese", "7 men, 9 geese", [(0, None), (1, 0), (2, 1)]),
        ("4 boats, 7 men, 9 geese", "4 boats, 9 geese", [(0, 0), (1, None), (2, 1)]),
        ("4 boats, 7 men, 9 geese", "4 boats, 7 men", [(0, 0), (1, 1), (2, None)]),
        ("7 men", "4 boats, 7 men, 9 geese", [(None, 0), (0, 1), (None, 2)]),
        ("4 boats", "", [(0, None)]),
        ("", "4 boats", [(None, 0)]),
        ("", "", []),
        # The same in other words is nearer than two that stand alone.
        ("half of it, 3 men", "50 percent of it, 3 men", [(0, 0), (1, 1)]),
        ("3 men, 3 miles", "3 miles", [(0, None), (1, 0)]),
        # Another value, unit or currency stands for the one in its place.
        ("4 boats", "5 boats", [(0, 0)]),
        ("4 miles, 7 men", "4 km, 7 men", [(0, 0), (1, 1)]),
        ("$4, 7 men", "€4, 7 men", [(0, 0), (1, 1)]),
        # Of two numbers with one money, that with the same value.
        ("$4, $5", "€4", [(0, 0), (1, None)]),
        ("$5, $4", "€4", [(0, None), (1, 0)]),
        ("$4, 4 boats", "€4", [(0, 0), (1, None)]),
        ("4 boats, half of them", "50 percent of them", [(0, None), (1, 0)]),
        # "One" and "a mile" count against a number alone.
        ("one of them saw 5 boats", "saw 5 boats", [(1, 0)]),
        ("saw 5 boats", "one of them saw 5 boats", [(0, 1)]),
        ("one of them", "two of them", [(0, 0)]),
        ("one of them", "", []),
        ("one of them", "a mile", []),
        ("a second of them", "one of them", []),
    ],
)
def test_pairs(first: str, second: str, pairs: list[tuple[int | None, int | None]]) -> None:
    found = pair_quantities(find_quantities(first), find_quantities(second))
    assert [(pair.first, pair.second) for pair in found] == pairs


@pytest.mark.parametrize(
    ("whole", "part", "fair"),
    [
        ("4 July 1776", "4", True), ("July 1776", "July 1776", True), ("1776-07-04", "1776", True),
        ("4 July 1776", "4 July", True), ("4 July 1776", "5", False), ("4 July 1776", "7", False),
        ("4 July 1776", "4 miles", False), ("4 July 1776", "July 1776", True),
        ("4 July 1776", "July 1777", False), ("4 July 1776", "the fourth", True),
        ("9–11 May 1902", "9–11 May", True), ("May 9–11", "May 9", False), ("9–11 May", "9", False),
        ("9–11 May", "11 May", False), ("9–11 May 1902", "1902", True),
        ("6:30 p.m.", "6:30 a.m.", False), ("6:30", "6:40", False), ("6:30 p.m.", "6", False),
        ("sold 300 to 5", "300", True), ("sold 300 to 5", "5", True),
        ("from 5 to 300", "5", False), ("5 to 5", "5", False), ("300-5", "300", False),
        ("20 miles", "20", True), ("20 miles", "20 km", False), ("20 miles", "20 miles", True),
        ("20 percentage points", "20", False), ("44 BC", "44", False), ("20 per cent", "20", False),
        ("$20", "20", True), ("$20", "€20", False), ("$20 million", "$20", False),
        ("eighth", "eight", False), ("the 1960s", "1960", False), ("dozens", "twelve", False),
    ],
)  # fmt: skip
def test_what_a_cut_leaves(whole: str, part: str, *, fair: bool) -> None:
    assert is_fair_cut(quantity(whole), quantity(part)) == fair


def value(text: str) -> Fraction | None:
    """The value of the one quantity of a text, by its first reading."""
    (quantity,) = find_quantities(text)
    assert (quantity.start, quantity.end) == (0, len(text)), text
    return quantity.readings[0].values[0]


def test_numbers_in_words_are_read_back() -> None:
    for number in (*range(1_250), *range(1_900, 1_920), 20_016, 300_411, 999_999):
        for joint in (" and ", " "):
            assert value(cardinal_words(number, joint=joint)) == number


def test_scales_in_words_are_read() -> None:
    for power, scale in ((3, "thousand"), (6, "million"), (9, "billion"), (12, "trillion"),
                         (15, "quadrillion"), (5, "lakh"), (7, "crore")):  # fmt: skip
        for number in (1, 7, 40, 62):
            assert value(f"{cardinal_words(number)} {scale}") == number * 10**power
            assert value(f"{number} {scale}") == number * 10**power
        assert value(f"two and a half {scale}") == Fraction(5, 2) * 10**power
        assert value(f"two {scale} and a half") == Fraction(5, 2) * 10**power


ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()


def test_ordinals_are_read() -> None:
    tens = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
    scales = [("hundredth", 100), ("thousandth", 1_000), ("millionth", 10**6), ("billionth", 10**9)]
    for number, word in (*enumerate(ORDINALS, 1), *zip(range(20, 100, 10), tens, strict=True),
                         *((n, word) for word, n in scales)):  # fmt: skip
        found = find_quantities(f"the {word} door")
        assert [(r.kind, r.values[0]) for q in found for r in q.readings] == [("ordinal", number)]


def test_fractions_are_named_by_ordinals() -> None:
    for below, name in enumerate(ORDINALS[2:20], 3):
        assert value(f"one {name}") == Fraction(1, below)
        assert value(f"two {name}s") == Fraction(2, below)
        assert value(f"two-{name}s") == Fraction(2, below)
    assert value("three quarters") == value("three fourths") == Fraction(3, 4)
    assert value("one quarter") == Fraction(1, 4)
