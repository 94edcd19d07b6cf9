"""A bare name of the narrator's and the longer names that have it too."""

from __future__ import annotations

import pytest

from quotecheck.coreference.bare_names import NarratedNames, is_author
from quotecheck.coreference.persons import Person
from quotecheck.records.text import Sentence, Span, Token


def known(
    name: str, first: int, times: int, *told: tuple[str, int]
) -> tuple[NarratedNames, Person]:
    narrated, person = NarratedNames(), Person(name, starts=[first], full=times)
    for word, place in told:
        narrated.add(word, place)
    narrated.know([person])
    return narrated, person


@pytest.mark.parametrize(
    ("first", "times", "hardly_known"),
    [
        (5000, 1, True),  # said six times before, named in full once
        (5000, 2, True),
        (5000, 3, False),  # a person of the story
        (250, 1, False),  # named in full near the beginning
    ],
)
def test_a_given_name_of_long_standing(first: int, times: int, hardly_known: bool) -> None:
    told = [("tessa", 100 * n) for n in range(1, 7)]
    narrated, person = known("Tessa Quill", first, times, *told)
    assert narrated.hardly_knows(person, "tessa") is hardly_known


def test_a_surname_alone_is_a_relative_who_was_named_before() -> None:
    narrated, person = known("Ivy Crane", 900, 2, ("crane", 100), ("ivy", 300))
    assert narrated.means_relative(person, "crane")
    assert not narrated.means_relative(person, "ivy")
    narrated, person = known("Ivy Crane", 50, 2, ("crane", 100), ("ivy", 300))
    assert not narrated.means_relative(person, "crane")


def test_somebody_without_a_longer_name_is_no_question() -> None:
    narrated, _ = known("Ivy Crane", 900, 2, ("crane", 100))
    assert not narrated.means_relative(Person("Crane", starts=[100]), "crane")


@pytest.mark.parametrize(
    ("text", "verb", "author"),
    [
        ("The Salt Road, by Tessa Quill", "", True),
        ("It was mended by Tessa Quill", "mended", False),
        ("The Salt Road of Tessa Quill", "", False),
    ],
)
def test_who_wrote_the_book_is_not_in_it(text: str, verb: str, author: bool) -> None:
    name = Span(text.index("Tessa"), len(text))
    tokens, start = [], 0
    for word in text.split():
        upos = "VERB" if word == verb else "NOUN"
        tokens.append(Token(start, start + len(word), word, word, upos, "", "", -1, ""))
        start += len(word) + 1
    assert is_author(text, Sentence(Span(0, len(text)), tuple(tokens), ()), name) is author
