"""The step of the library's schema that came with readers of pages, chapters and times.

The steps before it, and how they are taken, are in `quotecheck.library.schema.migrations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["m008_locators"]


def m008_locators(db: sqlite_utils.Database) -> None:
    """Where in its source each stretch of a document's text stands."""
    db.executescript(
        """
        CREATE TABLE locators (
            document_id INTEGER NOT NULL REFERENCES documents (id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            kind TEXT NOT NULL, -- page, time, or chapter
            label TEXT NOT NULL, -- for people: 12, 00:01:02, The Second Night
            PRIMARY KEY (document_id, start, kind),
            CHECK (start >= 0 AND start <= "end")
        ) STRICT, WITHOUT ROWID;
        """
    )
