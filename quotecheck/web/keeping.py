"""What the explorer writes, for whoever has the token: articles, and where kept checks stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotecheck._version import __version__
from quotecheck.library.kept_checks import CheckStatus, set_status
from quotecheck.library.library import open_library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["keep_article", "set_kept_check"]

_BUSY_SECONDS = 20.0
"""How long a build that writes to the same library is waited for."""


def keep_article(
    path: Path, document: Document, quotations: Sequence[Quotation], weights: Mapping[str, str]
) -> int:
    """Store an article with its quotations, not as a source; its row number.

    Raises:
        InputError: the article cannot be stored.
        LibraryError: the library cannot be written to.
    """
    with open_library(path, create=True, timeout=_BUSY_SECONDS) as library:
        run = library.start_run(
            "serve", version=__version__, settings={"kept": document.id}, weights=weights
        )
        status: Any = "failed"
        try:
            with library.write():
                added = library.add_document(document, passages=None, run=run)
                count = library.add_quotations(added.id, quotations, run=run)
                counts = {"attributed": int(not added.attributed), "quotations": count}
                if added.status != "present":
                    counts[added.status] = 1
                library.count_in_run(run, counts)
            status = "finished"
        finally:
            library.finish_run(run, status)
        return added.id


def set_kept_check(
    path: Path, number: int, status: CheckStatus, note: str | None, who: str | None
) -> None:
    """Set the status of a kept check for a visitor with the token; its history stays.

    Raises:
        InputError: there is no such check.
        LibraryError: the library cannot be written to.
    """
    with (
        open_library(path, create=True, timeout=_BUSY_SECONDS) as library,
        library.write() as connection,
    ):
        set_status(connection, [number], status=status, note=note, who=who)
