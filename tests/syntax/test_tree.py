"""One index of a sentence: made once, kept with the sentence, no part of its value."""

from __future__ import annotations

import copy
import gc
import pickle
import weakref
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quotecheck.records.text import Sentence, Span, Token
from quotecheck.syntax.tree import Tree, runs, tree_of
from tests.support.store_parses import parsed

PLACES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), max_size=12)


def sentence_of(places: list[tuple[int, int]]) -> Sentence:
    """A sentence of tokens after gaps, with lengths."""
    tokens, at = [], 0
    for gap, length in places:
        at += gap
        tokens.append(Token(at, at + length, "x" * length, "x", "X", "", "", -1, ""))
        at += length
    return Sentence(Span(0, at), tuple(tokens), parsed=False)


@given(PLACES, st.integers(0, 60), st.integers(0, 20))
def test_what_lies_in_a_span(places: list[tuple[int, int]], start: int, length: int) -> None:
    tree, span = tree_of(sentence_of(places)), Span(start, start + length)
    begins = [i for i, t in enumerate(tree.tokens) if span.start <= t.start < span.end]
    assert list(tree.beginning_in(span)) == begins
    assert set(begins) <= set(tree.inside(span))


def test_an_index_is_made_once_and_is_no_part_of_the_sentence() -> None:
    sentence = parsed("sample", "article").sentences[0]
    fresh = replace(sentence)
    tree = tree_of(sentence)
    assert tree_of(sentence) is tree
    assert sentence == fresh
    assert hash(sentence) == hash(fresh)
    assert "index" not in repr(sentence)
    for other in (pickle.loads(pickle.dumps(sentence)), copy.copy(sentence)):  # noqa: S301 - ours
        assert other == sentence
        assert other.index is None
    assert replace(sentence, parsed=False).index is None


def test_an_index_does_not_outlive_its_sentence() -> None:
    class Watched(Tree):
        __slots__ = ("__weakref__",)

    sentence = replace(parsed("sample", "article").sentences[0])
    object.__setattr__(sentence, "index", Watched(sentence))
    watch = weakref.ref(sentence.index)
    gc.disable()
    try:
        del sentence
        assert watch() is None
    finally:
        gc.enable()


def test_children_are_those_whose_head_a_token_is() -> None:
    for sentence in parsed("sample", "article").sentences:
        tree = tree_of(sentence)
        for index, below in enumerate(tree.children):
            expected = [i for i, t in enumerate(tree.tokens) if t.head == index]
            assert list(below) == (expected if sentence.parsed else [])


@given(st.sets(st.integers(0, 30)))
def test_runs_have_no_gaps(indices: set[int]) -> None:
    found = runs(indices)
    assert [i for run in found for i in run] == sorted(indices)
    assert all(b[0] > a[-1] + 1 for a, b in pairwise(found))
