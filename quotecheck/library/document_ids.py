"""Ids of documents met while sources are read, kept out of memory when there are many.

Each keeps its rows in a temporary database of its own, which goes to disk once it outgrows SQLite's
cache and is gone once it is closed. No library is touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

__all__ = ["DocumentIds", "FirstOwners"]


class DocumentIds:
    """The ids of documents, each with the text that it stands for."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE ids (id BLOB PRIMARY KEY, text_sha256 TEXT) WITHOUT ROWID")

    def register(self, document_id: str, text_sha256: str) -> bool:
        """Note an id; False when it stood for another text before."""
        key = document_id.encode("utf-8", "surrogatepass")
        row = (key, text_sha256)
        if self._db.execute("INSERT OR IGNORE INTO ids VALUES (?, ?)", row).rowcount:
            return True
        known = self._db.execute("SELECT text_sha256 FROM ids WHERE id = ?", [key]).fetchone()
        return bool(known[0] == text_sha256)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


class FirstOwners:
    """The first of several numbered files in which each id of a document occurs."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE ids (id TEXT PRIMARY KEY, first INTEGER) WITHOUT ROWID")

    def add(self, ids: Iterable[tuple[str, int]]) -> None:
        """Note ids with the number of the file that they occur in."""
        self._db.executemany(
            "INSERT INTO ids VALUES (?, ?) ON CONFLICT (id) DO UPDATE"
            " SET first = min(first, excluded.first)",
            ids,
        )

    def first(self, document_id: str) -> int:
        """Return the number of the first file that has this id.

        Raises:
            KeyError: none has.
        """
        row = self._db.execute("SELECT first FROM ids WHERE id = ?", [document_id]).fetchone()
        if row is None:
            raise KeyError(document_id)
        return int(row[0])

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
