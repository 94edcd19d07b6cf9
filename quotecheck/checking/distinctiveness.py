"""Tell words that one person said from words that many people say.

"Thank you very much" is found in the words of whoever happens to be in a library; that accuses
nobody. Only distinctive words are ground for saying that somebody else said them.
"""

from __future__ import annotations

from typing import Final

from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.language.word_frequencies import information, words_of

__all__ = ["is_common", "is_distinctive"]

_COMMON_WORDS: Final = 2
"""Function words up to which a quotation matches nothing in particular ("the", "of the")."""
_LEAST_WORDS: Final = 6
"""Words from which ``_LEAST_INFORMATION`` is enough; shorter ones need ``_SHORT_INFORMATION``."""
_LEAST_INFORMATION: Final = 9.0
"""In e-folds of rarity (`information`). By eye on stock phrases; less would accuse for "thank
you"."""
_SHORT_WORDS: Final = 4  # Words. By eye: with fewer, nothing is distinctive.
_SHORT_INFORMATION: Final = 18.0
"""What fewer words must tell: "Pride goeth before destruction"."""
_LONG_WORDS: Final = 8
"""Words from which ``_LONG_INFORMATION`` may be enough. By eye, on sayings of eight words and
more."""
_LONG_INFORMATION: Final = 6.0
"""What more words must tell, where a large library has them of one person or two."""
_LARGE_PASSAGES: Final = 2_000
"""Passages of a large library. By eye: in a smaller one, that one person says it tells little."""
_EACH_FURTHER_PERSON: Final = 8.0
"""What words must tell besides for each person from the third on who says them here: of two, one
may be quoting the other."""


def is_common(quote: str) -> bool:
    """Say whether a quotation holds nothing but words that stand everywhere.

    >>> is_common("the"), is_common("Of the"), is_common("Syria"), is_common("We will not be.")
    (True, True, False, False)
    """
    words = words_of(quote)
    return 0 < len(words) <= _COMMON_WORDS and all(word in FUNCTION_WORDS for word in words)


def is_distinctive(quote: str, source: str, *, persons: int, passages: int) -> bool:
    """Say whether words are distinctive enough to be called somebody's own.

    Args:
        quote: the quotation.
        source: the words that were found for it.
        persons: how many different people say them in the library.
        passages: how large the library is.

    >>> is_distinctive("Thank you very much.", "Thank you very much.", persons=1, passages=90)
    False
    >>> words = "The lamp of Tarn went out in a good wind."
    >>> is_distinctive(words, words, persons=1, passages=90)
    True
    """
    size = min(len(words_of(quote)), len(words_of(source)))
    bits = min(information(quote), information(source))
    bits -= _EACH_FURTHER_PERSON * max(0, persons - 2)
    if size < _SHORT_WORDS:
        return False
    if size < _LEAST_WORDS:
        return bits >= _SHORT_INFORMATION
    alone = persons <= 2 and size >= _LONG_WORDS and passages >= _LARGE_PASSAGES
    return bits >= (_LONG_INFORMATION if alone else _LEAST_INFORMATION)
