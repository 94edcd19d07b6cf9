"""A set of spans that answers what overlaps a span of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from quotecheck.records.text import Span

__all__ = ["SpanSet"]


class SpanSet:
    """Spans that do not overlap, asked quickly whether another touches one of them."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Takes a span in; one that overlaps others is joined with them."""
        low = bisect_right(self._ends, span.start)
        high = bisect_left(self._starts, span.end)
        start = min([span.start, *self._starts[low:high]])
        end = max([span.end, *self._ends[low:high]])
        self._starts[low:high] = [start]
        self._ends[low:high] = [end]

    def touches(self, span: Span) -> bool:
        """Whether ``span`` shares a code point with a span of the set."""
        low = bisect_right(self._ends, span.start)
        return low < len(self._starts) and self._starts[low] < span.end

    def overlapping(self, span: Span) -> list[Span]:
        """The set's spans that share a code point with ``span``, whole, in text order.

        >>> SpanSet([Span(0, 4), Span(6, 9)]).overlapping(Span(2, 5))
        [Span(start=0, end=4)]
        """
        low = bisect_right(self._ends, span.start)
        high = bisect_left(self._starts, span.end)
        return [
            Span(*ends) for ends in zip(self._starts[low:high], self._ends[low:high], strict=True)
        ]

    def within(self, span: Span) -> list[Span]:
        """Return the parts of the set's spans that lie in ``span``, in text order.

        >>> SpanSet([Span(0, 4), Span(6, 9)]).within(Span(2, 7))
        [Span(start=2, end=4), Span(start=6, end=7)]
        """
        low = bisect_right(self._ends, span.start)
        high = bisect_left(self._starts, span.end)
        return [
            Span(max(span.start, start), min(span.end, end))
            for start, end in zip(self._starts[low:high], self._ends[low:high], strict=True)
        ]
