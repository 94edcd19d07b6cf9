"""The schema: what it promises to other parts, and that old libraries are brought up to date."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
import sqlite_utils

from quotecheck.errors import LibraryError
from quotecheck.library.library import open_library
from quotecheck.library.places import searched_without
from quotecheck.library.schema.migrations import SCHEMA_VERSION, migrate, migrations
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from tests.support.older_libraries import older_library

if TYPE_CHECKING:
    from pathlib import Path


def test_every_step_is_numbered_and_counted() -> None:
    db = sqlite_utils.Database(memory=True)
    names = [step.name for step in migrations.pending(db)]
    assert len(names) == SCHEMA_VERSION
    assert [name[:4] for name in names] == [f"m{n:03}" for n in range(1, len(names) + 1)]
    migrate(db)
    assert [step.name for step in migrations.applied(db)] == names
    migrate(db)  # nothing left to do
    db.close()


@pytest.mark.parametrize("steps", range(2, SCHEMA_VERSION))
def test_older_library_is_refused_for_reading_and_brought_up_to_date_for_writing(
    tmp_path: Path, steps: int
) -> None:
    path = tmp_path / "old.db"
    older_library(path, steps)
    with pytest.raises(LibraryError, match="older") as caught:
        open_library(path)
    assert "quotecheck verify --upgrade" in (caught.value.remedy or "")
    with open_library(path, create=True) as library:
        document = library.document("old")
        assert document is not None
        assert document.text == "Old words"
        assert library.statistics().passages == 1
    with open_library(path) as library:
        assert library.statistics().documents == 1


def test_quotations_of_an_older_library_are_kept_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_library(path, 4)
    conn = sqlite3.connect(path)
    conn.executescript(
        """
        INSERT INTO attributed VALUES (1, 1, 1);
        INSERT INTO quotations (document_id, run_id, position, kind, content, cue, source,
            cue_lemma, source_form, rule, confidence, start, end, prefix, exact, suffix)
            VALUES (1, 1, 0, 'indirect', 'words', '', 'Old', '', 'name', 'r', 0.3, 4, 9, 'Old ',
            'words', '');
        INSERT INTO quotation_spans VALUES (1, 'content', 0, 4, 9, 'words');
        INSERT INTO quotation_spans VALUES (1, 'source', 0, 0, 3, 'Old');
        INSERT INTO speakers VALUES (1, 'Old');
        INSERT INTO quotation_speakers VALUES (1, 0, 1, NULL, '', 0, 3);
        """
    )
    conn.close()
    expected = Quotation(
        (Span(4, 9),), (), (Span(0, 3),), "indirect", "r", 0.3,
        speakers=(Speaker("Old", Span(0, 3)),), source_form="name",
    )  # fmt: skip
    with open_library(path, create=True) as library:
        (stored,) = library.quotations()
        assert stored.quotation == expected
        (said,) = library.db.query("SELECT * FROM who_said_what")
        assert (said["speaker"], said["content"]) == ("Old", "words")
        assert said["negated"] is None  # nobody had looked
        assert library.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_newer_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    open_library(path, create=True).close()
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    conn.close()
    for create in (False, True):
        with pytest.raises(LibraryError, match="newer") as caught:
            open_library(path, create=create)
        assert "pip install" in (caught.value.remedy or "")


def test_a_step_that_breaks_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    older_library(path, 3)

    def broken(db: sqlite_utils.Database) -> None:
        migrate(db)
        raise RuntimeError("power cut")

    monkeypatch.setattr("quotecheck.library.file.migrate", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        open_library(path, create=True)
    with pytest.raises(LibraryError, match="older"):
        open_library(path)


@pytest.fixture
def schema(tmp_path: Path) -> sqlite3.Connection:
    open_library(tmp_path / "a.db", create=True).close()
    return sqlite3.connect(tmp_path / "a.db")


COLUMNS = {
    "documents": "id key text title publication author date url path bytes_sha256 text_sha256"
    " encoding reader genre licence origin retrieved_at run_id",
    "segments": "id document_id start end speaker_id",
    "speakers": "id name",
    "aliases": "speaker_id name",
    "passages": "id document_id start end text",
    "passages_vocab": "term doc cnt",
}


@pytest.mark.parametrize(("table", "columns"), COLUMNS.items())
def test_columns_that_others_rely_on(schema: sqlite3.Connection, table: str, columns: str) -> None:
    held = {row[1] for row in schema.execute(f"PRAGMA table_info({table})")}
    schema.close()
    assert set(columns.split()) <= held


def test_tables_are_strict_and_say_what_they_refer_to(schema: sqlite3.Connection) -> None:
    tables = [
        (name, sql)
        for name, sql in schema.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "_sqlite_"))
        and not name.startswith(("passages_", "quotations_fts", "fact_checks_fts"))
    ]
    assert {name for name, _ in tables} >= {"documents", "quotations", "runs"}
    for name, sql in tables:
        assert "STRICT" in sql, name
        references = {row[3] for row in schema.execute(f"PRAGMA foreign_key_list({name})")}
        columns = {row[1] for row in schema.execute(f"PRAGMA table_info({name})")}
        assert {column for column in columns if column.endswith("_id")} <= references, name
    schema.close()


def test_every_reference_has_an_index(schema: sqlite3.Connection) -> None:
    tables = [n for (n,) in schema.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        leading = set()
        for index in schema.execute(f"PRAGMA index_list('{table}')").fetchall():
            columns = schema.execute(f"PRAGMA index_info('{index[1]}')").fetchall()
            leading.add(columns[0][2])
        for reference in schema.execute(f"PRAGMA foreign_key_list('{table}')"):
            column = reference[3]
            assert column in leading or column == "updated_run_id", (table, column)
    schema.close()


def test_documents_searched_are_counted_from_an_index_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older_library(path, SCHEMA_VERSION - 1)
    with open_library(path, create=True) as library:
        asked: list[str] = []
        library.db.conn.set_trace_callback(asked.append)
        found = searched_without(library.db.conn, ())
        without = searched_without(library.db.conn, (1,))
        library.db.conn.set_trace_callback(None)
        assert (found.documents, found.first_date, without.documents) == (1, None, 0)
        library.db.execute("UPDATE documents SET date = '1861-03-04' WHERE id = 1")
        dated = searched_without(library.db.conn, ())
        assert (dated.first_date, dated.last_date) == ("1861-03-04", "1861-03-04")
        library.db.execute("UPDATE documents SET searched = 0 WHERE id = 1")
        assert searched_without(library.db.conn, ()).documents == 0
        for query in asked:
            (plan,) = library.db.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
            assert "COVERING INDEX documents_searched" in plan[-1]
