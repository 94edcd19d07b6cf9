"""Lists for the pages of the explorer: documents, what somebody said, what stands around a place.

Functions over an open connection, for reading alone. Lists come a page at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotecheck.library.sql import (
    CURRENT_QUOTATION,
    name_conditions,
    newest_count_of,
    placeholders,
)

if TYPE_CHECKING:
    import sqlite_utils

__all__ = [
    "DocumentRow",
    "Said",
    "count_documents",
    "document_rows",
    "near_copies",
    "publications",
    "relays_others",
    "speaker_documents",
    "speaker_number",
    "speaker_quotations",
    "speaker_roles",
    "speaker_turns",
    "speaks_in_marks",
    "surroundings",
]

_LONG = 700
"""Characters of a turn that a list shows."""

_NAMED = " OR ".join(
    f"d.{column} LIKE ? ESCAPE '\\'" for column in ("title", "author", "publication", "key")
)

_RELAYING = frozenset("news article report column editorial blog press-release".split())
"""Genres whose author passes on what others say: "relayed by" is not "said by"."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A line of the list of documents. ``searched``: quotations are checked against it."""

    id: int
    key: str
    title: str | None
    publication: str | None
    author: str | None
    date: str | None
    searched: bool
    characters: int
    turns: int
    quotations: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """Something that somebody said: a quotation, or a turn (then ``quotation`` is None).

    ``kind`` is "turn" or the quotation's. ``cut`` is whether the words go on.
    """

    quotation: int | None
    kind: str
    words: str
    cut: bool
    negated: bool
    confidence: float | None
    document: str
    title: str | None
    publication: str | None
    date: str | None
    start: int
    end: int


# Documents


def _current_with(words: str) -> tuple[str, list[Any]]:
    clause, values = name_conditions(words, _NAMED)
    return f"d.replaced_by IS NULL{clause}", [*values]


def count_documents(db: sqlite_utils.Database, words: str = "") -> int:
    """How many current documents have these words in title, author, publication or key."""
    clause, values = _current_with(words)
    row = db.execute(f"SELECT count(*) FROM documents AS d WHERE {clause}", values).fetchone()
    return int(row[0])


