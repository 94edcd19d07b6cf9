"""Cuts a document into the passages that full-text search indexes.

A passage is a few sentences: long enough that a quotation seldom crosses a border, short enough
that the rarest words of a quotation point at few of them. Passages follow one another without
overlap and leave nothing out but white space, so a quotation that does cross a border is read from
two neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from quotecheck.records.document import PASSAGE_WORDS, Segment
from quotecheck.records.text import Span

__all__ = ["split_passages"]

_FULL: Final = 2 * PASSAGE_WORDS
"""Words after which a passage ends wherever it stands, for text without full stops."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")
_MAY_END: Final = frozenset(".!?…。！？\"'”’»)]")
"""The last character of a unit that ends a sentence; most units end with none of these."""

_Places = npt.NDArray[np.signedinteger[Any]]
_LONG: Final = 40
"""Characters for which an endless "word" counts as one more."""
_BLOCK_CHARS: Final = 1 << 20
"""Code points that are split at a time, so that a long text needs little memory."""
_DARK: Final = np.ones(0x3002, np.int8)
"""Whether a character is not white space. After the last entry there is none."""
for _space in re.finditer(r"\s", "".join(map(chr, range(len(_DARK))))):
    _DARK[_space.start()] = 0


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
    starts, ends, words = _units(text)
    # A turn begins with a unit or its label stands just before: a passage may end there.
    turns = np.array([segment.start for segment in segments], np.intp)
    breaks = sorted(set(np.searchsorted(starts, turns).tolist()))
    first, turn, last = 0, 0, len(starts)
    while first < last:
        before = words[first]
        # The unit that fills the passage, unless a sentence or a turn ends it earlier.
        full = min(bisect_left(words, before + _FULL, first), last)
        enough = min(bisect_left(words, before + PASSAGE_WORDS, first), last)
        for end in ends[enough - 1 : full - 1].tolist():
            if text[end - 1] in _MAY_END and _SENTENCE_END.search(
                text, int(starts[enough - 1]), end
            ):
                break
            enough += 1
        while turn < len(breaks) and (
            breaks[turn] <= first or words[breaks[turn]] - before < PASSAGE_WORDS // 2
        ):
            turn += 1
        if turn < len(breaks) and breaks[turn] < enough:
            enough = breaks[turn]
        yield from _pieces(int(starts[first]), int(ends[enough - 1]))
        first = enough


def _units(text: str) -> tuple[_Places, _Places, Sequence[int] | _Places]:
    """Starts and ends of all runs of characters other than white space, and the count before each.

    The last number counts them all. An endless "word" counts for what it holds.
    """
    dark = np.zeros(len(text) + 2, np.int8)
    for start in range(0, len(text), _BLOCK_CHARS):
        block = text[start : start + _BLOCK_CHARS].encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(block, np.uint32)
        _DARK.take(codes, mode="clip", out=dark[start + 1 : start + 1 + len(codes)])
    edges = np.flatnonzero(dark[1:] != dark[:-1])
    starts, ends = edges[::2], edges[1::2]
    words: Sequence[int] | _Places = range(len(starts) + 1)
    if len(starts) and (ends - starts).max() >= _LONG:
        words = np.concatenate([[0], np.cumsum(1 + (ends - starts) // _LONG)])
    return starts, ends, words


def _pieces(start: int, end: int) -> Iterator[Span]:
    """Cut what is far too long (a megabyte without white space) into bearable spans."""
    limit = _LONG * _FULL
    while end - start > limit:
        yield Span(start, start + limit)
        start += limit
    yield Span(start, end)
