"""What the span tagger sees in a text: the record that `attribute` is handed.

``tagging`` makes it from an encoder; here it is only spans and numbers, without torch.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from quotecheck.records.text import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Marginals", "TaggedDocument", "TaggedSpan"]

_ROLES: Final = {"source": 0, "cue": 1, "content": 2}


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A stretch that the span tagger takes for a source, a cue or a content.

    ``role`` is "source", "cue" or "content". ``probability`` is the mean of its pieces', in 0..1.
    ``cues`` are (number of a cue, probability) for a source or a content, best first: which of the
    document's cues it belongs to; number -1 stands for none.
    """

    role: str
    span: Span
    probability: float
    cues: tuple[tuple[int, float], ...] = ()


class Marginals:
    """How likely each word piece of a text begins or goes on with each role.

    Args:
        start: the first code point of each piece, shape (pieces,).
        end: the code point after each piece.
        chances: probabilities of O, then B and I of source, cue and content: (pieces, 7).
    """

    def __init__(
        self, start: NDArray[np.int32], end: NDArray[np.int32], chances: NDArray[np.float16]
    ) -> None:
        self._start = start
        self._end = end
        self._chances = chances

    @cached_property
    def _summed(self) -> NDArray[np.float64]:
        """Running sums of each role's probability, shape (pieces + 1, 3)."""
        roles = self._chances[:, 1:].astype(np.float32)
        both = roles[:, 0::2] + roles[:, 1::2]
        return np.concatenate([np.zeros((1, 3)), np.cumsum(both, 0, dtype=np.float64)])

    @cached_property
    def _edges(self) -> tuple[array[int], array[int]]:
        """Starts and ends in a form in which one place is found quicker than in numpy's."""
        return array("q", self._start.tolist()), array("q", self._end.tolist())

    def _range(self, span: Span) -> tuple[int, int]:
        starts, ends = self._edges
        return bisect_right(ends, span.start), bisect_left(starts, span.end)

    def mean(self, role: str, span: Span) -> float:
        """The mean probability, in 0..1, that the pieces of a span have a role."""
        first, last = self._range(span)
        if first >= last:
            return 0.0
        column = _ROLES[role]
        total = self._summed[last, column] - self._summed[first, column]
        return float(total) / (last - first)

    def begins(self, role: str, span: Span) -> float:
        """How likely a span of that role begins where this one does, and not before."""
        first, last = self._range(span)
        if first >= last:
            return 0.0
        column = 1 + 2 * _ROLES[role]
        return float(self._chances[first, column])

    def ends(self, role: str, span: Span) -> float:
        """How likely it does not go on after this one's end."""
        first, last = self._range(span)
        if first >= last:
            return 0.0
        if last >= len(self._start):
            return 1.0
        return 1.0 - float(self._chances[last, 2 + 2 * _ROLES[role]])


@dataclass(frozen=True)
class TaggedDocument:
    """Sources, cues and contents in text order, apart.

    ``marginals`` has the probabilities behind them. ``wide`` is a second reading that takes a word
    rather for part of an attribution than not: what the first one hesitated to say.
    """

    sources: tuple[TaggedSpan, ...] = ()
    cues: tuple[TaggedSpan, ...] = ()
    contents: tuple[TaggedSpan, ...] = ()
    marginals: Marginals | None = None
    wide: TaggedDocument | None = None
