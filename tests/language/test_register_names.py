"""What a register of people and organisations may hold, and what is a description."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.language.register_names import (
    is_plural_person_noun,
    is_unnamed_voice,
    names_party,
    names_turn,
)
from tests.support.cases import cases

CASES = cases("register_names", "register_names-negative")


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_names_and_descriptions(case: dict[str, Any]) -> None:
    if case["kind"] == "turn":
        found = names_turn(case["name"])
    else:
        found = names_party(case["name"], label=case["kind"], as_name=case["as_name"])
    assert found is (case["expect"] == "name")


def test_cases_go_both_ways() -> None:
    assert len({case["label"] for case in CASES}) == len(CASES)
    for expected in ("name", "description"):
        assert sum(case["expect"] == expected for case in CASES) >= 80


@given(st.text(max_size=40), st.sampled_from(["", "person", "organisation", "group", "document"]))
def test_any_words_get_an_answer(name: str, label: str) -> None:
    assert names_party(name, label=label) in (True, False)
    assert names_turn(name) in (True, False)
    assert is_unnamed_voice(name) in (True, False)
    assert is_plural_person_noun(name) in (True, False)


@pytest.mark.parametrize("word", ["officials", "Policemen", "secretaries", "VOTERS"])
def test_plurals_of_people(word: str) -> None:
    assert is_plural_person_noun(word)


@pytest.mark.parametrize("word", ["official", "Reuters", "Texas", "boss", "the", ""])
def test_no_plurals_of_people(word: str) -> None:
    assert not is_plural_person_noun(word)
