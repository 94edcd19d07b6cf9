"""Published fact-checks as rows: stored with where they came from, and found by their words.

Functions over an open connection; those that write expect to be inside `Library.write`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from quotecheck.library.forgotten_notes import forget_files, forget_settings
from quotecheck.library.sql import Connection
from quotecheck.library.storable import storable
from quotecheck.records.fact_check import FactCheck

if TYPE_CHECKING:
    import sqlite_utils

    from quotecheck.library.library import Library

__all__ = [
    "add_fact_check",
    "count_fact_checks",
    "fact_checks_from",
    "find_fact_checks",
    "forget_fact_checks",
]

_FIELDS: Final = ("claim", "words", "said_by", "rating", "publisher", "url", "date")
_PLACE: Final = ("path", "position", "bytes_sha256")


def add_fact_check(library: Library, review: FactCheck, run: int) -> bool:
    """Store a fact-check unless it is there just so, and return whether it is new.

    Where the same publisher has said something else of the same claim at the same address before,
    the older row stays and points to this one.
    """
    with library.write() as db:
        values = [storable(getattr(review, name)) for name in _FIELDS]
        same = db.execute(
            f"SELECT id, {', '.join(_FIELDS)} FROM fact_checks WHERE claim = ? AND publisher IS ?"
            " AND url IS ? AND replaced_by IS NULL",
            [storable(review.claim), storable(review.publisher), storable(review.url)],
        ).fetchall()
        if any(list(row[1:]) == values for row in same):
            return False
        columns = (*_FIELDS, *_PLACE, "run_id", "retrieved_at")
        cursor = db.execute(
            f"INSERT INTO fact_checks ({', '.join(columns)}) VALUES ({', '.join('?' * 12)})",
            [
                *values,
                storable(review.path),
                review.position,
                review.bytes_sha256,
                run,
                datetime.now(UTC).isoformat(timespec="seconds"),
            ],
        )
        if review.url is not None:  # without an address it may be another one
            for row in same:
                sql = "UPDATE fact_checks SET replaced_by = ? WHERE id = ?"
                db.execute(sql, [cursor.lastrowid, row[0]])
    return True


def count_fact_checks(db: Connection) -> int:
    """How many fact-checks a library holds, as they stand now."""
    sql = "SELECT count(*) FROM fact_checks WHERE replaced_by IS NULL"
    return int(db.execute(sql).fetchone()[0])


def find_fact_checks(db: Connection, words: Sequence[str], limit: int) -> list[FactCheck]:
    """The fact-checks whose claims share most with some words, the best first.

    Args:
        db: an open connection.
        words: words or phrases of letters, figures and spaces, in any case; any may occur.
        limit: how many to give.
    """
    words = [wording for wording in words if wording.strip()]
    if not words:
        return []
    match = " OR ".join(f'"{word}"' for word in words)
    rows = db.execute(
        f"SELECT {', '.join(f'c.{name}' for name in _FIELDS + _PLACE)}"
        " FROM fact_checks_fts CROSS JOIN fact_checks AS c ON c.id = fact_checks_fts.rowid"
        " WHERE fact_checks_fts MATCH ? AND c.replaced_by IS NULL ORDER BY rank LIMIT ?",
        [match, limit],
    )
    return [FactCheck(*row) for row in rows]


def fact_checks_from(db: Connection, name: str) -> list[int]:
    """The rows of the fact-checks that came in a file, or are published at an address."""
    rows = db.execute("SELECT id FROM fact_checks WHERE path = ?1 OR url = ?1 ORDER BY id", [name])
    return [int(row) for (row,) in rows]


def forget_fact_checks(db: sqlite_utils.Database, rows: Sequence[int]) -> None:
    """Remove fact-checks with what the index of the search knows of them, and of their files."""
    if not rows:
        return
    db.execute("PRAGMA secure_delete = ON").fetchone()
    for row in rows:
        db.execute("UPDATE fact_checks SET replaced_by = NULL WHERE replaced_by = ?", [row])
    paths = set()
    for row in rows:
        stored = db.execute("SELECT path FROM fact_checks WHERE id = ?", [row]).fetchone()
        paths |= {stored[0]} if stored is not None and stored[0] is not None else set()
        db.execute("DELETE FROM fact_checks WHERE id = ?", [row])
    forget_files(db, sorted(paths))
    forget_settings(db, set(), paths)
    db.execute("INSERT INTO fact_checks_fts (fact_checks_fts) VALUES ('optimize')")
