"""What a network sees of a word without its neighbours, worked out once for each spelling.

Vectors, letters and tags of a word stand for the same numbers wherever it stands, and in news most
words stand more than once. Used by the parts of `networks` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import torch

from quotecheck.parsing.inference.recurrent import BidirectionalLSTM, batches, reversal
from quotecheck.parsing.inference.stanza_internals import (
    CharacterModel,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

__all__ = ["Letters", "VectorCache", "knows_letters"]

Key = TypeVar("Key", bound="Hashable")

_REMEMBERED = 30_000  # spellings a network keeps, at most: some 25 MB


class VectorCache(Generic[Key]):
    """A table of vectors that grows with the words that come by.

    Args:
        make: the vectors (word, width) of words that are new.
        precision: in which they are kept.
        limit: words kept; the table is emptied when it would grow beyond.
    """

    def __init__(
        self,
        make: Callable[[Sequence[Key]], torch.Tensor],
        precision: torch.dtype = torch.float32,
        limit: int = _REMEMBERED,
    ) -> None:
        self._make = make
        self._precision = precision
        self._limit = limit
        self._places: dict[Key, int] = {}
        self._vectors = torch.zeros(0, 0)
        self._filled = 0

    def __call__(self, sentences: Sequence[Sequence[Key]]) -> tuple[torch.Tensor, list[list[int]]]:
        """The table, and in it the rows of the words of every sentence."""
        new = list(dict.fromkeys(w for s in sentences for w in s if w not in self._places))
        if self._filled + len(new) > self._limit and self._filled:
            self._places.clear()
            self._vectors, self._filled = torch.zeros(0, 0), 0
            new = list(dict.fromkeys(w for s in sentences for w in s))
        if new:
            self._add(new)
        place = self._places.__getitem__
        return self._vectors, [list(map(place, sentence)) for sentence in sentences]

    def _add(self, new: list[Key]) -> None:
        vectors = self._make(new).to(self._precision)
        end = self._filled + len(new)
        if end > len(self._vectors):
            grown = vectors.new_zeros(max(end, min(2 * end, self._limit)), vectors.shape[1])
            if self._filled:
                grown[: self._filled] = self._vectors[: self._filled]
            self._vectors = grown
        self._vectors[self._filled : end] = vectors
        self._places.update(zip(new, range(self._filled, end), strict=True))
        self._filled = end


def knows_letters(model: Any) -> bool:
    """Whether a network reads letters in the way that `Letters` does."""
    inner: Any = getattr(model, "charmodel", None)
    return type(inner) is CharacterModel and not inner.pad and inner.charlstm.lstm.num_layers == 1


class Letters:
    """Stanza's `CharacterModel` for words without their sentences.

    Args:
        inner: the network.
        vocab: numbers of letters.
    """

    def __init__(self, inner: Any, vocab: Any) -> None:
        self._number = vocab.unit2id
        self._inner = inner
        first = (inner.charlstm_h_init, inner.charlstm_c_init)
        self._recurrent = BidirectionalLSTM(inner.charlstm.lstm, first, torch.float32)

    def __call__(self, words: Sequence[Sequence[int]]) -> torch.Tensor:
        """The vectors (word, width) of words given as the numbers of their letters."""
        lengths = [len(word) for word in words]
        parts, order = [], []
        for batch in batches(lengths):
            sizes = [lengths[i] for i in batch]
            longest = max(sizes)
            letters = torch.tensor([[*words[i], *[0] * (longest - lengths[i])] for i in batch])
            states = self._recurrent(self._inner.char_emb(letters), reversal(sizes))
            parts.append(self._summed(states, torch.tensor(sizes)))
            order += batch
        together = torch.cat(parts)
        vectors = torch.empty_like(together)
        vectors[order] = together
        return vectors

    def numbers(self, word: str) -> list[int]:
        """The numbers of a word's letters."""
        return [self._number(letter) for letter in word]

    def _summed(self, states: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
        if self._inner.attn:
            weights = torch.sigmoid(self._inner.char_attn(states))
            inside = torch.arange(states.shape[1]) < sizes[:, None]
            return (states * (weights * inside.unsqueeze(2))).sum(1)
        # The last state of each way: at the last letter, and, of the way back, at the first.
        half = states.shape[2] // self._inner.num_dir
        last = states[torch.arange(len(states)), sizes - 1, :half]
        return torch.cat([last, states[:, 0, half:]], 1) if self._inner.num_dir == 2 else last
