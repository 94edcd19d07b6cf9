"""The step of the library's schema that came with the search for statements in other words.

The steps before it, and how they are taken, are in `quotecheck.library.schema.migrations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["m007_vectors"]


def m007_vectors(db: sqlite_utils.Database) -> None:
    """Vectors of the sentences of passages, some hundred passages a row.

    A row holds all passages from ``first`` to ``last`` as they were. Where one of them goes or
    changes, the row goes too, and the next build makes it anew.
    """
    db.executescript(
        """
        CREATE TABLE passage_vectors (
            id INTEGER PRIMARY KEY,
            encoder TEXT NOT NULL CHECK (length(encoder) = 64), -- sha256 of its weights
            first INTEGER NOT NULL, -- passages.id
            last INTEGER NOT NULL,
            units INTEGER NOT NULL CHECK (units >= 0),
            -- Little-endian: a row of three 32-bit numbers a unit, its passage counted from
            -- first, and its start and end in the document.
            places BLOB NOT NULL CHECK (length(places) = 12 * units),
            signs BLOB NOT NULL CHECK (length(signs) = 48 * units), -- a bit a number: is it > 0
            vectors BLOB NOT NULL CHECK (length(vectors) = 192 * units), -- four bits a number
            CHECK (first <= last)
        ) STRICT;
        CREATE INDEX passage_vectors_first ON passage_vectors (first, last);
        CREATE TRIGGER passage_vectors_after_delete AFTER DELETE ON passages BEGIN
            DELETE FROM passage_vectors WHERE first <= old.id AND last >= old.id;
        END;
        CREATE TRIGGER passage_vectors_after_update AFTER UPDATE ON passages BEGIN
            DELETE FROM passage_vectors WHERE first <= old.id AND last >= old.id;
        END;
        """
    )
