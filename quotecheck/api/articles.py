"""Whole articles: stored with their quotations, or checked quotation by quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from quotecheck import __version__
from quotecheck.annotations import Check, Document, Quotation
from quotecheck.api.checking import check_quotations
from quotecheck.store import Library, open_library

__all__ = ["checked_quotations", "store_attributed"]


def checked_quotations(
    library: Library, document: Document, quotations: Sequence[Quotation]
) -> list[tuple[Check, Quotation]]:
    """The direct and mixed quotations of an article, each with its check."""
    worded = [q for q in quotations if q.kind in {"direct", "mixed"}]
    return list(zip(check_quotations(library, document, worded), worded, strict=True))


def store_attributed(
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    library_path: Path | str,
    *,
    weights: Mapping[str, str] | None = None,
) -> Iterator[tuple[Document, Sequence[Quotation]]]:
    """Store articles with their quotations as they pass by.

    They are kept for who said what in them, not as sources: `check` does not search them.

    Args:
        results: each document with its quotations.
        library_path: the library; made when missing.
        weights: the sha256 of each file of weights that found them.

    Yields:
        The same pairs, once they are stored.
    """
    with open_library(library_path, create=True) as library:
        run = library.start_run("attribute", version=__version__, weights=weights)
        try:
            for document, quotations in results:
                added = library.add_document(document, passages=None, run=run)
                stored = library.add_quotations(added.id, quotations, run=run)
                library.count_in_run(run, {"attributed": 1, "quotations": stored})
                yield document, quotations
        except BaseException:
            library.finish_run(run, "interrupted")
            raise
        library.finish_run(run)
