"""Where everything in a library came from: files, texts, runs, quotations, speakers, changes.

`document_provenance` tells it of one document for a page, `ProvenanceRows` of a whole library, a
row at a time, for an exchange format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from quotecheck.library.speaker_history import Change, changes
from quotecheck.library.sql import newest_run_of

if TYPE_CHECKING:
    import sqlite_utils

__all__ = [
    "DocumentRecord",
    "FileRead",
    "Provenance",
    "ProvenanceRows",
    "QuotationRecord",
    "Replacement",
    "RunRecord",
    "SourceFile",
    "SpeakerRecord",
    "document_provenance",
]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a stored document comes from. ``run`` and what follows is of the run that read it.

    ``attributed_run``, its version and its weights are of the newest run that looked for
    quotations in it.
    """

    id: int
    key: str
    version: int
    replaced_by: int | None
    searched: bool
    path: str | None
    url: str | None
    genre: str | None
    licence: str | None
    origin: str | None
    bytes_sha256: str
    text_sha256: str
    encoding: str | None
    reader: str
    reader_version: str | None
    retrieved_at: str
    metadata_origin: dict[str, str]
    run: int
    command: str
    run_version: str
    started: str
    status: str
    attributed_run: int | None
    attributed_version: str | None
    attributed_weights: dict[str, str]


def document_provenance(db: sqlite_utils.Database, document: int) -> Provenance | None:
    """Return where the document with this row number comes from; None when there is none."""
    row = db.execute(
        "SELECT d.id, d.key, d.version, d.replaced_by, d.searched, d.path, d.url, d.genre,"
        " d.licence, d.origin, d.bytes_sha256, d.text_sha256, d.encoding, d.reader,"
        " d.reader_version, d.retrieved_at, d.metadata_origin, r.id, r.command, r.version,"
        " r.started, r.status, a.id, a.version, a.weights"
        " FROM documents AS d JOIN runs AS r ON r.id = d.run_id"
        f" LEFT JOIN runs AS a ON a.id = {newest_run_of('d.id')} WHERE d.id = ?",
        [document],
    ).fetchone()
    if row is None:
        return None
    values = list(row)
    values[4], values[16], values[24] = bool(row[4]), _words_of(row[16]), _words_of(row[24])
    return Provenance(*values)


def _words_of(stored: str | None) -> dict[str, str]:
    return {str(name): str(value) for name, value in json.loads(stored or "{}").items()}


class SourceFile(NamedTuple):
    """A file that was read, by the hash of its bytes, with one path or address it had."""

    bytes_sha256: str
    path: str | None
    url: str | None
    retrieved_at: str


class DocumentRecord(NamedTuple):
    """A text of any version, without its words."""

    id: int
    key: str
    title: str | None
    publication: str | None
    author: str | None
    date: str | None
    url: str | None
    genre: str | None
    licence: str | None
    characters: int
    version: int
    bytes_sha256: str
    text_sha256: str
    encoding: str | None
    reader: str
    reader_version: str | None
    run_id: int


class QuotationRecord(NamedTuple):
    """A quotation of any run, with its W3C selectors, the turn it stands in, and its locator."""

    id: int
    document_id: int
    run_id: int
    content: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    kind: str
    cue: str
    source: str
    rule: str
    confidence: float
    turn: int | None
    locator: str | None


class RunRecord(NamedTuple):
    """A run: the command with its settings (JSON), and the sha256 of each file of weights."""

    id: int
    command: str
    version: str
    settings: str
    weights: dict[str, str]
    started: str
    finished: str | None
    status: str


class FileRead(NamedTuple):
    """That a run read a file."""

    run_id: int
    bytes_sha256: str


class SpeakerRecord(NamedTuple):
    """A speaker with one of the quotations that are theirs."""

    speaker_id: int
    quotation_id: int
    name: str
    identifier: str | None


class Replacement(NamedTuple):
    """That a document has replaced an older version of itself (row numbers)."""

    id: int
    older: int


