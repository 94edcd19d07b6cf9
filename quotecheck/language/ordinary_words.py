"""Which words are English by themselves, so that they are never taken for a misprint of another.

``ordinary_words.txt`` is made by ``python -m quotecheck.training.ordinary_words`` from the
vocabulary of the word vectors (GloVe, public domain).
"""

from __future__ import annotations

from functools import cache, lru_cache

from quotecheck.language.tables import table_text

__all__ = ["is_ordinary"]


@lru_cache(maxsize=1 << 14)
def is_ordinary(word: str) -> bool:
    """Whether a folded word is a word, a name or an abbreviation in common use.

    >>> is_ordinary("funnel"), is_ordinary("becausc"), is_ordinary("occured")
    (True, False, False)
    """
    # The words are sorted: halving the text finds one in 20 steps, where a set of all 94,000 takes
    # longer to make than the check of a quotation.
    text = _text()
    low, high = 0, len(text) - 1
    while low < high:  # spaces at or around both
        start = text.rindex(" ", low, (low + high) // 2 + 1)
        end = text.index(" ", start + 1)
        entry = text[start + 1 : end]
        if entry == word:
            return True
        if entry < word:
            low = end
        else:
            high = start
    return False


@cache
def _text() -> str:
    """The words in their order, a space before, between and after them."""
    lines = table_text("ordinary_words.txt").splitlines()
    return f" {' '.join(lines)} "
