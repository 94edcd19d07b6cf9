"""Which version of quotecheck made the attributions of a library, and which of them are old.

Every quotation points to its run, and a run has the version that made it. Readers see what the
newest run found in a document; this says how old that is.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from quotecheck._version import __version__
from quotecheck.library.sql import Connection, newest_run_of

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["OlderAttributions", "attributed_version", "is_older", "older_attributions"]


class OlderAttributions(NamedTuple):
    """Current documents whose newest attribution an older version made, and its quotations."""

    version: str
    documents: int
    quotations: int


def older_attributions(
    db: sqlite_utils.Database, version: str = __version__
) -> list[OlderAttributions]:
    """Return what versions before ``version`` attributed and nobody has since, the oldest first.

    A library in which nothing is older, or that knows no attributions, gives an empty list.
    """
    try:
        rows = db.execute(
            "SELECT r.version, count(*), sum(a.quotations) FROM documents AS d"
            f" JOIN attributed AS a ON a.document_id = d.id AND a.run_id = {newest_run_of('d.id')}"
            " JOIN runs AS r ON r.id = a.run_id WHERE d.replaced_by IS NULL GROUP BY r.version"
        ).fetchall()
    except sqlite3.OperationalError as error:
        if "no such" in str(error):  # a library of the first steps has no attributions
            return []
        raise
    older = [OlderAttributions(*row) for row in rows if is_older(row[0], version)]
    return sorted(
        older, key=lambda attribution: (_numbers(attribution.version), attribution.version)
    )


def attributed_version(db: Connection, document: int) -> str:
    """Return the version that attributed the document with this row number last; "" for none."""
    sql = f"SELECT version FROM runs WHERE id = {newest_run_of('?')}"
    row = db.execute(sql, (document,)).fetchone()
    return "" if row is None else str(row[0])


def is_older(version: str, than: str) -> bool:
    """Decide whether a version comes before another; one without numbers does.

    >>> is_older("0.1.10", "0.2.0"), is_older("0.2.0", "0.2.0"), is_older("1.0", "0.9")
    (True, False, False)
    """
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:4])
