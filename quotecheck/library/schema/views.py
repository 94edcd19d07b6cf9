"""The library's readable tables: for people who open the file in Datasette or another browser.

Views hold nothing of their own, so they are not steps of the schema: after the steps that a library
lacked, all of them are dropped and made again as they stand here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.library.schema.descriptions import meanings
from quotecheck.library.sql import CURRENT_QUOTATION, newest_count_of

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["VIEWS", "create_views"]

_LOCATOR = """(
    SELECT group_concat(CASE kind WHEN 'page' THEN 'page ' || label ELSE label END, ', ')
    FROM (
        SELECT kind, label FROM locators
        WHERE document_id = d.id AND start <= {at} AND {at} < "end" ORDER BY kind
    )
) AS locator"""


def _meanings() -> str:
    """The statement that puts the descriptions of views, tables and columns into the file."""

    def quoted(words: str | None) -> str:
        return "NULL" if words is None else "'" + words.replace("'", "''") + "'"

    rows = ",\n            ".join(
        f"({number}, {quoted(name)}, {quoted(column)}, {quoted(meaning)})"
        for number, (name, column, meaning) in enumerate(meanings(), start=1)
    )
    return f"""
        CREATE VIEW what_it_means AS
        SELECT column2 AS name, column3 AS "column", column4 AS meaning
        FROM (VALUES {rows}) ORDER BY column1
        """


VIEWS = {
    "who_said_what": f"""
        -- Each document's newest attribution; older ones stay in quotations.
        CREATE VIEW who_said_what AS
        SELECT
            q.id AS quotation,
            coalesce(
                (SELECT group_concat(name, ' and ') FROM (
                    SELECT s.name AS name FROM quotation_speakers AS qs
                    JOIN speakers AS s ON s.id = qs.speaker_id
                    WHERE qs.quotation_id = q.id GROUP BY s.id ORDER BY min(qs.position)
                )), ''
            ) AS speaker,
            (SELECT group_concat(description, ' and ') FROM (
                SELECT description FROM quotation_speakers
                WHERE quotation_id = q.id AND description IS NOT NULL ORDER BY position
            )) AS speaker_description,
            (SELECT group_concat(identifier, ' and ') FROM (
                SELECT coalesce(s.identifier, qs.identifier) AS identifier
                FROM quotation_speakers AS qs LEFT JOIN speakers AS s ON s.id = qs.speaker_id
                WHERE qs.quotation_id = q.id AND coalesce(s.identifier, qs.identifier) IS NOT NULL
                GROUP BY coalesce(-qs.speaker_id, qs.position) ORDER BY min(qs.position)
            )) AS speaker_identifier,
            q.role, q.kind, q.content, q.cue, q.cue_class, q.negated, q.tense, q.modality,
            (SELECT group_concat(exact, ' … ') FROM (
                SELECT exact FROM quotation_spans
                WHERE quotation_id = q.id AND part = 'addressee' ORDER BY position
            )) AS said_to,
            (SELECT group_concat(exact, ' … ') FROM (
                SELECT exact FROM quotation_spans
                WHERE quotation_id = q.id AND part = 'time' ORDER BY position
            )) AS said_when,
            (SELECT group_concat(exact, ' … ') FROM (
                SELECT exact FROM quotation_spans
                WHERE quotation_id = q.id AND part = 'place' ORDER BY position
            )) AS said_where,
            q.source, q.via, q.relay,
            d.title AS document_title, d.publication, d.date, d.key AS document,
            q.start, q."end",
            -- The number of the turn that it stands in, from 1, and its page, time or chapter.
            (SELECT CASE WHEN q.start < "end" THEN number END FROM (
                SELECT max(start), "end", count(*) AS number FROM segments
                WHERE document_id = d.id AND start <= q.start
            )) AS turn,
            {_LOCATOR.format(at="q.start")},
            q.confidence, q.confidence_span, q.confidence_source, q.confidence_name,
            q.parent_id AS within, q.rule, r.version AS quotecheck_version,
            q.run_id AS run
        FROM quotations AS q
        JOIN documents AS d ON d.id = q.document_id
        JOIN runs AS r ON r.id = q.run_id
        WHERE {CURRENT_QUOTATION}
        """,
    "who_spoke": f"""
        CREATE VIEW who_spoke AS
        SELECT
            d.date, d.title AS document_title, d.key AS document,
            coalesce(s.name, '') AS speaker,
            substr(d.text, g.start + 1, g."end" - g.start) AS words,
            g.start, g."end", {_LOCATOR.format(at="g.start")}
        FROM segments AS g
        JOIN documents AS d ON d.id = g.document_id
        LEFT JOIN speakers AS s ON s.id = g.speaker_id
        WHERE d.replaced_by IS NULL
        """,
    "what_is_here": f"""
        CREATE VIEW what_is_here AS
        SELECT
            d.key AS document, d.title, d.publication, d.author, d.date, d.genre, d.characters,
            (SELECT count(*) FROM segments WHERE document_id = d.id) AS turns,
            (SELECT count(*) FROM passages WHERE document_id = d.id) AS passages,
            {newest_count_of("d.id")} AS quotations,
            d.version, d.url, d.path, d.licence, d.retrieved_at
        FROM documents AS d
        WHERE d.replaced_by IS NULL
        """,
    "what_it_means": _meanings(),
}
"""Each view's name with the statement that makes it."""


def create_views(db: sqlite_utils.Database) -> None:
    """Make all views as they are today, in place of older ones. The steps must have been taken."""
    for name, statement in VIEWS.items():
        db.execute(f"DROP VIEW IF EXISTS {name}")
        db.execute(statement)
