"""Which words of a mention are its name, from what else the text calls its bearer."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from quotecheck.coreference.mention_names import divided_at_verbs
from quotecheck.coreference.name_evidence import (
    initials_before,
    trim_to_evidence,
    trim_to_known,
)
from quotecheck.records.text import Sentence, Span, Token


@dataclass
class Mention:
    span: Span
    name: str
    spoken: bool = False
    heading: bool = False


def mention(words: str, **where: bool) -> Mention:
    return Mention(Span(0, len(words)), words, **where)


def _nowhere(_: Mention) -> bool:
    return False


def trimmed(*found: Mention) -> list[str]:
    kept = trim_to_evidence(
        "", found, lambda found: found.spoken, lambda found: found.heading, _nowhere
    )
    assert all(len(n.name) == n.span.end - n.span.start for n in kept)
    return [found.name for found in kept]


@pytest.mark.parametrize(
    ("opening", "others", "is_named"),
    [
        ("Thereupon Ruth", ["Ruth", "Ruth Quill"], "Ruth"),  # an adverb with a capital
        ("Thereupon Ruth", ["Ruth"], "Thereupon Ruth"),  # may be a name that is not known
        ("Odalys James", ["James"], "Odalys James"),
        ("Petra Ruth", ["Ruth", "Ruth Quill"], "Petra Ruth"),
        ("Dr. Ruth", ["Ruth", "Ruth Quill"], "Dr. Ruth"),
    ],
)
def test_the_first_word_of_a_sentence_has_a_capital(
    opening: str, others: list[str], is_named: str
) -> None:
    found = [mention(opening), *map(mention, others)]
    first = found[0]
    kept = trim_to_evidence("", found, _nowhere, _nowhere, lambda found: found is first)
    assert [each.name for each in kept] == [is_named, *others]


@pytest.mark.parametrize(
    ("text", "others", "is_named"),
    [
        ("Otter saw what a Bold Otter he had been.", ["Otter"], "Otter"),
        ("Never was there another Grim Otter.", ["Otter"], "Otter"),
        ("That afternoon a Susan Otter called.", ["Otter"], "Susan Otter"),
        ("He was a Corven Otter of Lisle.", ["Otter", "Corven Vale"], "Corven Otter"),
        ("He was a Corven Otter of Lisle.", ["Lisle"], "Corven Otter"),
        ("Panda Otter came.", ["Otter"], "Panda Otter"),
        ("Bold Otter went for a Bold Otter is brave.", ["Otter", "Bold Otter"], "Bold Otter"),
    ],
)
def test_what_somebody_is_like_is_not_his_name(text: str, others: list[str], is_named: str) -> None:
    words = re.search(r"(?:\w+) Otter(?! had| went)", text)
    assert words
    found = [Mention(Span(*words.span()), words.group()), *map(mention, others)]
    trim_to_evidence(text, found, _nowhere, _nowhere, _nowhere)
    assert found[0].name == is_named
    assert found[0].span.of(text) == is_named


@pytest.mark.parametrize(
    ("said", "is_named"),
    [
        ("Brave Otter", "Otter"),  # no given name
        ("Otter Thinks", "Otter"),  # no name in any other
        ("Susan Otter", "Otter"),  # perhaps somebody else
        ("Dr. Otter", "Dr. Otter"),  # a title adds nothing
        ("Otter Hall", "Otter"),
        ("Ann Lee", "Ann Lee"),  # nobody whom the narrator calls by less
    ],
)
def test_a_name_that_a_character_says_once_does_not_count(said: str, is_named: str) -> None:
    assert trimmed(mention("Otter"), mention(said, spoken=True)) == ["Otter", is_named]


def test_a_longer_name_counts_where_the_narrator_gives_it() -> None:
    found = [mention("Otter"), mention("Susan Otter"), mention("Susan Otter", spoken=True)]
    assert trimmed(*found) == ["Otter", "Susan Otter", "Susan Otter"]


def test_a_longer_name_that_is_said_again_counts_unless_there_are_two() -> None:
    twice = [mention("Otter"), *(mention("Susan Otter", spoken=True) for _ in range(2))]
    assert trimmed(*twice) == ["Otter", "Susan Otter", "Susan Otter"]
    twice = [mention("Otter"), *(mention("Susan Otter", spoken=True) for _ in range(2))]
    assert trimmed(*twice, mention("Anna Otter", spoken=True)) == ["Otter"] * 4


def test_a_surname_that_another_bears_counts() -> None:
    found = [mention("Anna"), mention("Paul Holm"), mention("Anna Holm", spoken=True)]
    assert trimmed(*found) == ["Anna", "Paul Holm", "Anna Holm"]


def test_several_persons_called_in_a_row_are_left_out() -> None:
    found = [mention("Anna"), mention("Petra"), mention("Anna Petra", spoken=True)]
    assert trimmed(*found) == ["Anna", "Petra"]


def test_headings_give_full_names_and_no_verbs() -> None:
    found = [mention("Rowan"), mention("Rowan Finds", heading=True)]
    assert trimmed(*found) == ["Rowan", "Rowan"]
    found = [mention("Rowan"), mention("Anna Rowan", heading=True)]
    assert trimmed(*found) == ["Rowan", "Anna Rowan"]


def test_words_of_kinship_are_not_part_of_the_name() -> None:
    assert trimmed(mention("Kate"), mention("Aunt Kate", spoken=True)) == ["Kate", "Kate"]
    assert trimmed(mention("Aunt Kate"), mention("Aunt Kate", spoken=True)) == ["Aunt Kate"] * 2


def test_a_name_that_stands_alone_elsewhere_is_cut_out_of_a_longer_one() -> None:
    found = [mention("Vermonter Bernie Oates"), mention("Bernie Oates"), mention("Bernie Oates Jr")]
    trim_to_known("", found)
    assert [item.name for item in found] == ["Bernie Oates", "Bernie Oates", "Bernie Oates Jr"]


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("J. P. Orr said so.", "Orr", "J. P. Orr"),
        ("J.P. Orr said so.", "Orr", "J.P. Orr"),
        ("Plan B. Orr said so.", "Orr", "Orr"),  # "B." ends the sentence before
        ("the USA. Orr said so.", "Orr", "Orr"),
    ],
)
def test_initials_belong_to_the_name(text: str, name: str, whole: str) -> None:
    start = text.index(name)
    limit = start if text.startswith("Plan") else 0
    assert initials_before(text, Span(start, start + len(name)), limit).of(text) == whole


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Robert/PROPN bade/VERB Clara/PROPN", ["Robert", "Clara"]),
        ("Ann/PROPN Lee/PROPN met/VERB Mrs./PROPN Holm/PROPN", ["Ann Lee", "Mrs. Holm"]),
        ("Ludwig/PROPN van/PROPN Beek/PROPN", ["Ludwig van Beek"]),
        ("Grace/VERB Wells/PROPN", ["Grace Wells"]),  # the tagger errs on names too
        ("Will/PROPN Pierce/VERB Hale/PROPN", ["Will Pierce Hale"]),
        ("Thereupon/VERB Tessa/PROPN", ["Tessa"]),  # a capital because the sentence begins
        ("Afterwards/ADV Tessa/PROPN Quill/PROPN", ["Tessa Quill"]),
        ("Odalys/PROPN Quill/PROPN", ["Odalys Quill"]),
        ("Dr./ADV Quill/PROPN", ["Dr. Quill"]),
    ],
)
def test_a_verb_in_small_letters_is_no_part_of_a_name(words: str, names: list[str]) -> None:
    tokens, text = [], ""
    for piece in words.split():
        word, upos = piece.split("/")
        start = len(text) + bool(text)
        text = f"{text} {word}".strip()
        tokens.append(Token(start, len(text), word, word, upos, "", "", -1, ""))
    sentence = Sentence(Span(0, len(text)), tuple(tokens), (), True)
    assert [span.of(text) for span in divided_at_verbs(sentence, Span(0, len(text)))] == names
