"""All that a library holds, told without row numbers, runs and times, to be compared."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

__all__ = ["all_rows"]

_QUERIES = {
    "documents": "SELECT key, title, publication, author, date, url, path, genre, licence, origin,"
    " bytes_sha256, text_sha256, encoding, reader, metadata_origin, blocks, headline_start,"
    " headline_end, characters, searched, version, reader_version, text FROM documents"
    " ORDER BY key",
    "segments": "SELECT d.key, g.start, g.end, s.name, g.speaker_name FROM segments AS g"
    " JOIN documents AS d ON d.id = g.document_id"
    " LEFT JOIN speakers AS s ON s.id = g.speaker_id ORDER BY 1, 2, 3, 4",
    "locators": "SELECT d.key, l.start, l.end, l.kind, l.label FROM locators AS l"
    " JOIN documents AS d ON d.id = l.document_id ORDER BY 1, 2, 3, 4",
    "passages": "SELECT d.key, p.start, p.end, p.text FROM passages AS p"
    " JOIN documents AS d ON d.id = p.document_id ORDER BY 1, 2, 3",
    "vocabulary": "SELECT term, doc, cnt FROM passages_vocab ORDER BY term",
    "attributed": "SELECT d.key, a.quotations FROM attributed AS a"
    " JOIN documents AS d ON d.id = a.document_id ORDER BY 1",
    "speakers": "SELECT name FROM speakers ORDER BY 1",
    "aliases": "SELECT s.name, a.name, a.kind FROM aliases AS a"
    " JOIN speakers AS s ON s.id = a.speaker_id ORDER BY 1, 2, 3",
    "inputs": "SELECT path, fingerprint, documents, attributed FROM inputs ORDER BY path",
    "failures": "SELECT place, reason, remedy FROM failures ORDER BY 1, 2",
    "copies": "SELECT d.key, o.key, c.similarity FROM document_copies AS c"
    " JOIN documents AS d ON d.id = c.document_id JOIN documents AS o ON o.id = c.copy_of"
    " ORDER BY 1",
}
_OF_QUOTATIONS = (
    "quotation_spans",
    "quotation_speakers",
    "quotation_relay",
    "quotation_candidates",
)


def all_rows(path: Path) -> dict[str, list[Any]]:
    """Every table that holds something of documents and quotations; the file itself is sound."""
    db = sqlite3.connect(path)
    held = {name: db.execute(sql).fetchall() for name, sql in _QUERIES.items()}
    numbers = {"id", "document_id", "run_id", "quotation_id", "speaker_id", "parent_id"}

    def columns(table: str, alias: str) -> str:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        return ", ".join(f'{alias}."{name}"' for name in names if name not in numbers)

    held["quotations"] = db.execute(
        f"SELECT d.key, {columns('quotations', 'q')} FROM quotations AS q"  # noqa: S608
        " JOIN documents AS d ON d.id = q.document_id ORDER BY d.key, q.position"
    ).fetchall()
    for table in _OF_QUOTATIONS:
        named = ", s.name" if table == "quotation_speakers" else ""
        join = " LEFT JOIN speakers AS s ON s.id = t.speaker_id" if named else ""
        held[table] = db.execute(
            f"SELECT d.key, q.position, {columns(table, 't')}{named} FROM {table} AS t"  # noqa: S608
            " JOIN quotations AS q ON q.id = t.quotation_id"
            f" JOIN documents AS d ON d.id = q.document_id{join} ORDER BY 1, 2, 3, 4"
        ).fetchall()
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
    db.close()
    return held
