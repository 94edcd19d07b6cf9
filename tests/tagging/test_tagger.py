"""The span tagger: pieces and their aspects, windows, decoding, and the shipped weights."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.records.span_tags import Marginals
from quotecheck.records.text import Span
from quotecheck.tagging import load_tagger
from quotecheck.tagging.decode import blended, spans_of, viterbi
from quotecheck.tagging.network import Layout
from quotecheck.tagging.wordpieces import Pieces, cut, tokenizer_at, windows
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from quotecheck.weights import FOLDER

if TYPE_CHECKING:
    from tokenizers import Tokenizer

ARTICLE = (
    "The ferry will sail again on Monday, harbour master Ilse Brandt said.\n\n"
    "“We have mended the ramp,” she told reporters. “It took us a week.”\n\n"
    "According to the union, nobody had asked the crew.\n"
)


@pytest.fixture(scope="module")
def tokenizer():
    return tokenizer_at(FOLDER / "spans_tokenizer.json")


@pytest.fixture(scope="module")
def tagger():
    return load_tagger()


def pieces_of(text: str, tokenizer: Tokenizer) -> Pieces:
    blocks = paragraphs(text)
    return cut(text, blocks, quoted_passages(text, blocks), tokenizer)


def test_pieces_know_lines_capitals_and_marks(tokenizer):
    text = "USA said “No” in 1990.\nThen it left."
    pieces = pieces_of(text, tokenizer)
    words = {text[a:b]: n for n, (a, b) in enumerate(zip(pieces.start, pieces.end, strict=True))}
    assert pieces.case[words["USA"]] == 2
    assert pieces.case[words["Then"]] == 1
    assert pieces.case[words["1990"]] == 3
    assert [int(pieces.mark[words[w]]) for w in ("said", "“", "No", "”", "in")] == [0, 1, 2, 3, 0]
    assert pieces.space[words["Then"]] == 3
    assert pieces.space[words["said"]] == 1


@given(st.text(alphabet="abcdéЖ中 .,“”\"'\n\t\u00a0\u200b🙂", max_size=300))
@settings(max_examples=150, deadline=None)
def test_pieces_lie_in_the_text_in_order(tokenizer, text):
    pieces = pieces_of(text, tokenizer)
    assert all(pieces.start[1:] >= pieces.start[:-1])
    assert all(0 <= a < b <= len(text) for a, b in zip(pieces.start, pieces.end, strict=True))


@given(st.lists(st.booleans(), max_size=900), st.integers(20, 320), st.integers(1, 9))
@settings(deadline=None)
def test_windows_cover_everything(breaks, longest, overlap):
    flat = np.zeros(len(breaks), dtype=np.int8)
    space = np.array([3 if b else 1 for b in breaks], dtype=np.int8)
    found = windows(Pieces(flat, flat, flat, space, flat, flat, flat), longest, overlap)
    assert all(0 < b - a <= longest for a, b in found)
    seen = np.zeros(len(breaks), dtype=bool)
    for a, b in found:
        seen[a:b] = True
    assert seen.all()


@given(st.integers(1, 60), st.integers(0, 1000))
@settings(deadline=None)
def test_the_best_tags_are_allowed(size, seed):
    scores = np.log(np.random.default_rng(seed).dirichlet(np.ones(7), size)).astype(np.float32)
    inside = np.zeros(size, dtype=bool)
    tags = viterbi(scores[None], inside)[0]
    before = 0
    for tag in tags:
        if tag and tag % 2 == 0:
            assert before in (tag, tag - 1)
        before = tag
    assert sum(b - a for _, a, b in spans_of(tags)) == (tags != 0).sum()


def test_readings_are_decoded_as_each_alone():
    random = np.random.default_rng(5)
    scores = np.log(random.dirichlet(np.ones(7), (3, 80))).astype(np.float32)
    inside = random.random(80) < 0.3
    alone = [viterbi(one[None], inside)[0] for one in scores]
    assert np.array_equal(viterbi(scores, inside), np.stack(alone))
    assert viterbi(scores[:, :0], inside[:0]).shape == (3, 0)


def test_a_word_is_not_cut():
    scores = np.log(np.full((3, 7), 0.01, dtype=np.float32))
    scores[0, 1] = scores[1, 0] = scores[2, 2] = 0.0
    inside = np.array([False, True, True])
    assert spans_of(viterbi(scores[None], inside)[0]) == [(0, 0, 3)]


def test_the_middle_of_a_window_counts_for_more():
    sure, unsure = np.log([[0.9] + [0.1 / 6] * 6]), np.log([[0.1] + [0.9 / 6] * 6])
    left = np.repeat(sure, 100, 0).astype(np.float32)
    right = np.repeat(unsure, 100, 0).astype(np.float32)
    both = np.exp(blended(150, [(0, left), (50, right)]))
    assert both[55, 0] > 0.8
    assert both[95, 0] < 0.2


def test_pairs_tell_distance_and_what_lies_between():
    layout = Layout([3, 1, 1, 1, 3, 1, 1, 1], np.zeros(8, dtype=int))
    span, cues = np.array([[0, 1], [0, 1]]), np.array([[1, 2], [6, 7]])
    beside, far = layout.aspects(span, cues, span[:1, 0], cues[:, 0])
    assert beside[0] < far[0]
    assert (beside[1], far[1]) == (0, 1)
    assert (beside[3], far[3]) == (0, 1)


def test_pairs_know_when_both_stand_in_one_quotation():
    layout = Layout(np.ones(8, dtype=int), [1, 2, 2, 2, 3, 0, 1, 2])
    span, cues = np.array([[1, 2], [1, 2]]), np.array([[3, 4], [7, 8]])
    inside, outside = layout.aspects(span, cues, span[:1, 0], cues[:, 0])
    assert (inside[6], outside[6]) == (1, 0)


def test_marginals_answer_for_any_span():
    start, end = np.array([0, 4, 9]), np.array([3, 8, 12])
    chances = np.zeros((3, 7), dtype=np.float16)
    chances[0, 1], chances[1, 2], chances[2, 0] = 1.0, 0.5, 1.0
    marginals = Marginals(start, end, chances)
    assert marginals.mean("source", Span(0, 8)) == pytest.approx(0.75)
    assert marginals.begins("source", Span(0, 8)) == 1.0
    assert marginals.ends("source", Span(0, 3)) == pytest.approx(0.5)
    assert marginals.ends("source", Span(9, 12)) == 1.0
    assert marginals.mean("cue", Span(3, 4)) == 0.0


def test_the_shipped_weights_tie_an_article_together(tagger):
    blocks = paragraphs(ARTICLE)
    found = tagger.tag(ARTICLE, blocks, quoted_passages(ARTICLE, blocks))
    cues = [s.span.of(ARTICLE) for s in found.cues]
    assert cues[0] == "said"
    said = next(n for n, cue in enumerate(cues) if cue == "said")
    (source,) = [s for s in found.sources if s.cues[0][0] == said]
    assert "Ilse Brandt" in source.span.of(ARTICLE)
    assert all(0.0 <= s.probability <= 1.0 for s in (*found.sources, *found.cues, *found.contents))
    assert found.wide is not None
    assert len(found.wide.cues) >= len(found.cues)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_every_precision_reads_the_same_cues(tagger, precision):
    blocks = paragraphs(ARTICLE)
    marks = quoted_passages(ARTICLE, blocks)
    other = load_tagger(precision=precision).tag(ARTICLE, blocks, marks)
    mine = tagger.tag(ARTICLE, blocks, marks)
    assert [s.span for s in other.cues] == [s.span for s in mine.cues]


@pytest.mark.parametrize("text", ["", " \n\n", "“", "''", "a" * 5000, "word " * 3000, "”\n" * 400])
def test_odd_texts_are_tagged_all_the_same(tagger, text):
    blocks = paragraphs(text)
    found = tagger.tag(text, blocks, quoted_passages(text, blocks))
    for span in (*found.sources, *found.cues, *found.contents):
        assert 0 <= span.span.start < span.span.end <= len(text)


def test_restyled_texts_keep_their_words():
    from quotecheck.training.quote_style_augmentation import STYLES, restyled

    for style in STYLES:
        text, moved = restyled(ARTICLE, Random(1), style=style)
        place = ARTICLE.index("mended")
        assert text[moved[place] : moved[place + 6]] == "mended"
        assert len(moved) == len(ARTICLE) + 1
        assert moved[-1] == len(text)
