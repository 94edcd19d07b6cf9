"""Bound the answers to visitors' SQL in bytes, and the messages about what is wrong with it."""

from __future__ import annotations

import sqlite3
from typing import Any, Final
from weakref import WeakKeyDictionary

__all__ = ["ANSWER_BYTES", "limit_answers", "shortened"]

ANSWER_BYTES: Final = 64 << 20
"""Of all cells of an answer; a page of fifty long books is less."""
_MESSAGE_CHARS: Final = 400


def limit_answers(connection: Any, most: int = ANSWER_BYTES) -> None:
    """Let a connection make no value, and answer no question, of more than so many bytes.

    Asking it for more raises `sqlite3.OperationalError`.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, most)
    given: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        size = sum(len(value) for value in values if isinstance(value, (str, bytes)))
        given[cursor] = total = given.get(cursor, 0) + size
        if total > most:
            raise sqlite3.OperationalError(
                f"the answer has more than {most >> 20} megabytes; ask for fewer rows or columns"
            )
        return sqlite3.Row(cursor, values)

    connection.row_factory = row


def shortened(message: str) -> str:
    """A message without what it repeats of a long question."""
    return message if len(message) <= _MESSAGE_CHARS else f"{message[:_MESSAGE_CHARS]} …"
