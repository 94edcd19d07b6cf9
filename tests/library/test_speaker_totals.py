"""What each speaker says: one set of numbers for lists and pages, and the order that follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quotecheck.library.library import Library, open_library
from quotecheck.library.speaker_totals import speaker_totals, totals_of
from quotecheck.records.document import Document, Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.db", create=True) as opened:
        opened.start_run("build", version="1")
        opened.start_run("recheck", version="1")
        yield opened


def make(key: str, text: str, *turns: str) -> Document:
    segments = tuple(Segment(n, n + 1, name) for n, name in enumerate(turns))
    digest = sha256_hex(text.encode())
    return Document(key, text, digest, digest, path=f"/{key}.txt", segments=segments)


def said(*names: str, start: int = 0) -> Quotation:
    speakers = tuple(Speaker(name, identifier=f"id of {name}") for name in names)
    return Quotation((Span(start, start + 2),), (), (), "direct", "test", 0.9, speakers=speakers)


def add(library: Library, document: Document, *quotations: Quotation, run: int = 1) -> int:
    added = library.add_document(document, passages=None, run=run)
    library.add_quotations(added.id, quotations, run=run, again=True)
    return added.id


def numbers(library: Library, words: str = "") -> list[tuple[str, int, int]]:
    rows = speaker_totals(library.db, words, by_number=True)
    return [(row.name, row.turns, row.quotations) for row in rows]


def test_older_versions_and_older_runs_count_neither_in_numbers_nor_in_order(
    library: Library,
) -> None:
    add(library, make("debate", "The dam stays.", "Ada", "Ada", "Ada", "Ada"))
    add(library, make("debate", "The dam goes, then.", "Ben", "Ben", "Ada"))
    article = make("article", "Enough is enough, they all said.")
    number = add(library, article, said("Ada"), said("Ada", start=4), said("Ada", start=8))
    library.add_quotations(number, [said("Ben")], run=2, again=True)
    assert numbers(library) == [("Ben", 2, 1), ("Ada", 1, 0)]


def test_joint_words_count_for_each_speaker_and_once_for_two_names_of_one(library: Library) -> None:
    article = make("article", "Enough is enough, they all said.")
    add(library, article, said("Ada", "Ben"), said("Ada", "Ada", start=4))
    assert numbers(library) == [("Ada", 0, 2), ("Ben", 0, 1)]


def test_the_page_of_a_speaker_gives_the_numbers_of_the_list(library: Library) -> None:
    add(library, make("debate", "The dam stays.", "Ada", "Ben"))
    add(library, make("article", "Enough is enough, they said."), said("Ada", "Cleo"))
    library.add_alias("Dora", "D. D.")
    rows = list(speaker_totals(library.db))
    assert [row.name for row in rows] == ["Ada", "Ben", "Cleo", "Dora"]
    assert [totals_of(library.db, row.id) for row in rows] == rows
    assert totals_of(library.db, 99) is None


def test_an_identifier_counts_where_all_quotations_agree(library: Library) -> None:
    other = replace(said("Ben"), speakers=(Speaker("Ben", identifier="another"),))
    add(library, make("article", "Enough is enough, they said."), said("Ada"), said("Ben"), other)
    assert {row.name: row.identifier for row in speaker_totals(library.db)} == {
        "Ada": "id of Ada",
        "Ben": None,
    }


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("ad", ["Ada"]),
        ("D. d", ["Dora"]),
        ("%", []),
        ("a d", ["Ada", "Dora"]),
        ("", ["Ada", "Ben", "Dora"]),
    ],
)
def test_words_are_looked_for_in_names_and_aliases(
    library: Library, words: str, names: list[str]
) -> None:
    library.add_alias("Ada", "Countess")
    library.add_alias("Dora", "D. D.")
    library.add_alias("Ben", "Benno")
    assert [name for name, *_ in numbers(library, words)] == names


def test_a_list_comes_a_page_at_a_time(library: Library) -> None:
    add(library, make("debate", "The dam stays.", "Ben", "Ada", "Cleo", "Ben"))
    rows = speaker_totals(library.db, by_number=True, limit=2, offset=1)
    assert [row.name for row in rows] == ["Ada", "Cleo"]
