"""Open a library, write into it in transactions, keep its runs, and count what it holds.

`Library.write` is the one way to write into a library. The modules beside this one turn records
into rows and back; see `quotecheck.library`.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from quotecheck.errors import LibraryError, QuotecheckError
from quotecheck.library.document_lookup import DocumentCount
from quotecheck.library.documents import (
    Added,
    add_alias,
    add_document,
    find_stored,
    read_document,
    read_documents,
)
from quotecheck.library.file import connect, connect_in_memory
from quotecheck.library.file_errors import explained, raise_if_damaged
from quotecheck.library.quotations import StoredQuotation, add_quotations, read_quotations
from quotecheck.library.sql import DATED
from quotecheck.library.storable import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    import sqlite_utils

    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation
    from quotecheck.records.text import Span

__all__ = [
    "Added",
    "Library",
    "Statistics",
    "StoredQuotation",
    "explained",
    "library_in_memory",
    "open_library",
    "opened",
]

RunStatus = Literal["finished", "interrupted", "failed"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a library holds. Dates are the earliest and latest among the documents searched.

    ``documents`` counts the documents that are searched when a quotation is checked, ``articles``
    those that are only kept with their quotations. Replaced versions count in neither.
    """

    documents: int
    articles: int
    passages: int
    characters: int
    quotations: int
    speakers: int
    first_date: str | None
    last_date: str | None

    def describe(self) -> str:
        """What was searched, for "not in these …".

        >>> Statistics(2, 0, 9, 800, 0, 1, "1789", "2016-11-08").describe()
        '2 documents (1789 to 2016-11-08)'
        """
        return DocumentCount(self.documents, self.first_date, self.last_date).describe()


