"""Documents as rows: texts with their metadata, speakers' turns and passages, and back again.

Functions over an open connection. Those that write expect to be inside `Library.write`, and look at
everything that could be wrong with a record before they write the first row of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from quotecheck.errors import InputError
from quotecheck.language.register_names import names_turn
from quotecheck.library.speakers import speaker_by_name, speaker_id
from quotecheck.library.sql import placeholders
from quotecheck.library.storable import is_storable
from quotecheck.records.document import MANY_IN_ONE, Document, Locator, Segment
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import sqlite_utils

__all__ = [
    "Added",
    "add_alias",
    "add_document",
    "find_stored",
    "read_document",
    "read_documents",
    "set_index_memory",
    "speaker_id",
]

_METADATA = tuple("title publication author date url genre licence origin".split())
_METADATA += ("language", "translated")
_NATURE = ("derived", "machine_transcript")
"""Columns that say what kind of source it is; NULL where nobody has said."""
_NAMED = ("id", *_METADATA)
_named = attrgetter(*_NAMED)
_ROW_FIELDS = (*_METADATA, *_NATURE, "path", "bytes_sha256", "text_sha256", "encoding", "reader")
_row_fields = attrgetter(*_ROW_FIELDS)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was to be stored.

    ``id`` is its row. ``status`` says whether it is new, stands in place of an older text, was
    there but with other metadata, or was there just so. ``attributed`` says whether a run has
    already looked through it for quotations.
    """

    id: int
    status: Literal["added", "replaced", "updated", "present"]
    attributed: bool


def add_document(
    db: sqlite_utils.Database,
    document: Document,
    passages: Iterable[Span] | None,
    run: int,
    *,
    reader_version: str | None = None,
) -> Added:
    """Store ``document`` with its segments and passages unless it is there already.

    The same key with the same text adds nothing. If it comes from the same place as before, newer
    metadata, segments, or a first set of passages are taken over ("updated").

    The same key, or the same one-document file, with another text is a new version: it gets a row
    of its own and the key. The older row keeps its text, segments and quotations under the key
    ``KEY@ID`` and points to the newer one by ``replaced_by``; only its passages leave the search.

    Args:
        db: the library, inside a transaction.
        document: what to store.
        passages: where to cut it for the search; taken from the iterator only if they are needed.
            None keeps the document out of the search: an article that is kept for its quotations,
            not as a source.
        run: the run that brings it.
        reader_version: the releases that read it ("quotecheck 1.0, trafilatura 2.0"); without
            it, the version of the run counts.

    Raises:
        InputError: when the key belongs to another text from another place, when the text cannot
            be stored, or when a span does not lie in it.
    """
    _require_storable(document)
    row = _current(db, document)
    if row is not None and row["text_sha256"] == document.text_sha256:
        return _update(db, row, document, passages, run)
    if row is not None and row["key"] == document.id and not _same_place(row, document):
        raise InputError(
            f"the id {document.id!r} already belongs to another text",
            where=document.path or document.url,
            remedy=f"It came from {row['path'] or row['url'] or 'standard input'}."
            " Give each document an id of its own.",
        )
    spans = None if passages is None else _checked(document, passages)
    new = _insert(db, document, run, reader_version, searched=spans is not None, older=row)
    if document.segments:
        _insert_segments(db, new, document)
    if document.locators:
        _insert_locators(db, new, document)
    if spans is not None:
        _insert_passages(db, new, document, spans)
    return Added(new, "added" if row is None else "replaced", attributed=False)


def find_stored(db: sqlite_utils.Database, document: Document) -> Added | None:
    """The current row with this key (or this one-document file) and text; None without one."""
    row = _current(db, document)
    if row is None or row["text_sha256"] != document.text_sha256:
        return None
    return Added(row["id"], "present", _is_attributed(db, row["id"]))


def read_document(db: sqlite_utils.Database, key: str) -> Document | None:
    """The document with this key, as it was read."""
    row = _first_row(db, "SELECT * FROM documents WHERE key = ?", [key])
    return None if row is None else _document(db, row)


def read_documents(db: sqlite_utils.Database) -> Iterator[Document]:
    """Every current document in the order they came in, one in memory at a time."""
    for row in db.query("SELECT * FROM documents WHERE replaced_by IS NULL ORDER BY id"):
        yield _document(db, row)


def add_alias(db: sqlite_utils.Database, name: str, alias: str) -> None:
    """Note that ``alias`` is another form of the speaker's ``name``."""
    if name != alias:
        db.execute(
            "INSERT OR IGNORE INTO aliases (speaker_id, name) SELECT ?1, ?2"
            " WHERE NOT EXISTS (SELECT 1 FROM speakers WHERE id = ?1 AND name = ?2)",
            [speaker_id(db, name), alias],
        )


def set_index_memory(db: sqlite_utils.Database, size: int) -> None:
    """Let the index of the passages gather so many bytes of words before it writes them out."""
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('hashsize', ?)", [size])


