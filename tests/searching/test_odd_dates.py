"""Dates that are not ISO 8601 stay as written, and no search, page or chart fails on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecheck.library.library import Library
from quotecheck.searching.search import over_time, search_library
from tests.support.documents import document, fill

SAID = "The ferry leaves at six."
DATES = {"a": "03/04/2024", "b": "last spring", "c": None, "d": "2023-05", "e": "2024-03-10"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    documents = [
        document(key, f"{SAID} Nobody at pier {key} waved.", date=date)
        for key, date in DATES.items()
    ]
    with fill(tmp_path / "l.db", documents) as library:
        yield library


def keys(hits: object) -> list[str]:
    return [hit.document for hit in hits]  # type: ignore[attr-defined]


def test_they_are_shown_as_written(library: Library) -> None:
    found = {hit.document: hit.date for hit in search_library(library, "ferry").hits}
    assert found == DATES


def test_they_are_undated_where_a_time_is_asked_for(library: Library) -> None:
    assert keys(search_library(library, "ferry", date_from="2023").hits) == ["d", "e"]
    assert keys(search_library(library, "ferry", date_to="2023").hits) == ["d"]
    assert keys(search_library(library, "ferry", order="oldest").hits)[:2] == ["d", "e"]
    assert keys(search_library(library, "ferry", order="newest").hits)[:2] == ["e", "d"]


def test_they_are_undated_in_a_chart(library: Library) -> None:
    line = over_time(library, "ferry")
    assert line.undated == 3
    assert sum(period.passages for period in line.periods) == 2


def test_they_do_not_bound_what_was_searched(library: Library) -> None:
    assert "(2023-05 to 2024-03-10)" in over_time(library, "ferry").searched
    assert library.statistics().describe() == "5 documents (2023-05 to 2024-03-10)"
