"""Vectors in few bits, and the search through many of them.

A vector is kept twice: the signs of its numbers, 48 bytes, all of which are looked at, and four
bits a number, 192 bytes, read only for the likeliest. Two vectors whose signs agree lie close.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["nearest_signs", "pack", "signs_of", "unpack"]

_STEP: Final = 0.0215
"""Between two of the sixteen values of a number; the middle ones are half a step from nothing."""
_AT_ONCE: Final = 65_536
_COUNTS: Final = np.array([bin(n).count("1") for n in range(65536)], dtype=np.uint8)


def signs_of(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The signs of each row, six numbers of 64 bits."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(bits).view("<u8").astype(np.uint64)


def pack(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rows of 384 numbers as rows of 192 bytes.

    >>> import numpy as np
    >>> rows = np.random.default_rng(1).normal(size=(2, 384)).astype(np.float32)
    >>> rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    >>> bool(((unpack(pack(rows)) * rows).sum(1) > 0.99).all())
    True
    """
    level = np.clip(np.floor(vectors / _STEP) + 8, 0, 15).astype(np.uint8)
    packed: NDArray[np.uint8] = level[:, 0::2] << 4 | level[:, 1::2]
    return packed


def unpack(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Rows of 384 numbers, each of length 1, from rows of 192 bytes."""
    result = np.empty((len(packed), packed.shape[1] * 2), dtype=np.float32)
    result[:, 0::2] = packed >> 4
    result[:, 1::2] = packed & 15
    result -= 7.5
    lengths = np.linalg.norm(result, axis=1, keepdims=True)
    result /= np.maximum(lengths, 1e-9)
    return result


def nearest_signs(
    signs: NDArray[np.uint64], query: NDArray[np.uint64], count: int
) -> NDArray[np.int64]:
    """The sentences whose signs agree best with a query's, best first.

    Args:
        signs: (6, sentences): laid out so, they are compared five times as fast.
        query: (6,).
        count: how many.
    """
    distances = np.empty(signs.shape[1], dtype=np.uint16)
    for begin in range(0, signs.shape[1], _AT_ONCE):
        part = distances[begin : begin + _AT_ONCE]
        part[:] = 0
        for row, wanted in zip(signs, query, strict=True):
            part += _count(row[begin : begin + _AT_ONCE] ^ wanted)
    found: NDArray[np.int64] = np.arange(len(distances))
    if len(distances) > count:
        # The count-th distance by counting: there are few different ones.
        running = np.cumsum(np.bincount(distances, minlength=385))
        found = np.flatnonzero(distances <= int(np.searchsorted(running, count)))
    return found[np.argsort(distances[found], kind="stable")[:count]]


def _count(differing: Any) -> Any:
    """How many bits of each number are set."""
    if hasattr(np, "bitwise_count"):
        return np.bitwise_count(differing)
    return _COUNTS[differing.view(np.uint16)].reshape(-1, 4).sum(1, dtype=np.uint8)  # numpy 1
