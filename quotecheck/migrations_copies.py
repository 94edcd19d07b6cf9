"""The step of the library's schema that came with copies: the same text in several documents.

The steps before it, and how they are taken, are in `quotecheck.library.schema.migrations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["m010_copies"]


def m010_copies(db: sqlite_utils.Database) -> None:
    """Which documents are near copies of an earlier one, and what they are compared by."""
    db.executescript(
        """
        CREATE TABLE document_copies (
            document_id INTEGER NOT NULL PRIMARY KEY REFERENCES documents (id),
            copy_of INTEGER NOT NULL REFERENCES documents (id), -- the earliest with these words
            similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1), -- runs of 4 words shared
            CHECK (document_id <> copy_of)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX document_copies_copy_of ON document_copies (copy_of);

        -- MinHash of a document's runs of words: documents that share several numbers at the same
        -- places are compared word by word.
        CREATE TABLE document_signatures (
            document_id INTEGER NOT NULL PRIMARY KEY REFERENCES documents (id),
            compared INTEGER NOT NULL DEFAULT 0 CHECK (compared IN (0, 1)),
            bands BLOB NOT NULL -- 32-bit numbers, little-endian; empty: too short to compare
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX document_signatures_compared ON document_signatures (compared);
        """
    )
