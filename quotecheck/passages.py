"""Cuts a document into the passages that full-text search indexes.

A passage is a few sentences: long enough that a quotation seldom crosses a border, short enough
that the rarest words of a quotation point at few of them. Passages follow one another without
overlap and leave nothing out but white space, so a quotation that does cross a border is read from
two neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quotecheck.annotations import Segment, Span

__all__ = ["PASSAGE_WORDS", "split_passages"]

PASSAGE_WORDS: Final = 90
"""Words after which a passage ends at the next sentence end. On 14 MB of speeches, plays and
scripture, 45 to 180 words find the same places; shorter ones cost more rows, longer ones more time
in reading what was found."""

_FULL: Final = 2 * PASSAGE_WORDS
"""Words after which a passage ends wherever it stands, for text without full stops."""

_UNIT = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")


def split_passages(text: str, segments: Sequence[Segment] = ()) -> Iterator[Span]:
    """Yield the passages of ``text`` in order.

    Args:
        text: a document's raw text.
        segments: its speaker turns, in any order. A passage that is long enough ends with a turn
            rather than within the next one; short turns share a passage, so that an exchange of
            words can be found as a whole.

    Yields:
        Spans without white space at either end, in text order, not overlapping. Together they
        hold every character that is not white space.

    >>> [span.of("One two. Three.") for span in split_passages("One two. Three.")]
    ['One two. Three.']
    """
    turns = iter(sorted({segment.start for segment in segments}))
    turn = next(turns, None)
    start = end = -1
    words = 0
    for unit in _UNIT.finditer(text):
        while turn is not None and turn <= unit.start():
            # A turn begins here or its label stands just before: the passage may end.
            if words >= PASSAGE_WORDS // 2:
                yield Span(start, end)
                words = 0
            turn = next(turns, None)
        if words == 0:
            start = unit.start()
        end = unit.end()
        words += 1 + (end - unit.start()) // 40  # an endless "word" counts for what it holds
        if words >= _FULL or (words >= PASSAGE_WORDS and _SENTENCE_END.search(unit.group())):
            yield from _pieces(start, end)
            words = 0
    if words:
        yield from _pieces(start, end)


def _pieces(start: int, end: int) -> Iterator[Span]:
    """Cut what is far too long (a megabyte without white space) into bearable spans."""
    limit = 40 * _FULL
    while end - start > limit:
        yield Span(start, start + limit)
        start += limit
    yield Span(start, end)
