"""SQL that several statements share: which quotations are current, and lists of values.

The statements call a document ``d`` and a quotation ``q``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import sqlite_utils

__all__ = [
    "CURRENT_QUOTATION",
    "DATED",
    "FIRST_AND_LAST_DATE",
    "Connection",
    "fetch_all",
    "name_conditions",
    "newest_count_of",
    "newest_run_of",
    "placeholders",
    "run_script",
]

DATED: Final = "GLOB '[0-9][0-9][0-9][0-9]*'"
"""After a column: whether its date begins with a year. Others may mean any day."""
FIRST_AND_LAST_DATE: Final = (
    f"min(date) FILTER (WHERE date {DATED}), max(date) FILTER (WHERE date {DATED})"
)
"""Of documents, as two columns; NULL where none is dated."""

Connection: TypeAlias = "sqlite_utils.Database | sqlite3.Connection"
"""An open connection to a library, for functions that only read."""

_CHUNK: Final = 500
"""Values that are bound to one statement; SQLite takes 999 in its oldest builds."""
_MAX_WORDS: Final = 8
"""Words that a list is filtered by; further ones are left out."""


def newest_run_of(document: str) -> str:
    """Return the number of the newest run that looked for quotations in a document, as SQL.

    Readers see the quotations of this run alone; those of older runs stay beside them.

    Args:
        document: SQL that gives the document's row number ("d.id").
    """
    return f"(SELECT max(run_id) FROM attributed WHERE document_id = {document})"


def newest_count_of(document: str) -> str:
    """Return how many quotations the newest run found in a document, as SQL; NULL without a run."""
    return (
        f"(SELECT quotations FROM attributed WHERE document_id = {document}"
        " ORDER BY run_id DESC LIMIT 1)"
    )


CURRENT_QUOTATION: Final = f"d.replaced_by IS NULL AND q.run_id = {newest_run_of('d.id')}"
"""A condition: the document has no newer version, and the newest run found the quotation."""


def placeholders(values: Sequence[object]) -> str:
    """Return a question mark for each value, for ``IN (…)``."""
    return ",".join("?" * len(values))


def name_conditions(words: str, condition: str) -> tuple[str, list[str]]:
    """Return SQL that asks for each of some words, and the values to bind.

    Args:
        words: words that must all occur, in any case.
        condition: SQL for one word, with ``LIKE ?`` in one place or more.
    """
    clause, values = "", []
    for word in words.split()[:_MAX_WORDS]:
        mask = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        clause += f" AND ({condition})"
        values += [mask] * condition.count("?")
    return clause, values


def fetch_all(db: Connection, sql: str, values: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of a statement for any number of values, some at a time.

    Args:
        db: an open connection.
        sql: a statement with ``{}`` where the question marks belong.
        values: what to bind; each once, in their order.
    """
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), _CHUNK):
        some = distinct[start : start + _CHUNK]
        yield from db.execute(sql.format(placeholders(some)), some)


def run_script(db: sqlite_utils.Database, script: str) -> None:
    """Run the statements of a script one after another, within a transaction where one is open.

    Python's own ``executescript`` commits before it begins, and that of sqlite_utils looks for the
    end of a statement at every character: making a library took six times as long.

    Args:
        db: an open connection.
        script: statements, each ended by a semicolon; triggers and comments may hold more of them.
    """
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
