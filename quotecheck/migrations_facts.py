"""Steps of the library's schema that came with facts about utterances and places in sources.

The steps before them, and how they are taken, are in `quotecheck.library.schema.migrations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["m005_facts", "m006_places"]


def m005_facts(db: sqlite_utils.Database) -> None:
    """What the words around an utterance say of it, the chain it took, and why it was attributed.

    The new columns are NULL in quotations of older runs, which did not look for these things.
    """
    db.executescript(
        """
        ALTER TABLE quotations ADD COLUMN cue_class TEXT; -- say, deny, ask, …; '' in no class
        ALTER TABLE quotations ADD COLUMN negated INTEGER CHECK (negated IN (0, 1)); -- not said
        ALTER TABLE quotations ADD COLUMN tense TEXT; -- past, present, future, or ''
        ALTER TABLE quotations ADD COLUMN modality TEXT; -- '' for a plain assertion
        ALTER TABLE quotations ADD COLUMN relay TEXT; -- who passed it on, outermost first
        ALTER TABLE quotations ADD COLUMN evidence TEXT; -- JSON: what spoke for it or against it

        -- The table of spans again, with more parts of an utterance to choose from.
        CREATE TABLE quotation_spans_new (
            quotation_id INTEGER NOT NULL REFERENCES quotations (id),
            part TEXT NOT NULL CHECK (part IN ('content', 'cue', 'source', 'via', 'negation',
                'addressee', 'time', 'place')),
            position INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            exact TEXT NOT NULL,
            PRIMARY KEY (quotation_id, part, position),
            CHECK (start >= 0 AND start <= "end")
        ) STRICT, WITHOUT ROWID;
        INSERT INTO quotation_spans_new SELECT * FROM quotation_spans;
        DROP TABLE quotation_spans;
        ALTER TABLE quotation_spans_new RENAME TO quotation_spans;

        -- The chain that words took to the article, outermost first.
        CREATE TABLE quotation_relay (
            quotation_id INTEGER NOT NULL REFERENCES quotations (id),
            position INTEGER NOT NULL,
            part TEXT NOT NULL, -- outlet, relayer, or the principal for whom a relayer speaks
            name TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            exact TEXT NOT NULL,
            PRIMARY KEY (quotation_id, position),
            CHECK (start >= 0 AND start <= "end")
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE quotation_speakers ADD COLUMN role_start INTEGER; -- where the role stands
        ALTER TABLE quotation_speakers ADD COLUMN role_end INTEGER;
        ALTER TABLE quotation_speakers ADD COLUMN description TEXT; -- for one without a name
        ALTER TABLE quotation_speakers ADD COLUMN identifier TEXT; -- from the user's own table
        """
    )


def m006_places(db: sqlite_utils.Database) -> None:
    """Which release of a reader made a text, and where in its source a stretch of it stands."""
    db.executescript(
        """
        ALTER TABLE documents ADD COLUMN reader_version TEXT; -- NULL: as the run's version
        ALTER TABLE segments ADD COLUMN locator TEXT; -- page or time, where a reader gives one
        """
    )
