"""Lists for the pages of the explorer: documents, what somebody said, what stands around a place.

Functions over an open connection, for reading alone. Lists come a page at a time.
"""

from __future__ import annotations

import re
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
    "AuthorRow",
    "Contribution",
    "DocumentRow",
    "Example",
    "Said",
    "authors",
    "count_authors",
    "count_documents",
    "document_names",
    "document_rows",
    "example",
    "markdown_documents",
    "near_copies",
    "publications",
    "quotation_numbers",
    "relays_others",
    "speaker_contributions",
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

_TITLE = (
    "coalesce(d.title, substr(d.text, d.headline_start + 1, d.headline_end - d.headline_start))"
)
"""What a document is called in lists: its title, else the headline that its text begins with."""

_EXAMPLE_CHARS = (35, 120)
"""How long the words of the front page's example are: a short sentence."""
_EXAMPLES_LOOKED_AT = 400
"""Quotations among which the example is found, so that a large library answers at once."""

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


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """An author with the number of their documents; ``speaker`` is their row where they speak."""

    name: str
    documents: int
    speaker: int | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """A document in which somebody speaks: how often in turns, how often in quotations."""

    id: int
    title: str
    date: str | None
    turns: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Example:
    """Words of the library that can be checked, whom they are credited to, and one of the words."""

    quotation: str
    speaker: str | None
    word: str


# Documents


def document_names(db: sqlite_utils.Database, keys: Sequence[str]) -> dict[str, str]:
    """What documents are called, by key: title or headline; those with neither are left out."""
    rows = db.execute(
        f"SELECT d.key, {_TITLE} AS name FROM documents AS d"
        f" WHERE d.key IN ({placeholders(keys)}) AND name IS NOT NULL",
        list(keys),
    )
    return {str(key): str(name) for key, name in rows}


def example(db: sqlite_utils.Database) -> Example | None:
    """A quotation to try the library with, one that is sure to be attributed; None without any."""
    low, high = _EXAMPLE_CHARS
    row = db.execute(
        "SELECT q.content, qs.speaker_name FROM ("
        " SELECT * FROM quotations WHERE kind = 'direct' ORDER BY id DESC LIMIT ?) AS q"
        " JOIN documents AS d ON d.id = q.document_id"
        " JOIN quotation_speakers AS qs ON qs.quotation_id = q.id AND qs.position = 0"
        f" WHERE {CURRENT_QUOTATION} AND qs.speaker_name IS NOT NULL"
        " AND coalesce(q.negated, 0) = 0 AND length(q.content) BETWEEN ? AND ?"
        " AND instr(q.content, char(10)) = 0 AND instr(q.content, '…') = 0"
        " ORDER BY q.confidence DESC, q.id DESC LIMIT 1",
        [_EXAMPLES_LOOKED_AT, low, high],
    ).fetchone()
    if row is None:
        return None
    words = re.findall(r"[^\W\d_]{4,}", row[0])
    return Example(str(row[0]), row[1], max(words, key=len)) if words else None


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
        f"SELECT d.id, d.key, {_TITLE}, d.publication, d.author, d.date, d.searched, d.characters,"
        " (SELECT count(*) FROM segments WHERE document_id = d.id),"
        f" {newest_count_of('d.id')} FROM documents AS d"
        f" WHERE {clause} ORDER BY {order} LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return [DocumentRow(*(*row[:6], bool(row[6]), *row[7:])) for row in rows]


def markdown_documents(db: sqlite_utils.Database, keys: Sequence[str]) -> set[str]:
    """Which of the documents with these keys are Markdown."""
    sql = f"SELECT key FROM documents WHERE reader = 'markdown' AND key IN ({placeholders(keys)})"
    return {str(key) for (key,) in db.execute(sql, list(keys))}


def quotation_numbers(db: sqlite_utils.Database, rows: Sequence[int]) -> list[int]:
    """The number of each stored quotation in its document, from 1, as every output has it."""
    numbers = dict(
        db.execute(
            f"SELECT id, position FROM quotations WHERE id IN ({placeholders(rows)})", list(rows)
        ).fetchall()
    )
    return [numbers[row] + 1 for row in rows]


def near_copies(
    db: sqlite_utils.Database, number: int, limit: int = 20
) -> list[tuple[int, str, float]]:
    """(row number, title or key, likeness from 0 to 1) of documents with nearly the same text."""
    rows = db.execute(
        f"SELECT d.id, coalesce({_TITLE}, d.key), c.similarity FROM document_copies AS c"
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


def authors(
    db: sqlite_utils.Database, words: str = "", *, limit: int = 50, offset: int = 0
) -> list[AuthorRow]:
    """Authors of current documents with these words in their names, who wrote most first."""
    clause, values = name_conditions(words, "d.author LIKE ? ESCAPE '\\'")
    rows = db.execute(
        "SELECT d.author, count(*), (SELECT id FROM speakers WHERE name = d.author)"
        f" FROM documents AS d WHERE d.replaced_by IS NULL AND d.author != ''{clause}"
        " GROUP BY d.author ORDER BY count(*) DESC, d.author LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return [AuthorRow(*row) for row in rows]


def count_authors(db: sqlite_utils.Database, words: str = "") -> int:
    """How many authors of current documents have these words in their names."""
    clause, values = name_conditions(words, "d.author LIKE ? ESCAPE '\\'")
    row = db.execute(
        "SELECT count(DISTINCT d.author) FROM documents AS d"
        f" WHERE d.replaced_by IS NULL AND d.author != ''{clause}",
        values,
    ).fetchone()
    return int(row[0])


def speaker_contributions(
    db: sqlite_utils.Database, speaker: int, limit: int = 200
) -> list[Contribution]:
    """The current documents in which somebody speaks or is quoted, the earliest date first."""
    rows = db.execute(
        f"SELECT d.id, coalesce({_TITLE}, d.key), d.date, sum(s.turns), sum(s.quotations) FROM ("
        " SELECT document_id, count(*) AS turns, 0 AS quotations FROM segments"
        " WHERE speaker_id = ?1 GROUP BY document_id UNION ALL"
        " SELECT q.document_id, 0, count(DISTINCT q.id) FROM quotation_speakers AS qs"
        " JOIN quotations AS q ON q.id = qs.quotation_id JOIN documents AS d"
        f" ON d.id = q.document_id WHERE qs.speaker_id = ?1 AND {CURRENT_QUOTATION}"
        " GROUP BY q.document_id"
        ") AS s JOIN documents AS d ON d.id = s.document_id WHERE d.replaced_by IS NULL"
        " GROUP BY d.id ORDER BY d.date IS NULL, d.date, d.id LIMIT ?2",
        [speaker, limit],
    )
    return [Contribution(*row) for row in rows]


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
        f' {_TITLE}, d.publication, d.date, q.start, q."end"'
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
        f' g."end" - g.start > {_LONG}, d.key, {_TITLE}, d.publication, d.date, g.start, g."end"'
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
