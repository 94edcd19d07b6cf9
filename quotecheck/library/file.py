"""Whether a file is a library, and how to open it: the connection and its settings.

Nothing that is not ours is ever changed, and every refusal says what the file is instead and what
to do about it. This module alone opens the files of a library, and it opens them through SQLite
alone: see `held_files` for what a plain ``open()`` would do to the locks.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
import time
from pathlib import Path, PurePath
from typing import Literal

from quotecheck import held_files
from quotecheck.errors import LibraryError
from quotecheck.library.database import Database
from quotecheck.library.file_errors import REPLACE_REMEDY, error_name, explained, is_about_lock
from quotecheck.library.schema.migrations import APPLICATION_ID, SCHEMA_VERSION, migrate

__all__ = [
    "checkpoint",
    "connect",
    "connect_for_verification",
    "connect_for_visitors",
    "connect_in_memory",
    "has_full_text_search",
]

State = Literal["new", "foreign", "older", "current", "newer"]

_NO_LIBRARY = "Give --db the file of a library, or a new name to make one."
_CHECK_ACCESS = "Check the path and its permissions."
_OLDEST_SQLITE = (3, 37, 0)
_TABLES = frozenset(
    {"runs", "documents", "speakers", "aliases", "segments", "inputs", "failures", "attributed"}
    | {"passages", "passages_fts", "passages_vocab", "who_said_what", "who_spoke", "what_is_here"}
    | {"quotations", "quotation_spans", "quotation_speakers", "quotation_candidates"}
    | {"quotation_relay", "passage_vectors", "locators"}
    | {"speaker_changes", "speaker_change_rows", "quotations_fts"}
    | {"document_copies", "document_signatures", "kept_checks", "kept_check_changes"}
    | {"fact_checks", "fact_checks_fts"}
)


def connect(path: Path, *, create: bool, timeout: float, immutable: bool = False) -> Database:
    """A connection to the library at ``path``: see `quotecheck.library.library.open_library`.

    Raises:
        LibraryError: for anything that is not a library of this version, and for one in use.
    """
    _require_sqlite()
    _look(path, create=create)
    with explained(path):
        db = _open(path, create=create, timeout=timeout, immutable=immutable)
        try:
            if create:
                _prepare(db, path, timeout=timeout)
            _check(db, path)
        except BaseException:
            db.close()
            raise
    return db


def connect_in_memory() -> Database:
    """A connection to an empty library in memory, which no other connection can see.

    Raises:
        LibraryError: this Python's SQLite is too old.
    """
    _require_sqlite()
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.execute("PRAGMA foreign_keys = ON")
    db = Database(conn, execute_plugins=False)
    conn.execute("BEGIN IMMEDIATE")
    migrate(db)
    conn.execute("COMMIT")
    return db


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise LibraryError(
            f"this Python has SQLite {sqlite3.sqlite_version}, which is too old",
            remedy="Use a Python with SQLite 3.37 or newer.",
        )


def connect_for_verification(path: Path, *, timeout: float) -> tuple[Database, int]:
    """A connection to a library that may be old or not whole, for reading; and its version.

    Raises:
        LibraryError: the file is not a library, is damaged at its root, or is newer.
    """
    _look(path, create=False)
    with explained(path):
        db = _open(path, create=False, timeout=timeout)
        try:
            state = _state(db)
            if state not in ("current", "older"):
                raise _refuse(state, path)
            return db, _number(db, "user_version")
        except BaseException:
            db.close()
            raise


def connect_for_visitors(path: Path, *, immutable: bool) -> sqlite3.Connection:
    """A connection for reading that any thread may use, for a program that asks SQL of its own.

    Args:
        path: of a library that has been opened before.
        immutable: open it without any lock; only for a file that nobody can change.
    """
    mode = "immutable=1" if immutable else "mode=ro"
    uri = f"{path.absolute().as_uri()}?{mode}"
    conn = sqlite3.connect(uri, uri=True, check_same_thread=False, factory=_Connection)
    held_files.hold(conn, path)
    return conn


def has_full_text_search() -> bool:
    """Return whether this Python's SQLite can search words, which every check needs."""
    with contextlib.closing(sqlite3.connect(":memory:")) as memory:
        return ("ENABLE_FTS5",) in memory.execute("PRAGMA compile_options").fetchall()


def checkpoint(path: Path) -> None:
    """Write the log of a library back into it, as far as nobody is in the way.

    The log itself goes with the last connection of all programs. Where nothing can be written,
    nothing happens.
    """
    with contextlib.suppress(LibraryError, sqlite3.Error):
        _look(path, create=False)
        with contextlib.closing(_open(path, create=False, timeout=0.0)) as db:
            db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _look(path: Path, *, create: bool) -> None:
    """Refuse what is plainly no library before SQLite changes it or anything beside it."""
    where = str(path)
    try:
        status = path.stat()
    except FileNotFoundError:
        if not create:
            raise LibraryError(
                "there is no library here",
                where=where,
                remedy=f"Make one from your sources: quotecheck build SOURCES --db {path}",
            ) from None
        if not path.absolute().parent.is_dir():
            raise LibraryError(
                "the folder for the library does not exist",
                where=where,
                remedy=f"Make it first: mkdir -p {path.parent}",
            ) from None
        return
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise LibraryError(
            f"the library cannot be read ({reason})", where=where, remedy=_CHECK_ACCESS
        ) from error
    if not stat.S_ISREG(status.st_mode):  # a pipe would never answer
        raise LibraryError("this is not a file", where=where, remedy="Name the library's file.")
    if not status.st_size:
        if create:
            return
        raise LibraryError(
            "the file is empty, so it is not a library", where=where, remedy=_NO_LIBRARY
        )
    if status.st_size == 1:  # which SQLite takes for an empty one
        raise LibraryError("this is not a quotecheck library", where=where, remedy=_NO_LIBRARY)
    _look_inside(path)


