"""Words of a sentence as the comparison of edits takes them."""

from __future__ import annotations

from quotecheck.comparison.quantity_alignment import quantities_of
from quotecheck.comparison.stretches import WordRun, stretch_of
from quotecheck.comparison.words import source_words

__all__ = ["run_of"]


def run_of(text: str) -> WordRun:
    """Words that stand within a sentence, so that a capital makes a name."""
    whole = f"and then {text}".strip()
    words = source_words(whole)
    return stretch_of(words, whole, 0, 2, len(words), quantities_of(words, 2))
