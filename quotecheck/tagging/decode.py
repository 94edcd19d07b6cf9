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

_ROLES: Final = 3  # Roles of a span: source, cue, content (see `quotecheck.tagging.network.ROLES`).
_NEVER: Final = -1e4  # Log probability of what is not allowed; finite, so that sums stay numbers.
_MIDDLE: Final = 64
"""Pieces from a window's end beyond which a piece counts in full."""

# Tags are O, then B and I of each role. I follows only B or I of its own role.
_ALLOWED: Final = np.zeros((7, 7), dtype=np.float32)
for _role in range(_ROLES):
    _ALLOWED[:, 2 + 2 * _role] = _NEVER
    _ALLOWED[1 + 2 * _role, 2 + 2 * _role] = 0.0
    _ALLOWED[2 + 2 * _role, 2 + 2 * _role] = 0.0
# Within a word nothing begins and nothing ends.
_WITHIN: Final = np.full((7, 7), _NEVER, dtype=np.float32)
_WITHIN[0, 0] = 0.0
for _role in range(_ROLES):
    _WITHIN[1 + 2 * _role, 2 + 2 * _role] = 0.0
    _WITHIN[2 + 2 * _role, 2 + 2 * _role] = 0.0


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

    Args:
        scores: log probabilities of several readings of one text, (readings, pieces, 7): what it
            costs to go from piece to piece is paid once for all of them.
        inside: whether a piece goes on with the word of the piece before.
    """
    readings, total, _ = scores.shape
    tags = np.zeros((readings, total), dtype=np.int64)
    if not total:
        return tags
    best = scores[:, 0].copy()
    best[:, 2::2] = _NEVER
    back = np.zeros((total, readings, 7), dtype=np.int8)
    within = inside.tolist()
    for number in range(1, total):
        ways = best[:, :, None] + (_WITHIN if within[number] else _ALLOWED)
        back[number] = ways.argmax(1)
        best = ways.max(1) + scores[:, number]
    tags[:, -1] = best.argmax(1)
    for reading in range(readings):
        ways_back, tag = back[:, reading].tolist(), int(tags[reading, -1])
        for number in range(total - 1, 0, -1):
            tag = ways_back[number][tag]
            tags[reading, number - 1] = tag
    return tags


def spans_of(tags: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Role (0 source, 1 cue, 2 content), first piece and last piece (half-open) of each span.

    >>> spans_of(np.array([1, 2, 0, 3, 5, 6]))
    [(0, 0, 2), (1, 3, 4), (2, 4, 6)]
    """
    found: list[tuple[int, int, int]] = []
    begin, role = 0, -1
    for number, tag in enumerate([*tags.tolist(), 0]):
        if role >= 0 and tag != 2 + 2 * role:
            found.append((role, begin, number))
            role = -1
        if tag % 2:
            begin, role = number, tag // 2
    return found