class Library:
    """An open library. Get one from `open_library`; use it in a ``with`` statement.

    ``db`` may be read with any SQL. Everything that writes goes through `write`.
    """

    def __init__(self, db: sqlite_utils.Database, path: Path, *, writable: bool) -> None:
        self.db = db
        self.path = path
        self.writable = writable

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if isinstance(error, Exception):
                raise_if_damaged(self.db, self.path, error)
        finally:
            self.close()

    def close(self) -> None:
        """Close the file. What was not committed is not kept."""
        self.db.close()

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite_utils.Database]:
        """One transaction: all that is written inside is kept, or, after an error, nothing.

        The lock is taken at once, so two programs wait for one another instead of failing halfway.
        Inside another `write` it joins the outer transaction.

        Raises:
            LibraryError: when the library is open for reading only, stays locked for longer than
                the timeout, or its disk is full.
        """
        if not self.writable:
            raise LibraryError(
                "the library is open for reading only",
                where=str(self.path),
                remedy="Open it with create=True to write into it.",
            )
        if self.db.conn.in_transaction:
            yield self.db
            return
        with explained(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    @property
    def data_version(self) -> int:
        """A number that changes whenever another connection has written into the library."""
        (version,) = self.db.execute("PRAGMA data_version").fetchone()
        return int(version)

    @property
    def size(self) -> int:
        """Bytes of the library's file, once its log is written back into it."""
        pages, page_bytes = (
            int(self.db.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "page_size")
        )
        return pages * page_bytes

    def empty_log(self) -> None:
        """Write the whole log back into the file and empty it, as far as nobody reads from it."""
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the library inside, whatever others write meanwhile."""
        with explained(self.path):
            if self.db.conn.in_transaction:
                yield
                return
            self.db.execute("BEGIN")
            try:
                self.db.execute("SELECT 1 FROM runs LIMIT 1").fetchone()  # the state is this one
                yield
            finally:
                if self.db.conn.in_transaction:
                    self.db.rollback()

    # Runs

    def start_run(
        self,
        command: str,
        *,
        version: str,
        settings: Mapping[str, object] | None = None,
        weights: Mapping[str, str] | None = None,
    ) -> int:
        """Note that a command starts, and return the number of its run.

        A run that is killed stays "running", with the counts of what it had committed.

        Args:
            command: what is being done ("build", "attribute").
            version: of quotecheck.
            settings: the options; anything JSON can hold.
            weights: the sha256 of each file of weights that is used.
        """
        with self.write() as db:
            cursor = db.execute(
                "INSERT INTO runs (command, version, settings, weights, started)"
                " VALUES (?, ?, ?, ?, ?)",
                [
                    command,
                    version,
                    storable(json.dumps(dict(settings or {}), ensure_ascii=False, sort_keys=True)),
                    json.dumps(dict(weights or {}), sort_keys=True),
                    _now(),
                ],
            )
            return int(cursor.lastrowid or 0)

    def set_weights(self, run: int, weights: Mapping[str, str]) -> None:
        """Note the weights of a run that knows them only once they are loaded."""
        with self.write() as db:
            sql = "UPDATE runs SET weights = ? WHERE id = ?"
            db.execute(sql, [json.dumps(dict(weights), sort_keys=True), run])

    def count_in_run(self, run: int, counts: Mapping[str, int]) -> None:
        """Add to the counts of a run (added, replaced, updated, skipped, attributed, …)."""
        names = ("added", "replaced", "updated", "skipped", "attributed", "quotations", "failed")
        if unknown := set(counts) - set(names):
            raise ValueError(f"not counted in a run: {sorted(unknown)}")
        sets = ", ".join(f"{name} = {name} + ?" for name in names)
        with self.write() as db:
            db.execute(
                f"UPDATE runs SET {sets} WHERE id = ?",
                [*(counts.get(name, 0) for name in names), run],
            )

    def finish_run(self, run: int, status: RunStatus = "finished") -> None:
        """Note when and how a run ended."""
        with self.write() as db:
            db.execute(
                "UPDATE runs SET finished = ?, status = ? WHERE id = ?", [_now(), status, run]
            )

    @contextlib.contextmanager
    def ending(self, run: int) -> Iterator[None]:
        """Note at the end how a run ended: finished, interrupted or failed."""
        try:
            yield
            self.finish_run(run)
        except BaseException as error:
            stopped = not isinstance(error, Exception)
            with contextlib.suppress(LibraryError):
                self.finish_run(run, "interrupted" if stopped else "failed")
            raise

    def add_failure(self, run: int, error: QuotecheckError) -> None:
        """Keep what went wrong with one file or document of a run."""
        with self.write() as db:
            db.execute(
                "INSERT INTO failures (run_id, place, reason, remedy) VALUES (?, ?, ?, ?)",
                [run, *(storable(part) for part in (error.where, error.what, error.remedy))],
            )

    def add_input(
        self, path: str, fingerprint: str, *, documents: int, attributed: bool, run: int
    ) -> None:
        """Note that a file was read to its end without a failure, in place of its last reading."""
        with self.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO inputs (path, fingerprint, documents, attributed, run_id)"
                " VALUES (?, ?, ?, ?, ?)",
                [path, fingerprint, documents, int(attributed), run],
            )

    def held_input(self, path: str, fingerprint: str, *, attributed: bool) -> int | None:
        """How many documents a file gave that is still the same, None when it must be read.

        With ``attributed`` a file whose documents were not looked through counts as not read.
        """
        with explained(self.path):
            row = self.db.execute(
                "SELECT documents FROM inputs"
                " WHERE path = ? AND fingerprint = ? AND attributed >= ?",
                [storable(path), fingerprint, int(attributed)],
            ).fetchone()
        return None if row is None else int(row[0])

    def newest_weights(self) -> dict[str, str]:
        """Return the sha256 of each file of weights of the newest run that sought quotations."""
        with explained(self.path):
            row = self.db.execute(
                "SELECT weights FROM runs WHERE id = (SELECT max(run_id) FROM attributed)"
            ).fetchone()
        return {} if row is None else dict(json.loads(row[0]))

    # Documents and quotations

    def add_document(
        self,
        document: Document,
        *,
        passages: Iterable[Span] | None,
        run: int,
        reader_version: str | None = None,
    ) -> Added:
        """Store a document unless it is there: see `quotecheck.library.documents.add_document`."""
        with self.write() as db:
            return add_document(db, document, passages, run, reader_version=reader_version)

    def add_quotations(
        self, document_id: int, quotations: Sequence[Quotation], *, run: int, again: bool = False
    ) -> int:
        """Store a document's quotations: see `quotecheck.library.quotations`."""
        with self.write() as db:
            return add_quotations(db, document_id, quotations, run, again=again)

    def add_alias(self, name: str, alias: str) -> None:
        """Let ``alias`` stand for the speaker ``name``, who is added when not yet there."""
        with self.write() as db:
            add_alias(db, name, alias)

    def holds(self, document: Document) -> Added | None:
        """The stored row of this very document (same key, same text), None when there is none."""
        with explained(self.path):
            return find_stored(self.db, document)

    def document(self, key: str) -> Document | None:
        """The document with this key as it was read, None when there is none."""
        with explained(self.path):
            return read_document(self.db, key)

    def documents(self) -> Iterator[Document]:
        """Every document in the order they came in, one in memory at a time; no old versions."""
        with explained(self.path):
            yield from read_documents(self.db)

    def quotations(self, key: str | None = None) -> Iterator[StoredQuotation]:
        """The newest quotations of one document, or of all, in text order."""
        with explained(self.path):
            yield from read_quotations(self.db, key)

    # Counts

    def statistics(self) -> Statistics:
        """How much the library holds, and from when to when."""
        with explained(self.path):
            row = self.db.execute(
                f"""
                SELECT coalesce(sum(searched), 0), count(*) - coalesce(sum(searched), 0),
                    (SELECT count(*) FROM passages), coalesce(sum(characters), 0),
                    (SELECT count(*) FROM who_said_what), (SELECT count(*) FROM speakers),
                    min(date) FILTER (WHERE searched AND date {DATED}),
                    max(date) FILTER (WHERE searched AND date {DATED})
                FROM documents WHERE replaced_by IS NULL
                """
            ).fetchone()
        return Statistics(*row)


def open_library(
    path: str | Path, *, create: bool = False, timeout: float = 30.0, immutable: bool = False
) -> Library:
    """Open a library.

    Args:
        path: the SQLite file.
        create: open it for writing; make it when it is missing, bring it up to date when it is
            older. Without, it is opened for reading and nothing in it is changed.
        timeout: how many seconds to wait for another program that is writing.
        immutable: open it for reading without any lock; only for a file that nobody can change.

    Raises:
        LibraryError: when it is missing, no library, damaged, older (without ``create``), newer
            than this quotecheck, locked, or not to be written to.
    """
    if create and immutable:
        raise ValueError("an immutable library cannot be written to")
    path = Path(path)
    db = connect(path, create=create, timeout=timeout, immutable=immutable)
    return Library(db, path, writable=create)


def library_in_memory() -> Library:
    """An empty library in memory: what is put into it is gone when it is closed.

    Raises:
        LibraryError: this Python's SQLite is too old.
    """
    return Library(connect_in_memory(), Path(":memory:"), writable=True)


@contextlib.contextmanager
def opened(
    library: Library | str | os.PathLike[str], *, create: bool = False, timeout: float = 30.0
) -> Iterator[Library]:
    """Give an open library as it is, and one named by its path for as long as it is needed.

    The arguments and errors are those of `open_library`.
    """
    if isinstance(library, Library):
        yield library
        return
    with open_library(os.fspath(library), create=create, timeout=timeout) as opened_library:
        yield opened_library


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
