"""Find published fact-checks of a quotation's words; they stand beside the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import LCSseq

from quotecheck.checking.distinctiveness import is_common
from quotecheck.comparison.words import quotation_words
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.language.word_frequencies import word_bits
from quotecheck.library.fact_checks import find_fact_checks
from quotecheck.library.sql import Connection
from quotecheck.records.fact_check import ClaimMatch, FactCheck, FoundFactCheck

__all__ = ["fact_checks_of"]

_ASKED_WORDS: Final = 6
"""Words of a quotation that are looked up: those that tell most. Of a claim that has four words in
five, at least one is among them; common words would bring up every claim there is."""
_CANDIDATES: Final = 40
"""Published fact-checks that are compared with a quotation, the most similar first. By eye."""
_MAX_FACT_CHECKS: Final = 5  # Fact-checks that a check shows. By eye: a reader looks at no more.
_LEAST_WORDS: Final = 3
"""Words that must be shared for a part of a claim to be about the same words."""
_NEAR_WORDS: Final = 6
"""Words of the shorter text from which one with a few words changed is recognised."""
_NEAR: Final = 0.8
"""Share of the shorter text's words that stand in the longer one in their order, close together."""
_SHARED: Final = 0.6
"""Share of its different words that the shorter text must have in common with the longer one."""
_HELD_WORDS: Final = 2
_SHARED_WORDS: Final = 3
"""Of these, words with a sense of their own: ``_HELD_WORDS`` in words that are held whole, and
``_SHARED_WORDS`` in others. By eye: with fewer, a common phrase would bring up a claim."""
_COMPARED_WORDS: Final = 400
"""Words of a claim or a quotation that are compared."""


def fact_checks_of(db: Connection, shown: str) -> tuple[FoundFactCheck, ...]:
    """The fact-checks of a library whose claims hold a quotation's words, or nearly these words.

    Args:
        db: an open connection to the library.
        shown: the quotation's words, without the marks around them.

    Returns:
        At most five: those with the very words first, and of these the newest first.
    """
    words = quotation_words(shown).forms[:_COMPARED_WORDS]
    if not words or is_common(shown):
        return ()
    fact_checks = []
    for review in find_fact_checks(db, _asked(words), _CANDIDATES):
        match = _match(words, review)
        if match is not None:
            fact_checks.append(FoundFactCheck(review, match))
    fact_checks.sort(key=lambda each: each.fact_check.date or "", reverse=True)
    fact_checks.sort(key=lambda each: each.match != "verbatim")
    return tuple(fact_checks[:_MAX_FACT_CHECKS])


def _asked(words: Sequence[str]) -> list[str]:
    """The words to look up: those that tell most, or all as one phrase where none tells much."""
    telling = {word for word in words if word.isalnum() and word not in FUNCTION_WORDS}
    if not telling:
        return [" ".join(word for word in words if word.isalnum())]
    return sorted(telling, key=lambda word: (-word_bits(word), word))[:_ASKED_WORDS]


def _match(words: Sequence[str], review: FactCheck) -> ClaimMatch | None:
    near = False
    for text in filter(None, (review.words, review.claim)):
        claim = quotation_words(text).forms[:_COMPARED_WORDS]
        if _holds(words, claim):
            return "verbatim"
        near = near or _is_near(words, claim)
    return "near" if near else None


def _holds(words: Sequence[str], claim: Sequence[str]) -> bool:
    """Whether one of two runs of words holds the other whole."""
    if list(words) == list(claim):
        return True
    short, long = sorted((words, claim), key=len)
    return (
        len(short) >= _LEAST_WORDS
        and _telling(short) >= _HELD_WORDS
        and f" {' '.join(short)} " in f" {' '.join(long)} "
    )


def _is_near(words: Sequence[str], claim: Sequence[str]) -> bool:
    short, long = sorted((words, claim), key=len)
    size = len(short)
    if size < _NEAR_WORDS or len({*short} & {*long}) < _SHARED * len({*short}):
        return False
    wide = size + max(1, size // 4)  # room for words put in
    parts = (long[at : at + wide] for at in range(max(1, len(long) - wide + 1)))
    part = max(parts, key=lambda words: LCSseq.similarity(short, words))
    if LCSseq.similarity(short, part) < _NEAR * size:
        return False
    shared = [
        word
        for block in LCSseq.opcodes(short, part)
        if block.tag == "equal"
        for word in short[block.src_start : block.src_end]
    ]
    return _telling(shared) >= _SHARED_WORDS


def _telling(words: Sequence[str]) -> int:
    """How many different words have a sense of their own."""
    return len({word for word in words if word not in FUNCTION_WORDS})
