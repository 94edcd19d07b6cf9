from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.library.passage_index import CandidateIndex, search_terms

PASSAGES = [
    "The harbour master wrote the tide into the ledger before breakfast, and said nothing.",
    "Nobody asked the ferrymen, and the ferrymen did not ask to be asked.",
    "We don’t sell the lamp; we lend it to whoever walks home last.",
    "AND OR NOT NEAR: four words that a telegraph clerk once sent by mistake.",
    "The council voted for the bridge, and then it voted for the bill.",
    "Ségolène Marchand kept the ferry's books in three colours of ink.",
]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    db.executescript(
        """
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY, document_id INTEGER, start INTEGER, end INTEGER, text TEXT);
        CREATE VIRTUAL TABLE passages_fts USING fts5 (text, content = 'passages',
            content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE passages_vocab USING fts5vocab (passages_fts, 'row');
        """
    )
    at = 0
    for number, text in enumerate(PASSAGES, 1):
        db.execute(
            "INSERT INTO passages VALUES (?, 1, ?, ?, ?)", (number, at, at + len(text), text)
        )
        at += len(text) + 1
    db.execute("INSERT INTO passages_fts (passages_fts) VALUES ('rebuild')")
    yield db
    db.close()


def test_an_exact_phrase_finds_its_passage(connection: sqlite3.Connection) -> None:
    index = CandidateIndex(connection)
    assert index.exact(search_terms("did NOT ask to be asked")) == [2]
    assert index.exact(search_terms("we don't sell the lamp")) == [3]
    assert index.exact(search_terms("did not wish to be asked")) == []
    assert index.exact([]) == []


def test_accents_do_not_matter(connection: sqlite3.Connection) -> None:
    assert CandidateIndex(connection).exact(search_terms("segolene marchand")) == [6]
    assert CandidateIndex(connection).exact(search_terms("SÉGOLÈNE")) == [6]


def test_search_syntax_is_only_words(connection: sqlite3.Connection) -> None:
    index = CandidateIndex(connection)
    assert index.exact(search_terms('AND OR NOT NEAR: "four" words*')) == [4]
    assert (
        index.candidates_by_terms([search_terms("telegraph* AND (clerk) NOT text:once ^sent -by")])[
            0
        ]
        == 4
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120) | st.text(alphabet="\"*():^-+{}ANDORT' ", max_size=60))
def test_no_text_breaks_a_query(connection: sqlite3.Connection, text: str) -> None:
    index = CandidateIndex(connection)
    terms = search_terms(text)
    index.exact(terms)
    for row in index.candidates_by_terms([terms] if terms else []):
        assert 1 <= row <= len(PASSAGES)
    assert index.weight(text) >= 1


def test_changed_words_are_still_found(connection: sqlite3.Connection) -> None:
    index = CandidateIndex(connection)
    assert (
        index.candidates_by_terms(
            [search_terms("The harbor master wrote a tide into the ledgers")]
        )[0]
        == 1
    )
    assert index.candidates_by_terms([search_terms("velvet comet saffron")]) == []


def test_each_half_of_a_spliced_quotation_has_its_say(connection: sqlite3.Connection) -> None:
    halves = ["The council voted for the bridge", "lend it to whoever walks home last"]
    assert set(
        CandidateIndex(connection).candidates_by_terms([search_terms(h) for h in halves])
    ) >= {3, 5}


def test_rare_words_weigh_more(connection: sqlite3.Connection) -> None:
    index = CandidateIndex(connection)
    assert index.frequency("voted") == 1
    assert index.frequency("velvet") == 0
    assert index.weight("the") == index.weight("don't") < index.weight("bridge")
    assert index.weight("velvet") >= index.weight("bridge")


def test_passages_come_in_the_order_asked_for(connection: sqlite3.Connection) -> None:
    passages = CandidateIndex(connection).fetch([5, 99, 1])
    assert [p.id for p in passages] == [5, 1]
    assert passages[1].text == PASSAGES[0]
    assert passages[0].end - passages[0].start == len(PASSAGES[4])


def test_an_empty_library_has_no_candidates() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(
        """
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY, document_id INTEGER, start INTEGER, end INTEGER, text TEXT);
        CREATE VIRTUAL TABLE passages_fts USING fts5 (text, content = 'passages',
            content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE passages_vocab USING fts5vocab (passages_fts, 'row');
        """
    )
    index = CandidateIndex(db)
    assert index.passages == 0
    assert index.exact(["bridge"]) == index.candidates_by_terms([["bridge", "ledger"]]) == []
    db.close()
