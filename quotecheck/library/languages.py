"""The languages of documents: which are known, which are not, which are other than English."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quotecheck.library.library import Library

__all__ = [
    "DocumentLanguage",
    "document_language",
    "languages_beside_english",
    "set_languages",
    "texts_without_language",
]

_TOGETHER: Final = 500
"""Documents read at once, so that the texts of a library are never all in memory."""
_ENGLISH: Final = "lower(language) IN ('en', 'eng') OR lower(language) LIKE 'en-%'"


class DocumentLanguage(NamedTuple):
    """The language of a document (BCP 47), and what tells that it is a translation.

    ``translated`` is "yes" or the language of the original.
    """

    language: str | None
    translated: str | None


def document_language(connection: sqlite3.Connection, key: str) -> DocumentLanguage:
    """What is known of the language of the document with this id."""
    row = connection.execute(
        "SELECT language, translated FROM documents WHERE key = ?", (key,)
    ).fetchone()
    return DocumentLanguage(*(row or (None, None)))


def texts_without_language(
    connection: sqlite3.Connection, characters: int
) -> Iterator[list[tuple[int, str]]]:
    """The sources whose language nobody has said, some hundred at a time.

    Each is given as its row number and the beginning of its text.
    """
    after = 0
    while rows := connection.execute(
        "SELECT id, substr(text, 1, ?) FROM documents WHERE language IS NULL AND searched"
        " AND id > ? ORDER BY id LIMIT ?",
        (characters, after, _TOGETHER),
    ).fetchall():
        yield rows
        after = rows[-1][0]


def set_languages(library: Library, languages: Mapping[int, str]) -> None:
    """Keep the languages of documents, by row number; those that have one keep it."""
    with library.write() as db:
        db.conn.executemany(
            "UPDATE documents SET language = ? WHERE id = ? AND language IS NULL",
            [(language, row) for row, language in languages.items()],
        )


def languages_beside_english(connection: sqlite3.Connection) -> dict[int, str]:
    """The language of each document that is in another than English, by row number."""
    return dict(
        connection.execute(
            f"SELECT id, language FROM documents WHERE language IS NOT NULL AND NOT ({_ENGLISH})"
        ).fetchall()
    )
