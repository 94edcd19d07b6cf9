"""Which words of a text are its quantities, from the first to the last of each."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quotecheck.comparison.quantity_parsing import find_quantities

# The quantities of each text, set apart with a stroke; nothing where it has none.
PLACES = {
    "numbers in digits": [
        ("about 5/ 6 of them", "5|6"), ("3/4ths of it", "3/4ths"), ("3/ 4 ths", "3|4"),
        ("a code 1234567890/2 of it", "1234567890|2"),
        ("a load of 123456789/2 tons", "123456789/2 tons"),
        ("a load of 2/123456789 tons", "2/123456789 tons"), ("-5 of it", "-5"), ("(-5)", "-5"),
        ("a ‑5", "5"), ("well-5", "5"), ("minus 5", "minus 5"), ("on page 5 -", "5"),
        ("3 × 10⁶ tons", "3 × 10⁶ tons"), ("3 × 10 tons", "3|10 tons"), ("10^6 tons", "10^6 tons"),
        ("10^-6 tons", "10^-6 tons"),
    ],
    "numbers in words": [
        ("two and a half dozen plums", "two and a half dozen"),
        ("five million and three quarters of it", "five million and three quarters"),
        ("a hundred and one quarter horses", "a hundred and one"),
        ("two hundred and three", "two hundred and three"),
        ("three million and a quarter people", "three million and a quarter"),
        ("an hundred men", "an hundred"), ("a dozen and a half", "a dozen and a half"),
        ("a grand of it", ""), ("two grand of it", "two grand"), ("a lakh of it", "a lakh"),
        ("a score of men", "a score"), ("five score men", "five score"),
        ("half-a-dozen eggs", "half-a-dozen"), ("half of a million", "half of a million"),
        ("two and five", "two|five"), ("two hundred and ten", "two hundred and ten"),
        ("two hundred and twenty", "two hundred and twenty"),
        ("twenty and five", "twenty and five"), ("thirty and ten", "thirty|ten"),
        ("thirty-five and five", "thirty-five|five"), ("threescore and ten", "threescore and ten"),
        ("threescore and twenty", "threescore|twenty"),
        ("threescore and nineteen", "threescore and nineteen"),
        ("thirty and nineteen", "thirty|nineteen"), ("nine and twenty", "nine and twenty"),
        ("ten and twenty", "ten|twenty"), ("three point five", "three point five"),
        ("three point 5 metres", "three point 5 metres"), ("three point", "three point"),
        ("three point nine", "three point nine"),
        ("hundreds of thousands", "hundreds of thousands"),
        ("tens of thousands", "tens of thousands"), ("tens of them", ""), ("scores of them", ""),
        ("dozens of them", "dozens"),
    ],
    "years in words": [
        ("nineteen fourteen was cold", "nineteen fourteen"),
        ("nineteen oh five", "nineteen oh five"), ("nineteen oh ten", "nineteen|ten"),
        ("nineteen ten five", "nineteen ten|five"),
        ("nineteen twenty-one was cold", "nineteen twenty-one"),
        ("nineteen nine", "nineteen|nine"), ("nineteen oh nine", "nineteen oh nine"),
        ("nineteen twenty nine", "nineteen twenty nine"),
        ("nineteen twenty ten", "nineteen twenty|ten"),
    ],
    "money": [
        ("$-5 was due", "$-5"), ("-$5 was due", "-$5"), ("US $5 was due", "US $5"),
        ("$US 5 was due", "$US 5"), ("A $5 note", "$5"), ("C$5 note", "C$5"),
        ("U.S. $5 was due", "U.S. $5"), ("U.S.$5", "U.S.$5"), ("U.S $5", "U.S $5"),
        ("the US $ was", ""), ("C$ was", ""), ("Rs. 500 was paid", "Rs. 500"),
        ("Rs 500", "Rs 500"), ("Rs . was", ""), ("EUR. 5 was", "5"), ("EUR 5 was", "EUR 5"),
        ("5 New Zealand dollars", "5 New Zealand dollars"), ("5 U.S. dollars", "5 U.S. dollars"),
        ("5 can dollars be", "5"), ("5 pounds sterling", "5 pounds sterling"),
        ("5 dollars sterling", "5 dollars"), ("$5 bn. was due", "$5 bn."),
        ("$5 bn. The rest", "$5 bn"), ("$5 b. was", "$5 b"), ("5 bn. dollars", "5 bn. dollars"),
        ("It cost $5 bn.", "$5 bn"),
        ("two dollars and fifty cents", "two dollars and fifty cents"),
        ("two dollars, fifty cents", "two dollars, fifty cents"),
        ("two dollars and a cent", "two dollars|a cent"),
        ("two pounds and fifty cents", "two pounds|fifty cents"),
        ("two dollars and a hundred cents", "two dollars|a hundred cents"),
        ("two dollars and 100 cents", "two dollars|100 cents"),
    ],
    "units": [
        ("5 p.c. of it", "5 p.c."), ("5 p.c of it", "5 p.c"), ("5 per mille of it", "5 per mille"),
        ("5‰ of it", "5‰"), ("5° C was", "5° C"), ("5° c was", "5°"),
        ("5 degrees celsius", "5 degrees celsius"), ("5 sq. miles", "5 sq. miles"),
        ("5 sq miles", "5 sq miles"), ("5 sq.", "5"), ("5 nautical miles", "5 nautical miles"),
        ("5 metric tons", "5 metric tons"), ("5 metric miles", "5"), ("5 nautical tons", "5"),
        ("500 B.C. was", "500 B.C."), ("500 B.C was", "500 B.C"), ("500 b.c. was", "500 b.c."),
        ("500 B. was", "500"), ("5 km. away", "5 km."), ("5 km. The", "5 km"),
        ("It is 5 km.", "5 km"), ("5 light-years off", "5 light-years"),
        ("5 light years off", "5 light years"), ("5 m² of it", "5 m²"), ("5 km/h now", "5 km/h"),
        ("5 km / h now", "5 km"), ("5 dollars per head", "5 dollars per head"),
        ("5 dollars a head", "5 dollars"), ("5 miles per annum", "5 miles per annum"),
        ("5 miles an annum", "5 miles"),
        ("5 dollars every single year", "5 dollars every single year"),
        ("5 dollars a single", "5 dollars"), ("5 dollars a chair", "5 dollars"),
        ("a 50-mile-per-hour wind", "50-mile-per-hour"),
        ("a 50-mile-an-hour wind", "50-mile-an-hour"), ("5-mile-per-", "5-mile"),
        ("5 miles per", "5 miles"), ("an hour and a half", "an hour and a half"),
        ("an hour and two", "an hour|two"), ("a mile or two", "a mile|two"),
        ("a half-hour", "a half-hour"), ("an hour and", "an hour"), ("half a mile", "half a mile"),
        ("half of the mile", "half"), ("five feet ten inches", "five feet ten inches"),
        ("six-foot-two", "six-foot-two"), ("six-foot-eleven", "six-foot-eleven"),
        ("6 foot 12", "6 foot|12"), ("5 pounds and 3 ounces", "5 pounds and 3 ounces"),
        ("5 pounds and 20 ounces", "5 pounds|20 ounces"),
        ("5 pounds and 16 ounces", "5 pounds|16 ounces"),
        ("2½ pounds, 3 ounces", "2½ pounds|3 ounces"), ("He is 5'10\" tall", "5'10\""),
        ("He is 5'10 tall", "5'10"), ("He is 5' 10\" tall", "5' 10\""),
        ("He is 5'10½\" tall", "5'10½\""), ("He is 5'11", "5'11"), ("He is 5'", "5"),
        ("he said '5' 10 times", "5|10 times"),
    ],
    "pairs": [
        ("between 5 and 10 men", "between 5 and 10"), ("from 5 and 10 men", "5|10"),
        ("from 5 to 10 men", "from 5 to 10"), ("5 and 10", "5|10"), ("from 5 men", "5"),
        ("5-10 men", "5-10"), ("5 - 10 men", "5|10"), ("5 – 10 men", "5 – 10"),
        ("10 – 5 men", "10|5"), ("5 – 5 men", "5|5"), ("7-to-5", "7-to-5"), ("7 -to- 5", "7|5"),
        ("51 votes to 49", "51 votes to 49"), ("51 days to 49", "51 days to 49"),
        ("555-123-4567", "555-123-4567"), ("555-123 -4567", "555-123|-4567"),
        ("555-123-", "555-123"), ("5 : 10", "5|10"), ("5: 10", "5|10"), ("70:30", "70:30"),
        ("5 days to", "5 days"), ("one in five", "one in five"),
        ("one out of five", "one out of five"), ("one out of every five", "one out of every five"),
        ("one of every five", "one of every five"), ("one of five", "one|five"),
        ("two in two", "two|two"), ("zero in two", "zero|two"),
        ("five in ten minutes", "five|ten minutes"), ("five in ten people", "five in ten"),
        ("one in 1,000 of them", "one in 1,000"), ("one in 1,001 of them", "one|1,001"),
        ("2½ in 5", "2½|5"), ("300 dollars through 30 June", "300 dollars|30 June"),
        ("300 dollars through 400", "300 dollars through 400"),
        ("300 through 400 June", "300 through 400"), ("5 days to 6 dollars", "5 days|6 dollars"),
    ],
    "labels, folds, ranks": [
        ("chapter 4.10 of it", "4.10"), ("3-fold rise", "3-fold"), ("3 fold rise", "3 fold"),
        ("1234-fold", "1234-fold"), ("12345-fold", "12345"), ("twice a day", "twice a day"),
        ("twice", "twice"), ("Charles the Second was", "the Second"),
        ("Charles the second was", "second"), ("the Second was", "Second"), ("Charles the", ""),
        ("Charles the Bold", ""), ("Henry VIII was", "VIII"), ("chapter iv of it", "iv"),
        ("in IV of it", ""), ("Rook iv of it", ""), ("B52 bombers", ""),
    ],
    "dates and times": [
        ("on 4 may, 1861 there", "4 may, 1861"), ("of the 4 may go", "4"),
        ("on 4 march 1861", "4 march 1861"), ("march 4, 1861", "march 4, 1861"),
        ("march 4 1861", "march 4 1861"), ("march 4 men", "4"), ("march 4 12 men", "4|12"),
        ("march of 1861", "1861"), ("in may '99 there", "'99"), ("in May '99 there", "May '99"),
        ("July 4-31", "July 4-31"), ("July 4-32", "July 4|32"), ("July 4-4", "July 4|4"),
        ("July 4th-5th", "July 4th-5th"), ("July 4-", "July 4"), ("4 July '63", "4 July '63"),
        ("4 July ' 63", "4 July|63"), ("4 July '638", "4 July|638"), ("4 July '6", "4 July|6"),
        ("1776-07-04 was", "1776-07-04"), ("4.7.1776", "4.7.1776"), ("4/7/1776 was", "4/7/1776"),
        ("12345/4/5", "12345|4/5"), ("12/31/1776", "12/31/1776"), ("4/7/", "4|7"),
        ("4/7-1776", "4/7-1776"), ("1776 -07-04", "1776|-07-04"), ("1960's men", "1960's"),
        ("1960' s men", "1960"), ("in the '60s and", "'60s"), ("in '60 and", "'60"),
        ("nineteen-sixties", "nineteen-sixties"), ("fourteen sixties", "fourteen|sixties"),
        ("0659 hours", "0659 hours"), ("at 4.25 million", "4.25 million"),
        ("at 4.25 miles", "4.25 miles"), ("at 4.25 kg", "4.25 kg"), ("at 4.25kg", "4.25kg"),
        ("at 4.25 and", "4.25"), ("at 4.25 in the morning", "4.25 in the morning"),
        ("by 4.25 pm", "4.25 pm"), ("at six thirty", "six thirty"), ("at six ten", "six ten"),
        ("at six sixty", "six|sixty"), ("at six nine", "six|nine"), ("six thirty", "six|thirty"),
        ("six thirty p.m.", "six thirty p.m."), ("at 6 ten", "6|ten"), ("6 am now", "6 am"),
        ("at 6 am I", "6"), ("6 am the", "6"), ("6 am a", "6"), ("6 AM the", "6 AM"),
        ("at 6:30 in the morning", "6:30 in the morning"), ("at 6:30 at night", "6:30 at night"),
        ("at 6:30 in night", "6:30"), ("at 6:30 at the night", "6:30"),
        ("at 6:30 in the hall", "6:30"), ("ten after six", "ten|six"),
        ("a quarter after six", "a quarter after six"),
        ("fifty-nine past six", "fifty-nine past six"), ("sixty past six", "sixty|six"),
        ("half past thirteen", "half|thirteen"), ("6h15 now", "6h15"), ("6 h 15", "6 h|15"),
        ("12 noon", "12 noon"), ("11 noon", "11|noon"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "quantities"), [place for places in PLACES.values() for place in places]
)
def test_where_quantities_stand(text: str, quantities: str) -> None:
    places = [text[q.start : q.end] for q in find_quantities(text)]
    assert places == (quantities.split("|") if quantities else [])


@pytest.mark.parametrize(
    ("text", "time", "number"),
    [
        # Hours and minutes with a point are a time or a number, up to a minute before midnight.
        ("at 4.25 and", True, True), ("at 23.59 and", True, True), ("at 24.10 and", False, True),
        ("at 4.59 and", True, True), ("at 4.60 and", False, True), ("cost 4.25 and", False, True),
        ("at 4.25 million", False, True), ("at 4.25 kg", False, True), ("at 4.25 pm", True, False),
        ("0659 hours", True, True), ("0660 hours", False, True), ("2400 hours", True, True),
        ("2500 hours", False, True), ("615 hours", False, True),
        ("at six thirty", True, False), ("at six fifty-nine", True, False),
        ("ten to six", True, False), ("sixty to six", False, False), ("ten to twelve", True, False),
        ("ten to thirteen", False, False), ("ten to six men", True, False),
        ("ten minutes to six", True, False), ("ten days to six", False, False),
        ("2½ to 6", False, False), ("zero to six", False, False), ("59 to 6", True, False),
    ],
)  # fmt: skip
def test_what_may_be_a_time(text: str, time: bool, number: bool) -> None:
    kinds = {reading.kind for reading in find_quantities(text)[0].readings}
    assert ("time" in kinds, "number" in kinds) == (time, number)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("3 to 5 million", [(3_000_000, 5_000_000), (3, 5_000_000)]),
        ("3 million to 5 million", [(3_000_000, 5_000_000)]),
        ("7 to 5 dozen", [(7, 60)]), ("60 to 5 dozen", [(60, 60)]),
        ("6 to 5", [(6, 5)]), ("5 to 5 dozen", [(60, 60), (5, 60)]),
        ("1914-18", [(1914, 18), (1914, 1918)]), ("1918-14", [(1918, 14)]),
        ("1918-18", [(1918, 18)]),
        ("100-20", [(100, 20), (100, 120)]), ("99-20", [(99, 20)]), ("150-100", [(150, 100)]),
        ("150-99", [(150, 99), (150, 199)]), ("1914 to 18", [(1914, 18)]),
        ("150½-60", [(150.5, 60)]),
        ("one in five", [(1, 5)]), ("5–5", [(5, 5)]),
    ],
)  # fmt: skip
def test_what_two_numbers_say_together(text: str, pairs: list[tuple[float, ...]]) -> None:
    readings = find_quantities(text)[0].readings
    assert [reading.values for reading in readings if reading.kind == "pair"] == pairs


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 and a half", 5.5), ("3 and three quarters", 3.75), ("2 million and a half", 2_500_000),
        ("a million and a quarter", 1_250_000), ("4 dozen and a half", 54),
        ("dozens of hundreds", 1200),
        ("tens of thousands", 10_000), ("three point five", 3.5), ("three point 5", 3.5),
        ("three point one oh five", 3.105), ("three point nine", 3.9), ("10⁶", 10**6),
        ("3 × 10^2", 300),
        ("five million and three quarters", 5_750_000),
        ("a hundred and two thirds", 100 + Fraction(2, 3)),
        ("-3/4", -0.75), ("minus 5", -5), ("half a million", 500_000), ("3/4", 0.75), ("5½", 5.5),
        ("threescore and ten", 70), ("four and twenty", 24), ("two hundred and five", 205),
    ],
)  # fmt: skip
def test_what_numbers_are_worth(text: str, value: float | Fraction) -> None:
    found = find_quantities(text)
    assert [float(quantity.readings[0].values[0] or 0) for quantity in found] == [float(value)]


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("one", True), ("minus one", False), ("second", True), ("third", False), ("a mile", True),
        ("twenty-second", False), ("a mile and a half", False), ("an hour and two", True),
        ("once", True), ("twice", False),  ("5'12\" tall", False), ("chapter V", True),
        ("chapter IV", False), ("a dozen", False),
    ],
)  # fmt: skip
def test_which_quantities_are_weak(text: str, weak: bool) -> None:
    assert find_quantities(text)[0].weak is weak


@pytest.mark.parametrize(
    ("text", "pair"), [("3/4", (3, 4)), ("-3/4", (-3, 4)), ("minus 3/4", (-3, 4)), ("half", None)]
)
def test_a_fraction_may_be_a_score(text: str, pair: tuple[int, int] | None) -> None:
    pairs = [r.values for r in find_quantities(text)[0].readings if r.kind == "pair"]
    assert pairs == ([pair] if pair else [])
