"""The quotations of a library for other programs: chosen, then written in a format, as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.library.document_lookup import attributed_keys, document_row, matches
from quotecheck.library.library import explained
from quotecheck.library.speakers import speaker_row
from quotecheck.searching.query import dated_between
from quotecheck.speakers.lookup import find_person

if TYPE_CHECKING:
    from quotecheck.library.library import Library, StoredQuotation
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["export_weights", "one_moment", "quoted_documents", "with_quotations"]


@contextmanager
def one_moment(library: Library) -> Iterator[None]:
    """Everything that is read inside is of one moment, whatever others write meanwhile."""
    with library.snapshot():
        yield


def quoted_documents(
    library: Library,
    *,
    document: str | None = None,
    speaker: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
) -> Iterator[tuple[Document, list[StoredQuotation]]]:
    """Documents with their newest quotations, one document in memory at a time.

    A document without quotations is left out, unless it is asked for by its key.

    Args:
        library: open for reading or writing.
        document: only the one with this key.
        speaker: only what this speaker said, by any of their names.
        date_from: only documents of this year, month or day, or later, as `search_library` has it.
        date_to: only documents of this date or earlier.

    Raises:
        InputError: there is no such document, speaker or date.
        LibraryError: the library cannot be read.
    """
    db = library.db
    names = None
    if speaker is not None:
        rows = (speaker_row(db, number) for number in find_person(library, speaker).speakers)
        names = {row.name for row in rows if row is not None}
    selection = dated_between(date_from, date_to)
    with explained(library.path):
        if document is not None:
            if document_row(db, document) is None:
                raise InputError(
                    f"there is no document {document!r}",
                    where=str(library.path),
                    remedy="The view what_is_here lists the documents by their keys.",
                )
            keys = iter([document] if matches(db, document, selection) else [])
        else:
            keys = attributed_keys(db, selection)
        for key in keys:
            quotations = list(library.quotations(key))
            if names is not None:
                quotations = [
                    stored
                    for stored in quotations
                    if any(each.name in names for each in stored.quotation.speakers)
                ]
            if not quotations and (document is None or names is not None):
                continue
            stored_document = library.document(key)
            if stored_document is not None:
                yield stored_document, quotations


def with_quotations(
    results: Iterator[tuple[Document, list[StoredQuotation]]],
) -> Iterator[tuple[Document, list[Quotation]]]:
    """The same as the writers of formats take it."""
    for document, quotations_stored in results:
        yield document, [stored.quotation for stored in quotations_stored]


def export_weights(library: Library) -> Mapping[str, str]:
    """The sha256 of each file of weights of the newest run that looked for quotations."""
    with explained(library.path):
        return library.newest_weights()
