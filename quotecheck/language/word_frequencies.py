"""How much a word or a phrase tells, by how often English uses it.

``word_frequencies.tsv`` and ``common_phrases.txt`` are made by
``python -m quotecheck.training.word_frequencies`` from news, web text and speeches.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from quotecheck.language.tables import table_rows

__all__ = ["PHRASE_WORDS", "information", "is_rare", "word_bits", "words_of"]

PHRASE_WORDS: Final = 3
"""Words of the phrases that are listed; a longer common phrase is made of these."""
_UNKNOWN_BITS: Final = 20
"""Bits (minus log2 of the frequency) of a word that the list lacks."""
_COMMON_BITS: Final = 9
"""Words up to here ("other", "right") tell next to nothing; from here on each bit counts."""
_LEAST: Final = 0.5
"""What a common word adds, or any word inside a common phrase: order and length tell a little."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def words_of(text: str) -> list[str]:
    """The words of a text as the tables have them."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def word_bits(word: str) -> int:
    """The information of a word in bits: 4 for "the", about 12 for "lamp", 20 for rare words."""
    return _bits().get(word, _UNKNOWN_BITS)


def is_rare(word: str) -> bool:
    """Whether a word is rarer than all that are listed: one in a quarter of a million."""
    return word_bits(word) >= _UNKNOWN_BITS


def information(text: str) -> float:
    """Sum how rare the words of a text are in English, in bits; common phrases count little.

    >>> information("Thank you very much.") < 9 < information("The lamp of Tarn went out.")
    True
    """
    words = words_of(text)
    phrases = _phrases()
    common = [False] * len(words)
    for k in range(len(words) - PHRASE_WORDS + 1):
        if " ".join(words[k : k + PHRASE_WORDS]) in phrases:
            common[k : k + PHRASE_WORDS] = [True] * PHRASE_WORDS
    return sum(
        _LEAST if shared else max(_LEAST, word_bits(word) - _COMMON_BITS)
        for word, shared in zip(words, common, strict=True)
    )


@cache
def _bits() -> dict[str, int]:
    rows = table_rows("word_frequencies.tsv")
    return {word: int(bits) for bits, words in rows for word in words.split()}


@cache
def _phrases() -> frozenset[str]:
    return frozenset(row[0] for row in table_rows("common_phrases.txt"))
