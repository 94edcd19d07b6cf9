"""What a build reads: files one after another, and the documents in them.

Nothing is read that need not be: a file that is as it was when it was last read to its end is
passed over, and a document that was looked through for quotations is not looked through again.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.errors import QuotecheckError
from quotecheck.held_files import is_held
from quotecheck.library.document_ids import DocumentIds
from quotecheck.pipeline.workers import as_quotecheck_error
from quotecheck.reading.claim_reviews import is_page, read_claim_reviews
from quotecheck.reading.inputs import absolute
from quotecheck.reading.reader_versions import reader_version
from quotecheck.records.document import Document
from quotecheck.records.fact_check import FactCheck

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from quotecheck.library.library import Library

__all__ = ["BuildItem", "FileEnd", "Sources", "fingerprint_of", "two_texts"]


@dataclass(frozen=True, slots=True)
class BuildItem:
    """One step of the chain: a document, a failure, or the end of a file.

    ``done`` are the bytes of files gone through so far. ``attribute`` says whether the document's
    quotations are wanted. ``skipped`` are documents of a file that was passed over.
    ``fact_check`` is one that a feed or a page reports.
    ``reader_version`` are the releases that read the document.
    """

    name: str
    done: int
    document: Document | None = None
    attribute: bool = False
    error: QuotecheckError | None = None
    end: FileEnd | None = None
    skipped: int = 0
    reader_version: str | None = None
    fact_check: FactCheck | None = None

    def to_attribute(self) -> Document | None:
        """The document, where its quotations are wanted."""
        return self.document if self.attribute else None


@dataclass(frozen=True, slots=True)
class FileEnd:
    """A file was read to its end; without a fingerprint it will be read again next time."""

    path: str
    fingerprint: str | None
    documents: int


class Sources:
    """The files to read, and the documents in them one after another.

    Args:
        paths: files, folders, or ``-`` for standard input.
        library: what it holds is not read again; None where there is none to ask.
        attribute: whether quotations are wanted.
        turns: whether they are wanted of documents with speaker turns too.
        defaults: metadata that win over what the sources say.
    """

    def __init__(
        self,
        paths: Sequence[str | Path],
        library: Library | None,
        *,
        attribute: bool,
        turns: bool = True,
        defaults: dict[str, str],
    ) -> None:
        self.library = library
        self.attribute = attribute
        self.turns = turns
        self.defaults = defaults
        self.failed: list[QuotecheckError] = []
        self.inputs: dict[str, int] = {}  # path as given -> bytes, each file once
        known: set[str] = set()
        for path in paths:
            for file in self._find(path):
                place = os.path.realpath(file)
                if file == "-" or place not in known:
                    known.add(place)
                    self.inputs[file] = _size(file)
        self.total = sum(self.inputs.values())

    def _find(self, path: str | Path) -> list[str]:
        from quotecheck.reading import documents as reading

        if str(path) == "-":
            return ["-"]
        try:
            return [str(file) for file in reading.find_inputs([path])]
        except Exception as error:
            self.failed.append(as_quotecheck_error(error))
            return []

    def read(self) -> Generator[BuildItem, None, None]:
        """Every document, failure, and end of a file, in order."""
        for error in self.failed:
            yield BuildItem("", 0, error=error, end=FileEnd("", None, 0))
        with closing(DocumentIds()) as ids:
            yield from self._read(ids)

    def _read(self, ids: DocumentIds) -> Iterator[BuildItem]:
        done = 0
        for path, size in self.inputs.items():
            name = Path(path).name
            fingerprint = fingerprint_of(
                path, attribute=self.attribute, turns=self.turns, defaults=self.defaults
            )
            skipped = self._known(path, fingerprint)
            if skipped is not None:
                done += size
                yield BuildItem(name, done, skipped=skipped)
                continue
            documents = chars = 0
            reviews = [*_fact_checks(path)]
            for number, review in enumerate(reviews, start=1):
                far = done if is_page(path) else done + size * number // len(reviews)
                if isinstance(review, FactCheck):
                    placed = replace(review, path=absolute(path))
                    yield BuildItem(name, far, fact_check=placed)
                else:
                    yield BuildItem(name, far, error=review)
            if reviews and not is_page(path):
                done += size
                yield BuildItem(name, done, end=FileEnd(absolute(path), fingerprint, 0))
                continue
            for document in _documents(path, self.defaults):
                if isinstance(document, Document):
                    documents += 1
                    chars += len(document.text)
                    yield self._item(document, ids, name, done + min(chars, size))
                else:
                    yield BuildItem(name, done + min(chars, size), error=document)
            done += size
            yield BuildItem(name, done, end=FileEnd(absolute(path), fingerprint, documents))

    def _item(self, document: Document, ids: DocumentIds, name: str, done: int) -> BuildItem:
        if document.path is not None and (path := absolute(document.path)) != document.path:
            # Kept as an absolute path, so that it can be found again from anywhere.
            document = replace(document, path=path)
        if not ids.register(document.id, document.text_sha256):
            return BuildItem(name, done, error=two_texts(document))
        attribute = False
        if self.attribute and (self.turns or not document.segments):
            stored = self.library.holds(document) if self.library is not None else None
            attribute = stored is None or not stored.attributed
        return BuildItem(
            name,
            done,
            document=document,
            attribute=attribute,
            reader_version=reader_version(document.reader),
        )

    def _known(self, path: str, fingerprint: str | None) -> int | None:
        """How many documents the file held when it was read to its end, None when it was not."""
        if fingerprint is None or self.library is None:
            return None
        return self.library.held_input(absolute(path), fingerprint, attributed=self.attribute)


def _documents(path: str, defaults: dict[str, str]) -> Iterator[Document | QuotecheckError]:
    """What the reader gives, with whatever it raises as the last of it."""
    from quotecheck.reading import documents as reading

    try:
        for document in reading.read_documents(path, defaults=defaults):
            yield document if isinstance(document, Document) else _placed(document, path)
    except Exception as error:
        yield _placed(as_quotecheck_error(error, where=path), path)


def _fact_checks(path: str) -> Iterator[FactCheck | QuotecheckError]:
    """The published fact-checks of a feed or a page; nothing of any other file."""
    if path == "-" or not Path(path).is_file():  # standard input can be read only once
        return
    try:
        yield from read_claim_reviews(path)
    except Exception as error:
        yield _placed(as_quotecheck_error(error, where=path), path)


def _placed(error: QuotecheckError, path: str) -> QuotecheckError:
    """The same error, with the file where it names no place."""
    return error if error.where else type(error)(error.what, where=path, remedy=error.remedy)


def _parts(path: str) -> list[Path]:
    """The files that make up one input: itself, and whatever may hold metadata beside it."""
    file = Path(path)
    names = (f"{file.name}.meta.json", f"{file.stem}.meta.json", f"{file.name}.json")
    beside = [file.with_name(name) for name in (*names, f"{file.stem}.json")]
    return [file, *(part for part in dict.fromkeys(beside) if part != file and part.is_file())]


def fingerprint_of(
    path: str, *, attribute: bool, turns: bool, defaults: dict[str, str]
) -> str | None:
    """What the file is and how it is read, as a sha256; None when that cannot be determined."""
    if not Path(path).is_file():  # standard input, or a pipe, which can be read only once
        return None
    digest = hashlib.sha256()
    how: list[object] = [__version__, sorted(defaults.items())]
    if attribute and not turns:
        how.append("articles")
    digest.update(repr(how).encode("utf-8", "surrogatepass"))
    try:
        for part in _parts(path):
            if is_held(part):
                return None
            digest.update(f"\0{part.name}\0{part.stat().st_size}\0".encode(errors="replace"))
            with part.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    except OSError:
        return None  # the reader will say it better
    return digest.hexdigest()


def two_texts(document: Document) -> QuotecheckError:
    """What to say of a document whose id another text has."""
    return QuotecheckError(
        f"the id {document.id!r} stands for two texts",
        where=document.path,
        remedy="Give each document an id of its own.",
    )


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size if path != "-" else 0
    except OSError:
        return 0
