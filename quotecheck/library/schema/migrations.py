"""The library's schema, one step after another.

A library is one SQLite file. Two numbers in its header say what it is: ``application_id`` that it
is ours, ``user_version`` how many of these steps it has been through. Steps are only ever added, so
an old library is brought up to date by the steps that it lacks, and nothing in it is lost.

Only features of SQLite 3.37 are used. Times are ISO 8601 in UTC. Positions (``start``, ``end``) are
code points into ``documents.text``, so ``substr(text, start + 1, end - start)`` gives the words.
Steps from the fifth on are in `quotecheck.library.schema.later_steps`, the sixteenth in
`quotecheck.library.schema.fact_check_step`, the seventeenth in
`quotecheck.library.schema.searched_documents_step`. After them the views are rebuilt, as
`quotecheck.library.schema.views` has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.library.database import Migrations
from quotecheck.library.schema.fact_check_step import m016_fact_checks
from quotecheck.library.schema.later_steps import (
    m005_facts,
    m006_places,
    m007_vectors,
    m008_locators,
    m009_people,
    m010_copies,
    m011_nested,
    m012_kept_checks,
    m013_descriptions,
    m014_reports,
    m015_languages,
)
from quotecheck.library.schema.searched_documents_step import m017_searched_documents
from quotecheck.library.schema.views import create_views
from quotecheck.library.sql import run_script

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "migrate", "migrations"]

APPLICATION_ID = 0x51634C62
"""The mark of a quotecheck library in the header of the file ("QcLb")."""


def m001_sources(db: sqlite_utils.Database) -> None:
    """Runs, documents, who speaks in them, and the passages they are cut into."""
    run_script(
        db,
        """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            command TEXT NOT NULL,
            version TEXT NOT NULL,
            settings TEXT NOT NULL, -- JSON: the options of the command
            weights TEXT NOT NULL, -- JSON: the sha256 of each file of weights that was used
            started TEXT NOT NULL,
            finished TEXT, -- NULL: still going, or killed
            status TEXT NOT NULL DEFAULT 'running'
                CHECK (status IN ('running', 'finished', 'interrupted', 'failed')),
            added INTEGER NOT NULL DEFAULT 0,
            replaced INTEGER NOT NULL DEFAULT 0,
            updated INTEGER NOT NULL DEFAULT 0,
            skipped INTEGER NOT NULL DEFAULT 0,
            attributed INTEGER NOT NULL DEFAULT 0,
            quotations INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        -- The text comes last: whatever stands behind a long text is slow to reach.
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            title TEXT,
            publication TEXT,
            author TEXT,
            date TEXT, -- ISO 8601, as precise as known: 1861, 2016-11, 2016-11-08
            url TEXT,
            path TEXT,
            genre TEXT,
            licence TEXT,
            origin TEXT,
            bytes_sha256 TEXT NOT NULL CHECK (length(bytes_sha256) = 64),
            text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64), -- of the text in UTF-8
            encoding TEXT,
            reader TEXT NOT NULL,
            metadata_origin TEXT NOT NULL DEFAULT '{}', -- JSON: where each field came from
            blocks TEXT NOT NULL DEFAULT '[]', -- JSON: [start, end] of each set-off quotation
            headline_start INTEGER,
            headline_end INTEGER,
            characters INTEGER NOT NULL CHECK (characters >= 0),
            searched INTEGER NOT NULL DEFAULT 1 CHECK (searched IN (0, 1)), -- is it a source?
            version INTEGER NOT NULL DEFAULT 1,
            replaced_by INTEGER REFERENCES documents (id), -- the document with the newer text
            run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that brought it in
            updated_run_id INTEGER REFERENCES runs (id), -- the last that changed its metadata
            retrieved_at TEXT NOT NULL,
            text TEXT NOT NULL,
            CHECK (replaced_by IS NULL OR searched = 0)
        ) STRICT;
        CREATE INDEX documents_path ON documents (path);
        CREATE INDEX documents_date ON documents (date);
        CREATE INDEX documents_text_sha256 ON documents (text_sha256);
        CREATE INDEX documents_run_id ON documents (run_id);
        CREATE INDEX documents_replaced_by ON documents (replaced_by);

        CREATE TABLE speakers (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE aliases (
            speaker_id INTEGER NOT NULL REFERENCES speakers (id),
            name TEXT NOT NULL,
            PRIMARY KEY (speaker_id, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX aliases_name ON aliases (name);

        -- Turns of a transcript: who holds which stretch of a document.
        CREATE TABLE segments (
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES documents (id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            speaker_id INTEGER REFERENCES speakers (id),
            CHECK (start >= 0 AND start <= "end")
        ) STRICT;
        CREATE INDEX segments_document_id ON segments (document_id, start);
        CREATE INDEX segments_speaker_id ON segments (speaker_id);

        CREATE TABLE passages (
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES documents (id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            text TEXT NOT NULL, -- the document's own words from start to end
            CHECK (start >= 0 AND start <= "end")
        ) STRICT;
        CREATE INDEX passages_document_id ON passages (document_id, start);

        -- Files that were read to their end without a failure, as they last were: while they
        -- stay the same, a later run need not read them again.
        CREATE TABLE inputs (
            path TEXT NOT NULL PRIMARY KEY,
            fingerprint TEXT NOT NULL, -- sha256 of the file's bytes and of how it was read
            documents INTEGER NOT NULL,
            attributed INTEGER NOT NULL CHECK (attributed IN (0, 1)),
            run_id INTEGER NOT NULL REFERENCES runs (id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX inputs_run_id ON inputs (run_id);

        CREATE TABLE failures (
            id INTEGER PRIMARY KEY,
            run_id INTEGER NOT NULL REFERENCES runs (id),
            place TEXT, -- the file, with the line where it has one
            reason TEXT NOT NULL,
            remedy TEXT
        ) STRICT;
        CREATE INDEX failures_run_id ON failures (run_id);
        """,
    )


def m002_search(db: sqlite_utils.Database) -> None:
    """Full-text search over the passages.

    New passages are entered by the store, row by row: through a trigger each would be written out
    by itself, at a quarter of the speed (11 instead of 44 MB of text a second).
    """
    run_script(
        db,
        """
        CREATE VIRTUAL TABLE passages_fts USING fts5 (
            text,
            content = 'passages',
            content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2',
            detail = full
        );
        CREATE VIRTUAL TABLE passages_vocab USING fts5vocab (passages_fts, 'row');
        CREATE TRIGGER passages_after_delete AFTER DELETE ON passages BEGIN
            INSERT INTO passages_fts (passages_fts, rowid, text)
                VALUES ('delete', old.id, old.text);
        END;
        CREATE TRIGGER passages_after_update AFTER UPDATE ON passages BEGIN
            INSERT INTO passages_fts (passages_fts, rowid, text)
                VALUES ('delete', old.id, old.text);
            INSERT INTO passages_fts (rowid, text) VALUES (new.id, new.text);
        END;
        """,
    )


def m003_quotations(db: sqlite_utils.Database) -> None:
    """Who said what: quotations with their exact places, speakers, and the run that found them."""
    run_script(
        db,
        """
        -- A document that a run has looked through for quotations, even when it holds none.
        CREATE TABLE attributed (
            document_id INTEGER NOT NULL REFERENCES documents (id),
            run_id INTEGER NOT NULL REFERENCES runs (id),
            quotations INTEGER NOT NULL,
            PRIMARY KEY (document_id, run_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attributed_run_id ON attributed (run_id);

        CREATE TABLE quotations (
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES documents (id),
            run_id INTEGER NOT NULL REFERENCES runs (id),
            position INTEGER NOT NULL, -- 0 is the first of the document in that run
            kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect', 'scare', 'title')),
            content TEXT NOT NULL, -- the words of its spans, joined by " … "
            cue TEXT NOT NULL,
            source TEXT NOT NULL,
            cue_lemma TEXT NOT NULL,
            role TEXT,
            via TEXT NOT NULL DEFAULT '[]', -- JSON: outlets and relays, outermost first
            source_form TEXT NOT NULL,
            rule TEXT NOT NULL,
            confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
            -- W3C selectors: TextPosition (start, end) and TextQuote (exact, prefix, suffix)
            -- of the stretch from the first word of the content to its last.
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            prefix TEXT NOT NULL,
            exact TEXT NOT NULL,
            suffix TEXT NOT NULL,
            UNIQUE (document_id, run_id, position),
            CHECK (start >= 0 AND start <= "end")
        ) STRICT;
        CREATE INDEX quotations_run_id ON quotations (run_id);

        CREATE TABLE quotation_spans (
            quotation_id INTEGER NOT NULL REFERENCES quotations (id),
            part TEXT NOT NULL CHECK (part IN ('content', 'cue', 'source', 'via')),
            position INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            exact TEXT NOT NULL,
            PRIMARY KEY (quotation_id, part, position),
            CHECK (start >= 0 AND start <= "end")
        ) STRICT, WITHOUT ROWID;

        -- Several rows for words spoken jointly; none where nobody knows who speaks.
        CREATE TABLE quotation_speakers (
            quotation_id INTEGER NOT NULL REFERENCES quotations (id),
            position INTEGER NOT NULL,
            speaker_id INTEGER REFERENCES speakers (id), -- NULL: described, but never named
            role TEXT,
            label TEXT NOT NULL,
            mention_start INTEGER, -- where the article gives the name
            mention_end INTEGER,
            PRIMARY KEY (quotation_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX quotation_speakers_speaker_id ON quotation_speakers (speaker_id);

        -- Guesses for a quotation without a speaker, best first. Never shown as the speaker.
        CREATE TABLE quotation_candidates (
            quotation_id INTEGER NOT NULL REFERENCES quotations (id),
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            probability REAL NOT NULL,
            PRIMARY KEY (quotation_id, position)
        ) STRICT, WITHOUT ROWID;
        """,
    )


def m004_views(db: sqlite_utils.Database) -> None:
    """Nothing any more: it made the views, which are now made after all steps."""


_STEPS = (
    m001_sources,
    m002_search,
    m003_quotations,
    m004_views,
    m005_facts,
    m006_places,
    m007_vectors,
    m008_locators,
    m009_people,
    m010_copies,
    m011_nested,
    m012_kept_checks,
    m013_descriptions,
    m014_reports,
    m015_languages,
    m016_fact_checks,
    m017_searched_documents,
)

SCHEMA_VERSION = len(_STEPS)
"""How many steps there are; a library with more of them was made by a newer quotecheck."""

migrations = Migrations("quotecheck")
for _step in _STEPS:
    migrations()(_step)


def migrate(db: sqlite_utils.Database) -> None:
    """Take ``db`` through the steps it lacks and mark it as a library.

    Call it inside a transaction: either all steps are taken or none.
    """
    migrations.apply(db)
    create_views(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
