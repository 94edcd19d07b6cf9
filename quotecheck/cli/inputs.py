"""Read the files and folders named on the command line, errors collected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quotecheck.errors import QuotecheckError

if TYPE_CHECKING:
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

    Results: TypeAlias = Iterator[tuple[Document, Sequence[Quotation]]]

__all__ = ["read_all"]


def read_all(files: Sequence[str], failures: list[QuotecheckError]) -> Iterator[Document]:
    """Every document of these files and folders; what cannot be read goes to ``failures``."""
    from quotecheck.reading.documents import find_inputs, read_documents

    paths: list[Path | str] = []
    for name in files:
        try:
            paths.extend(["-"] if name == "-" else find_inputs([name]))
        except QuotecheckError as error:
            failures.append(error)
    for path in paths:
        try:
            for document in read_documents(path):
                if isinstance(document, QuotecheckError):
                    failures.append(document)
                else:
                    yield document
        except QuotecheckError as error:
            failures.append(error)
