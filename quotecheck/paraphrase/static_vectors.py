"""Vectors of single words, to see which words of two sentences stand for one another.

They are those that the parts of the parser read (`vectors.safetensors`): GloVe, 100 numbers a word,
a byte a number. Only the rows that are asked for are spread to single precision.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.errors import WeightsError
from quotecheck.weights import FOLDER, manifest, sha256_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["WordVectors", "load_word_vectors"]

_FILE: Final = "vectors.safetensors"


class WordVectors:
    """Looks up words.

    Args:
        rows: (words, numbers), a byte a number.
        numbers: the row of each word.
    """

    def __init__(self, rows: Any, numbers: dict[str, int]) -> None:
        self._rows = rows
        self._numbers = numbers
        self.size = int(rows.shape[1])

    def __call__(self, forms: Sequence[str]) -> Any:
        """A row of length 1 for each word; of one that is not known, zeros."""
        numbers = [self._number(form) for form in forms]
        result = self._rows[numbers].astype(np.float32)
        lengths = np.sqrt(np.einsum("ns,ns->n", result, result))
        result /= np.maximum(lengths, 1e-9)[:, None]
        result[[number < 0 for number in numbers]] = 0
        return result

    def _number(self, form: str) -> int:
        number = self._numbers.get(form)
        if number is None and form.endswith("'s"):
            number = self._numbers.get(form[:-2])
        return -1 if number is None else number

    def __contains__(self, form: str) -> bool:
        return form in self._numbers


@cache
def load_word_vectors(folder: Path = FOLDER) -> WordVectors:
    """The vectors that ship, once the file has been compared with the manifest.

    Raises:
        WeightsError: the file is missing or not the one that was shipped.
    """
    from safetensors import safe_open

    path = folder / _FILE
    digest = sha256_of(path) if path.is_file() else "none"
    if digest != manifest(folder).get(_FILE):
        raise WeightsError(
            f"the word vectors are not those that were shipped: sha256 {digest[:12]}…",
            where=str(path),
            remedy="Install quotecheck again (pip install --force-reinstall "
            "quotecheck-toolkit; in a checkout: git checkout -- quotecheck/weights).",
        )
    with safe_open(path, "np") as file:
        words = json.loads(file.metadata()["checkpoint"])["vocab"]["_id2unit"]
        rows = file.get_tensor("/emb")
    return WordVectors(rows, {word: n for n, word in enumerate(words)})
