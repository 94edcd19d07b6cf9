"""Look up who utters the text at a place: turns, attributed quotations, authors.

Functions over an open connection, for reading alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quotecheck.library.document_lookup import DocumentCount
from quotecheck.library.sql import FIRST_AND_LAST_DATE, Connection, newest_run_of, placeholders
from quotecheck.records.text import Span

__all__ = [
    "AttributedSpeaker",
    "Turn",
    "attributed_speakers",
    "has_turns",
    "passages_with_speaker",
    "speaker_documents_searched",
    "turn_at",
    "turns_within",
]


@dataclass(frozen=True, slots=True)
class AttributedSpeaker:
    """A speaker of an attributed quotation, and the confidence of that attribution (0..1)."""

    name: str
    confidence: float


class Turn(NamedTuple):
    """A turn of a transcript; nobody knows who speaks where the speaker is None."""

    start: int
    end: int
    speaker: str | None


def turn_at(
    connection: sqlite3.Connection, document: int, place: int
) -> tuple[int, str | None] | None:
    """The last turn that begins at or before a place: its end and its speaker; None without any."""
    row = connection.execute(
        'SELECT g."end", s.name FROM segments AS g LEFT JOIN speakers AS s ON'
        " s.id = g.speaker_id WHERE g.document_id = ? AND g.start <= ?"
        " ORDER BY g.start DESC LIMIT 1",
        (document, place),
    ).fetchone()
    return None if row is None else (int(row[0]), row[1])


def attributed_speakers(
    connection: sqlite3.Connection, document: int, place: int
) -> tuple[AttributedSpeaker, ...]:
    """The speakers of the innermost quotation that holds a place, by the newest attribution."""
    rows = connection.execute(
        "SELECT s.name, max(q.confidence) FROM quotations AS q"
        " JOIN quotation_spans AS p ON p.quotation_id = q.id AND p.part = 'content'"
        " JOIN quotation_speakers AS qs ON qs.quotation_id = q.id"
        " JOIN speakers AS s ON s.id = qs.speaker_id"
        " WHERE q.document_id = ? AND q.kind IN ('direct', 'mixed')"
        ' AND p.start <= ? AND p."end" > ? AND q.run_id ='
        f" {newest_run_of('q.document_id')}"
        # whose words somebody repeats word for word is their speaker, not who repeats them
        " AND NOT EXISTS (SELECT 1 FROM quotations AS c JOIN quotation_spans AS i"
        " ON i.quotation_id = c.id AND i.part = 'content' WHERE c.parent_id = q.id"
        " AND c.kind IN ('direct', 'mixed') AND i.start <= ? AND i.\"end\" > ?)"
        " GROUP BY s.name ORDER BY min(qs.position), s.name",
        (document, place, place, place, place),
    )
    return tuple(AttributedSpeaker(name, confidence) for name, confidence in rows)


def speaker_documents_searched(
    connection: sqlite3.Connection, names: Sequence[str], left_out: Collection[int] = ()
) -> DocumentCount:
    """What is searched of the people with these names, except for some documents."""
    question_marks, rows = placeholders(names), sorted(left_out)
    row = connection.execute(
        f"SELECT count(*), {FIRST_AND_LAST_DATE} FROM documents WHERE searched AND"
        f" (author IN ({question_marks}) OR id IN (SELECT g.document_id FROM segments AS g JOIN"
        f" speakers AS s ON s.id = g.speaker_id WHERE s.name IN ({question_marks})))"
        f" AND id NOT IN ({placeholders(rows)})",
        (*names, *names, *rows),
    ).fetchone()
    return DocumentCount(*row)


def passages_with_speaker(connection: sqlite3.Connection, names: Sequence[str]) -> list[int]:
    """Row numbers of the passages that one of these people speaks in or wrote."""
    question_marks = placeholders(names)
    rows = connection.execute(
        "SELECT p.id FROM documents AS d JOIN passages AS p ON p.document_id = d.id"
        f" WHERE d.author IN ({question_marks}) UNION"
        " SELECT p.id FROM speakers AS s JOIN segments AS g ON g.speaker_id = s.id"
        " JOIN passages AS p ON p.document_id = g.document_id"
        ' AND p.start < g."end" AND p."end" > g.start'
        f" WHERE s.name IN ({question_marks})",
        (*names, *names),
    )
    return [row[0] for row in rows]


def turns_within(db: Connection, document: int, span: Span) -> list[Turn]:
    """Return the turns of a document that share a code point with a place of it, in order."""
    rows = db.execute(
        'SELECT g.start, g."end", s.name FROM segments AS g'
        " LEFT JOIN speakers AS s ON s.id = g.speaker_id"
        ' WHERE g.document_id = ? AND g.start < ? AND g."end" > ? ORDER BY g.start',
        (document, span.end, span.start),
    )
    return [Turn(*row) for row in rows]


def has_turns(db: Connection, document: int) -> bool:
    """Return whether the document with this row number is a transcript."""
    sql = "SELECT 1 FROM segments WHERE document_id = ? LIMIT 1"
    return db.execute(sql, (document,)).fetchone() is not None
