"""A document, its speaker turns, passages, and places in the source it was read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Final

from quotecheck.records.text import Span

__all__ = ["MANY_IN_ONE", "PASSAGE_WORDS", "Document", "Locator", "Passage", "Segment"]

PASSAGE_WORDS: Final = 90
"""Words after which a passage of the search ends at the next sentence end. On 14 MB of speeches,
plays and scripture, 45 to 180 words find the same places; shorter ones cost more rows, longer ones
more time in reading what was found."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document that one speaker holds (a turn of a transcript)."""

    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a stretch of a document's text stands in its source: a page, a time, a chapter.

    ``kind`` is "page", "time" or "chapter"; ``label`` is for people ("12", "00:01:02.500"). The
    stretches of a kind follow one another and do not overlap; they have nothing to do with turns.
    """

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text and where it comes from. Dates are ISO 8601, as precise as known ("1861").

    ``bytes_sha256`` is of the file as it was read, ``text_sha256`` of the UTF-8 form of ``text``.
    ``encoding`` is the one that decoded it, ``reader`` the reader that did. ``metadata_origin``
    says for each metadata field where it came from ("html", "front matter", "sidecar", "option").
    ``language`` is a tag of BCP 47 ("de", "pt-BR"); ``translated`` tells that the text is a
    translation: "yes", or the language of the original.
    ``blocks`` are set-off quotations (HTML blockquotes, Markdown ``>``); ``headline`` is the span
    of the headline where the reader knows it. ``locators`` say where in the source the text stands.
    ``derived`` marks a collection of what others said or wrote, ``machine_transcript`` of speech
    that a machine wrote down; None where nobody has told.
    """

    id: str
    text: str
    bytes_sha256: str
    text_sha256: str
    path: str | None = None
    url: str | None = None
    title: str | None = None
    publication: str | None = None
    author: str | None = None
    date: str | None = None
    genre: str | None = None
    licence: str | None = None
    origin: str | None = None
    language: str | None = None
    translated: str | None = None
    encoding: str | None = None
    reader: str = "text"
    segments: tuple[Segment, ...] = ()
    blocks: tuple[Span, ...] = ()
    headline: Span | None = None
    locators: tuple[Locator, ...] = ()
    derived: bool | None = None
    machine_transcript: bool | None = None
    metadata_origin: dict[str, str] = field(default_factory=dict)
    layout: Any = field(default=None, init=False, repr=False, compare=False)
    """Its paragraphs and passages in marks (`quotecheck.text.layout.layout_of`), once asked for;
    never stored nor pickled."""

    def __reduce__(self) -> tuple[Callable[..., Document], tuple[dict[str, Any]]]:
        # Not __getstate__: the slots of Python 3.11.0 to 3.11.2 replace it.
        state = {field.name: getattr(self, field.name) for field in fields(self) if field.init}
        return _document, (state,)


def _document(values: dict[str, Any]) -> Document:
    return Document(**values)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a stored document, as candidate generation returns it.

    ``start`` is the offset of ``text`` in the document; ``rank`` orders candidates, best first.
    """

    id: int
    document: str
    start: int
    end: int
    text: str
    rank: float = 0.0


MANY_IN_ONE: Final = frozenset({"jsonl", "csv", "warc"})
"""Readers of files with many documents, where sharing a path makes no versions of one. (The files
of an archive have a path each.)"""
