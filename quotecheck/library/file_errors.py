"""What SQLite complains of, as errors that say what is wrong with a library and what to do."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotecheck.errors import LibraryError, QuotecheckError
from quotecheck.library.integrity import document_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlite_utils

__all__ = [
    "REPLACE_REMEDY",
    "error_name",
    "explained",
    "is_about_lock",
    "library_error",
    "raise_if_damaged",
]

_ROOM: Final = 64 * 1024
"""Bytes that SQLite needs beside a library to open it: the index of its log takes 32 KiB."""
REPLACE_REMEDY: Final = "Restore a copy, or build it again from the sources under a new name."
"""What to do about a library that is damaged."""


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about the file at ``path`` into a `LibraryError` with a remedy."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # our mistake, not the file's
    except sqlite3.DatabaseError as error:
        raise library_error(error, path) from error
    except UnicodeDecodeError as error:  # SQLite quotes the file in its complaint
        raise LibraryError(
            "the library is damaged (names in it are not text)",
            where=str(path),
            remedy=REPLACE_REMEDY,
        ) from error


_LOOKING = 20.0
"""Seconds that `raise_if_damaged` goes through the documents of a library."""


def raise_if_damaged(db: sqlite_utils.Database, path: Path, error: Exception) -> None:
    """Return whether an error came of a damaged library, and raise that instead.

    In a damaged file there may be anything in the place of a value, and any step may stumble over
    it. So nothing is asked beforehand; when something has failed, the file is looked through.

    Args:
        db: the library, in no transaction.
        path: where it lies.
        error: what went wrong while it was in use.

    Raises:
        LibraryError: SQLite complained, or the file is not whole. Otherwise nothing is raised.
    """
    if isinstance(error, QuotecheckError | sqlite3.ProgrammingError | OSError | MemoryError):
        return
    if isinstance(error, sqlite3.DatabaseError):
        raise library_error(error, path) from error
    with explained(path):
        damage = _damage(db)
    if damage is not None:
        raise LibraryError(
            f"the library is damaged ({damage})", where=str(path), remedy=REPLACE_REMEDY
        ) from error


def _damage(db: sqlite_utils.Database) -> str | None:
    """The first thing that is wrong with the file, None where nothing is."""
    (message,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if message != "ok":
        return str(message)
    deadline = time.monotonic() + _LOOKING

    def looked(*_: object) -> None:
        if time.monotonic() > deadline:
            raise TimeoutError

    with contextlib.suppress(TimeoutError):
        for finding in document_findings(db, looked):
            return f"{finding.place}: {finding.what}"
    return None


def library_error(error: sqlite3.DatabaseError, path: Path) -> LibraryError:
    """Say what an error of SQLite means for the file at ``path``, and what to do about it."""
    name = error_name(error)
    what, remedy = f"SQLite refuses: {error}", "Look at the file with another SQLite program."
    if is_about_lock(error):
        what = "another program is writing into the library and does not let go"
        remedy = "Wait until it is done, or stop it, and try again."
    elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        what = "the library cannot be written to"
        remedy = "Check the permissions of the file and of its folder, or use another place."
    elif name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _is_full_disk(path)):
        what = "the disk is full"
        remedy = "Make room and run the command again: it goes on where it stopped."
    elif name.startswith("SQLITE_IOERR"):
        what = f"the disk fails ({error})"
        remedy = "Check the disk, its quota and the limit on files (ulimit -f); nothing is lost."
        if not name.startswith(("SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE")):
            remedy = "Check the disk, and restore a copy if need be."
    elif name.startswith("SQLITE_CORRUPT") or name in ("SQLITE_NOTADB", "SQLITE_FORMAT"):
        what = f"the library is damaged ({error})"
        remedy = REPLACE_REMEDY
    elif "no such module" in str(error):
        what = "this Python's SQLite has no full-text search (FTS5)"
        remedy = "Use a Python whose SQLite has FTS5; those of python.org and of uv do."
    return LibraryError(what, where=str(path), remedy=remedy)


def _is_full_disk(path: Path) -> bool:
    """Return whether there is no room where a library lies, not even to open its log."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(path.absolute().parent).free < _ROOM
    return False


def error_name(error: sqlite3.Error) -> str:
    """Return SQLite's own name of an error ("SQLITE_BUSY"); empty where it has none."""
    return getattr(error, "sqlite_errorname", None) or ""


def is_about_lock(error: sqlite3.Error) -> bool:
    """Return whether another program stands in the way."""
    return error_name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
