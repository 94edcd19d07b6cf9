"""The tables of English: all in one folder, read by one loader, each with rows of one shape."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

import quotecheck
from quotecheck.language.ordinary_words import is_ordinary
from quotecheck.language.tables import table_rows, table_words

PACKAGE = Path(quotecheck.__file__).parent
NAMES = sorted(
    entry.name for entry in resources.files("quotecheck.language").joinpath("data").iterdir()
)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_rows_without_loose_ends(name: str) -> None:
    rows = table_rows(name)
    assert rows
    for row in rows:
        assert all(cell == cell.strip() for cell in row), row
        assert all(row), row


def test_every_table_of_the_package_is_read_by_the_loader() -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert [name for name in NAMES if f'"{name}"' not in used] == []
    elsewhere = [
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in {".tsv", ".txt"} and "data" not in path.parts
    ]
    assert [path.name for path in elsewhere if "training" not in path.parts] == []


def test_a_word_is_found_in_the_sorted_list_and_only_as_a_whole() -> None:
    words = table_words("ordinary_words.txt")
    listed = sorted(words)
    some = [*listed[:50], *listed[::400], *listed[-50:]]
    changed = [f"{word}q" for word in some] + [word[1:] for word in some] + ["", " ", "~", "é"]
    for word in (*some, *changed, f"{listed[0]} {listed[1]}"):
        assert is_ordinary(word) == (word in words), word
