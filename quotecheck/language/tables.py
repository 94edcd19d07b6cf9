"""Read the tables of ``language/data``: a row a line, columns between tabs, ``#`` for comments."""

from __future__ import annotations

from importlib import resources

__all__ = ["table_rows", "table_text", "table_words"]


def table_rows(name: str) -> list[list[str]]:
    """Return the rows of a table, each as its cells; the caller keeps what it makes of them.

    Args:
        name: a file of ``language/data``, for example ``titles.tsv``.

    >>> table_rows("persons.txt")[0]
    ['abbess']
    """
    return [line.split("\t") for line in table_text(name).splitlines() if line]


def table_text(name: str) -> str:
    """Return a table as it stands, without its comments."""
    raw = resources.files("quotecheck.language").joinpath("data", name).read_text("utf-8")
    return "\n".join([line for line in raw.splitlines() if not line.startswith("#")])


def table_words(name: str) -> frozenset[str]:
    """Return the words of a table that lists many in each line."""
    return frozenset(word for (line,) in table_rows(name) for word in line.split())
