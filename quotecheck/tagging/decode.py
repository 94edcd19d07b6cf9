"""From a score for each tag of each word piece to spans: the best sequence that BIO allows.

Log probabilities of overlapping windows are blended, a window's middle counting for more than its
ends. A span begins and ends where a word does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["blended", "spans_of", "viterbi"]

_NEVER: Final = -1e4  # Log probability of what is not allowed; finite, so that sums stay numbers.
_MIDDLE: Final = 64
"""Pieces from a window's end beyond which a piece counts in full."""


def blended(total: int, parts: Iterable[tuple[int, NDArray[np.float32]]]) -> NDArray[np.float32]:
    """The log probabilities of all pieces, shape (total, 7).

    Args:
        total: how many pieces there are.
        parts: for each window its first piece and its log probabilities, shape (pieces, 7).
    """
    summed = np.zeros((total, 7), dtype=np.float32)
    weight = np.zeros((total, 1), dtype=np.float32)
    for begin, scores in parts:
        size = len(scores)
        count = np.arange(size)
        near = np.minimum(np.minimum(count + 1, size - count), _MIDDLE).astype(np.float32)[:, None]
        summed[begin : begin + size] += np.exp(scores) * near
        weight[begin : begin + size] += near
    return np.log(np.maximum(summed / np.maximum(weight, 1e-6), 1e-7))


def viterbi(scores: NDArray[np.float32], inside: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The most likely allowed tags, shape (readings, pieces).

    Tags are O, then B and I of each role; I follows only B or I of its own role, and within a word
    nothing begins and nothing ends.

    Args:
        scores: log probabilities of several readings of one text, (readings, pieces, 7).
        inside: whether a piece goes on with the word of the piece before.
    """
    within = inside.tolist()
    tags = [_best_path(reading.tolist(), within) for reading in scores]
    return np.array(tags, dtype=np.int64).reshape(scores.shape[:2])


def _best_path(scores: list[list[float]], within: list[bool]) -> list[int]:
    """As `viterbi`, of one reading: in plain numbers, as arrays of seven cost more than they do."""
    if not scores:
        return []
    o, b1, _, b2, _, b3, _ = scores[0]
    i1 = i2 = i3 = _NEVER
    # For each piece the tag before it that leads best to O or a B, and to each I.
    back: list[tuple[int, int, int, int]] = []
    for (s0, s1, s2, s3, s4, s5, s6), inner in zip(scores[1:], within[1:], strict=True):
        from1, best1 = (1, b1) if b1 >= i1 else (2, i1)
        from2, best2 = (3, b2) if b2 >= i2 else (4, i2)
        from3, best3 = (5, b3) if b3 >= i3 else (6, i3)
        if inner:
            back.append((0, from1, from2, from3))
            o += s0
            b1 = b2 = b3 = _NEVER + o
        else:
            start, best = 0, o
            if best1 > best:
                start, best = from1, best1
            if best2 > best:
                start, best = from2, best2
            if best3 > best:
                start, best = from3, best3
            back.append((start, from1, from2, from3))
            o, b1, b2, b3 = best + s0, best + s1, best + s3, best + s5
        i1, i2, i3 = best1 + s2, best2 + s4, best3 + s6
    ends = (o, b1, i1, b2, i2, b3, i3)
    tag = ends.index(max(ends))
    path = [tag]
    for ways in reversed(back):
        tag = ways[tag // 2] if tag and not tag % 2 else ways[0]
        path.append(tag)
    path.reverse()
    return path


def spans_of(tags: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Role (0 source, 1 cue, 2 content), first piece and last piece (half-open) of each span.

    >>> spans_of(np.array([1, 2, 0, 3, 5, 6]))
    [(0, 0, 2), (1, 3, 4), (2, 4, 6)]
    """
    spans: list[tuple[int, int, int]] = []
    begin, role = 0, -1
    for number, tag in enumerate([*tags.tolist(), 0]):
        if role >= 0 and tag != 2 + 2 * role:
            spans.append((role, begin, number))
            role = -1
        if tag % 2:
            begin, role = number, tag // 2
    return spans
