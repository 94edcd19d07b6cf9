"""Vectors of sentences in a library: which passages lack them, how they are kept and read.

They are bound to the sha256 of the encoder that made them. What another encoder made is never
compared with a quotation; the next build replaces it.
"""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from quotecheck.library.file_errors import explained
from quotecheck.library.sql import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import sqlite_utils
    from numpy.typing import NDArray

    from quotecheck.library.library import Library

__all__ = [
    "PASSAGES",
    "UnitPlace",
    "VectorBlock",
    "add_block",
    "count_lacking",
    "count_units",
    "drop_others",
    "encoders_held",
    "lacking",
    "read_blocks",
    "read_vectors",
    "spare_other_passages",
]

PASSAGES: Final = 128
"""Passages in a row: what a build that is killed has to do again. SQLite walks from the beginning
of a row to a vector in it, so that long rows are slow to read."""


_INSERT: Final = (
    "INSERT INTO passage_vectors (encoder, first, last, units, numbers, places, signs, vectors)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


class UnitPlace(NamedTuple):
    """Where a unit stands: its passage, and its start and end in the document."""

    passage: int
    start: int
    end: int


class VectorBlock(NamedTuple):
    """A row, without its vectors: ``places`` has passage (row number), start, end of each unit."""

    id: int
    places: NDArray[np.int32]
    signs: NDArray[np.uint64]


def encoders_held(connection: sqlite3.Connection) -> dict[str, int]:
    """Numbers of a vector by encoder (sha256), of the encoders that made some in the library."""
    rows = connection.execute("SELECT DISTINCT encoder, numbers FROM passage_vectors")
    return {encoder: int(numbers) for encoder, numbers in rows}


def count_units(connection: sqlite3.Connection, encoder: str) -> tuple[int, int]:
    """How many vectors an encoder made, and how many numbers each has (0 where it made none)."""
    units, numbers = connection.execute(
        "SELECT coalesce(sum(units), 0), coalesce(max(numbers), 0) FROM passage_vectors"
        " WHERE encoder = ?",
        (encoder,),
    ).fetchone()
    return int(units), int(numbers)


def count_lacking(connection: sqlite3.Connection, encoder: str) -> int:
    """How many passages have no vectors by this encoder."""
    (total,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    (embedded,) = connection.execute(
        "SELECT coalesce(sum((SELECT count(*) FROM passages WHERE id BETWEEN first AND last)), 0)"
        " FROM passage_vectors WHERE encoder = ?",
        (encoder,),
    ).fetchone()
    return int(total) - int(embedded)


def lacking(connection: sqlite3.Connection, encoder: str) -> Iterator[list[tuple[int, int, str]]]:
    """The passages without vectors by this encoder, as (row, start, text), `PASSAGES` at a time.

    Each batch is all there is between its first and last row.
    """
    gaps = connection.execute(
        "SELECT first, last FROM passage_vectors WHERE encoder = ? ORDER BY first", (encoder,)
    ).fetchall()
    (top,) = connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
    after = 0
    for first, last in [*gaps, (top + 1, top + 1)]:
        at = after
        while True:
            rows = connection.execute(
                "SELECT id, start, text FROM passages WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
                (at, first, PASSAGES),
            ).fetchall()
            if not rows:
                break
            yield rows
            at = rows[-1][0]
        after = max(after, last)


def drop_others(library: Library, encoders: Mapping[str, int]) -> int:
    """Delete the vectors of other encoders that are as wide as those of these encoders.

    Args:
        library: open for writing.
        encoders: how many numbers a vector has, by the sha256 of the encoder. Vectors of another
            width are left: their encoder is not installed here.

    Returns:
        How many rows were deleted.
    """
    widths = sorted(set(encoders.values()))
    with library.write() as db:
        cursor = db.execute(
            f"DELETE FROM passage_vectors WHERE numbers IN ({placeholders(widths)})"
            f" AND encoder NOT IN ({placeholders(sorted(encoders))})",
            [*widths, *sorted(encoders)],
        )
        return int(cursor.rowcount)


@contextlib.contextmanager
def spare_other_passages(db: sqlite_utils.Database, document: int) -> Iterator[None]:
    """Keep the vectors of other documents while the passages of one are deleted inside.

    A row goes with any of its passages, so the rest of it is put back as a row of its own.
    """
    own_columns = [
        row for (row,) in db.execute("SELECT id FROM passages WHERE document_id = ?", [document])
    ]
    rows = db.execute(
        "SELECT encoder, first, last, numbers, places, signs, vectors FROM passage_vectors AS v"
        " WHERE EXISTS (SELECT 1 FROM passages"
        " WHERE document_id = ? AND id BETWEEN v.first AND v.last)",
        [document],
    ).fetchall()
    yield
    for encoder, first, last, numbers, places, signs, vectors in rows:
        least, most = db.execute(
            "SELECT min(id), max(id) FROM passages WHERE id BETWEEN ? AND ?", [first, last]
        ).fetchone()
        if least is None:
            continue
        table = np.frombuffer(places, dtype="<i4").reshape(-1, 3).copy()
        is_other = ~np.isin(table[:, 0] + first, own_columns)
        table[:, 0] -= least - first
        db.execute(
            _INSERT,
            [
                *(encoder, least, most, int(is_other.sum()), numbers, table[is_other].tobytes()),
                np.frombuffer(signs, dtype=np.uint8)
                .reshape(len(table), numbers // 8)[is_other]
                .tobytes(),
                np.frombuffer(vectors, dtype=np.uint8)
                .reshape(len(table), numbers // 2)[is_other]
                .tobytes(),
            ],
        )


def add_block(
    library: Library,
    encoder: str,
    passages: Sequence[tuple[int, int, str]],
    places: Sequence[UnitPlace],
    numbers: int,
    signs: bytes,
    vectors: bytes,
) -> bool:
    """Keep the vectors of passages, unless some of them have been forgotten or changed meanwhile.

    Args:
        library: open for writing.
        encoder: the sha256 of the encoder.
        passages: as `lacking` gave them.
        places: where each unit stands.
        numbers: in a vector.
        signs: a bit a number (`quotecheck.paraphrase.vector_codes.signs_of`).
        vectors: four bits a number (`quotecheck.paraphrase.vector_codes.pack`).

    Returns:
        Whether they are kept.
    """
    first, last = passages[0][0], passages[-1][0]
    table = np.asarray(places, dtype="<i4").reshape(-1, 3)
    table[:, 0] -= first
    with library.write() as db:
        rows = db.execute(
            "SELECT id, start, text FROM passages WHERE id BETWEEN ? AND ? ORDER BY id",
            [first, last],
        ).fetchall()
        if rows != list(passages):
            return False
        db.execute(
            _INSERT,
            [encoder, first, last, len(table), numbers, table.tobytes(), signs, vectors],
        )
    return True


def read_blocks(library: Library, encoder: str) -> Iterator[VectorBlock]:
    """Every row of this encoder by passage: places and signs, without the vectors."""
    with explained(library.path):
        rows = library.db.execute(
            "SELECT id, first, numbers, places, signs FROM passage_vectors WHERE encoder = ?"
            " ORDER BY first",
            [encoder],
        )
        for row, first, numbers, places, signs in rows:
            table = np.frombuffer(places, dtype="<i4").reshape(-1, 3).astype(np.int32)
            table[:, 0] += first
            words = np.frombuffer(signs, dtype="<u8").reshape(len(table), numbers // 64)
            yield VectorBlock(row, table, words)


def read_vectors(
    connection: sqlite3.Connection, places: Sequence[tuple[int, int]], size: int
) -> NDArray[np.uint8]:
    """The packed vectors of some units, given as (row, number in it), in that order.

    Only their bytes are read, ``size`` each, not the rows.
    """
    result = np.zeros((len(places), size), dtype=np.uint8)
    order = sorted(range(len(places)), key=lambda n: places[n])
    for row, group in itertools.groupby(order, key=lambda n: places[n][0]):
        with connection.blobopen("passage_vectors", "vectors", row, readonly=True) as blob:
            for n in group:
                blob.seek(places[n][1] * size)
                result[n] = np.frombuffer(blob.read(size), dtype=np.uint8)
    return result
