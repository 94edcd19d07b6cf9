"""Quantities in other dress are the same, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.comparison.quantities import difference, is_fair_cut, pair_quantities
from quotecheck.comparison.quantity_parsing import find_quantities, may_hold_quantity
from tests.support.cases import cases

CASES = cases("quantities")


def differences(a: str, b: str) -> list[str]:
    pairs = pair_quantities(find_quantities(a), find_quantities(b))
    return [pair.difference for pair in pairs if pair.difference]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    told = "different" if differences(case["a"], case["b"]) else "same"
    assert told == case["expect"], differences(case["a"], case["b"])
    assert bool(differences(case["b"], case["a"])) == (told == "different")


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_quantity_is_itself(case: dict[str, str]) -> None:
    for text in (case["a"], case["b"]):
        assert not differences(text, text)
        assert may_hold_quantity(text) or all(q.weak for q in find_quantities(text))


@pytest.mark.parametrize(
    ("a", "b", "what"),
    [
        ("$500", "€500", "currency"), ("43 days", "43 weeks", "unit"), ("-3", "3", "sign"),
        ("43 days", "34 days", "value"), ("4 July", "5 July", "date"), ("6:30", "7:30", "time"),
        ("half of it", "50 percent of it", "rendering"), ("two hours", "120 minutes", "rendering"),
        ("6:30", "6:30 p.m.", "rendering"), ("eight", "eighth", "kind"),
    ],
)  # fmt: skip
def test_what_differs(a: str, b: str, what: str) -> None:
    assert difference(find_quantities(a)[0], find_quantities(b)[0]) == what


@pytest.mark.parametrize(
    ("whole", "part", "fair"),
    [
        ("July 4, 1776", "July 4", True), ("4 million", "4", False), ("-3 degrees", "3", False),
        ("20 years", "20", True), ("12 percent", "12", False), ("half past six", "six", False),
        ("6:30 p.m.", "6:30", True), ("5 to 10 weeks", "10 weeks", False),
    ],
)  # fmt: skip
def test_what_a_cut_leaves(whole: str, part: str, *, fair: bool) -> None:
    assert is_fair_cut(find_quantities(whole)[0], find_quantities(part)[0]) == fair


@pytest.mark.parametrize(
    "text",
    ["No bridge was built.", "I may go in March.", "The B-52 flew.", "He is a man of honour."],
)
def test_what_is_no_number(text: str) -> None:
    assert [text[q.start : q.end] for q in find_quantities(text) if not q.weak] == (
        ["52"] if "52" in text else []
    )


@given(st.text(alphabet="0123456789.,:-–/ $€%'kmbn²½°twohundreadfiv", max_size=60))
def test_spans_are_in_order_and_within(text: str) -> None:
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        assert quantity.start < quantity.figure <= quantity.end
        assert quantity.readings
        last = quantity.end


@given(st.integers(min_value=0, max_value=10**9))
def test_grouped_digits(number: int) -> None:
    assert not differences(str(number), f"{number:,}")
    assert differences(str(number), str(number + 1))


@given(st.decimals(min_value=0, max_value=9999, places=2))
def test_the_point_counts(number) -> None:
    plain = str(number).replace(".", "")
    if int(plain):
        assert differences(f"{number} metres", f"{plain} metres")


_RICH = (
    "From $4.3 billion to €5bn, minus 3 to +4 degrees, 3-2 after 90 minutes, 1 to 2, one in five, "
    "between 6:30 and half past eight, 4 July 1776 to 14/07/1789, 2:1, three and a half per cent, "
    "ten to twelve, 5 and 6, -3 to -1, 1/2 or two-thirds, $-5, a dozen or so, "
    "nine out of ten, one of every three, 60 mph to"
)


def test_a_text_cut_anywhere_is_read() -> None:
    """A window of a longer text may end or begin between the halves of a range."""
    for end in range(len(_RICH) + 1):
        find_quantities(_RICH[:end])
        find_quantities(_RICH[end:])
