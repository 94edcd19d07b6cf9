from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.records.document import PASSAGE_WORDS, Segment
from quotecheck.text import passages
from quotecheck.text.passages import split_passages

SENTENCE = "The harbour master wrote the tide into the ledger before breakfast. "


@given(st.text(alphabet="ab .\n\t!?”é🎉", max_size=3000))
def test_passages_hold_every_word_once_and_in_order(text: str) -> None:
    spans = list(split_passages(text))
    assert [w for span in spans for w in span.of(text).split()] == text.split()
    for before, after in itertools.pairwise(spans):
        assert before.end <= after.start
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


def test_a_passage_ends_with_a_sentence() -> None:
    text = SENTENCE * 100
    spans = list(split_passages(text))
    assert all(span.of(text).endswith(".") for span in spans)
    sizes = [len(span.of(text).split()) for span in spans]
    assert all(PASSAGE_WORDS <= size < PASSAGE_WORDS + 11 for size in sizes[:-1])


def test_a_long_passage_ends_with_a_turn_and_short_turns_share_one() -> None:
    turns = ["Yes, I was there.", SENTENCE * 7, "No, it was raining.", "So they say."]
    text, segments = "", []
    for turn in turns:
        segments.append(Segment(len(text), len(text) + len(turn), "Ada"))
        text += turn + "\n"
    spans = list(split_passages(text, segments))
    assert [span.of(text)[:3] for span in spans] == ["Yes", "No,"]
    assert spans[1].of(text) == "No, it was raining.\nSo they say."


@pytest.mark.usefixtures("no_hang")
def test_text_without_stops_or_spaces_is_cut_all_the_same() -> None:
    listed = "barrel rope anchor " * 1000
    assert all(len(s.of(listed).split()) <= 2 * PASSAGE_WORDS for s in split_passages(listed))
    endless = "x" * 5_000_000
    spans = list(split_passages(endless))
    assert sum(s.end - s.start for s in spans) == len(endless)
    assert max(s.end - s.start for s in spans) < 20_000


def test_nothing_gives_nothing() -> None:
    assert list(split_passages("")) == list(split_passages(" \n\n ")) == []


@given(
    st.text(alphabet="ab .\n\t!?”é🎉\u3000\x85", max_size=3000),
    st.lists(st.integers(0, 3000), max_size=20),
)
def test_long_texts_are_cut_as_short_ones(text: str, turns: list[int]) -> None:
    segments = [Segment(min(a, len(text)), len(text), None) for a in turns]
    expected = list(split_passages(text, segments))
    with pytest.MonkeyPatch.context() as patch:
        for block in (1 << 20, 7):  # at once, and in parts as the longest
            # How a long text is worked through is nobody's option; a small text must meet it here.
            patch.setattr(passages, "_BLOCK_CHARS", block)
            cut = list(split_passages(text, segments))
            assert cut == expected
            assert all(type(span.start) is int and type(span.end) is int for span in cut)
