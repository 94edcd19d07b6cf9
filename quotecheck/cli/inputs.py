"""Read the files and folders named on the command line, errors collected."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quotecheck.errors import QuotecheckError

if TYPE_CHECKING:
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

    Results: TypeAlias = Iterator[tuple[Document, Sequence[Quotation]]]

__all__ = ["BytesRead", "read_all"]


class BytesRead:
    """How many bytes of files were gone through with each document, in their order.

    ``total`` are the bytes of all files, known once the first document is read.
    """

    def __init__(self) -> None:
        self.total = 0
        self._before = self._size = self._seen = 0
        self._waiting: deque[int] = deque()

    def begin(self, paths: Sequence[Path | str]) -> None:
        """Take in which files there are."""
        self.total = sum(map(_size, paths))

    def enter(self, path: Path | str) -> None:
        """Go on to the next file."""
        self._before += self._size
        self._size, self._seen = _size(path), 0

    def add(self, document: Document) -> None:
        """Note that a document was read."""
        self._seen += len(document.text)
        self._waiting.append(self._before + min(self._seen, self._size))

    def next(self) -> int:
        """The bytes that were gone through with the next document."""
        return self._waiting.popleft() if self._waiting else self.total


def _size(path: Path | str) -> int:
    try:
        return Path(path).stat().st_size if path != "-" else 0
    except OSError:
        return 0


def read_all(
    files: Sequence[str], failures: list[QuotecheckError], track: BytesRead | None = None
) -> Iterator[Document]:
    """Every document of these files and folders; what cannot be read goes to ``failures``.

    Args:
        files: files, folders, or ``-`` for standard input.
        failures: where errors go.
        track: called with how far the reading is.
    """
    from quotecheck.reading.documents import find_inputs, read_documents

    paths: list[Path | str] = []
    for name in files:
        try:
            paths.extend(["-"] if name == "-" else find_inputs([name]))
        except QuotecheckError as error:
            failures.append(error)
    track = track or BytesRead()
    track.begin(paths)
    for path in paths:
        track.enter(path)
        try:
            for document in read_documents(path):
                if isinstance(document, QuotecheckError):
                    failures.append(document)
                else:
                    track.add(document)
                    yield document
        except QuotecheckError as error:
            failures.append(error)
