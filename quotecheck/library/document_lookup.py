"""Look up documents: by key, date, publication or path, and how many there are.

Functions over an open connection, for reading alone. None of them reads a text.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from quotecheck.library.sql import (
    DATED,
    FIRST_AND_LAST_DATE,
    Connection,
    newest_count_of,
    placeholders,
)

__all__ = [
    "DocumentCount",
    "DocumentFilter",
    "SourceFacts",
    "StoredSource",
    "attributed_keys",
    "count_current",
    "count_matching",
    "count_quoted",
    "document_date",
    "document_row",
    "is_attributed",
    "is_source_of_documents",
    "matches",
    "publication_names",
    "source_facts",
    "stored_sources",
    "text_digest",
]


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """A number of documents, with the earliest and the latest of their dates."""

    documents: int
    first_date: str | None
    last_date: str | None

    def describe(self) -> str:
        """Say it in words, for "not in these …".

        >>> DocumentCount(2, "1789", "2016-11-08").describe()
        '2 documents (1789 to 2016-11-08)'
        """
        words = "1 document" if self.documents == 1 else f"{self.documents:,} documents"
        if self.first_date is None:
            return words
        if self.first_date == self.last_date:
            return f"{words} ({self.first_date})"
        return f"{words} ({self.first_date} to {self.last_date})"


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are meant: of a time, of some publications.

    Dates are years, months or days, and are compared as precisely as both are known: 1861 may be in
    March 1861. A document without a date is of no time. ``publications`` are whole names; None
    stands for all.
    """

    date_from: str | None = None
    date_to: str | None = None
    publications: tuple[str, ...] | None = None

    def conditions(self) -> tuple[str, list[Any]]:
        """Return the conditions on a document ``d`` as SQL that begins with AND, and its values."""
        where = ""
        values: list[Any] = []
        if self.date_from is not None:
            where += f" AND d.date {DATED} AND d.date >= substr(?, 1, length(d.date))"
            values.append(self.date_from)
        if self.date_to is not None:
            where += f" AND d.date {DATED} AND substr(d.date, 1, ?) <= ?"
            values += [len(self.date_to), self.date_to]
        if self.publications is not None:
            where += f" AND d.publication IN ({placeholders(self.publications)})"
            values += self.publications
        return where, values


class SourceFacts(NamedTuple):
    """Where a document may be opened: its publication, web address and file; what read it."""

    publication: str | None
    url: str | None
    path: str | None
    reader: str | None = None


class StoredSource(NamedTuple):
    """A stored document, as much of it as is compared with its source.

    ``quotations`` is how many the newest run found, ``by`` the releases that read the source.
    """

    id: int
    key: str
    path: str | None
    text_sha256: str
    bytes_sha256: str
    reader: str
    quotations: int
    by: str


def document_row(db: Connection, key: str) -> int | None:
    """Return the row number of the document with this key; None when there is none."""
    row = db.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
    return None if row is None else int(row[0])


def document_date(db: Connection, document: int) -> str | None:
    """Return the date of the document with this row number; None when it has none, or is gone."""
    row = db.execute("SELECT date FROM documents WHERE id = ?", (document,)).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def source_facts(db: Connection, keys: Iterable[str]) -> dict[str, SourceFacts]:
    """Return where each of these documents may be opened; those that are not there are left out."""
    facts: dict[str, SourceFacts] = {}
    for key in keys:
        row = db.execute(
            "SELECT publication, url, path, reader FROM documents WHERE key = ?", (key,)
        ).fetchone()
        if row is not None:
            facts[key] = SourceFacts(*row)
    return facts


def text_digest(db: Connection, document: int) -> str | None:
    """Return the sha256 of a document's text by its row number; None when it is not there."""
    row = db.execute("SELECT text_sha256 FROM documents WHERE id = ?", (document,)).fetchone()
    return None if row is None else str(row[0])


def count_current(db: Connection) -> int:
    """Count the documents that no newer version has replaced."""
    sql = "SELECT count(*) FROM documents WHERE replaced_by IS NULL"
    return int(db.execute(sql).fetchone()[0])


def count_quoted(db: Connection) -> int:
    """Count the current documents in which the newest run has found quotations."""
    quotations = newest_count_of("d.id")
    sql = f"SELECT count(*) FROM documents AS d WHERE d.replaced_by IS NULL AND {quotations} > 0"
    return int(db.execute(sql).fetchone()[0])


def count_matching(db: Connection, selection: DocumentFilter) -> DocumentCount:
    """Count the current documents that a filter lets through."""
    where, values = selection.conditions()
    row = db.execute(
        f"SELECT count(*), {FIRST_AND_LAST_DATE} FROM documents AS d"
        f" WHERE d.replaced_by IS NULL{where}",
        values,
    ).fetchone()
    return DocumentCount(*row)


def matches(db: Connection, key: str, selection: DocumentFilter) -> bool:
    """Return whether a filter lets the document with this key through."""
    where, values = selection.conditions()
    sql = f"SELECT 1 FROM documents AS d WHERE d.key = ?{where}"
    return db.execute(sql, [key, *values]).fetchone() is not None


def attributed_keys(db: Connection, selection: DocumentFilter) -> Iterator[str]:
    """Yield the keys of current documents in which some run has looked for quotations."""
    where, values = selection.conditions()
    rows = db.execute(
        "SELECT d.key FROM documents AS d WHERE d.replaced_by IS NULL AND EXISTS"
        f" (SELECT 1 FROM attributed WHERE document_id = d.id){where} ORDER BY d.id",
        values,
    )
    for (key,) in rows:
        yield key


def is_attributed(db: Connection, document: int) -> bool:
    """Return whether some run has looked for quotations in the document with this row number."""
    sql = "SELECT 1 FROM attributed WHERE document_id = ? LIMIT 1"
    return db.execute(sql, (document,)).fetchone() is not None


def publication_names(db: Connection) -> list[str]:
    """Return the name of every publication that a document, of any version, is from."""
    sql = "SELECT DISTINCT publication FROM documents WHERE publication IS NOT NULL"
    return [name for (name,) in db.execute(sql)]


def stored_sources(db: Connection) -> Iterator[StoredSource]:
    """Yield every current document with what is needed to find its source again, by path."""
    rows = db.execute(
        f"""
        SELECT d.id, d.key, d.path, d.text_sha256, d.bytes_sha256, d.reader,
            coalesce({newest_count_of("d.id")}, 0),
            coalesce(d.reader_version, 'quotecheck ' || r.version)
        FROM documents AS d JOIN runs AS r ON r.id = d.run_id
        WHERE d.replaced_by IS NULL ORDER BY d.path, d.id
        """
    )
    yield from map(StoredSource._make, rows)


def is_source_of_documents(db: Connection, path: str) -> bool:
    """Return whether a current document came from this file, or from one within it (an archive)."""
    row = db.execute(
        "SELECT 1 FROM documents WHERE replaced_by IS NULL"
        " AND (path = ? OR (path > ? AND path < ?)) LIMIT 1",
        (path, path + os.sep, path + chr(ord(os.sep) + 1)),
    ).fetchone()
    return row is not None
