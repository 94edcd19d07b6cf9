"""Runs of proper nouns that may be names, and sentences whose capitals tell nothing of names."""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.language.person_nouns import is_given_name, titles
from quotecheck.records.text import Sentence, Token

__all__ = ["MOST_WORDS", "NAME_TAGS", "is_headline", "name_runs"]

MOST_WORDS = 6
"""Words that a name of a person has at most."""
NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB"})
"""Parts of speech that a tagger gives to words of names."""


def name_runs(tokens: Sequence[Token], *, loose: bool) -> list[tuple[Sequence[Token], bool]]:
    """Runs of proper nouns without the titles in front; whether there were any.

    ``loose`` takes in what a given name stands before, whatever its tag ("George Will").
    """
    runs = []
    index = 0
    while index < len(tokens):
        end = index
        while end < len(tokens) and tokens[end].upos == "PROPN" and end - index < MOST_WORDS:
            end += 1
        if (
            loose
            and end - index == 1
            and end < len(tokens)
            and tokens[end].upos in NAME_TAGS | {"AUX"}
            and tokens[end].text.istitle()
            and is_given_name(tokens[index].text)
        ):
            end += 1
        run = tokens[index:end]
        index = max(end, index + 1)
        titled = False
        while len(run) > 1 and run[0].text.lower().strip(".") in titles():
            titled = titled or run[0].text.endswith(".")
            run = run[1:]
        if run:
            runs.append((run, titled))
    return runs


def is_headline(sentence: Sentence) -> bool:
    """Whether nearly every word has a capital, so that limits of names cannot be relied on."""
    letters = [t.text[:1] for t in sentence.tokens if t.text[:1].isalpha()]
    return sum(map(str.isupper, letters)) > 0.7 * len(letters)
