"""What two texts are compared by: their runs of four words, and a sketch of these (MinHash).

>>> a, b = (shingles(t) for t in ("One two three four five.", "one two three four, six"))
>>> similarity(a, b)
0.333...
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["BANDS", "MIN_SHINGLES", "bands", "shingles", "similarity"]

Hashes = npt.NDArray[np.uint64]

BANDS: Final = 32
"""Numbers that are kept of a document. Each stands for four MinHash values: texts that share 80 %
of their runs of words agree in 13 of them on average, with 60 % in 4, with 20 % in none."""

MIN_SHINGLES: Final = 17
"""A text of fewer runs (20 words) is not a copy of another, only as short."""

_SHINGLE_WORDS: Final = 4
"""Words of a shingle: four in a row are rarely shared by chance."""
_VALUES_PER_BAND: Final = 4
"""MinHash values of a band; texts are compared where all of one band are equal."""
_SEED: Final = 0x51634C62  # Any number would do, but stored signatures are made with this one.
_WORD: Final = re.compile(r"\w+")
_BLANKS: Final = {code: " " for code in range(128) if not _WORD.match(chr(code))}
"""What separates words in a text of ASCII alone, which is divided so in a third of the time."""
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_FEW_SIGNS: Final = 16
"""Different characters beyond ASCII: replacing more one by one is slower than the pattern."""
_MAX_CACHED_WORDS: Final = 500_000
"""Words whose hashes are kept in memory; then they are forgotten and computed again."""
_FACTORS: Final = tuple(
    int.from_bytes(hashlib.sha256(f"run {n}".encode()).digest()[:8], "big") | 1
    for n in range(max(_SHINGLE_WORDS, _VALUES_PER_BAND))
)

_known: dict[str, int] = {}


def shingles(text: str) -> Hashes:
    """The runs of four words in a text as 64-bit numbers, in order, each once.

    Case and everything that is not a letter or digit are left out of it.
    """
    words = _words(text.casefold())
    if len(words) < _SHINGLE_WORDS:
        return np.zeros(0, np.uint64)
    if len(_known) > _MAX_CACHED_WORDS:
        _known.clear()
    for word in set(words).difference(_known):
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8)
        _known[word] = int.from_bytes(digest.digest(), "little")
    numbers = np.fromiter(map(_known.__getitem__, words), np.uint64, len(words))
    number = len(words) - _SHINGLE_WORDS + 1
    runs = np.zeros(number, np.uint64)
    for n in range(_SHINGLE_WORDS):
        runs += numbers[n : n + number] * np.uint64(_FACTORS[n])
    runs.sort()  # ten times as fast as numpy.unique, which goes by a table of hashes
    new = np.ones(number, np.bool_)
    np.not_equal(runs[1:], runs[:-1], out=new[1:])
    return runs[new]


def _words(text: str) -> list[str]:
    """The runs of letters, digits and low lines in a text."""
    if not text.isascii():
        foreign = set(_FOREIGN.findall(text))
        if len(foreign) > _FEW_SIGNS or any(map(_WORD.match, foreign)):
            return _WORD.findall(text)
        for sign in foreign:  # curly quotation marks and dashes
            text = text.replace(sign, " ")
    return text.translate(_BLANKS).split()


def bands(texts: Sequence[Hashes]) -> list[npt.NDArray[np.uint32] | None]:
    """What each of some texts is found by: numbers of which similar texts share several.

    None for a text that is too short.
    """
    from rensa import RMinHash

    long = [hashes for hashes in texts if len(hashes) >= MIN_SHINGLES]
    if not long:
        return [None] * len(texts)
    offsets = np.concatenate([[0], np.cumsum([len(hashes) for hashes in long])]).astype(np.uint64)
    sketch = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(long), offsets, BANDS * _VALUES_PER_BAND, _SEED
    )
    values = np.array(sketch.to_rows(), np.uint64).reshape(len(long), BANDS, _VALUES_PER_BAND)
    mixed = np.zeros((len(long), BANDS), np.uint64)
    for n in range(_VALUES_PER_BAND):
        mixed += values[:, :, n] * np.uint64(_FACTORS[n])
    hashed = iter((mixed >> np.uint64(32)).astype(np.uint32))
    return [next(hashed) if len(hashes) >= MIN_SHINGLES else None for hashes in texts]


def similarity(first: Hashes, second: Hashes) -> float:
    """The share of the runs of either text that both have, 0..1."""
    both = len(np.intersect1d(first, second, assume_unique=True))
    total = len(first) + len(second) - both
    return both / total if total else 0.0
