"""What a library notes of documents elsewhere: checks, files, failures, settings of runs.

Functions over an open connection, inside `Library.write`, for documents that are being forgotten.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["forget_checks", "forget_files", "forget_settings"]

_ENDS: Final = frozenset(" ,;:#!" + os.sep)
"""What may follow the name of a file in the place of a failure, or in its remedy."""


def forget_checks(db: sqlite_utils.Database, keys: Collection[str], paths: Collection[str]) -> None:
    """Remove checks of an article that is gone; of others, what their records say of it."""
    for name in {*keys, *paths}:
        db.execute("DELETE FROM kept_checks WHERE article = ?", [name])
    for key in keys:
        written = json.dumps(key, ensure_ascii=False)[1:-1]
        for number, record in db.execute(
            "SELECT id, record FROM kept_checks WHERE instr(record, ?)", [written]
        ).fetchall():
            rest = json.dumps(_without(json.loads(record), key), ensure_ascii=False, sort_keys=True)
            db.execute("UPDATE kept_checks SET record = ? WHERE id = ?", [rest, number])


def _without(record: Any, key: str) -> Any:
    """A record without what belongs to a document: other places, and reasons that name it."""

    def names(value: Any) -> bool:
        if isinstance(value, str):
            return value == key or f"({key})" in value
        inner = value.values() if isinstance(value, dict) else value
        return isinstance(value, (dict, list)) and any(item == key for item in inner)

    if isinstance(record, list):
        return [_without(item, key) for item in record if not names(item)]
    if isinstance(record, dict):
        return {
            name: None if isinstance(item, str) and names(item) else _without(item, key)
            for name, item in record.items()
        }
    return record


def forget_files(db: sqlite_utils.Database, paths: Sequence[str]) -> None:
    """Correct the notes about files, given once for each document that came from them."""
    files = Counter(file for path in paths for file in _files(db, path))
    for path, number in files.items():
        if _is_source(db, path):
            sql = "UPDATE inputs SET documents = max(0, documents - ?) WHERE path = ?"
            db.execute(sql, [number, path])
            continue
        db.execute("DELETE FROM inputs WHERE path = ?", [path])
        failures = db.execute(
            "SELECT id, place, remedy FROM failures"
            " WHERE substr(place, 1, ?1) = ?2 OR instr(coalesce(remedy, ''), ?2)",
            [len(path), path],
        ).fetchall()
        for failure, place, remedy in failures:
            if any(_is_about(text, path) for text in (place or "", remedy or "")):
                db.execute("DELETE FROM failures WHERE id = ?", [failure])


def _files(db: sqlite_utils.Database, path: str) -> Iterator[str]:
    """The path of a document, and the archive that it was in."""
    yield path
    folder = os.path.dirname(path)  # noqa: PTH120 - of odd names too
    while folder and folder != os.path.dirname(folder):  # noqa: PTH120
        if db.execute("SELECT 1 FROM inputs WHERE path = ?", [folder]).fetchone():
            yield folder
        folder = os.path.dirname(folder)  # noqa: PTH120


def _is_source(db: sqlite_utils.Database, file: str) -> bool:
    """Whether a document of any version came from a file, or from one within it."""
    row = db.execute(
        "SELECT 1 FROM documents WHERE path = ? OR (path >= ? AND path < ?) LIMIT 1",
        [file, file + os.sep, file + chr(ord(os.sep) + 1)],
    ).fetchone()
    return row is not None


def _is_about(text: str, path: str) -> bool:
    _, mention, rest = text.partition(path)
    return bool(mention) and (not rest or rest[0] in _ENDS or rest == ".")


def forget_settings(
    db: sqlite_utils.Database, names: Collection[str], paths: Collection[str]
) -> None:
    """Take names, and files however they were named, out of the settings that runs were given."""

    def is_named(value: Any) -> bool:
        if not isinstance(value, str):
            return False
        tail = os.sep + value.removeprefix(f".{os.sep}")
        return value in names or any(path == value or path.endswith(tail) for path in paths)

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: without(item) for name, item in value.items()}
        if isinstance(value, list):
            return [without(item) for item in value if not is_named(item)]
        return None if is_named(value) else value

    for run, stored in db.execute("SELECT id, settings FROM runs").fetchall():
        before = json.loads(stored)
        after = without(before)
        if after != before:
            rest = json.dumps(after, ensure_ascii=False, sort_keys=True)
            db.execute("UPDATE runs SET settings = ? WHERE id = ?", [rest, run])
