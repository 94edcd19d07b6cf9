"""What must hold of every document that a reader gives."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.reading.documents import read_documents
from quotecheck.records.document import Document
from quotecheck.text.digest import sha256_hex

if TYPE_CHECKING:
    from pathlib import Path
from pathlib import Path


def check(document: Document) -> Document:
    """The document, after a look at its places and hashes."""
    text = document.text
    assert text.strip()
    assert document.text_sha256 == sha256_hex(text.encode())
    assert len(document.bytes_sha256) == 64
    places = [*document.segments, *document.locators, *document.blocks]
    places += [document.headline] if document.headline else []
    for place in places:
        assert 0 <= place.start < place.end <= len(text)
        assert text[place.start : place.end].strip()
    assert all(a.end <= b.start for a, b in pairwise(document.segments))
    by_kind = sorted(document.locators, key=lambda at: at.kind)
    for _, group in groupby(by_kind, key=lambda at: at.kind):
        assert all(a.end <= b.start for a, b in pairwise(group))
    assert all(at.kind and at.label for at in document.locators)
    return document


def read_one(path: Path, **defaults: str) -> Document:
    """The one document of a file."""
    (found,) = read_documents(path, defaults=defaults)
    assert isinstance(found, Document), found
    return check(found)


def read_all(path: Path | str) -> tuple[list[Document], list[InputError]]:
    """The documents of a file, and what went wrong, with the error that ended it as the last."""
    documents: list[Document] = []
    errors: list[InputError] = []
    try:
        for found in read_documents(path):
            if isinstance(found, InputError):
                errors.append(found)
            else:
                documents.append(check(found))
    except InputError as error:
        errors.append(error)
    for error in errors:
        assert error.what
        assert error.where
        assert error.remedy
    return documents, errors


def located(document: Document, words: str) -> list[str]:
    """The labels of the places where some words begin."""
    at = document.text.index(words)
    return [place.label for place in document.locators if place.start <= at < place.end]


BODY = (
    "The ferry will sail again on Monday, the harbour master said. “We have mended the engine "
    "twice,” Marta Oyelaran told the council, “and the third time we bought a new one.”"
)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
