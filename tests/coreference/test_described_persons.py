"""Persons who are described and not named, and when they are somebody who is."""

from __future__ import annotations

import pytest

from quotecheck.coreference.described_persons import described_persons
from quotecheck.coreference.identities import same_persons
from quotecheck.coreference.persons import Person, PersonMention
from quotecheck.records.text import ParsedDocument, Sentence, Span, Token


def parsed(*words: str) -> ParsedDocument:
    """A text of one sentence that was not parsed, from words with their tags ("the/DET/DT")."""
    tokens, text = [], ""
    for word in words:
        form, upos, xpos = word.split("/")
        start = len(text)
        text += f"{form} "
        tokens.append(Token(start, start + len(form), form, form, upos, xpos, "", -1, ""))
    return ParsedDocument(text, (Sentence(Span(0, len(text)), tuple(tokens), parsed=False),))


def found(*words: str) -> list[tuple[str, str]]:
    document = parsed(*words)
    return [
        (appearance.span.of(document.text), person.name)
        for appearance, person in described_persons(document, [])
    ]


def test_a_man_is_taken_up_by_the_man() -> None:
    words = ("a/DET/DT", "man/NOUN/NN", "came/VERB/VBD", "./PUNCT/.", "the/DET/DT", "man/NOUN/NN")
    assert found(*words) == [("a man", "a man"), ("the man", "a man")]


def test_other_words_beside_the_noun_are_another() -> None:
    names = found("the/DET/DT", "old/ADJ/JJ", "man/NOUN/NN", "met/VERB/VBD", "the/DET/DT",
                  "young/ADJ/JJ", "man/NOUN/NN")  # fmt: skip
    assert [name for _, name in names] == ["the old man", "the young man"]


@pytest.mark.parametrize(
    "words",
    [
        ("he/PRON/PRP", "was/AUX/VBD", "as/ADP/IN", "a/DET/DT", "captain/NOUN/NN"),
        ("Tom/PROPN/NNP", ",/PUNCT/,", "the/DET/DT", "captain/NOUN/NN", ",/PUNCT/,", "x/X/FW"),
        ("the/DET/DT", "captain/NOUN/NN", "Tom/PROPN/NNP"),
        ("the/DET/DT", "table/NOUN/NN", "fell/VERB/VBD"),
        ("no/DET/DT", "captain/NOUN/NN", "came/VERB/VBD"),
    ],
)
def test_what_describes_nobody_new(words: tuple[str, ...]) -> None:
    assert found(*words) == []


def test_whoever_says_i_three_times_tells_the_text() -> None:
    words = ("I/PRON/PRP", "sat/VERB/VBD", "./PUNCT/.")
    assert found(*words * 2) == []
    assert {name for _, name in found(*words * 3)} == {"I"}


def person(name: str, start: int) -> Person:
    return Person(name, [PersonMention(Span(start, start + len(name)), 0, name)], [start])


def test_a_title_that_one_bears_ties_and_one_that_two_bear_does_not() -> None:
    lowe, birch = person("Agnes Lowe", 4), person("Tom Birch", 30)
    told = {id(lowe): frozenset({"doctor"}), id(birch): frozenset[str]()}
    described = Person("the doctor", described=True)
    same = same_persons([described], [lowe, birch], lambda p: told[id(p)], "x" * 50)
    assert same == {id(described): lowe}
    told[id(birch)] = frozenset({"doctor"})
    assert same_persons([described], [lowe, birch], lambda p: told[id(p)], "x" * 50) == {}


def test_his_wife_is_the_mrs_of_the_one_couple() -> None:
    text = "Mr. Tolliver read. Mrs. Tolliver wrote. His wife laughed."
    mr, mrs = person("Tolliver", 4), person("Tolliver", 24)
    described = Person("His wife", gender="f", described=True)
    assert same_persons([described], [mr, mrs], lambda _: frozenset(), text) == {id(described): mrs}
    assert same_persons([described], [mr], lambda _: frozenset(), text) == {}
