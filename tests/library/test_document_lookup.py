"""Documents looked up by time, publication and path; ids kept out of memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quotecheck.library.document_ids import DocumentIds, FirstOwners
from quotecheck.library.document_lookup import (
    DocumentCount,
    DocumentFilter,
    attributed_keys,
    count_matching,
    document_row,
    is_source_of_documents,
    matches,
    stored_sources,
)
from quotecheck.library.library import Library, open_library
from quotecheck.records.document import Document
from quotecheck.text.digest import sha256_hex


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.db", create=True) as opened:
        opened.start_run("build", version="7")
        yield opened


def add(library: Library, key: str, text: str = "", **fields: str) -> int:
    text = text or f"The words of {key}."
    digest = sha256_hex(text.encode())
    document = Document(key, text, digest, digest, **fields)  # type: ignore[arg-type]
    return library.add_document(document, passages=None, run=1).id


@pytest.mark.parametrize(
    ("date_from", "date_to", "found"),
    [
        (None, None, "year month day none"),
        ("1861", None, "year month day"),
        ("1861-03-05", None, "year month"),  # as precisely as both are known
        ("1861-04", None, "year"),
        (None, "1861-02", "year"),
        (None, "1861-03-04", "year month day"),
        ("1862", None, ""),
        ("1861-03", "1861-03", "year month day"),
    ],
)
def test_dates_are_compared_as_precisely_as_both_are_known(
    library: Library, date_from: str | None, date_to: str | None, found: str
) -> None:
    dates = {"year": "1861", "month": "1861-03", "day": "1861-03-04", "none": ""}
    for key, date in dates.items():
        library.add_quotations(add(library, key, **({"date": date} if date else {})), [], run=1)
    wanted = DocumentFilter(date_from, date_to)
    assert list(attributed_keys(library.db, wanted)) == found.split()
    assert count_matching(library.db, wanted).documents == len(found.split())
    assert [key for key in dates if matches(library.db, key, wanted)] == found.split()


def test_documents_of_some_publications_are_counted_with_their_dates(library: Library) -> None:
    add(library, "a", publication="Harbour Gazette", date="1899")
    add(library, "b", publication="Harbour Gazette", date="1901-05")
    add(library, "c", publication="Hill Post", date="1870")
    wanted = DocumentFilter(publications=("Harbour Gazette",))
    assert count_matching(library.db, wanted) == DocumentCount(2, "1899", "1901-05")
    assert count_matching(library.db, DocumentFilter(publications=())).documents == 0


def test_only_current_versions_are_sources(library: Library) -> None:
    first = add(library, "a", "One text.", path="/texts/a.txt")
    second = add(library, "a", "Another text.", path="/texts/a.txt")
    library.add_quotations(second, [], run=1)
    (source,) = stored_sources(library.db)
    assert (source.id, source.key, source.quotations, source.by) == (second, "a", 0, "quotecheck 7")
    assert document_row(library.db, "a") == second
    assert document_row(library.db, f"a@{first}") == first
    assert document_row(library.db, "b") is None


@pytest.mark.parametrize(
    ("path", "is_source"),
    [
        ("/texts/a.txt", True),
        ("/talks.zip", True),  # of a file within it
        ("/talks", False),
        ("/texts/a.tx", False),
        ("/talks.zip/day", True),
        ("/talks.zip0", False),
    ],
)
def test_a_file_is_a_source_of_what_was_in_it(library: Library, path: str, is_source: bool) -> None:
    add(library, "a", path="/texts/a.txt")
    add(library, "b", path="/talks.zip/day/b.txt")
    assert is_source_of_documents(library.db, path) is is_source


def test_an_id_stands_for_one_text() -> None:
    with closing(DocumentIds()) as ids:
        assert ids.register("a", "1")
        assert ids.register("a", "1")
        assert not ids.register("a", "2")
        assert ids.register("\udc80", "2")  # a name that is no UTF-8
        assert ids.register("b", "2")


def test_the_first_file_with_an_id_owns_it() -> None:
    with closing(FirstOwners()) as owners:
        owners.add([("a", 4), ("b", 2)])
        owners.add([("a", 3), ("b", 5)])
        assert (owners.first("a"), owners.first("b")) == (3, 2)
        with pytest.raises(KeyError):
            owners.first("c")


def test_a_snapshot_is_of_one_moment(library: Library) -> None:
    add(library, "a")
    with open_library(library.path) as reader:
        version = reader.data_version
        with reader.snapshot():
            assert document_row(reader.db, "b") is None
            add(library, "b")
            with reader.snapshot():  # of the moment of the outer one
                assert document_row(reader.db, "b") is None
        assert document_row(reader.db, "b") is not None
        assert reader.data_version != version
