"""Whether a library holds together: every check that needs nothing but the library itself.

Each function looks at one thing and yields a `Finding` for whatever is not as it must be. None of
them changes anything. They take older libraries too, and look at what these have.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from quotecheck.library.database import Database
from quotecheck.library.schema.migrations import SCHEMA_VERSION, migrations
from quotecheck.library.schema.views import create_views
from quotecheck.text.digest import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Finding",
    "count_findings",
    "document_findings",
    "file_findings",
    "reference_findings",
    "schema_findings",
    "search_findings",
]

Row = dict[str, Any]

_MOST_OF_A_KIND = 1000
"""How many complaints of one kind SQLite is asked for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a library that is not as it must be.

    ``check`` is what was looked at: "schema", "file", "references", "search", "text", "places",
    "counts". ``place`` is the table with the row or the document, ``what`` says what is wrong.
    """

    check: str
    place: str
    what: str


def schema_findings(db: Database, version: int) -> Iterator[Finding]:
    """Tables, columns, views, indexes and triggers that are missing, and an old version.

    What others have added (their own views, say) is not a finding.
    """
    if version < SCHEMA_VERSION:
        yield Finding(
            "schema",
            "library",
            f"its schema has version {version} of {SCHEMA_VERSION}; quotecheck verify --upgrade"
            " brings it up to date, and nothing in it is lost",
        )
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        model = Database(connection, execute_plugins=False)
        names = [step.name for step in migrations.pending(model)]
        if version < len(names):
            migrations.apply(model, stop_before=names[version])
        else:
            migrations.apply(model)
            create_views(model)
        objects = _objects(db)
        for name, kind in _objects(model).items():
            if objects.get(name) != kind:
                yield Finding("schema", name, f"the {kind} is missing")
            elif kind in ("table", "view"):
                for column in sorted(_columns(model, name) - _columns(db, name)):
                    yield Finding("schema", name, f"the column {column} is missing")


def _objects(db: Database) -> dict[str, str]:
    rows = db.execute(
        "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return dict(rows.fetchall())


def _columns(db: Database, table: str) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", [table])}


def file_findings(db: Database) -> Iterator[Finding]:
    """What SQLite itself says of the file: pages, indexes, types, rules of the tables."""
    for (message,) in db.execute(f"PRAGMA integrity_check({_MOST_OF_A_KIND})"):
        # The index of the search is looked at more closely by `search_findings`.
        if message != "ok" and "FTS5" not in message:
            yield Finding("file", "library", message)


def reference_findings(db: Database) -> Iterator[Finding]:
    """Rows that refer to a row that is not there."""
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
        place = table if rowid is None else f"{table} {rowid}"
        yield Finding("references", place, f"it refers to a row of {parent} that is not there")


def search_findings(db: Database) -> Iterator[Finding]:
    """Whether the indexes of the search hold just the words that they are of."""
    for indexed in ("passages", "quotations", "fact_checks"):
        table = f"{indexed}_fts"
        if table in _objects(db):
            yield from _index_findings(db, table, indexed)


def _index_findings(db: Database, table: str, indexed: str) -> Iterator[Finding]:
    try:
        try:
            _compare_index(db.conn, table)
        except sqlite3.OperationalError as error:
            if not (getattr(error, "sqlite_errorname", None) or "").startswith("SQLITE_READONLY"):
                raise
            # The check is a command that SQLite takes for a change: give it a copy to "change",
            # which SQLite keeps on disk once it outgrows its cache, and removes.
            with closing(sqlite3.connect("", isolation_level=None)) as copy:
                db.conn.backup(copy)
                _compare_index(copy, table)
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if not name.startswith("SQLITE_CORRUPT"):
            raise
        yield Finding(
            "search",
            table,
            f"the index is not that of the {indexed}: words may not be found. In SQLite:"
            f" INSERT INTO {table} ({table}) VALUES ('rebuild')",
        )


def _compare_index(connection: sqlite3.Connection, table: str) -> None:
    connection.execute("BEGIN")
    try:
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


_COUNTS = (
    (
        """
        SELECT 'attributed ' || a.document_id || ', run ' || a.run_id,
            'the run noted ' || a.quotations || ' quotations, and there are ' || (
                SELECT count(*) FROM quotations
                WHERE document_id = a.document_id AND run_id = a.run_id)
        FROM attributed AS a WHERE a.quotations != (
            SELECT count(*) FROM quotations
            WHERE document_id = a.document_id AND run_id = a.run_id)
        """
    ),
    (
        """
        SELECT 'quotations ' || min(q.id), count(*) || ' quotations of document ' || q.document_id
            || ' belong to run ' || q.run_id || ', which has not looked through it'
        FROM quotations AS q WHERE NOT EXISTS (
            SELECT 1 FROM attributed WHERE document_id = q.document_id AND run_id = q.run_id)
        GROUP BY q.document_id, q.run_id
        """
    ),
    (
        """
        SELECT 'document ' || d.key, 'it is kept out of the search and has passages in it'
        FROM documents AS d
        WHERE NOT d.searched AND EXISTS (SELECT 1 FROM passages WHERE document_id = d.id)
        """
    ),
    (
        """
        SELECT 'document ' || d.key, 'it is replaced by ' || n.key || ', which is not newer'
        FROM documents AS d JOIN documents AS n ON n.id = d.replaced_by
        WHERE n.version <= d.version
        """
    ),
)


def count_findings(db: Database) -> Iterator[Finding]:
    """Rows without the rows that belong to them, and numbers that do not agree with them."""
    for sql in _COUNTS:
        for place, what in db.execute(sql):
            yield Finding("counts", str(place), str(what))


def document_findings(db: Database, looked: Callable[[str, int, int], None]) -> Iterator[Finding]:
    """Texts that are not those whose hash was kept, and places that do not give the words kept.

    Args:
        db: the library.
        looked: called with each document after it was looked at: key, number of its passages,
            number of its quotations (of all runs).
    """
    # Bytes that are not UTF-8 must not end the search for others: they come out as surrogates.
    db.conn.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    tables = _objects(db)  # an older library has not all of them
    with _snapshot(db):  # what others forget meanwhile is not a damage
        yield from _of_documents(db, tables, looked)


@contextmanager
def _snapshot(db: Database) -> Iterator[None]:
    is_ours = not db.conn.in_transaction
    if is_ours:
        db.execute("BEGIN")
    try:
        yield
    finally:
        if is_ours and db.conn.in_transaction:
            db.execute("ROLLBACK")


def _of_documents(
    db: Database, tables: dict[str, str], looked: Callable[[str, int, int], None]
) -> Iterator[Finding]:
    for (document_id,) in db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        try:
            yield from _of_document(db, document_id, tables, looked)
        except sqlite3.Error:
            raise
        except Exception as error:  # a damaged file may hold anything in the place of a value
            yield Finding(
                "file",
                f"document {document_id}",
                f"its rows do not hold what they must ({type(error).__name__}: {error})",
            )


def _of_document(
    db: Database,
    document_id: int,
    tables: dict[str, str],
    looked: Callable[[str, int, int], None],
) -> Iterator[Finding]:
    (row,) = _rows(db, "SELECT * FROM documents WHERE id = ?", document_id)
    passages = _rows(db, "SELECT * FROM passages WHERE document_id = ?", document_id)
    quotations = _rows(db, "SELECT * FROM quotations WHERE document_id = ?", document_id)
    yield from _of_text(row)
    text = row["text"]
    for passage in passages:
        yield from _exact(text, f"passages {passage['id']}", passage, passage["text"])
    for segment in _rows(db, "SELECT * FROM segments WHERE document_id = ?", document_id):
        yield from _inside(text, f"segments {segment['id']}", [segment])
    if "locators" in tables:
        for locator in _rows(db, "SELECT * FROM locators WHERE document_id = ?", document_id):
            yield from _inside(text, f"locators of {row['key']}", [locator])
    for quotation in quotations:
        yield from _of_quotation(db, text, quotation)
    looked(row["key"], len(passages), len(quotations))


def _rows(db: Database, sql: str, number: int) -> list[Row]:
    cursor = db.execute(sql, [number])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _of_text(row: Row) -> Iterator[Finding]:
    place, text = f"document {row['key']}", row["text"]
    digest = sha256_hex(text.encode("utf-8", "surrogateescape"))
    if digest != row["text_sha256"]:
        yield Finding(
            "text",
            place,
            f"the text is not the one that was read: its sha256 is {digest[:12]}…,"
            f" not {row['text_sha256'][:12]}…",
        )
    if len(text) != row["characters"]:
        yield Finding("text", place, f"it has {len(text)} characters, not {row['characters']}")
    blocks = _json(row["blocks"])
    if blocks is None or _json(row["metadata_origin"]) is None:
        yield Finding("text", place, "blocks or metadata_origin is not JSON")
    spans = [{"start": start, "end": end} for start, end in blocks or []]
    if row["headline_start"] is not None:
        spans.append({"start": row["headline_start"], "end": row["headline_end"]})
    yield from _inside(text, place, spans)


def _of_quotation(db: Database, text: str, row: Row) -> Iterator[Finding]:
    place, number = f"quotations {row['id']}", row["id"]
    yield from _exact(text, place, row, row["exact"])
    before, after = text[: row["start"]], text[row["end"] : row["end"] + len(row["suffix"])]
    if not before.endswith(row["prefix"]) or after != row["suffix"]:
        yield Finding("places", place, "the words before and after it are not those kept with it")
    spans: dict[str, list[Row]] = {}
    ordered = "SELECT * FROM {} WHERE quotation_id = ? ORDER BY position"
    for span in _rows(db, ordered.format("quotation_spans"), number):
        spans.setdefault(span["part"], []).append(span)
    relay = []
    if "cue_class" in row:  # libraries older than that have no such table
        relay = _rows(db, ordered.format("quotation_relay"), number)
    for span in chain(*spans.values(), relay):
        yield from _exact(text, f"{place}, {span['part']}", span, span["exact"])
    content = spans.get("content", [])
    whole = (min((s["start"] for s in content), default=None),
             max((s["end"] for s in content), default=None))  # fmt: skip
    if whole != (row["start"], row["end"]):
        yield Finding("places", place, "its content does not lie where the quotation does")
    for part in ("content", "cue", "source"):
        if " … ".join(span["exact"] for span in spans.get(part, [])) != row[part]:
            yield Finding("places", place, f"its {part} is not made of the words at its places")
    if any(_json(row.get(name) or "[]") is None for name in ("via", "evidence")):
        yield Finding("places", place, "via or evidence is not JSON")
    for speaker in _rows(db, ordered.format("quotation_speakers"), number):
        for part in ("mention", "role"):
            start, end = speaker.get(f"{part}_start"), speaker.get(f"{part}_end")
            if start is not None:
                yield from _inside(text, f"{place}, speaker", [{"start": start, "end": end}])


def _exact(text: str, place: str, row: Row, words: str) -> Iterator[Finding]:
    if text[row["start"] : row["end"]] != words:
        yield Finding(
            "places", place, f"the text does not have its words at {row['start']}..{row['end']}"
        )


def _inside(text: str, place: str, spans: Iterable[Row]) -> Iterator[Finding]:
    for span in spans:
        if not 0 <= span["start"] <= (span["end"] or 0) <= len(text):
            yield Finding(
                "places", place, f"{span['start']}..{span['end']} does not lie in the text"
            )


def _json(stored: str) -> Any:
    try:
        return json.loads(stored)
    except ValueError:
        return None
