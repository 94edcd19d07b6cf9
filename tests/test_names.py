from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.names import same_person


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Barack Obama", "Barack Obama", True),
        ("President Barack Obama", "Barack Obama", True),
        ("Barack H. Obama", "Barack Obama", True),
        ("Sen. Bernie Sanders", "Bernard Sanders", True),
        ("Bill Clinton", "William Clinton", True),
        ("Clinton, Hillary", "Hillary Clinton", True),
        ("Hillary Rodham Clinton", "Hillary Clinton", True),
        ("John F. Kennedy", "John Fitzgerald Kennedy", True),
        ("Martin Luther King Jr.", "Martin Luther King", True),
        ("Angela Merkel", "Ángela Merkel", True),
        ("Macbeth", "Macbeth", True),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Donald Trump", "Ivana Trump", False),
        ("George W. Bush", "George H. W. Bush", False),
        ("Robert Kennedy", "John Kennedy", False),
        ("Abraham Lincoln", "Thomas Jefferson", False),
        ("Koss", "Amadi", False),
        ("Clinton", "Hillary Clinton", None),
        ("Mrs. Clinton", "Hillary Clinton", None),
        ("Secretary Clinton", "Hillary Clinton", None),
        ("HRC", "Hillary Clinton", None),
        ("JFK", "John Kennedy", None),
        ("VELD", "Jonas Veld", None),  # a label in capitals, no initials
        ("BUSH", "George Bush", None),
        ("HRC", "Bill Clinton", False),
        ("H. Clinton", "Hillary Clinton", None),
        ("Hillary", "Hillary Clinton", None),
    ],
)
def test_names(a: str, b: str, same: bool | None) -> None:
    assert same_person(a, b) is same
    assert same_person(b, a) is same


def test_an_alias_settles_it() -> None:
    assert same_person("HRC", "Hillary Clinton", aliases=["HRC"]) is True
    assert same_person("The Donald", "Donald Trump", aliases=["The Donald"]) is True


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_strings_have_an_answer_that_does_not_depend_on_their_order(a: str, b: str) -> None:
    assert same_person(a, b) is same_person(b, a)


@given(st.text(alphabet="ABCabc ", min_size=1, max_size=30).filter(str.strip))
def test_a_name_is_itself(name: str) -> None:
    assert same_person(name, name) is not False
