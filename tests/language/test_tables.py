"""The tables of English: all in one folder, read by one loader, each with rows of one shape."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

import quotecheck
from quotecheck.language.tables import table_rows

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