def _look_inside(path: Path) -> None:
    """Refuse a file whose first page is not SQLite's.

    The file is opened by SQLite, never beside it (see `held_files`), and as immutable: nothing is
    locked, and a journal or log that lies beside it is neither played back nor removed.
    """
    where = str(path)
    try:
        uri = f"{_uri(path.absolute())}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as conn:
            conn.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError as error:
        name = error_name(error)
        if name == "SQLITE_NOTADB":
            raise LibraryError(
                "this is not a quotecheck library, or its first page is damaged",
                where=where,
                remedy=f"{_NO_LIBRARY} If it was one, restore a copy.",
            ) from None
        if name.startswith("SQLITE_CANTOPEN"):
            allowed = os.access(path, os.R_OK)
            reason = str(error) if allowed else os.strerror(errno.EACCES)
            raise LibraryError(
                f"the library cannot be read ({reason})", where=where, remedy=_CHECK_ACCESS
            ) from error
        # Anything else may be a page that another program is just writing: `connect` will tell.


def _uri(path: PurePath) -> str:
    """The address of a file for SQLite, which takes no server ("//server/share" of Windows)."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else f"file://{uri.removeprefix('file:')}"


def _open(path: Path, *, create: bool, timeout: float, immutable: bool = False) -> Database:
    base = _uri(path.absolute())
    if create:
        return _database(path, f"{base}?mode=rwc", timeout)
    if immutable:
        return _database(path, f"{base}?mode=ro&immutable=1", timeout)
    # "rw" even for reading: so the last program to close the file tidies up its write-ahead log.
    # On a read-only disk that fails. There nobody can be writing, and unless a log was left
    # after the file may be taken as it stands.
    log = Path(f"{path}-wal")
    modes = ["mode=rw", "mode=ro"]
    if not log.exists() or not log.stat().st_size:
        modes.append("mode=ro&immutable=1")
    for mode in modes:
        try:
            db = _database(path, f"{base}?{mode}", timeout)
        except sqlite3.OperationalError as error:
            if mode == modes[-1] or not error_name(error).startswith(
                ("SQLITE_READONLY", "SQLITE_CANTOPEN")
            ):
                raise
        else:
            return db
    raise AssertionError("unreachable")


class _Connection(sqlite3.Connection):
    """A connection that no longer holds its file once it is closed."""

    def close(self) -> None:
        super().close()
        held_files.release(self)


def _database(path: Path, uri: str, timeout: float) -> Database:
    # Autocommit: no transaction begins unless `Library.write` begins it.
    conn = sqlite3.connect(
        uri, uri=True, timeout=timeout, isolation_level=None, factory=_Connection
    )
    held_files.hold(conn, path)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA cache_size = -32000")  # 32 MB
    except BaseException:
        conn.close()
        raise
    return Database(conn, execute_plugins=False)


def _number(db: Database, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])


def _state(db: Database) -> State:
    """What the header of the file says it is."""
    version = _number(db, "user_version")
    if _number(db, "application_id") != APPLICATION_ID:
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return "foreign" if tables or version else "new"
    if version == SCHEMA_VERSION:
        return "current"
    return "older" if version < SCHEMA_VERSION else "newer"


def _refuse(state: State, path: Path) -> LibraryError:
    what, remedy = {
        "new": (
            "this is an empty SQLite file, not a library yet",
            f"Fill it from your sources: quotecheck build SOURCES --db {path}",
        ),
        "foreign": (
            "this is a SQLite file of another program, not a quotecheck library",
            _NO_LIBRARY,
        ),
        "older": (
            "this library was made by an older quotecheck",
            f"Bring it up to date, nothing in it is lost: quotecheck verify --upgrade {path}",
        ),
        "newer": (
            "this library was made by a newer quotecheck",
            "Update quotecheck: pip install --upgrade quotecheck-toolkit",
        ),
    }[state]
    return LibraryError(what, where=str(path), remedy=remedy)


def _prepare(db: Database, path: Path, *, timeout: float) -> None:
    """Make the tables in a new file, or take an older library through the steps it lacks."""
    state = _state(db)
    if state in ("foreign", "newer"):
        raise _refuse(state, path)
    if state == "new":
        db.execute("PRAGMA page_size = 16384")  # a tenth faster than 4096 with long texts
    if state != "current":
        deadline = time.monotonic() + timeout
        while True:
            try:  # SQLite does not wait by itself for this change
                db.execute("PRAGMA journal_mode = WAL").fetchone()
                break
            except sqlite3.OperationalError as error:
                if not is_about_lock(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        db.execute("BEGIN IMMEDIATE")
        try:
            if _state(db) != "current":  # another program may have been faster
                migrate(db)
            db.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise
    # With the write-ahead log every commit outlives a killed program, and a power cut may cost
    # the last commits but never the file.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(f"PRAGMA journal_size_limit = {64 * 2**20}").fetchone()


def _check(db: Database, path: Path) -> None:
    """Refuse a file that is not a whole library of this version."""
    state = _state(db)
    if state != "current":
        raise _refuse(state, path)
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    if missing := sorted(_TABLES - names):
        raise LibraryError(
            f"the library is damaged: it has no {', '.join(missing)}",
            where=str(path),
            remedy=REPLACE_REMEDY,
        )
