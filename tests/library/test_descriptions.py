"""What the library says of its own tables, and the lists that the explorer's pages are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quotecheck.library import listings
from quotecheck.library.kept_checks import count_by_status, kept_checks
from quotecheck.library.library import Library, open_library
from quotecheck.library.schema.descriptions import MAIN_TABLES, TABLES, VIEWS, meanings
from quotecheck.reading.documents import document_of
from quotecheck.records.check import Check
from quotecheck.records.fact_check import FactCheck, FoundFactCheck
from quotecheck.records.plain import check_of, check_record
from quotecheck.records.text import Span
from tests.support.web_cases import kept, write_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path = write_library(tmp_path_factory.mktemp("described") / "valley.db")
    with open_library(path) as opened:
        yield opened


def test_every_table_and_column_that_is_described_is_there(library: Library) -> None:
    held = library.db.execute("SELECT name, column, meaning FROM what_it_means").fetchall()
    assert [tuple(row) for row in held] == list(meanings())
    names = {
        name
        for (name,) in library.db.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'"
        )
    }
    assert names - {"_sqlite_migrations", "passages_vocab"} == set(VIEWS) | set(TABLES)
    assert set(MAIN_TABLES) <= set(TABLES)
    for name, column, meaning in meanings():
        assert meaning
        columns = {row[1] for row in library.db.execute(f"PRAGMA table_info('{name}')")}
        assert column is None or column in columns, (name, column)


def test_documents_without_a_title_are_called_by_their_headline(tmp_path: Path) -> None:
    text = "The lamps are lit\n\nThey were lit."
    bare = document_of(text)
    with open_library(tmp_path / "names.db", create=True) as library:
        run = library.start_run("build", version="0")
        library.add_document(bare, passages=[], run=run)
        other = replace(document_of(text + " Twice."), headline=Span(0, 17))
        library.add_document(other, passages=[], run=run)
        names = listings.document_names(library.db, [bare.id, other.id, "none"])
        assert names == {other.id: "The lamps are lit"}
        assert [row.title for row in listings.document_rows(library.db)] == [
            "The lamps are lit", None,
        ]  # fmt: skip
        assert listings.example(library.db) is None


def test_lists_of_people(library: Library) -> None:
    db = library.db
    assert ("The council", 1) in [(one.name, one.documents) for one in listings.authors(db)]
    assert listings.count_authors(db) == len(listings.authors(db))
    assert [one.name for one in listings.authors(db, "council")] == ["The council"]
    ada = listings.speaker_number(db, "Ada Fenwick")
    assert ada is not None
    told = [
        (one.title, one.turns, one.quotations) for one in listings.speaker_contributions(db, ada)
    ]
    assert told == [("Hearing on the bridge", 2, 0), ("Bridge will stand", 0, 2)]


def test_kept_checks_come_a_page_at_a_time(library: Library) -> None:
    db = library.db
    assert [one.id for one in kept_checks(db, limit=1)] == [2]
    assert [one.id for one in kept_checks(db, limit=1, offset=1)] == [1]
    assert kept_checks(db, limit=1, offset=2) == []
    assert count_by_status(db) == {"open": 1, "confirmed": 0, "corrected": 0, "disputed": 1}


def test_a_check_comes_back_from_its_record() -> None:
    for check, _, _ in kept():
        found = check_of(check_record(check))
        assert found == check
        assert [getattr(one, "severity", None) for one in found.reasons] == [
            getattr(one, "severity", None) for one in check.reasons
        ]
    review = FoundFactCheck(FactCheck("We paid it.", rating="False"), "near")
    checked = Check("We paid.", "verbatim", "verbatim", "none", 1.0, fact_checks=(review,))
    assert check_of(check_record(checked)) == checked
    old = check_record(checked)
    for name in (
        "locator",
        "claim",
        "speaker_basis",
        "speaker_confidence",
        "fact_checks",
        "grounds",
    ):
        old.pop(name, None)
    assert check_of(old).quote == "We paid."
