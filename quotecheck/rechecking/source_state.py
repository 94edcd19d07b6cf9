"""Where the document of a library is now, and whether it is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quotecheck.errors import QuotecheckError
from quotecheck.library.document_lookup import StoredSource
from quotecheck.pipeline.workers import as_quotecheck_error
from quotecheck.records.document import MANY_IN_ONE, Document

__all__ = ["DocumentState", "RelocatedFiles", "SourceState", "compared", "in_file", "state_of"]

SourceState = Literal["unchanged", "moved", "edited", "changed", "gone", "unreadable", "no place"]


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What has become of a document's source.

    ``state`` is "unchanged" (the same text), "moved" (the same text in another file), "edited"
    (another text, in which every quotation stands as it was), "changed", "gone", "unreadable", or
    "no place" (it came from standard input). ``found`` is the file where it is now, where that is
    another. ``quotations`` is how many are stored of it, ``quotations_moved`` how many of them
    stand at another place of the same file, and are otherwise as they were.
    """

    document: str
    path: str | None
    state: SourceState
    why: str
    quotations: int
    found: str | None = None
    text_sha256: str = ""
    found_sha256: str | None = None
    quotations_moved: int = 0


def state_of(row: StoredSource, state: SourceState, why: str = "") -> DocumentState:
    """The state of a document that was not read."""
    return DocumentState(row.key, row.path, state, why, row.quotations, text_sha256=row.text_sha256)


def _read(path: str) -> Iterator[Document | QuotecheckError]:
    from quotecheck.reading.documents import read_documents

    try:
        yield from read_documents(path)
    except Exception as error:
        yield as_quotecheck_error(error, where=path)


def in_file(
    path: str, rows: list[StoredSource]
) -> Iterator[tuple[StoredSource, DocumentState | None, str | None]]:
    """Compare the documents of a library with the file they came from, one in memory at a time.

    Args:
        path: the file; an archive, where the documents came from files in it.
        rows: all documents that came from it, or those of them that are looked for.
    """
    by_key = {row.key: row for row in rows}
    by_text: dict[str, list[StoredSource]] = {}
    for row in rows:
        by_text.setdefault(row.text_sha256, []).append(row)
    by_path: dict[str | None, list[StoredSource]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    errors: list[QuotecheckError] = []
    for document in _read(path):
        if isinstance(document, QuotecheckError):
            errors.append(document)
            continue
        stored = by_key.get(document.id)
        if stored is None:
            stored = next(
                (r for r in by_text.get(document.text_sha256, ()) if r.key in by_key), None
            )
        if stored is None and document.reader not in MANY_IN_ONE:
            alone = by_path.get(document.path, ())
            if len(alone) == 1 and alone[0].key in by_key:
                stored = alone[0]  # the one document of its file, whatever its id
        if stored is not None:
            del by_key[stored.key]
            yield stored, *compared(stored, document, document.path or path)
    for row in by_key.values():
        error = next((e for e in errors if _is_about(e, row, path)), None)
        if error is not None:
            yield row, state_of(row, "unreadable", error.what), None
        else:
            why = "the file holds no document with this id"
            if row.path != path:
                why = "the archive holds no such file any more"
            yield row, state_of(row, "gone", why), None


def _is_about(error: QuotecheckError, row: StoredSource, path: str) -> bool:
    """Whether it may be for an error in a file that a document was not found there."""
    where = error.where or path
    return where == path or where.startswith(row.path or path)


def compared(row: StoredSource, document: Document, path: str) -> tuple[DocumentState, str | None]:
    """What has become of a document that is there, and its text if that is another."""
    same = document.text_sha256 == row.text_sha256
    moved = path if path != row.path else None
    state: SourceState = "changed"
    why = "its text is another"
    if same:
        state = "moved" if moved else "unchanged"
        why = "the same text is in another file" if moved else ""
        if document.bytes_sha256 != row.bytes_sha256 and not moved:
            why = "the file's bytes are others, its text is the same"
    elif document.bytes_sha256 == row.bytes_sha256:
        why = (
            f"the file is the same, but its text is read otherwise now than by {row.by}"
            f" (reader {row.reader})"
        )
    document_state = DocumentState(
        row.key,
        row.path,
        state,
        why,
        row.quotations,
        found=moved,
        text_sha256=row.text_sha256,
        found_sha256=document.text_sha256,
    )
    return document_state, None if same else document.text


class RelocatedFiles:
    """Files from which no document came: where documents that are not in their place may be."""

    def __init__(self, paths: Sequence[str], failures: list[QuotecheckError]) -> None:
        self._texts: dict[str, tuple[str, str]] = {}  # sha256 of a text -> file, id
        self._ids: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        for path in paths:
            for document in _read(path):
                if isinstance(document, QuotecheckError):
                    failures.append(document)
                    continue
                place = document.path or path  # in an archive each file has its own
                self._texts.setdefault(document.text_sha256, (place, document.id))
                self._ids.setdefault(document.id, place)
                if document.reader not in MANY_IN_ONE:
                    self._names.setdefault(Path(place).name, []).append(place)

    def find(self, row: StoredSource) -> tuple[str, Document] | None:
        """The file that now has a document, and the document as it is there."""
        path, key = self._texts.get(row.text_sha256, (None, row.key))
        if path is None:
            path = self._ids.get(row.key)
        named = self._names.get(Path(row.path or "").name, [])
        if path is None and row.reader not in MANY_IN_ONE and len(named) == 1:
            path, key = named[0], ""  # the only file of that name
        if path is None:
            return None
        for document in _read(path):
            if isinstance(document, Document) and key in ("", document.id):
                return path, document
        return None
