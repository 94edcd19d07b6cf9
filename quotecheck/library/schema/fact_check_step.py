"""The sixteenth step of the schema: published fact-checks, and what kind of source one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.library.sql import run_script

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["m016_fact_checks"]


def m016_fact_checks(db: sqlite_utils.Database) -> None:
    """Fact-checks that others have published, and what kind of source a document is."""
    run_script(
        db,
        """
        -- 1: a collection of what others said or wrote; NULL: nobody has told.
        ALTER TABLE documents ADD COLUMN derived INTEGER CHECK (derived IN (0, 1));
        -- 1: a machine wrote down what was spoken; NULL: nobody has told.
        ALTER TABLE documents ADD COLUMN machine_transcript INTEGER
            CHECK (machine_transcript IN (0, 1));

        -- From schema.org ClaimReview, as their publishers have it.
        CREATE TABLE fact_checks (
            id INTEGER PRIMARY KEY,
            claim TEXT NOT NULL, -- as the publisher puts it
            words TEXT NOT NULL, -- the words that were checked, where they are given apart, or ''
            said_by TEXT, -- who is said to have claimed it
            rating TEXT,
            publisher TEXT,
            url TEXT,
            date TEXT, -- of the fact-check
            path TEXT, -- of the file that it came in
            position INTEGER NOT NULL, -- in that file, from 1
            bytes_sha256 TEXT NOT NULL CHECK (length(bytes_sha256) = 64), -- of that file
            run_id INTEGER NOT NULL REFERENCES runs (id),
            retrieved_at TEXT NOT NULL,
            replaced_by INTEGER REFERENCES fact_checks (id) -- the same one, as it was told later
        ) STRICT;
        CREATE INDEX fact_checks_claim ON fact_checks (claim);
        CREATE INDEX fact_checks_path ON fact_checks (path);
        CREATE INDEX fact_checks_run_id ON fact_checks (run_id);
        CREATE INDEX fact_checks_replaced_by ON fact_checks (replaced_by);
        CREATE VIRTUAL TABLE fact_checks_fts USING fts5 (
            claim,
            words,
            content = 'fact_checks',
            content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER fact_checks_after_insert AFTER INSERT ON fact_checks BEGIN
            INSERT INTO fact_checks_fts (rowid, claim, words)
                VALUES (new.id, new.claim, new.words);
        END;
        CREATE TRIGGER fact_checks_after_delete AFTER DELETE ON fact_checks BEGIN
            INSERT INTO fact_checks_fts (fact_checks_fts, rowid, claim, words)
                VALUES ('delete', old.id, old.claim, old.words);
        END;
        """,
    )
