"""Spans that may overlap, written as elements that may not: for HTML and TEI.

Where two spans cross, the one that opened later is closed and opened again, so that what comes out
is a tree whatever goes in, and the text between the tags is the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from quotecheck.records.text import Span

__all__ = ["Event", "nested", "spread"]


@dataclass(frozen=True, slots=True)
class Event:
    """A step of writing: a span opens or closes, or a stretch of text comes.

    ``index`` is the span's place in the sequence given, -1 for text. ``span`` is the stretch of
    text; of an opening or closing span, the fragment that the tags hold.
    """

    kind: Literal["open", "close", "text"]
    span: Span
    index: int = -1


def spread(spans: Sequence[Span], regions: Sequence[Span]) -> list[list[int]]:
    """For each region (sorted, apart) the indices of the spans that share a code point with it.

    >>> spread([Span(0, 9), Span(4, 6)], [Span(0, 3), Span(5, 9)])
    [[0], [0, 1]]
    """
    ends = [region.end for region in regions]
    by_region: list[list[int]] = [[] for _ in regions]
    for index, span in enumerate(spans):
        at = bisect_right(ends, span.start)
        while at < len(regions) and regions[at].start < span.end:
            if span.overlaps(regions[at]) and span.start < span.end:
                by_region[at].append(index)
            at += 1
    return by_region


def nested(
    spans: Sequence[Span], region: Span, indices: Iterable[int] | None = None
) -> list[Event]:
    """The steps that write a region: text in order, each span open over just its own code points.

    Args:
        spans: any spans, overlapping as they like; of two that are the same, the first is outside.
        region: the stretch to write.
        indices: which of the spans to write; all by default.

    >>> events = nested([Span(0, 4), Span(2, 6)], Span(0, 6))
    >>> print(" ".join(f"{e.kind}{e.index}" if e.index >= 0 else "text" for e in events))
    open0 text open1 text close1 close0 open1 text close1
    """
    starts: dict[int, list[tuple[int, int]]] = {}
    positions = {region.start, region.end}
    for index in range(len(spans)) if indices is None else indices:
        start = max(spans[index].start, region.start)
        end = min(spans[index].end, region.end)
        if start < end:
            starts.setdefault(start, []).append((end, index))
            positions.update((start, end))
    writing = _Writing(region.start)
    stack: list[tuple[int, int]] = []  # (end, index), outermost first
    for position in sorted(positions):
        writing.text(position)
        lowest = next((k for k, (end, _) in enumerate(stack) if end <= position), len(stack))
        opening = list(starts.get(position, ()))
        while len(stack) > lowest:
            end, index = stack.pop()
            writing.close(index)
            if end > position:
                opening.append((end, index))
        for end, index in sorted(opening, key=lambda pair: (-pair[0], pair[1])):
            stack.append((end, index))
            writing.open(index)
    return writing.events()


class _Writing:
    """Events as they come; an opening gets its fragment when the closing is known."""

    def __init__(self, start: int) -> None:
        self._at = start
        self._events: list[Event] = []
        self._opened: dict[int, int] = {}  # index -> place among the events

    def text(self, end: int) -> None:
        if end > self._at:
            self._events.append(Event("text", Span(self._at, end)))
            self._at = end

    def open(self, index: int) -> None:
        self._opened[index] = len(self._events)
        self._events.append(Event("open", Span(self._at, self._at), index))

    def close(self, index: int) -> None:
        place = self._opened.pop(index)
        fragment = Span(self._events[place].span.start, self._at)
        self._events[place] = Event("open", fragment, index)
        self._events.append(Event("close", fragment, index))

    def events(self) -> list[Event]:
        return self._events
