"""Libraries as earlier versions of the schema left them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import sqlite_utils

from quotecheck.library.schema.migrations import APPLICATION_ID, migrations

if TYPE_CHECKING:
    from pathlib import Path


def older_library(path: Path, steps: int) -> None:
    """A library as the first ``steps`` steps left it, with a document in it."""
    db = sqlite_utils.Database(sqlite3.connect(path, isolation_level=None))
    names = [step.name for step in migrations.pending(db)]
    migrations.apply(db, stop_before=names[steps])
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {steps}")
    db.execute(
        "INSERT INTO runs (command, version, settings, weights, started)"
        " VALUES ('build', '0', '{}', '{}', '2020-01-01')"
    )
    db.execute(
        "INSERT INTO documents"
        " (key, bytes_sha256, text_sha256, reader, characters, run_id, retrieved_at, text)"
        " VALUES ('old', ?, ?, 'text', 9, 1, '2020-01-01', 'Old words')",
        ["0" * 64, "0" * 64],
    )
    db.execute("INSERT INTO passages (document_id, start, end, text) VALUES (1, 0, 9, 'Old words')")
    db.close()
