"""Check a draft: every quotation in it, against a library or against a few given sources."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.checking.articles import checked_quotations
from quotecheck.checking.checker import Checker
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.errors import InputError
from quotecheck.library.fact_checks import add_fact_check
from quotecheck.library.library import library_in_memory, opened
from quotecheck.reading.claim_reviews import is_page, read_claim_reviews
from quotecheck.reading.documents import (
    document_of,
    find_inputs,
    only_document,
    read_documents,
)
from quotecheck.reading.inputs import names_file
from quotecheck.records.check import Check, CheckedQuotation
from quotecheck.records.document import Document
from quotecheck.text.passages import split_passages

if TYPE_CHECKING:
    from quotecheck.library.library import Library
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.quotation import Quotation

__all__ = ["check_listed", "check_text", "read_into_memory"]

Attribute = Callable[[Document], Sequence["Quotation"]]

_REMEDY = "Check the name; for words that are a text, give api.document_of(text)."


def check_text(
    draft: str | os.PathLike[str] | Document,
    library: str | os.PathLike[str] | Library | None = None,
    *,
    sources: Sequence[str | os.PathLike[str] | Document] | None = None,
    attributor: Attributor | None = None,
) -> tuple[CheckedQuotation, ...]:
    """Check every direct and mixed quotation of a draft, each with the speaker the draft credits.

    Args:
        draft: a path is a file; a ``str`` is the text itself, unless there is a file of that name.
        library: the path of a library, or one that is open. In its place:
        sources: documents, files, folders, texts and feeds of published fact-checks, read into
            memory for this one answer and forgotten after it.
        attributor: made by `Attributor.load` with other options than the usual ones.

    Returns:
        Pairs of ``check`` and ``quotation`` in the order of the draft.

    Raises:
        InputError: the draft or a source cannot be read, or there is no source.
        LibraryError: there is no library at this path, or it cannot be read.
        TypeError: neither a library nor sources are given, or both.

    Example:
        >>> import quotecheck
        >>> speech = "We paid it. We paid it twice."
        >>> draft = "“We paid it,” she said."
        >>> for check, quotation in quotecheck.check_text(draft, sources=[speech]):
        ...     print(check.verdict, quotation.text)
        verbatim “We paid it,”
    """
    if (library is None) == (sources is None):
        raise TypeError("check_text needs a library or sources, and not both")
    document = draft if isinstance(draft, Document) else only_document(draft, remedy=_REMEDY)
    if attributor is None:
        from quotecheck.pipeline.attributor import load_attributor

        attributor = load_attributor()
    opened_library: AbstractContextManager[Library]
    if library is not None:
        opened_library = opened(library)
    else:
        opened_library = read_into_memory(sources or (), attribute=attributor)
    with opened_library as source:
        finder = semantic_search(source)
        return tuple(checked_quotations(source, document, attributor(document), semantic=finder))


def check_listed(library: Library, claims: Iterable[tuple[str, str | None]]) -> Iterator[Check]:
    """Yield the check of each quotation of a list, in its order.

    Args:
        library: an open library.
        claims: the words, and who is said to have said them. Words that cannot be looked for (no
            letter, too many) get a check that says so, and the rest goes on.
    """
    checker = Checker(library, semantic=semantic_search(library))
    for words, speaker in claims:
        try:
            yield checker.check(words, speaker=speaker)
        except InputError as error:
            yield checker.unanswered(words, speaker, error.what)


def read_into_memory(
    sources: Sequence[str | os.PathLike[str] | Document], *, attribute: Attribute | None = None
) -> Library:
    """Read sources into a library in memory.

    Args:
        sources: documents, paths of files and folders, and texts.
        attribute: finds who is quoted in a source without speaker turns; None leaves that open.

    Returns:
        The library, open; closing it forgets it.

    Raises:
        InputError: a source cannot be read, two of them have one id, or there is none.
    """
    library = library_in_memory()
    try:
        run = library.start_run("check", version=__version__)
        with library.write():
            for document in _documents(sources, library, run):
                passages = split_passages(document.text, document.segments)
                added = library.add_document(document, passages=passages, run=run)
                if attribute is not None and not document.segments:
                    library.add_quotations(added.id, attribute(document), run=run)
        if not library.statistics().documents:
            raise InputError(
                "there is no source to check against",
                remedy="Give the texts, files or folders that the quotations are to be found in.",
            )
    except BaseException:
        library.close()
        raise
    return library


def _documents(
    sources: Sequence[str | os.PathLike[str] | Document], library: Library, run: int
) -> Iterator[Document]:
    """The documents among some sources; published fact-checks go into the library."""
    for source in sources:
        if isinstance(source, Document):
            yield source
        elif isinstance(source, str) and not names_file(source, remedy=_REMEDY):
            yield document_of(source)
        else:
            for path in find_inputs([os.fspath(source)]):
                reviews = [*read_claim_reviews(path)]
                for review in reviews:
                    if isinstance(review, InputError):
                        raise review
                    add_fact_check(library, review, run)
                if reviews and not is_page(path):
                    continue
                for document in read_documents(path):
                    if not isinstance(document, Document):
                        raise document
                    yield document
