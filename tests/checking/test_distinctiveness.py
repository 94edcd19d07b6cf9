from __future__ import annotations

import pytest

from quotecheck.checking.distinctiveness import is_common, is_distinctive


@pytest.mark.parametrize(
    "words",
    [
        "Thank you very much.",
        "Come here.",
        "Yes",
        "We will do everything we can.",
        "There is a lot of work to be done.",
        "It was the best day of my life.",
        "I am proud to be an American.",
        "I have no idea what you are talking about.",
        "We look forward to working with the new administration.",
        "the rule of law",
    ],
)
def test_what_many_people_say_is_nobodys_own(words: str) -> None:
    assert not is_distinctive(words, words, persons=1, passages=100)


@pytest.mark.parametrize(
    "words",
    [
        "The bells of Korva fell silent after the long frost.",
        "No village will be asked to move twice.",
        "The budget will be cut by a third.",
        "Brevity is the soul of wit.",
        "Pride goeth before destruction.",
        "The only thing we have to fear is fear itself.",
    ],
)
def test_words_of_ones_own(words: str) -> None:
    assert is_distinctive(words, words, persons=1, passages=100)


def test_the_more_people_say_it_the_more_it_must_tell() -> None:
    words = "I suggest the absence of a quorum."
    assert not is_distinctive(words, words, persons=5, passages=100)
    plain = "Ask not what your country can do for you."
    assert not is_distinctive(plain, plain, persons=1, passages=100)
    assert is_distinctive(plain, plain, persons=2, passages=20_000)


@pytest.mark.parametrize(
    ("words", "common"), [("the", True), ("of the", True), ("Syria", False), ("43", False)]
)
def test_what_matches_nothing_in_particular(words: str, common: bool) -> None:
    assert is_common(words) == common
