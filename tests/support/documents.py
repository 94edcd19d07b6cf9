"""Documents made from a text, and libraries filled with them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from quotecheck.library.library import Library, open_library
from quotecheck.records.document import Document, Segment
from quotecheck.text.passages import split_passages


def document(key: str, text: str, **fields: object) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(key, text, digest, digest, **fields)  # type: ignore[arg-type]


def turns(text: str) -> tuple[Segment, ...]:
    segments, at = [], 0
    for line in text.split("\n\n"):
        name = line.split(":")[0]
        segments.append(Segment(at + len(name) + 2, at + len(line), name.title()))
        at += len(line) + 2
    return tuple(segments)


def fill(path: Path, documents: Sequence[Document]) -> Library:
    library = open_library(path, create=True)
    run = library.start_run("build", version="0")
    for each in documents:
        library.add_document(each, passages=list(split_passages(each.text, each.segments)), run=run)
    return library
