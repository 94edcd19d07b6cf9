from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.checking.checker import check_quote
from quotecheck.language.name_parts import name_readings, read_name, surname_of
from quotecheck.language.person_names import initials_of, same_person
from quotecheck.library.library import Library
from tests.support.cases import cases
from tests.support.documents import document, fill

ANSWERS = {"same": True, "different": False, "unsure": None}


def labelled(*names: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for name in names for case in cases(name)]


@pytest.mark.parametrize("case", labelled("person_names", "person_names-negative"))
def test_two_names(case: dict[str, str]) -> None:
    wanted = ANSWERS[case["expect"]]
    assert same_person(case["a"], case["b"]) is wanted
    assert same_person(case["b"], case["a"]) is wanted


@pytest.mark.parametrize("case", labelled("name_parts"))
def test_the_parts_of_a_name(case: dict[str, Any]) -> None:
    found = asdict(read_name(case["name"]))
    told = {part: list(v) if isinstance(v, tuple) else v for part, v in found.items() if v}
    assert told == case["expect"]


def test_no_office_has_a_surname_and_no_single_name_initials() -> None:
    assert surname_of("the President") == surname_of("The PRESIDING OFFICER") == ""
    assert initials_of("Pelé") == initials_of("the President") == initials_of("Dr. King") == ""
    assert initials_of("Mohammed bin Salman") == "MBS"


def test_an_alias_settles_it() -> None:
    assert same_person("HRC", "Hillary Clinton", aliases=["HRC"]) is True
    assert same_person("The Donald", "Donald Trump", aliases=["The Donald"]) is True


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_strings_have_an_answer_that_does_not_depend_on_their_order(a: str, b: str) -> None:
    assert same_person(a, b) is same_person(b, a)


@given(st.text(alphabet="ABCabc .,'-()\"", min_size=1, max_size=30).filter(str.strip))
def test_a_name_is_itself(name: str) -> None:
    assert same_person(name, name) is True


WORDS = st.sampled_from(
    "Dr. Mr. King Major Justice the of and Ann Lee van der O'Neil Jr. III MD , ( ) \" Xi Lord 1 By"
    " Bishop said".split()
)


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_every_name_has_a_reading(name: str) -> None:
    readings = name_readings(name)
    assert readings
    assert all(not (reading.role and reading.surname) for reading in readings)


def test_a_long_name_is_read_in_proportion() -> None:
    assert same_person("(" * 100_000, "a, " * 100_000) is not True
    assert surname_of("Ann " * 100_000)


WORDS_OF_KING = (
    "The lamps along the harbour were lit again that winter, and nobody asked who had paid for the"
    " oil. We kept the ledger open on the table so that every widow of the fleet could read it."
)


FERRY = "Whoever shuts the ferry shuts the school as well, and the clinic behind it."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [
        document("harbour", WORDS_OF_KING, author="Martin Luther King Jr."),
        document("ferry", FERRY, author="Jim Justice"),
    ]
    with fill(tmp_path_factory.mktemp("names") / "sources.db", documents) as held:
        yield held


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        ("We kept the ledger open on the table", "Dr. King"),
        ("We kept the ledger open on the table", "Rev. King"),
        ("We kept the ledger open on the table", "MLK"),
        ("We kept the ledger open on the table", "King, Martin Luther"),
        ("We kept the ledger open on the table", "the pastor"),
        ("Whoever shuts the ferry shuts the school as well", "Gov. Justice"),
        ("Whoever shuts the ferry shuts the school as well", "the Governor"),
    ],
)
def test_nobody_is_accused_for_another_form_of_a_name(
    library: Library, quote: str, speaker: str
) -> None:
    check = check_quote(library, quote, speaker=speaker)
    assert (check.verdict, check.severity) == ("verbatim", "none")


@pytest.mark.parametrize("speaker", ["Rodney King", "Ann Lee", "Gov. Pope"])
def test_another_speaker_is_found_out(library: Library, speaker: str) -> None:
    check = check_quote(library, "We kept the ledger open on the table", speaker=speaker)
    assert check.verdict == "misattributed"


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("Bill", "William James Orr", None),  # short for the first given name, not for the second
        ("Jim", "William James Orr", False),
        ("the mayor", "Nora Pell", None),  # an office on one side alone
        ("Nora Pell", "the mayor", None),
    ],
)
def test_one_word_or_an_office_beside_a_full_name(a: str, b: str, verdict: bool | None) -> None:
    assert same_person(a, b) is verdict