def _require_storable(document: Document) -> None:
    place = document.path or document.url
    if not document.id:
        raise InputError("the document has an empty id", where=place, remedy="Give it one.")
    if document.path is not None and not is_storable(document.path):
        raise InputError(
            "the file's name is not in UTF-8", where=document.path, remedy="Rename the file."
        )
    fields = dict(zip(_NAMED, _named(document), strict=True))
    fields |= {f"speaker of segment {n}": s.speaker for n, s in enumerate(document.segments, 1)}
    fields |= {f"label of locator {n}": at.label for n, at in enumerate(document.locators, 1)}
    # All at once first: it is seldom that one of them is not to be stored.
    if not (is_storable(document.text) and is_storable("".join(filter(None, fields.values())))):
        for name, value in (fields | {"text": document.text}).items():
            if value is not None and not is_storable(value):
                raise InputError(
                    f"the {name} holds a NUL or half of a surrogate pair",
                    where=place,
                    remedy="It was written by a broken program: remove these characters.",
                )
    spans = [Span(s.start, s.end) for s in document.segments]
    spans += [Span(at.start, at.end) for at in document.locators]
    spans += [*document.blocks, *([document.headline] if document.headline else [])]
    for span in spans:
        _require_inside(document, span)


def _require_inside(document: Document, span: Span) -> None:
    if span.end > len(document.text):
        raise InputError(
            f"the place {span.start}..{span.end} lies beyond the end of the text, which has"
            f" {len(document.text)} characters",
            where=document.path or document.url or document.id,
            remedy="Offsets count characters (code points) of the text, not bytes.",
        )


def _checked(document: Document, passages: Iterable[Span]) -> list[Span]:
    spans = list(passages)
    if spans and max(span.end for span in spans) > len(document.text):
        for span in spans:
            _require_inside(document, span)
    return spans


_json = json.JSONEncoder(ensure_ascii=False).encode


def _first_row(db: sqlite_utils.Database, sql: str, values: list[Any]) -> dict[str, Any] | None:
    # Not by sqlite_utils' query: its savepoint makes the search write out all it has gathered.
    cursor = db.execute(sql, values)
    row = cursor.fetchone()
    names = [column[0] for column in cursor.description]
    return None if row is None else dict(zip(names, row, strict=True))


_ROW = ", ".join(("id", "key", *_METADATA, *_NATURE, "path", "bytes_sha256", "text_sha256"))
_ROW += ", searched, version"


def _current(db: sqlite_utils.Database, document: Document) -> dict[str, Any] | None:
    """The row that this document is, or is a new version of."""
    select = f"SELECT {_ROW} FROM documents WHERE replaced_by IS NULL"
    row = _first_row(db, f"{select} AND key = ?", [document.id])
    if row is None and document.path and document.reader not in MANY_IN_ONE:
        row = _first_row(db, f"{select} AND path = ? ORDER BY id DESC LIMIT 1", [document.path])
    return row


def _same_place(row: dict[str, Any], document: Document) -> bool:
    return (row["path"], row["url"]) == (document.path, document.url) or (
        row["path"] is not None and row["path"] == document.path
    )


def _is_attributed(db: sqlite_utils.Database, document_id: int) -> bool:
    sql = "SELECT 1 FROM attributed WHERE document_id = ? LIMIT 1"
    return db.execute(sql, [document_id]).fetchone() is not None


def _update(
    db: sqlite_utils.Database,
    row: dict[str, Any],
    document: Document,
    passages: Iterable[Span] | None,
    run: int,
) -> Added:
    """Take over what is new about a document whose text is stored."""
    document_id = row["id"]
    changes: dict[str, Any] = {}
    segments = _same_place(row, document) and document.segments
    if segments == _segments(db, document_id, "g.speaker_name"):
        segments = ()
    spans = None
    if passages is not None and (segments or not row["searched"]):
        spans = _checked(document, passages)
    if _same_place(row, document):
        changes = {
            name: value
            for name in (*_METADATA, *_NATURE, "bytes_sha256")
            if (value := getattr(document, name)) is not None and value != row[name]
        }
        if changes:
            changes["metadata_origin"] = _json(document.metadata_origin)
    if _same_place(row, document) and document.locators != _locators(db, document_id):
        db.execute("DELETE FROM locators WHERE document_id = ?", [document_id])
        _insert_locators(db, document_id, document)
        changes["updated_run_id"] = run
    if segments:
        db.execute("DELETE FROM segments WHERE document_id = ?", [document_id])
        _insert_segments(db, document_id, document)
        changes["updated_run_id"] = run
    if spans is not None:
        db.execute("DELETE FROM passages WHERE document_id = ?", [document_id])
        _insert_passages(db, document_id, document, spans)
        changes["searched"] = 1
    if changes:
        changes["updated_run_id"] = run
        db.table("documents").update(document_id, changes)
    status: Literal["updated", "present"] = "updated" if changes else "present"
    return Added(document_id, status, _is_attributed(db, document_id))


