"""Search the vectors that one encoder made of a library's sentences and their clauses.

The signs of all of them are held in memory, 48 bytes for 384 numbers, and compared with those of
the query; the few hundred best are scored by signs against the query's own numbers, and of these
the vectors are read from the file. So memory and time hardly depend on what a vector takes. A
sentence is as near as the nearest of itself and its clauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.library.vectors import count_units, read_blocks, read_vectors
from quotecheck.paraphrase.vector_codes import nearest_signs, sign_cosines, signs_as_numbers, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.library.library import Library

__all__ = ["VectorIndex", "numbers_of_places"]

_NEAREST: Final = 3000
"""Units whose signs agree best: with them the nearest twenty are there 99 times in 100."""
_READ: Final = 200
"""Of their sentences, those whose vectors are read."""


class VectorIndex:
    """The vectors of one encoder; each sentence has a row number, in order of passages.

    Args:
        library: an open library. What is added to it later goes unseen.
        encoder_sha256: whose vectors.
    """

    def __init__(self, library: Library, encoder_sha256: str) -> None:
        self._db = library.db.conn
        count, numbers = count_units(self._db, encoder_sha256)
        units: Any = np.empty((count, 3), dtype=np.int32)
        self._signs: Any = np.empty((numbers // 64, count), dtype=np.uint64)
        self._blocks: list[int] = []
        ends: list[int] = []
        end = 0
        for block in read_blocks(library, encoder_sha256):
            begin, end = end, end + len(block.places)
            if end > count:  # another program is adding some
                end = begin
                break
            self._blocks.append(block.id)
            ends.append(end)
            units[begin:end] = block.places
            self._signs[:, begin:end] = block.signs.T
        units, self._signs = units[:end], self._signs[:, :end]
        self._ends = np.array(ends, dtype=np.int64)
        self._first = _first_units(units)
        self._owners = np.zeros(len(units), dtype=np.int32)
        self._owners[self._first[1:-1]] = 1
        np.cumsum(self._owners, out=self._owners)
        self.places: Any = units[self._first[:-1]]
        """Passage (row number), start and end in its document; one row a sentence."""

    def __len__(self) -> int:
        return len(self.places)

    def nearest(self, vector: Any, count: int, *, among: Any = None) -> tuple[Any, Any]:
        """The rows that lie nearest to a vector, best first, and their cosines.

        Args:
            vector: of length 1.
            count: how many rows.
            among: the rows that are looked at; all by default.
        """
        rows = self.likeliest(vector, max(_READ, 2 * count), among=among)
        cosines = self.cosines(rows, vector)
        order = np.argsort(-cosines, kind="stable")[:count]
        return rows[order], cosines[order]

    def likeliest(self, vector: Any, count: int, *, among: Any = None) -> Any:
        """The rows whose signs, or a clause's, agree best with a vector's numbers, best first."""
        if among is None:
            units = nearest_signs(self._signs, vector, max(_NEAREST, count))
        else:
            unit_rows = self._units_of(among)
            units = unit_rows[
                nearest_signs(self._signs[:, unit_rows], vector, max(_NEAREST, count))
            ]
        order = np.argsort(-sign_cosines(self._rows(units), vector), kind="stable")
        owners = self._owners[units[order]]
        _, first = np.unique(owners, return_index=True)
        return owners[np.sort(first)[:count]]

    def estimates(self, rows: Any, vector: Any) -> Any:
        """About the cosines of the sentences in some rows, by their signs alone."""
        return sign_cosines(self._rows(self._first[rows]), vector)

    def cosines(self, rows: Any, vector: Any) -> Any:
        """The cosines of some rows: of the sentence or of its nearest clause."""
        return self.both_cosines(rows, vector)[1]

    def both_cosines(self, rows: Any, vector: Any) -> tuple[Any, Any]:
        """The cosines of the whole sentences in some rows, and those of `cosines`."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
        counts = self._first[rows + 1] - self._first[rows]
        begins = np.cumsum(counts) - counts
        cosines = self._vectors(self._units_of(rows)) @ vector
        return cosines[begins], np.maximum.reduceat(cosines, begins)

    def around(self, rows: Any, vector: Any) -> Any:
        """About the cosine of each row's whole passage."""
        passages = self.places[:, 0]
        low = np.searchsorted(passages, passages[rows], "left")
        high = np.searchsorted(passages, passages[rows], "right")
        begins, which = np.unique(low, return_inverse=True)
        ends = np.zeros_like(begins)
        ends[which] = high
        counts = ends - begins
        first = np.cumsum(counts) - counts
        units = np.repeat(begins - first, counts) + np.arange(counts.sum())
        signs = signs_as_numbers(self._rows(self._first[units]))
        sums = np.add.reduceat(signs, first)
        lengths = np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
        return (sums @ vector / lengths)[which]

    def rows_in(self, passages: Sequence[int]) -> Any:
        """The rows of the sentences of some passages, in the order of the passages."""
        low = np.searchsorted(self.places[:, 0], passages, "left").tolist()
        high = np.searchsorted(self.places[:, 0], passages, "right").tolist()
        ranges = [np.arange(a, b) for a, b in zip(low, high, strict=True)]
        return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)

    def _units_of(self, rows: Any) -> Any:
        """The units of the sentences in some rows, in the order of the rows."""
        begins = self._first[rows]
        counts = self._first[rows + 1] - begins
        first = np.cumsum(counts) - counts
        return np.repeat(begins - first, counts) + np.arange(counts.sum())

    def _vectors(self, units: Any) -> Any:
        """The vectors of some units, read from the file."""
        blocks = np.searchsorted(self._ends, units, "right")
        starts = np.concatenate([[0], self._ends[:-1]])[blocks]
        ids = [self._blocks[block] for block in blocks.tolist()]
        places = list(zip(ids, (units - starts).tolist(), strict=True))
        return unpack(read_vectors(self._db, places, len(self._signs) * 32))

    def _rows(self, units: Any) -> Any:
        return np.ascontiguousarray(self._signs[:, units].T)


def numbers_of_places(places: Any) -> Any:
    """A number for each sentence that no other has, rising with the rows."""
    return places[:, 0].astype(np.int64) << 32 | places[:, 1]


def _first_units(units: Any) -> Any:
    """Where each sentence begins among units, and the end of the last: its clauses follow it.

    A unit that begins before the end of one before it in its passage is a clause of that.
    """
    if not len(units):
        return np.zeros(1, dtype=np.int64)
    ends = np.maximum.accumulate(units[:, 0].astype(np.int64) << 32 | units[:, 2])
    begins = np.flatnonzero(numbers_of_places(units)[1:] >= ends[:-1]) + 1
    return np.concatenate([[0], begins, [len(units)]])
