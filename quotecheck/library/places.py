"""Look up what a library says of a place: its document, its text, its passage, its locator.

Functions over an open connection, for reading alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from quotecheck.library.document_lookup import DocumentCount
from quotecheck.library.sql import FIRST_AND_LAST_DATE, placeholders

__all__ = [
    "DocumentFacts",
    "PassageRow",
    "document_facts",
    "document_genre",
    "document_mentions",
    "document_rows_like",
    "earliest_passages",
    "has_vectors",
    "locator_at",
    "passage_row",
    "passages_between",
    "passages_of",
    "searched_without",
    "text_between",
]

_TOGETHER: Final = 400
"""Rows of one statement: below SQLite's limit of parameters (999 in old builds)."""


class DocumentFacts(NamedTuple):
    """A document as an answer names it, and what kind of source it is (as in `Document`)."""

    key: str
    title: str | None
    author: str | None
    date: str | None
    derived: bool
    machine_transcript: bool


class PassageRow(NamedTuple):
    """A passage: its document's row number, its first code point, its text, the author."""

    document: int
    start: int
    text: str
    author: str | None


def document_facts(connection: sqlite3.Connection, document: int) -> DocumentFacts:
    """The facts of the document with this row number."""
    row = connection.execute(
        "SELECT key, title, author, date, derived, machine_transcript FROM documents WHERE id = ?",
        (document,),
    ).fetchone()
    key, title, author, date, derived, transcript = row
    return DocumentFacts(key, title, author, date, bool(derived), bool(transcript))


def document_rows_like(connection: sqlite3.Connection, text_sha256: str, key: str) -> list[int]:
    """Row numbers of the documents with this text or this id."""
    rows = connection.execute(
        "SELECT id FROM documents WHERE text_sha256 = ? OR key = ?", (text_sha256, key)
    )
    return [row[0] for row in rows]


def text_between(connection: sqlite3.Connection, document: int, start: int, end: int) -> str:
    """The raw text from one code point to another."""
    (text,) = connection.execute(
        "SELECT substr(text, ?, ?) FROM documents WHERE id = ?", (start + 1, end - start, document)
    ).fetchone()
    return str(text)


def locator_at(connection: sqlite3.Connection, document: int, place: int) -> str | None:
    """Where in its source a place stands ("page 12"), None where the reader does not say."""
    rows = connection.execute(
        "SELECT CASE kind WHEN 'page' THEN 'page ' || label ELSE label END FROM locators"
        ' WHERE document_id = ? AND start <= ? AND ? < "end" ORDER BY kind',
        (document, place, place),
    )
    return ", ".join(label for (label,) in rows) or None


def earliest_passages(connection: sqlite3.Connection, rows: Sequence[int]) -> list[int]:
    """The same passages, those of the earliest documents first."""
    sql = (
        "SELECT p.id FROM passages AS p JOIN documents AS d ON d.id = p.document_id"
        f" WHERE p.id IN ({placeholders(rows)}) ORDER BY coalesce(d.date, '9999'), p.id"
    )
    return [row for (row,) in connection.execute(sql, rows)]


def passage_row(connection: sqlite3.Connection, passage: int) -> PassageRow | None:
    """The passage with this row number, None when the library has changed."""
    row = connection.execute(
        "SELECT p.document_id, p.start, p.text, d.author FROM passages AS p"
        " JOIN documents AS d ON d.id = p.document_id WHERE p.id = ?",
        (passage,),
    ).fetchone()
    return None if row is None else PassageRow(*row)


def passages_between(
    connection: sqlite3.Connection, document: int, start: int, end: int
) -> list[int]:
    """Row numbers of a document's passages that share a code point with a place of it, in order."""
    rows = connection.execute(
        'SELECT id FROM passages WHERE document_id = ? AND start < ? AND "end" > ? ORDER BY id',
        (document, end, start),
    )
    return [row for (row,) in rows]


def passages_of(connection: sqlite3.Connection, documents: Sequence[int]) -> list[int]:
    """Row numbers of all passages of some documents."""
    passages: list[int] = []
    for at in range(0, len(documents), _TOGETHER):
        some = documents[at : at + _TOGETHER]
        rows = connection.execute(
            f"SELECT id FROM passages WHERE document_id IN ({placeholders(some)})", some
        )
        passages += [row for (row,) in rows]
    return passages


def document_genre(connection: sqlite3.Connection, document: int) -> str | None:
    """The genre of a document, as its metadata says."""
    (genre,) = connection.execute(
        "SELECT genre FROM documents WHERE id = ?", (document,)
    ).fetchone()
    return None if genre is None else str(genre)


def document_mentions(connection: sqlite3.Connection, document: int, word: str) -> bool:
    """Whether a word stands in a document, in capitals or not."""
    row = connection.execute(
        "SELECT 1 FROM documents WHERE id = ? AND instr(lower(text), ?)", (document, word.lower())
    ).fetchone()
    return row is not None


def searched_without(connection: sqlite3.Connection, left_out: Collection[int]) -> DocumentCount:
    """The documents that are searched when some are left out.

    Read from the index alone: a row of documents is far longer, and there may be many.
    """
    rows = sorted(left_out)
    row = connection.execute(
        f"SELECT count(*), {FIRST_AND_LAST_DATE} FROM documents WHERE searched = 1"
        f" AND replaced_by IS NULL AND id NOT IN ({placeholders(rows)})",
        rows,
    ).fetchone()
    return DocumentCount(*row)


def has_vectors(connection: sqlite3.Connection) -> bool:
    """Return whether the library holds vectors of sentences, by whatever encoder."""
    try:
        row = connection.execute("SELECT 1 FROM passage_vectors LIMIT 1").fetchone()
    except sqlite3.OperationalError:  # a library of an older release
        return False
    return row is not None
