"""Batches of sentences, and the cache of what a network sees of a word."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.integers(1, 400), min_size=1, max_size=90))
def test_batches_take_everything_once(lengths: list[int]) -> None:
    from quotecheck.parsing.inference.recurrent import batches

    found = list(batches(lengths))
    assert sorted(i for batch in found for i in batch) == list(range(len(lengths)))
    assert all(len(batch) <= 64 for batch in found)


def test_a_table_of_words_is_emptied_when_full() -> None:
    from quotecheck.parsing.inference.word_features import VectorCache

    made: list[str] = []

    def make(words: Sequence[str]) -> torch.Tensor:
        made.extend(words)
        return torch.tensor([[float(len(word))] for word in words])

    seen: VectorCache[str] = VectorCache(make, limit=3)
    for sentences in (["a", "bb"], ["bb", "ccc"]), (["dddd"],), (["a", "bb", "ccc", "eeeee"],):
        table, rows = seen([list(s) for s in sentences])
        got = [[int(table[row, 0]) for row in sentence] for sentence in rows]
        assert got == [[len(word) for word in sentence] for sentence in sentences]
    assert made == ["a", "bb", "ccc", "dddd", "a", "bb", "ccc", "eeeee"]