def _insert(
    db: sqlite_utils.Database,
    document: Document,
    run: int,
    reader_version: str | None,
    *,
    searched: bool,
    older: dict[str, Any] | None,
) -> int:
    if older is not None:  # its key must be free before the new row can have it
        key = f"{older['key']}@{older['id']}"
        db.execute("UPDATE documents SET key = ? WHERE id = ?", [key, older["id"]])
        db.execute("DELETE FROM passages WHERE document_id = ?", [older["id"]])
    values = dict(zip(_ROW_FIELDS, _row_fields(document), strict=True)) | {
        "key": document.id,
        "metadata_origin": _json(document.metadata_origin),
        "blocks": _json([[span.start, span.end] for span in document.blocks]),
        "headline_start": document.headline.start if document.headline else None,
        "headline_end": document.headline.end if document.headline else None,
        "characters": len(document.text),
        "searched": int(searched),
        "version": older["version"] + 1 if older else 1,
        "run_id": run,
        "retrieved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "reader_version": reader_version,
        "text": document.text,
    }
    names, question_marks = ", ".join(values), placeholders([*values])
    cursor = db.execute(
        f"INSERT INTO documents ({names}) VALUES ({question_marks})",
        list(values.values()),
    )
    new = int(cursor.lastrowid or 0)
    if older is not None:
        db.execute(
            "UPDATE documents SET replaced_by = ?, searched = 0 WHERE id = ?", [new, older["id"]]
        )
    return new


def _insert_segments(db: sqlite_utils.Database, document_id: int, document: Document) -> None:
    names = dict.fromkeys(s.speaker for s in document.segments if s.speaker)
    # "Speaker 2" is somebody else in each transcript: the turn keeps the label alone.
    named = [name for name in names if names_turn(name) or speaker_by_name(db, name)]
    speakers = {name: speaker_id(db, name) for name in named}
    db.conn.executemany(
        'INSERT INTO segments (document_id, start, "end", speaker_id, speaker_name)'
        " VALUES (?, ?, ?, ?, ?)",
        [
            (document_id, s.start, s.end, speakers.get(s.speaker or ""), s.speaker or None)
            for s in document.segments
        ],
    )


def _insert_locators(db: sqlite_utils.Database, document_id: int, document: Document) -> None:
    db.conn.executemany(
        'INSERT OR REPLACE INTO locators (document_id, start, "end", kind, label)'
        " VALUES (?, ?, ?, ?, ?)",
        [(document_id, at.start, at.end, at.kind, at.label) for at in document.locators],
    )


def _insert_passages(
    db: sqlite_utils.Database, document_id: int, document: Document, spans: list[Span]
) -> None:
    text = document.text
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
    words = [span.of(text) for span in spans]
    db.conn.executemany(
        'INSERT INTO passages (id, document_id, start, "end", text) VALUES (?, ?, ?, ?, ?)',
        [
            (n, document_id, span.start, span.end, words[n - last - 1])
            for n, span in enumerate(spans, last + 1)
        ],
    )
    db.conn.executemany(
        "INSERT INTO passages_fts (rowid, text) VALUES (?, ?)", enumerate(words, last + 1)
    )


def _segments(
    db: sqlite_utils.Database, document_id: int, name: str = "coalesce(s.name, g.speaker_name)"
) -> tuple[Segment, ...]:
    # Whose a turn is may have been changed since: ``g.speaker_name`` is what the source said.
    rows = db.execute(
        f'SELECT g.start, g."end", {name} FROM segments AS g'
        " LEFT JOIN speakers AS s ON s.id = g.speaker_id WHERE g.document_id = ? ORDER BY g.id",
        [document_id],
    )
    return tuple(Segment(start, end, name) for start, end, name in rows)


def _locators(db: sqlite_utils.Database, document_id: int) -> tuple[Locator, ...]:
    rows = db.execute(
        'SELECT start, "end", kind, label FROM locators WHERE document_id = ? ORDER BY start, kind',
        [document_id],
    )
    return tuple(Locator(*row) for row in rows)


def _document(db: sqlite_utils.Database, row: dict[str, Any]) -> Document:
    headline = None
    if row["headline_start"] is not None:
        headline = Span(row["headline_start"], row["headline_end"])
    same: dict[str, Any] = {
        name: row[name] for name in (*_METADATA, "path", "bytes_sha256", "text_sha256")
    }
    same |= {name: None if row[name] is None else bool(row[name]) for name in _NATURE}
    return Document(
        id=row["key"],
        text=row["text"],
        encoding=row["encoding"],
        reader=row["reader"],
        segments=_segments(db, row["id"]),
        blocks=tuple(Span(start, end) for start, end in json.loads(row["blocks"])),
        headline=headline,
        locators=_locators(db, row["id"]),
        metadata_origin=json.loads(row["metadata_origin"]),
        **same,
    )
