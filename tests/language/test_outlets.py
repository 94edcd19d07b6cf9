"""What an outlet's name is: one decision for attribution, facts and speakers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.language.outlets import find_outlet, is_outlet
from quotecheck.language.tables import table_rows
from tests.support.cases import cases

CASES = cases("outlets")
ROWS = table_rows("outlets.tsv")


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_outlets(case: dict[str, str]) -> None:
    assert is_outlet(case["name"]) is (case["expect"] == "outlet")


def test_cases_go_both_ways() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))
    assert sum(case["expect"] == "outlet" for case in CASES) >= 60
    assert sum(case["expect"] == "not" for case in CASES) >= 60


def test_the_table_is_sorted_and_every_word_has_one_reading() -> None:
    assert [(use, words) for words, use in ROWS] == sorted((use, words) for words, use in ROWS)
    uses = {"name", "whole", "kind", "tail", "medium", "part", "pair", "not"}
    assert {use for _, use in ROWS} == uses
    assert all(words == words.lower().strip() for words, _ in ROWS)
    by_name = [words for words, use in ROWS if use in {"name", "whole"}]
    assert len(by_name) == len(set(by_name))


def test_every_listed_name_is_an_outlet() -> None:
    assert all(is_outlet(words.title()) for words, use in ROWS if use in {"name", "whole"})
    assert not any(is_outlet(words.title()) for words, use in ROWS if use == "not")


@pytest.mark.parametrize(
    ("phrase", "outlet"),
    [
        ("Russia’s Tass state news agency", "Tass"),
        ("Ann Lee of Fox News", "Fox News"),
        ("the Wall Street Journal’s editorial board", "Wall Street Journal"),
        ("Fox News’ Ann Lee", "Fox News"),
        ("Facebook post", "Facebook"),
        ("BBC Radio", "BBC Radio"),
        ("Vice President Biden", None),
        ("the Valley council", None),
        ("", None),
    ],
)
def test_outlets_in_longer_phrases(phrase: str, outlet: str | None) -> None:
    place = find_outlet(phrase)
    assert (place and phrase[slice(*place)]) == outlet


@given(st.text(max_size=60))
def test_any_words_get_an_answer(words: str) -> None:
    assert is_outlet(words) in {True, False}
    place = find_outlet(words)
    assert place is None or 0 <= place[0] < place[1] <= len(words)
