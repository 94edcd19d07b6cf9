"""Words and phrases as a module lists them: one string, divided by spaces or bars."""

from __future__ import annotations

__all__ = ["phrases_of", "words_of"]


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written with spaces between them."""
    return frozenset(text.split())


def phrases_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a list that is written with bars between them, the longest first.

    >>> phrases_of("if|in case|as long as")
    (('as', 'long', 'as'), ('in', 'case'), ('if',))
    """
    return tuple(sorted((tuple(p.split()) for p in text.split("|")), key=lambda p: -len(p)))
