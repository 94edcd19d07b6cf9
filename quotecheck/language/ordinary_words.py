"""Which words are English by themselves, so that they are never taken for a misprint of another.

``ordinary_words.txt`` is made by ``python -m quotecheck.training.ordinary_words`` from the
vocabulary of the word vectors (GloVe, public domain).
"""

from __future__ import annotations

from functools import cache

from quotecheck.language.tables import table_words

__all__ = ["is_ordinary"]


def is_ordinary(word: str) -> bool:
    """Whether a folded word is a word, a name or an abbreviation in common use.

    >>> is_ordinary("funnel"), is_ordinary("becausc"), is_ordinary("occured")
    (True, False, False)
    """
    return word in _words()


@cache
def _words() -> frozenset[str]:
    return table_words("ordinary_words.txt")