def document_rows(
    db: sqlite_utils.Database,
    words: str = "",
    *,
    by_date: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> list[DocumentRow]:
    """Current documents: those that came in last first, or the latest dates first."""
    clause, values = _current_with(words)
    order = "d.date DESC, d.id DESC" if by_date else "d.id DESC"
    rows = db.execute(
        "SELECT d.id, d.key, d.title, d.publication, d.author, d.date, d.searched, d.characters,"
        " (SELECT count(*) FROM segments WHERE document_id = d.id),"
        f" {newest_count_of('d.id')} FROM documents AS d"
        f" WHERE {clause} ORDER BY {order} LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return [DocumentRow(*(*row[:6], bool(row[6]), *row[7:])) for row in rows]


def near_copies(
    db: sqlite_utils.Database, number: int, limit: int = 20
) -> list[tuple[int, str, float]]:
    """(row number, title or key, likeness from 0 to 1) of documents with nearly the same text."""
    rows = db.execute(
        "SELECT d.id, coalesce(d.title, d.key), c.similarity FROM document_copies AS c"
        " JOIN documents AS d ON d.id = CASE WHEN c.document_id = ?1 THEN c.copy_of"
        " ELSE c.document_id END WHERE c.document_id = ?1 OR c.copy_of = ?1"
        " ORDER BY d.id LIMIT ?2",
        [number, limit],
    )
    return [(row, str(name), likeness) for row, name, likeness in rows]


def publications(db: sqlite_utils.Database, limit: int = 200) -> list[str]:
    """The names of publications, those with the most documents first."""
    rows = db.execute(
        "SELECT publication FROM documents WHERE publication IS NOT NULL AND publication != ''"
        " AND replaced_by IS NULL GROUP BY publication ORDER BY count(*) DESC, publication LIMIT ?",
        [limit],
    )
    return [str(row[0]) for row in rows]


def surroundings(
    db: sqlite_utils.Database, key: str, start: int, end: int, margin: int = 240
) -> tuple[str, str, str]:
    """The words before a place, those at it, and those after it; empty for a missing document."""
    low = max(0, start - margin)
    row = db.execute(
        "SELECT substr(text, ?, ?) FROM documents WHERE key = ?",
        [low + 1, end + margin - low, key],
    ).fetchone()
    if row is None:
        return "", "", ""
    text: str = row[0]
    return text[: start - low], text[start - low : end - low], text[end - low :]


# Speakers


def speaker_number(db: sqlite_utils.Database, name: str) -> int | None:
    """The row number of the speaker with just this name, or with it as an alias of theirs alone."""
    row = db.execute("SELECT id FROM speakers WHERE name = ?", [name]).fetchone()
    if row is not None:
        return int(row[0])
    rows = db.execute("SELECT speaker_id FROM aliases WHERE name = ? LIMIT 2", [name]).fetchall()
    return int(rows[0][0]) if len(rows) == 1 else None


def speaker_roles(
    db: sqlite_utils.Database, speaker: int, limit: int = 20
) -> tuple[list[str], list[str]]:
    """What articles call a speaker, the most frequent first; identifiers given with quotations."""
    roles = db.execute(
        "SELECT role FROM quotation_speakers WHERE speaker_id = ? AND role IS NOT NULL"
        " GROUP BY role ORDER BY count(*) DESC, role LIMIT ?",
        [speaker, limit],
    ).fetchall()
    identifiers = db.execute(
        "SELECT DISTINCT identifier FROM quotation_speakers"
        " WHERE speaker_id = ? AND identifier IS NOT NULL ORDER BY identifier LIMIT ?",
        [speaker, limit],
    ).fetchall()
    return [str(row[0]) for row in roles], [str(row[0]) for row in identifiers]


def speaker_documents(db: sqlite_utils.Database, names: Sequence[str]) -> int:
    """How many current documents have one of these names as their author."""
    row = db.execute(
        "SELECT count(*) FROM documents WHERE replaced_by IS NULL"
        f" AND author IN ({placeholders(names)})",
        list(names),
    ).fetchone()
    return int(row[0])


def speaker_quotations(
    db: sqlite_utils.Database, speaker: int, *, limit: int = 50, offset: int = 0
) -> list[Said]:
    """The newest quotations of a speaker, latest date first."""
    rows = db.execute(
        "SELECT DISTINCT q.id, q.kind, q.content, 0, coalesce(q.negated, 0), q.confidence, d.key,"
        ' d.title, d.publication, d.date, q.start, q."end"'
        " FROM quotation_speakers AS qs JOIN quotations AS q ON q.id = qs.quotation_id"
        " JOIN documents AS d ON d.id = q.document_id"
        f" WHERE qs.speaker_id = ? AND {CURRENT_QUOTATION}"
        " ORDER BY d.date DESC, d.id DESC, q.position LIMIT ? OFFSET ?",
        [speaker, limit, offset],
    )
    return [Said(*(*row[:3], bool(row[3]), bool(row[4]), *row[5:])) for row in rows]


def speaker_turns(
    db: sqlite_utils.Database, speaker: int, *, limit: int = 50, offset: int = 0
) -> list[Said]:
    """The turns of a speaker in current documents, latest date first."""
    rows = db.execute(
        f'SELECT substr(d.text, g.start + 1, min(g."end" - g.start, {_LONG})),'
        f' g."end" - g.start > {_LONG}, d.key, d.title, d.publication, d.date, g.start, g."end"'
        " FROM segments AS g JOIN documents AS d ON d.id = g.document_id"
        " WHERE g.speaker_id = ? AND d.replaced_by IS NULL"
        " ORDER BY d.date DESC, d.id DESC, g.start LIMIT ? OFFSET ?",
        [speaker, limit, offset],
    )
    return [Said(*(None, "turn", row[0], bool(row[1]), False, None, *row[2:])) for row in rows]


def speaks_in_marks(connection: sqlite3.Connection, document: int) -> bool:
    """Whether what stands in quotation marks in a text without turns is its author's own to say.

    It is in speeches, letters, essays and works. In news it is somebody else's, and where no genre
    is known nobody can tell.
    """
    (genre,) = connection.execute(
        "SELECT genre FROM documents WHERE id = ?", (document,)
    ).fetchone()
    return genre is not None and genre not in _RELAYING


def relays_others(connection: sqlite3.Connection, document: int) -> bool:
    """Whether a document's author passes on what others say, as a reporter does."""
    genre, publication = connection.execute(
        "SELECT genre, publication FROM documents WHERE id = ?", (document,)
    ).fetchone()
    return genre in _RELAYING or (genre is None and publication is not None)
