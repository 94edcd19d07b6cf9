"""Draw from a library for a benchmark: its documents, its speakers, and where a phrase stands.

Functions over an open connection, for reading alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotecheck.library.passage_index import search_terms
from quotecheck.library.phrase_queries import phrase

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["documents_with_words", "searched_keys", "turn_speakers"]


def searched_keys(db: sqlite_utils.Database) -> list[str]:
    """The keys of the documents that quotations are checked against, sorted."""
    rows = db.execute(
        "SELECT key FROM documents WHERE replaced_by IS NULL AND searched ORDER BY key"
    )
    return [str(row[0]) for row in rows]


def turn_speakers(db: sqlite_utils.Database) -> list[str]:
    """The names of everybody who has a turn in a document that is searched, sorted."""
    rows = db.execute(
        "SELECT DISTINCT s.name FROM segments AS g JOIN speakers AS s ON s.id = g.speaker_id"
        " JOIN documents AS d ON d.id = g.document_id"
        " WHERE d.replaced_by IS NULL AND d.searched ORDER BY s.name"
    )
    return [str(row[0]) for row in rows]


def documents_with_words(db: sqlite_utils.Database, text: str, limit: int = 8) -> Sequence[str]:
    """The keys of documents with a passage that holds all the words of a text in a row.

    A text that runs over the border of two passages is not seen.
    """
    terms = search_terms(text)
    if not terms:
        return ()
    rows = db.execute(
        "SELECT DISTINCT d.key FROM passages_fts AS f JOIN passages AS p ON p.id = f.rowid"
        " JOIN documents AS d ON d.id = p.document_id"
        " WHERE passages_fts MATCH ? AND d.searched LIMIT ?",
        (phrase(terms), limit),
    )
    return [str(row[0]) for row in rows]
