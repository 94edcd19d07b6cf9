"""The stages called in order, for programs: attribute, build, check.

>>> from quotecheck import api
>>> document = api.document_of("“Enough,” said Ann Lee.")
>>> document.id.startswith("text-")
True
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.reading.documents import document_of
from quotecheck.records.check import Check
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

__all__ = ["attribute_file", "attribute_text", "check_quotation", "document_of"]


def attribute_text(text: str, *, attributor: Attributor | None = None) -> tuple[Quotation, ...]:
    """Who said what in ``text``. Give an attributor to load the weights only once."""
    if attributor is None:
        from quotecheck.pipeline.attributor import load_attributor

        attributor = load_attributor()
    return attributor(document_of(text))


def attribute_file(
    path: Path | str, *, attributor: Attributor | None = None
) -> Iterator[tuple[Document, tuple[Quotation, ...]]]:
    """Who said what in a file; several documents where the file holds several.

    Raises:
        InputError: the file, or a document in it, cannot be read.
    """
    from quotecheck.reading.documents import read_documents

    if attributor is None:
        from quotecheck.pipeline.attributor import load_attributor

        attributor = load_attributor()
    for document in read_documents(path):
        if not isinstance(document, Document):
            raise document
        yield document, attributor(document)


def check_quotation(quote: str, library: Path | str, *, speaker: str | None = None) -> Check:
    """Whether ``quote`` is in the library at this path, by whom, and how faithful it is.

    Raises:
        InputError: the quotation holds no word, or too many.
        LibraryError: there is no library at this path.
    """
    from quotecheck.checking.checker import check_quote
    from quotecheck.library.library import open_library

    with open_library(library) as opened:
        return check_quote(opened, quote, speaker=speaker)
