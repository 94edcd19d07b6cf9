"""Near copies as rows: what documents are compared by, and which is a copy of which.

Functions over an open connection. Those that write expect to be inside `Library.write`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from quotecheck.library.file_errors import explained
from quotecheck.library.sql import fetch_all

if TYPE_CHECKING:
    import sqlite_utils

    from quotecheck.library.library import Library

__all__ = [
    "Copy",
    "Signatures",
    "add_signatures",
    "copies_of",
    "count_copies",
    "count_forgettings",
    "count_unsigned",
    "drop_signatures",
    "forget_replaced",
    "is_all_compared",
    "originals",
    "originals_by_copy",
    "read_copies",
    "read_signatures",
    "read_text",
    "read_unsigned",
    "set_copies",
]

Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that is a near copy: its row, that of the earliest, and how alike they are."""

    document: int
    copy_of: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Signatures:
    """All signatures: rows of documents in order, their numbers, and which are new."""

    documents: npt.NDArray[np.int64]
    bands: Numbers
    new: npt.NDArray[np.bool_]


def forget_replaced(db: sqlite_utils.Database) -> None:
    """Take replaced documents out; what was linked through them is to be compared again."""
    rows = db.execute(
        "SELECT s.document_id FROM document_signatures AS s"
        " JOIN documents AS d ON d.id = s.document_id WHERE d.replaced_by IS NOT NULL"
    )
    drop_signatures(db, [row for (row,) in rows])


def drop_signatures(db: sqlite_utils.Database, documents: Iterable[int]) -> None:
    """Take documents out of their groups; what was linked through them is to be compared again."""
    for row in documents:
        copied = db.execute(
            "SELECT copy_of FROM document_copies WHERE document_id = ?", [row]
        ).fetchone()
        model = copied[0] if copied else row
        group = [model] + [
            n
            for (n,) in db.execute(
                "SELECT document_id FROM document_copies WHERE copy_of = ?", [model]
            )
        ]
        db.execute("DELETE FROM document_copies WHERE copy_of = ?", [model])
        db.conn.executemany(
            "UPDATE document_signatures SET compared = 0 WHERE document_id = ?",
            [(n,) for n in group],
        )
        db.execute("DELETE FROM document_signatures WHERE document_id = ?", [row])


def read_unsigned(
    db: sqlite_utils.Database, after: int, limit: int, characters: int
) -> list[tuple[int, str]]:
    """The next documents without a signature, as (row, text); at least one while there is one."""
    rows: list[tuple[int, str]] = []
    chars = 0
    cursor = db.execute(
        "SELECT d.id FROM documents AS d LEFT JOIN document_signatures AS s"
        " ON s.document_id = d.id WHERE d.replaced_by IS NULL AND s.document_id IS NULL"
        " AND d.id > ? ORDER BY d.id LIMIT ?",
        [after, limit],
    )
    for (row,) in cursor.fetchall():
        stored = read_text(db, row)
        if stored is None:  # forgotten meanwhile
            continue
        rows.append((row, stored[0]))
        chars += len(rows[-1][1])
        if chars >= characters:
            break
    return rows


def read_text(db: sqlite_utils.Database, row: int) -> tuple[str, str] | None:
    """A document's text, and the sha256 of it; None where it is not there any more."""
    stored = db.execute("SELECT text, text_sha256 FROM documents WHERE id = ?", [row]).fetchone()
    return None if stored is None else (str(stored[0]), str(stored[1]))


def count_forgettings(db: sqlite_utils.Database) -> int:
    """How often documents have been forgotten: while it stays, a row number means one document."""
    sql = "SELECT count(*) FROM runs WHERE command = 'forget'"
    return int(db.execute(sql).fetchone()[0])


