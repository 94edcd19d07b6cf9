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

from quotecheck.records.text import Check, Document, Quotation
from quotecheck.text.paragraphs import sha256_hex

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

__all__ = ["attribute_file", "attribute_text", "check_quotation", "document_of"]


def document_of(text: str, *, title: str | None = None, author: str | None = None) -> Document:
    """A document made of a text at hand; its id is made from the text's sha256."""
    digest = sha256_hex(text.encode("utf-8", "surrogatepass"))
    return Document(
        id=f"text-{digest[:12]}",
        text=text,
        bytes_sha256=digest,
        text_sha256=digest,
        title=title,
        author=author,
        reader="text",
    )


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
