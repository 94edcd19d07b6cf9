"""The step of the library's schema that came with the care for names and the search of quotations.

The steps before it, and how they are taken, are in `quotecheck.library.schema.migrations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["m009_people"]


def m009_people(db: sqlite_utils.Database) -> None:
    """Names under which turns and quotations came, who changed what about speakers, and an index.

    Every turn and quotation keeps the name that it was stored under. So two speakers who are one
    can be brought together, and taken apart again, without a row forgetting where it belongs.

    New quotations are entered in their index by the store, as passages are.
    """
    db.executescript(
        """
        ALTER TABLE speakers ADD COLUMN identifier TEXT; -- from the user's own table ("Q7747")
        -- form: so articles write them. name: what is stored under that name is theirs.
        ALTER TABLE aliases ADD COLUMN kind TEXT NOT NULL DEFAULT 'form'
            CHECK (kind IN ('form', 'name'));
        CREATE UNIQUE INDEX aliases_as_name ON aliases (name) WHERE kind = 'name';
        ALTER TABLE segments ADD COLUMN speaker_name TEXT; -- the name that the turn came under
        ALTER TABLE quotation_speakers ADD COLUMN speaker_name TEXT; -- the name that it came under
        UPDATE segments SET speaker_name = (SELECT name FROM speakers WHERE id = speaker_id)
            WHERE speaker_id IS NOT NULL;
        UPDATE quotation_speakers SET speaker_name =
            (SELECT name FROM speakers WHERE id = speaker_id) WHERE speaker_id IS NOT NULL;

        -- What was changed about speakers, by whom and when.
        CREATE TABLE speaker_changes (
            id INTEGER PRIMARY KEY,
            change TEXT NOT NULL
                CHECK (change IN ('merge', 'split', 'rename', 'identify', 'undo')),
            summary TEXT NOT NULL,
            by TEXT NOT NULL, -- the user
            at TEXT NOT NULL,
            undoes INTEGER REFERENCES speaker_changes (id) -- the change that this one takes back
        ) STRICT;
        CREATE INDEX speaker_changes_undoes ON speaker_changes (undoes);

        -- The rows as they were before a change and after it; NULL where there was none.
        CREATE TABLE speaker_change_rows (
            change_id INTEGER NOT NULL REFERENCES speaker_changes (id),
            position INTEGER NOT NULL,
            speaker INTEGER NOT NULL, -- speakers.id; never given out again
            "table" TEXT NOT NULL CHECK ("table" IN ('speakers', 'aliases')),
            name TEXT NOT NULL, -- of the speaker before it was changed, or the alias
            before TEXT, -- JSON
            after TEXT, -- JSON
            PRIMARY KEY (change_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX speaker_change_rows_speaker ON speaker_change_rows (speaker);

        CREATE VIRTUAL TABLE quotations_fts USING fts5 (
            content,
            content = 'quotations',
            content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2',
            detail = full
        );
        CREATE TRIGGER quotations_after_delete AFTER DELETE ON quotations BEGIN
            INSERT INTO quotations_fts (quotations_fts, rowid, content)
                VALUES ('delete', old.id, old.content);
        END;
        CREATE TRIGGER quotations_after_update AFTER UPDATE OF id, content ON quotations BEGIN
            INSERT INTO quotations_fts (quotations_fts, rowid, content)
                VALUES ('delete', old.id, old.content);
            INSERT INTO quotations_fts (rowid, content) VALUES (new.id, new.content);
        END;
        INSERT INTO quotations_fts (quotations_fts) VALUES ('rebuild');
        """
    )