def add_signatures(db: sqlite_utils.Database, rows: Iterable[tuple[int, Numbers | None]]) -> None:
    """Keep what documents are compared by; None for one that is too short."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO document_signatures (document_id, compared, bands)"
        " SELECT id, ?2, ?3 FROM documents WHERE id = ?1",
        [
            (row, int(bands is None), b"" if bands is None else bands.astype("<u4").tobytes())
            for row, bands in rows
        ],
    )


def is_all_compared(db: sqlite_utils.Database) -> bool:
    """Whether no signature waits to be compared."""
    sql = "SELECT 1 FROM document_signatures WHERE compared = 0 LIMIT 1"
    return db.execute(sql).fetchone() is None


def read_signatures(db: sqlite_utils.Database, width: int) -> Signatures:
    """All signatures of so many numbers, in memory: 4 bytes a number."""
    sql = "FROM document_signatures WHERE length(bands) = ?"
    (number,) = db.execute(f"SELECT count(*) {sql}", [4 * width]).fetchone()
    documents = np.zeros(number, np.int64)
    bands = np.zeros((number, width), np.uint32)
    new = np.zeros(number, np.bool_)
    rows = db.execute(
        f"SELECT document_id, compared, bands {sql} ORDER BY document_id", [4 * width]
    )
    for n, (row, compared, blob) in enumerate(rows):
        documents[n], new[n] = row, not compared
        bands[n] = np.frombuffer(blob, "<u4")
    return Signatures(documents, bands, new)


def read_copies(db: sqlite_utils.Database) -> Iterator[Copy]:
    """Every copy, in order of its row."""
    sql = "SELECT document_id, copy_of, similarity FROM document_copies ORDER BY document_id"
    for row in db.execute(sql):
        yield Copy(*row)


def set_copies(
    db: sqlite_utils.Database,
    groups: Iterable[Sequence[int]],
    copies: Iterable[Copy],
    compared: Iterable[int],
) -> None:
    """Write groups again, and note which documents have been compared."""
    members = [(row,) for group in groups for row in group]
    db.conn.executemany("DELETE FROM document_copies WHERE document_id = ?", members)
    db.conn.executemany(
        "INSERT INTO document_copies (document_id, copy_of, similarity) VALUES (?, ?, ?)",
        [(copy.document, copy.copy_of, copy.similarity) for copy in copies],
    )
    db.conn.executemany(
        "UPDATE document_signatures SET compared = 1 WHERE document_id = ?",
        [(row,) for row in compared],
    )


def originals(db: sqlite_utils.Database, keys: Iterable[str]) -> dict[str, str]:
    """The key of the earliest with the same text for those keys that are copies."""
    rows = fetch_all(
        db,
        "SELECT d.key, o.key FROM documents AS d JOIN document_copies AS c ON c.document_id = d.id"
        " JOIN documents AS o ON o.id = c.copy_of WHERE d.key IN ({})",
        keys,
    )
    return dict(rows)


def originals_by_copy(db: sqlite_utils.Database) -> dict[str, str]:
    """Return the near copies of documents, by key, with the key of the earliest of each."""
    rows = db.execute(
        "SELECT d.key, o.key FROM document_copies AS c JOIN documents AS d"
        " ON d.id = c.document_id JOIN documents AS o ON o.id = c.copy_of"
    )
    return dict(rows.fetchall())


def count_copies(db: sqlite_utils.Database) -> tuple[int, int]:
    """Return how many documents are near copies, and of how many others."""
    copies, originals_ = db.execute(
        "SELECT count(*), count(DISTINCT copy_of) FROM document_copies"
    ).fetchone()
    return int(copies), int(originals_)


def count_unsigned(db: sqlite_utils.Database) -> int:
    """Count the current documents that have no signature yet."""
    (number,) = db.execute(
        "SELECT (SELECT count(*) FROM documents WHERE replaced_by IS NULL)"
        " - (SELECT count(*) FROM document_signatures)"
    ).fetchone()
    return int(number)


def copies_of(library: Library, documents: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Some documents, those with the same text together.

    Args:
        library: open for reading.
        documents: their ids (keys), in the order in which they are to be shown.

    Returns:
        From the id of each document that is shown to the ids, among those given, that are its
        copies: "and 3 copies". Shown is the original where it is among them, else the first.
    """
    keys = list(dict.fromkeys(documents))
    with explained(library.path):
        models = originals(library.db, keys)
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(models.get(key, key), []).append(key)
    labels = {}
    for model, members in groups.items():
        first = model if model in members else members[0]
        labels[first] = tuple(key for key in members if key != first)
    return labels
