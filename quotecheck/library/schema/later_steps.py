"""The later steps of the schema: facts, vectors, locators, speakers, near copies.

The steps before them, and how they are taken, are in `quotecheck.library.schema.migrations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.library.sql import run_script

if TYPE_CHECKING:
    import sqlite_utils

__all__ = [
    "m005_facts",
    "m006_places",
    "m007_vectors",
    "m008_locators",
    "m009_people",
    "m010_copies",
    "m011_nested",
    "m012_kept_checks",
    "m013_descriptions",
    "m014_reports",
    "m015_languages",
]


def m009_people(db: sqlite_utils.Database) -> None:
    """Names under which turns and quotations came, who changed what about speakers, and an index.

    Every turn and quotation keeps the name that it was stored under. So two speakers who are one
    can be brought together, and taken apart again, without a row forgetting where it belongs.

    New quotations are entered in their index by the store, as passages are.
    """
    run_script(
        db,
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
        """,
    )


def m010_copies(db: sqlite_utils.Database) -> None:
    """Which documents are near copies of an earlier one, and what they are compared by."""
    run_script(
        db,
        """
        CREATE TABLE document_copies (
            document_id INTEGER NOT NULL PRIMARY KEY REFERENCES documents (id),
            copy_of INTEGER NOT NULL REFERENCES documents (id), -- the earliest with these words
            similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1), -- runs of 4 words shared
            CHECK (document_id <> copy_of)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX document_copies_copy_of ON document_copies (copy_of);

        -- MinHash of a document's runs of words: documents that share several numbers at the same
        -- places are compared word by word.
        CREATE TABLE document_signatures (
            document_id INTEGER NOT NULL PRIMARY KEY REFERENCES documents (id),
            compared INTEGER NOT NULL DEFAULT 0 CHECK (compared IN (0, 1)),
            bands BLOB NOT NULL -- 32-bit numbers, little-endian; empty: too short to compare
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX document_signatures_compared ON document_signatures (compared);
        """,
    )


def m011_nested(db: sqlite_utils.Database) -> None:
    """Which quotation stands in which, and what a confidence is made of.

    The new columns are NULL in quotations of older runs, which did not tell.
    """
    run_script(
        db,
        """
        -- The quotation within which this one is reported; NULL: none, an outermost one.
        ALTER TABLE quotations ADD COLUMN parent_id INTEGER REFERENCES quotations (id);
        -- Probabilities of the parts, whose product is the confidence.
        ALTER TABLE quotations ADD COLUMN confidence_span REAL
            CHECK (confidence_span BETWEEN 0 AND 1);
        ALTER TABLE quotations ADD COLUMN confidence_source REAL
            CHECK (confidence_source BETWEEN 0 AND 1);
        ALTER TABLE quotations ADD COLUMN confidence_name REAL -- NULL as well: no name is given
            CHECK (confidence_name BETWEEN 0 AND 1);
        CREATE INDEX quotations_parent_id ON quotations (parent_id);
        """,
    )


