"""The vectors of the multilingual encoder, beside those of the encoder that ships.

Both have vectors of the same sentences as a rule. A library that was embedded by one alone, or in
part, has as many of the second as it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quotecheck.checking.vector_index import VectorIndex, numbers_of_places
from quotecheck.library.vectors import encoders_held
from quotecheck.paraphrase.multilingual_encoder import load_multilingual_encoder

if TYPE_CHECKING:
    from quotecheck.library.library import Library
    from quotecheck.paraphrase.multilingual_encoder import MultilingualEncoder

__all__ = ["SecondIndex", "second_index"]


def second_index(
    library: Library, first: VectorIndex, encoder: MultilingualEncoder | None = None
) -> SecondIndex | None:
    """The vectors of the multilingual encoder, None where it or they are not there."""
    encoders = encoders_held(library.db.conn)
    if len(encoders) < 2:  # none but those of the encoder that ships: nothing is loaded
        return None
    encoder = encoder or load_multilingual_encoder()
    if encoder is None or encoder.sha256 not in encoders:
        return None
    return SecondIndex(library, first, encoder)


class SecondIndex:
    """Cosines by the second encoder, for the row numbers of the first.

    Args:
        library: an open library.
        first: whose row numbers are used.
        encoder: the second one.
    """

    def __init__(self, library: Library, first: VectorIndex, encoder: MultilingualEncoder) -> None:
        self._encoder = encoder
        self._vectors = VectorIndex(library, encoder.sha256)
        own_numbers, first_numbers = (
            numbers_of_places(self._vectors.places),
            numbers_of_places(first.places),
        )
        at = np.searchsorted(own_numbers, first_numbers)
        at[at == len(own_numbers)] = 0
        # The row here of each of the first index's, and the other way round; -1 where none is.
        self._here = (
            np.where(own_numbers[at] == first_numbers, at, -1)
            if len(own_numbers)
            else np.full(len(at), -1)
        )
        self._there = np.full(len(own_numbers), -1)
        known = np.flatnonzero(self._here >= 0)
        self._there[self._here[known]] = known

    def vector(self, quote: str) -> Any:
        """The vector of a quotation."""
        return self._encoder.encode([quote])[0]

    def nearest(self, vector: Any, count: int, *, among: Any = None) -> Any:
        """The rows (of the first index) whose vectors lie nearest, best first."""
        rows, _ = self._vectors.nearest(vector, count, among=self._rows_here(among))
        return self._rows_there(rows)

    def likeliest(self, vector: Any, count: int, *, among: Any = None) -> Any:
        """The rows (of the first index) whose signs agree best, best first."""
        rows = self._vectors.likeliest(vector, count, among=self._rows_here(among))
        return self._rows_there(rows)

    def _rows_here(self, among: Any) -> Any:
        if among is None:
            return None
        here = self._here[among]
        return here[here >= 0]

    def _rows_there(self, rows: Any) -> Any:
        translated = self._there[rows]
        return translated[translated >= 0]

    def cosines(self, rows: Any, vector: Any) -> Any:
        """The cosines of some rows of the first index, nan where there is no vector."""
        here = self._here[rows]
        result = np.full(len(rows), np.nan, dtype=np.float32)
        known = here >= 0
        result[known] = self._vectors.cosines(here[known], vector)
        return result