_QUOTATIONS = """
    SELECT q.id, q.document_id, q.run_id, q.content, q.start, q."end", q.exact, q.prefix, q.suffix,
        q.kind, q.cue, q.source, q.rule, q.confidence, (
        SELECT CASE WHEN q.start < "end" THEN number END FROM (
            SELECT max(start), "end", count(*) AS number FROM segments
            WHERE document_id = q.document_id AND start <= q.start
        )) AS turn, (
        SELECT group_concat(CASE kind WHEN 'page' THEN 'page ' || label ELSE label END, ', ')
        FROM (SELECT kind, label FROM locators WHERE document_id = q.document_id
            AND start <= q.start AND q.start < "end" ORDER BY kind)) AS locator
    FROM quotations AS q WHERE :document IS NULL OR document_id = :document ORDER BY id
"""
_RUNS = """
    SELECT id, command, version, settings, weights, started, finished, status FROM runs
    WHERE :document IS NULL
        OR id IN (SELECT run_id FROM attributed WHERE document_id = :document
            UNION SELECT run_id FROM documents WHERE id = :document
            UNION SELECT updated_run_id FROM documents WHERE id = :document)
    ORDER BY id
"""
_SPEAKERS = """
    SELECT qs.speaker_id, qs.quotation_id, s.name, max(coalesce(s.identifier, qs.identifier))
    FROM quotation_speakers AS qs
    JOIN quotations AS q ON q.id = qs.quotation_id JOIN speakers AS s ON s.id = qs.speaker_id
    WHERE :document IS NULL OR q.document_id = :document
    GROUP BY {} ORDER BY qs.speaker_id, qs.quotation_id
"""


class ProvenanceRows:
    """Everything about where a library came from, one row in memory at a time.

    Rows of all versions of documents and of all runs are there, not only the newest.

    Args:
        db: an open connection.
        document: the row number of the one document that is meant; None for all.
    """

    def __init__(self, db: sqlite_utils.Database, document: int | None) -> None:
        self._db = db
        self._document = document

    def _rows(self, sql: str) -> Iterator[Any]:
        yield from self._db.execute(sql, {"document": self._document})

    def files(self) -> Iterator[SourceFile]:
        """Yield each file that documents were read from."""
        rows = self._rows(
            "SELECT bytes_sha256, min(path), min(url), min(retrieved_at) FROM documents"
            " WHERE :document IS NULL OR id = :document GROUP BY bytes_sha256"
        )
        yield from map(SourceFile._make, rows)

    def documents(self) -> Iterator[DocumentRecord]:
        """Yield each document, of every version."""
        rows = self._rows(
            f"SELECT {', '.join(DocumentRecord._fields)} FROM documents"
            " WHERE :document IS NULL OR id = :document ORDER BY id"
        )
        yield from map(DocumentRecord._make, rows)

    def quotations(self) -> Iterator[QuotationRecord]:
        """Yield each quotation, of every run."""
        yield from map(QuotationRecord._make, self._rows(_QUOTATIONS))

    def runs(self) -> Iterator[RunRecord]:
        """Yield each run; of one document, those that brought, changed or attributed it."""
        for row in self._rows(_RUNS):
            run = RunRecord._make(row)
            yield run._replace(weights=_words_of(row[4]))

    def files_read(self) -> Iterator[FileRead]:
        """Yield which run read which file."""
        rows = self._rows(
            "SELECT DISTINCT run_id, bytes_sha256 FROM documents"
            " WHERE :document IS NULL OR id = :document"
        )
        yield from map(FileRead._make, rows)

    def attributed(self) -> Iterator[tuple[int, int]]:
        """Yield which run looked for quotations in which document: (run, document)."""
        sql = (
            "SELECT run_id, document_id FROM attributed"
            " WHERE :document IS NULL OR document_id = :document"
        )
        yield from self._rows(sql)

    def speakers(self) -> Iterator[SpeakerRecord]:
        """Yield each speaker of a quotation once."""
        yield from map(SpeakerRecord._make, self._rows(_SPEAKERS.format("qs.speaker_id")))

    def quotation_speakers(self) -> Iterator[SpeakerRecord]:
        """Yield each speaker of each quotation."""
        rows = self._rows(_SPEAKERS.format("qs.speaker_id, qs.quotation_id"))
        yield from map(SpeakerRecord._make, rows)

    def changes(self) -> list[Change]:
        """Return the changes to the speakers, the oldest first; none for one document."""
        return [] if self._document is not None else changes(self._db)[::-1]

    def replacements(self) -> Iterator[Replacement]:
        """Yield which document replaced which; none for one document."""
        rows = self._rows(
            "SELECT n.id, d.id FROM documents AS d JOIN documents AS n ON n.id = d.replaced_by"
            " WHERE :document IS NULL ORDER BY n.id"
        )
        yield from map(Replacement._make, rows)