def m013_descriptions(db: sqlite_utils.Database) -> None:
    """What names no person or organisation can be taken out of the register, and put back.

    The tables of changes are made again, with one more kind of change to choose from.
    """
    run_script(
        db,
        """
        CREATE TABLE speaker_changes_new (
            id INTEGER PRIMARY KEY,
            change TEXT NOT NULL
                CHECK (change IN ('merge', 'split', 'rename', 'identify', 'tidy', 'undo')),
            summary TEXT NOT NULL,
            by TEXT NOT NULL, -- the user
            at TEXT NOT NULL,
            undoes INTEGER REFERENCES speaker_changes_new (id) -- the change this one takes back
        ) STRICT;
        INSERT INTO speaker_changes_new SELECT id, change, summary, by, at, undoes
            FROM speaker_changes ORDER BY id;
        CREATE TABLE speaker_change_rows_new (
            change_id INTEGER NOT NULL REFERENCES speaker_changes_new (id),
            position INTEGER NOT NULL,
            speaker INTEGER NOT NULL, -- speakers.id; never given out again
            "table" TEXT NOT NULL CHECK ("table" IN ('speakers', 'aliases')),
            name TEXT NOT NULL, -- of the speaker before it was changed, or the alias
            before TEXT, -- JSON
            after TEXT, -- JSON
            PRIMARY KEY (change_id, position)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO speaker_change_rows_new SELECT change_id, position, speaker, "table", name,
            before, after FROM speaker_change_rows;
        DROP TABLE speaker_change_rows;
        DROP TABLE speaker_changes;
        ALTER TABLE speaker_changes_new RENAME TO speaker_changes;
        ALTER TABLE speaker_change_rows_new RENAME TO speaker_change_rows;
        CREATE INDEX speaker_changes_undoes ON speaker_changes (undoes);
        CREATE INDEX speaker_change_rows_speaker ON speaker_change_rows (speaker);

        -- What came under a name that is in no register: found again when it comes into one.
        CREATE INDEX segments_described ON segments (speaker_name) WHERE speaker_id IS NULL;
        CREATE INDEX quotation_speakers_described ON quotation_speakers (speaker_name)
            WHERE speaker_id IS NULL;
        """,
    )


def m014_reports(db: sqlite_utils.Database) -> None:
    """How likely words without marks are a report; NULL in quotations of older runs."""
    run_script(
        db,
        """
        ALTER TABLE quotations ADD COLUMN report_probability REAL
            CHECK (report_probability BETWEEN 0 AND 1);
        """,
    )


