"""Which words of an article are to be checked: those that it prints as somebody's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from quotecheck.comparison.wording import strip_marks
from quotecheck.records.text import Document, Quotation, Span

__all__ = ["SpanIndex", "quoted_spans", "readings"]


class SpanIndex:
    """Spans in text order that do not overlap, asked which of them lie in another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = [span.end for span in self._spans]

    def within(self, span: Span) -> list[Span]:
        """The parts of the spans that lie in ``span``."""
        found = []
        for other in self._spans[bisect_right(self._ends, span.start) :]:
            if other.start >= span.end:
                break
            found.append(Span(max(span.start, other.start), min(span.end, other.end)))
        return found


def quoted_spans(document: Document, quotation: Quotation, marked: SpanIndex) -> list[Span]:
    """The places of the words that an article prints as somebody's own.

    Of «that “maps are for tourists”» these are the three words in marks: the rest is the article's
    paraphrase. Content without any mark (a turn of a transcript) counts whole.
    """
    inside = [part for span in quotation.content for part in marked.within(span)]
    letters = [p for p in inside if any(c.isalnum() for c in p.of(document.text))]
    return letters or list(quotation.content)


def readings(text: str, spans: Sequence[Span]) -> list[str]:
    """The quotation as printed; and, when it is split, without the commas before the cue.

    Such a comma may also stand where the speaker made a full stop: "We paid," she said. "Twice."
    """
    pieces = [strip_marks(span.of(text)) for span in spans]
    pieces = [piece for piece in pieces if piece]
    bare = [piece.rstrip(" ,") for piece in pieces[:-1]] + pieces[-1:]
    ended = [
        piece + "." * (was != piece and after[:1].isupper())
        for was, piece, after in zip(pieces, bare, [*bare[1:], ""], strict=True)
    ]
    return list(dict.fromkeys(" ".join(form) for form in (pieces, bare, ended)))
