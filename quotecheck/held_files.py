"""Files that SQLite has open in this process, which nothing else in it may open.

POSIX drops every lock that a process holds on a file as soon as the process closes any descriptor
of that file. SQLite knows this and takes care of its own descriptors; a plain ``open()`` beside it,
even for reading one byte, silently takes away the locks of all its connections. The next process
that closes the library then believes to be the last one and deletes the write-ahead log under us.
So whatever opens files that a user names asks here first.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from quotecheck.errors import InputError

__all__ = ["hold", "is_held", "release", "require_free"]

_SUFFIXES: Final = ("", "-wal", "-shm", "-journal")
"""Of the database and of the files that SQLite keeps beside it."""

_open_files: WeakKeyDictionary[object, str] = WeakKeyDictionary()
_lock = threading.Lock()


def hold(connection: object, path: Path | str) -> None:
    """Note that a connection has a database open; it is forgotten with the connection."""
    with _lock:
        _open_files[connection] = os.path.abspath(path)  # noqa: PTH100 (a link is not followed)


def release(connection: object) -> None:
    """Forget a connection that was closed."""
    with _lock:
        _open_files.pop(connection, None)


def is_held(path: Path | str) -> bool:
    """Whether a path leads to a database that is open in this process, or to a file beside it."""
    with _lock:
        databases = set(_open_files.values())
    if not databases:
        return False
    try:
        asked = os.stat(path)  # noqa: PTH116 (one call for both kinds of path)
    except (OSError, ValueError):
        return False
    for database in databases:
        for suffix in _SUFFIXES:
            try:
                if os.path.samestat(asked, os.stat(database + suffix)):  # noqa: PTH116
                    return True
            except OSError:
                continue
    return False


def require_free(path: Path | str) -> None:
    """Refuse to open a file of a database that is open in this process.

    Raises:
        InputError: it is one.
    """
    if is_held(path):
        raise InputError(
            "this file belongs to the library that is open, and is not a source",
            where=str(path),
            remedy="Leave it out of what is to be read.",
        )
