"""A quotation as a source may have it, in other letters, divisions of words or numbers."""

from __future__ import annotations

from collections.abc import Iterator

from quotecheck.comparison.division_rendering import other_divisions
from quotecheck.comparison.quantity_rendering import other_renderings
from quotecheck.language.folding import plain_letters

__all__ = ["renderings"]


def renderings(quote: str) -> Iterator[str]:
    """The ways in which a source may have the words of a quotation, the likeliest first.

    >>> next(renderings("the \ufb01rst gate"))
    'the first gate'
    """
    plain = plain_letters(quote)
    if plain != quote:
        yield plain
    yield from other_divisions(plain)
    yield from other_renderings(plain)
