"""Checks a library against itself: is everything in it still what was put there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.library.attribution_age import OlderAttributions, older_attributions
from quotecheck.library.file import connect_for_verification
from quotecheck.library.file_errors import error_name
from quotecheck.library.integrity import (
    Finding,
    count_findings,
    document_findings,
    file_findings,
    reference_findings,
    schema_findings,
    search_findings,
)
from quotecheck.library.library import explained

if TYPE_CHECKING:
    from types import TracebackType

    import sqlite_utils

__all__ = ["Finding", "Verification"]

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the key of the last one."""


class Verification:
    """One look through a library. Use it in a ``with`` statement; nothing is ever changed.

    It looks at the tables, the file, the references between rows, the index of the search, the
    hashes of the texts, the words at every kept place, and the numbers that runs have noted. The
    library may be of an older version; that is a finding, and the rest is looked at.

    Args:
        path: the library.
        timeout: seconds to wait for another program that is writing into it.

    Raises:
        LibraryError: the file is not a library, or is of a newer quotecheck.

    Attributes:
        version: of the library's schema.
        documents, passages, quotations: how many were looked at so far (every version and run).
        found: how many findings there were so far.
    """

    def __init__(self, path: Path | str, *, timeout: float = 30.0) -> None:
        self.path = Path(path)
        self.db: sqlite_utils.Database
        self.db, self.version = connect_for_verification(self.path, timeout=timeout)
        self.documents = self.passages = self.quotations = self.found = 0

    def __enter__(self) -> Verification:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.db.close()

    def findings(self, progress: Progress | None = None) -> Iterator[Finding]:
        """Whatever is not as it must be, as it is found; nothing when all is well.

        Args:
            progress: called with how far it is while the documents are gone through.

        Raises:
            LibraryError: the library stays locked by another program, or the disk fails.
        """
        with explained(self.path):
            looks = (
                schema_findings(self.db, self.version),
                file_findings(self.db),
                reference_findings(self.db),
                search_findings(self.db),
                count_findings(self.db),
                self._documents(progress),
            )
            for look in looks:
                for finding in self._with_database_error(look):
                    self.found += 1
                    yield finding

    def older(self) -> list[OlderAttributions]:
        """What an older version attributed; no finding, for it is still what was put there."""
        with explained(self.path):
            try:
                return older_attributions(self.db)
            except sqlite3.DatabaseError as error:
                if error_name(error).startswith("SQLITE_CORRUPT"):
                    return []  # the findings tell
                raise

    def _with_database_error(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        """The findings, the last of them that SQLite could not go on, if it could not."""
        try:
            yield from findings
        except sqlite3.DatabaseError as error:
            name = error_name(error)
            damaged = name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
            # A table or column, or bytes in the name of one: the schema is not whole.
            broken = any(words in str(error) for words in ("no such", "decode to UTF-8"))
            if not damaged and not broken:
                raise
            yield Finding("file", "library", f"it cannot be read to its end ({error})")

    def _documents(self, progress: Progress | None) -> Iterator[Finding]:
        (total,) = self.db.execute("SELECT count(*) FROM documents").fetchone()

        def looked(key: str, passages: int, quotations: int) -> None:
            self.documents += 1
            self.passages += passages
            self.quotations += quotations
            if progress is not None:
                progress(self.documents, total, key)

        yield from document_findings(self.db, looked)