def m005_facts(db: sqlite_utils.Database) -> None:
    """What the words around an utterance say of it, the chain it took, and why it was attributed.

    The new columns are NULL in quotations of older runs, which did not look for these things.
    """
    run_script(
        db,
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
        """,
    )


def m006_places(db: sqlite_utils.Database) -> None:
    """Which release of a reader made a text, and where in its source a stretch of it stands."""
    run_script(
        db,
        """
        ALTER TABLE documents ADD COLUMN reader_version TEXT; -- NULL: as the run's version
        ALTER TABLE segments ADD COLUMN locator TEXT; -- page or time, where a reader gives one
        """,
    )


def m008_locators(db: sqlite_utils.Database) -> None:
    """Where in its source each stretch of a document's text stands."""
    run_script(
        db,
        """
        CREATE TABLE locators (
            document_id INTEGER NOT NULL REFERENCES documents (id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            kind TEXT NOT NULL, -- page, time, or chapter
            label TEXT NOT NULL, -- for people: 12, 00:01:02, The Second Night
            PRIMARY KEY (document_id, start, kind),
            CHECK (start >= 0 AND start <= "end")
        ) STRICT, WITHOUT ROWID;
        """,
    )


def m007_vectors(db: sqlite_utils.Database) -> None:
    """Vectors of the sentences of passages, some hundred passages a row.

    A row holds all passages from ``first`` to ``last`` as they were. Where one of them goes or
    changes, the row goes too, and the next build makes it again.
    """
    run_script(
        db,
        """
        CREATE TABLE passage_vectors (
            id INTEGER PRIMARY KEY,
            encoder TEXT NOT NULL CHECK (length(encoder) = 64), -- sha256 of its weights
            first INTEGER NOT NULL, -- passages.id
            last INTEGER NOT NULL,
            units INTEGER NOT NULL CHECK (units >= 0),
            -- Little-endian: a row of three 32-bit numbers a unit, its passage counted from
            -- first, and its start and end in the document.
            places BLOB NOT NULL CHECK (length(places) = 12 * units),
            signs BLOB NOT NULL CHECK (length(signs) = 48 * units), -- a bit a number: is it > 0
            vectors BLOB NOT NULL CHECK (length(vectors) = 192 * units), -- four bits a number
            CHECK (first <= last)
        ) STRICT;
        CREATE INDEX passage_vectors_first ON passage_vectors (first, last);
        CREATE TRIGGER passage_vectors_after_delete AFTER DELETE ON passages BEGIN
            DELETE FROM passage_vectors WHERE first <= old.id AND last >= old.id;
        END;
        CREATE TRIGGER passage_vectors_after_update AFTER UPDATE ON passages BEGIN
            DELETE FROM passage_vectors WHERE first <= old.id AND last >= old.id;
        END;
        """,
    )


def m012_kept_checks(db: sqlite_utils.Database) -> None:
    """Checks that a desk keeps, with where each stands and who said so."""
    run_script(
        db,
        """
        CREATE TABLE kept_checks (
            id INTEGER PRIMARY KEY,
            made TEXT NOT NULL,
            version TEXT NOT NULL, -- of quotecheck
            article TEXT, -- the draft's path or id; NULL: words given by themselves
            article_title TEXT,
            article_url TEXT,
            article_date TEXT,
            number INTEGER NOT NULL, -- of the quotation in its article, from 1
            quotation TEXT NOT NULL,
            credited_to TEXT,
            verdict TEXT NOT NULL,
            severity TEXT NOT NULL,
            document_id INTEGER REFERENCES documents (id), -- where the words were found
            status TEXT NOT NULL DEFAULT 'open'
                CHECK (status IN ('open', 'confirmed', 'corrected', 'disputed')),
            note TEXT,
            who TEXT,
            changed TEXT,
            record TEXT NOT NULL -- JSON: the whole check
        ) STRICT;
        CREATE INDEX kept_checks_document_id ON kept_checks (document_id);
        CREATE INDEX kept_checks_quotation ON kept_checks (quotation);

        CREATE TABLE kept_check_changes (
            id INTEGER PRIMARY KEY,
            check_id INTEGER NOT NULL REFERENCES kept_checks (id) ON DELETE CASCADE,
            status TEXT NOT NULL,
            note TEXT,
            who TEXT,
            made TEXT NOT NULL
        ) STRICT;
        CREATE INDEX kept_check_changes_check_id ON kept_check_changes (check_id);
        """,
    )


def m015_languages(db: sqlite_utils.Database) -> None:
    """Languages of documents, and vectors of any width, so that several encoders have a place."""
    run_script(
        db,
        """
        ALTER TABLE documents ADD COLUMN language TEXT; -- BCP 47 ("de"); NULL: nobody said
        ALTER TABLE documents ADD COLUMN translated TEXT; -- yes, or the language of the original

        DROP TRIGGER passage_vectors_after_delete;
        DROP TRIGGER passage_vectors_after_update;
        DROP INDEX passage_vectors_first;
        ALTER TABLE passage_vectors RENAME TO older_vectors;
        CREATE TABLE passage_vectors (
            id INTEGER PRIMARY KEY,
            encoder TEXT NOT NULL CHECK (length(encoder) = 64), -- sha256 of its weights
            first INTEGER NOT NULL, -- passages.id
            last INTEGER NOT NULL,
            units INTEGER NOT NULL CHECK (units >= 0),
            numbers INTEGER NOT NULL CHECK (numbers % 64 = 0), -- in a vector
            -- Little-endian: a row of three 32-bit numbers a unit, its passage counted from
            -- first, and its start and end in the document.
            places BLOB NOT NULL CHECK (length(places) = 12 * units),
            signs BLOB NOT NULL -- a bit a number: is it > 0
                CHECK (length(signs) * 8 = numbers * units),
            vectors BLOB NOT NULL -- four bits a number
                CHECK (length(vectors) * 2 = numbers * units),
            CHECK (first <= last)
        ) STRICT;
        INSERT INTO passage_vectors
            (id, encoder, first, last, units, numbers, places, signs, vectors)
            SELECT id, encoder, first, last, units, 384, places, signs, vectors FROM older_vectors;
        DROP TABLE older_vectors;
        CREATE INDEX passage_vectors_first ON passage_vectors (first, last);
        CREATE TRIGGER passage_vectors_after_delete AFTER DELETE ON passages BEGIN
            DELETE FROM passage_vectors WHERE first <= old.id AND last >= old.id;
        END;
        CREATE TRIGGER passage_vectors_after_update AFTER UPDATE ON passages BEGIN
            DELETE FROM passage_vectors WHERE first <= old.id AND last >= old.id;
        END;
        """,
    )
