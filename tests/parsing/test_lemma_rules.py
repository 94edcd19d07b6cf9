from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.parsing.lemma_rules import guess, learn

WORDS = [
    ("ferries", "NOUN", "NNS", "ferry"),
    ("berries", "NOUN", "NNS", "berry"),
    ("boats", "NOUN", "NNS", "boat"),
    ("Boats", "NOUN", "NNS", "boat"),
    ("Sails", "NOUN", "NNS", "sail"),
    ("masts", "NOUN", "NNS", "mast"),
    ("Bergens", "PROPN", "NNPS", "Bergen"),
    ("Hansens", "PROPN", "NNPS", "Hansen"),
]


@pytest.mark.parametrize(
    ("word", "upos", "xpos", "lemma"),
    [
        ("quays", "NOUN", "NNS", "quay"),
        ("dairies", "NOUN", "NNS", "dairy"),
        ("Quays", "NOUN", "NNS", "quay"),
        ("Lunds", "PROPN", "NNPS", "Lund"),
        ("shouted", "VERB", "VBD", "shouted"),
        ("s", "NOUN", "NNS", "s"),
    ],
)
def test_rules_of_the_longest_ending(word: str, upos: str, xpos: str, lemma: str) -> None:
    assert guess(word, upos, xpos, learn(WORDS)) == lemma


def test_a_rule_needs_two_words_and_says_something_new() -> None:
    rules = learn(WORDS)
    assert not learn(WORDS[:1])
    assert "NOUN NNS a oats" not in rules
    assert "NOUN NNS a " in rules


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_word_has_a_lemma(word: str, lemma: str) -> None:
    rules = learn([(word, "X", "FW", lemma), (word + "a", "X", "FW", lemma + "a")])
    found = guess(word, "X", "FW", rules)
    assert found or not word
