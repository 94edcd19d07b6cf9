"""The paragraphs of a document and its passages in quotation marks, worked out once."""

from __future__ import annotations

from functools import cached_property

from quotecheck.records.document import Document
from quotecheck.records.text import QuotedPassage, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["Layout", "layout_of"]


def layout_of(document: Document) -> Layout:
    """Return the layout of a document, made when it is first asked for and kept with it."""
    layout: Layout | None = document.layout
    if layout is None:
        layout = Layout(document.text, document.blocks)
        object.__setattr__(document, "layout", layout)  # a cache: no part of the record's value
    return layout


class Layout:
    """Where a text has its paragraphs and quotation marks; `layout_of` gives that of a document.

    Args:
        text: a raw text.
        blocks: its set-off quotations, which need no marks.
    """

    def __init__(self, text: str, blocks: tuple[Span, ...] = ()) -> None:
        # The document itself is not kept: it keeps this, and a circle would outlive it.
        self._text = text
        self._blocks = blocks
        self.paragraphs: tuple[Span, ...] = paragraphs(text)

    @cached_property
    def passages(self) -> tuple[QuotedPassage, ...]:
        """Every passage in quotation marks, nested ones too, in text order."""
        return quoted_passages(self._text, self.paragraphs, self._blocks)

    @cached_property
    def outermost(self) -> tuple[QuotedPassage, ...]:
        """The passages that stand in no other."""
        return tuple(passage for passage in self.passages if passage.depth == 0)
