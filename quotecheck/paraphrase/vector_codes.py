"""Vectors in few bits, and the search through many of them.

A vector is kept twice: the signs of its numbers, 48 bytes, all of which are looked at, and four
bits a number, 192 bytes, read only for the likeliest. Two vectors whose signs agree lie close.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["nearest_signs", "pack", "sign_cosines", "signs_as_numbers", "signs_of", "unpack"]

_STEP: Final = 0.0215
"""Between two of the sixteen values of a number; the middle ones are half a step from nothing."""
_AT_ONCE: Final = 65_536
"""Sentences whose distances are worked out at once: they stay in the cache."""
_SAMPLE: Final = 65_536
"""Distances from which the bound is estimated. By eye."""


def signs_of(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The signs of each row, 64 to a number."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(bits).view("<u8").astype(np.uint64)


def pack(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rows of numbers, two to a byte: 384 of them as 192 bytes.

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
    """Rows of length 1 from the bytes of `pack`, two numbers each."""
    result = np.empty((len(packed), packed.shape[1] * 2), dtype=np.float32)
    result[:, 0::2] = packed >> 4
    result[:, 1::2] = packed & 15
    result -= 7.5
    lengths = np.linalg.norm(result, axis=1, keepdims=True)
    result /= np.maximum(lengths, 1e-9)
    return result


def sign_cosines(signs: NDArray[np.uint64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """About the cosines of some vectors with one, from their signs and all of its numbers.

    Args:
        signs: a row a vector, as `signs_of` makes them.
        vector: of length 1.

    >>> import numpy as np
    >>> row = np.random.default_rng(1).normal(size=(1, 384)).astype(np.float32)
    >>> row /= np.linalg.norm(row)
    >>> bool(abs(sign_cosines(signs_of(row), row[0])[0] - 1) < 0.1)
    True
    """
    cosines: NDArray[np.float32] = signs_as_numbers(signs) @ vector
    # The mean size of a number to the root of its mean square, for numbers spread normally.
    cosines *= np.float32(math.sqrt(math.pi / 2 / len(vector)))
    return cosines


def signs_as_numbers(signs: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Rows of +1 and -1 from the signs of `signs_of`."""
    bits = np.unpackbits(signs.astype("<u8", copy=False).view(np.uint8), axis=1)
    result = bits.astype(np.float32)
    result *= 2
    result -= 1
    return result


def nearest_signs(
    signs: NDArray[np.uint64], vector: NDArray[np.float32], count: int
) -> NDArray[np.int64]:
    """The sentences whose signs agree best with a vector's, best first.

    Args:
        signs: (width, sentences): laid out so, they are compared five times as fast.
        vector: of 64 numbers for each of the width.
        count: how many.
    """
    query = signs_of(vector[None])[0]
    distances = np.empty(signs.shape[1], dtype=np.uint16)
    for begin in range(0, signs.shape[1], _AT_ONCE):
        part = distances[begin : begin + _AT_ONCE]
        part[:] = 0
        for row, signs_wanted in zip(signs, query, strict=True):
            part += _count(row[begin : begin + _AT_ONCE] ^ signs_wanted)
    rows: NDArray[np.int64] = np.arange(len(distances))
    if len(distances) > count:
        # About the count-th distance, by counting some; then the next ones, until enough are there.
        sample = distances[:: max(1, len(distances) // _SAMPLE)]
        running = np.cumsum(np.bincount(sample, minlength=len(vector) + 1))
        least = int(np.searchsorted(running, count * len(sample) / len(distances)))
        rows = np.flatnonzero(distances <= least)
        while len(rows) < count:
            least += 2
            rows = np.flatnonzero(distances <= least)
    return rows[np.argsort(distances[rows], kind="stable")[:count]]


def _count(differing: Any) -> Any:
    """How many bits of each number are set."""
    if hasattr(np, "bitwise_count"):
        return np.bitwise_count(differing)
    return _counts()[differing.view(np.uint16)].reshape(-1, 4).sum(1, dtype=np.uint8)  # numpy 1


@cache
def _counts() -> NDArray[np.uint8]:
    """How many bits of each number of sixteen are set."""
    return np.array([bin(n).count("1") for n in range(65536)], dtype=np.uint8)
