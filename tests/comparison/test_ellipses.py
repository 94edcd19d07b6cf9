"""Words beside an ellipsis or in brackets: which of two equal words is left out, or put in."""

from __future__ import annotations

import pytest

from quotecheck.comparison.ellipses import (
    after_ellipsis,
    at_brackets,
    at_ellipses,
    before_ellipsis,
)
from quotecheck.comparison.sentence_leads import sentence_lead
from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.comparison.words import quotation_words, source_words


def around(op: str, first: int, size: int, text: str) -> list[AlignmentBlock]:
    """Three blocks: some words of a text that only one side has, between equal ones."""
    end, total = first + size, len(text.split())
    if op == "delete":
        return [
            AlignmentBlock("equal", 0, first, 0, first),
            AlignmentBlock("delete", first, end, first, first),
            AlignmentBlock("equal", end, total, first, total - size),
        ]
    return [
        AlignmentBlock("equal", 0, first, 0, first),
        AlignmentBlock("insert", first, first, first, end),
        AlignmentBlock("equal", first, total - size, end, total),
    ]


@pytest.mark.parametrize(
    ("text", "first", "size", "gap", "expected"),
    [
        ("all the people of the world", 2, 3, 1, 1),  # all … the world
        ("all the people of the world", 1, 3, 2, 2),  # all the … world
        ("all the people of the world", 1, 3, 1, 1),
        ("all the people of a world", 2, 3, 1, 2),  # no other reading
        ("come up and see and up and go", 3, 3, 1, 3),
        ("x a b y a b z", 3, 3, 1, 1),  # two words further on
        ("x a b y a b z", 1, 3, 3, 3),
        ("a b y a b z", 2, 3, 0, 2),  # some words stay on each side
        ("x a b y a b", 1, 3, 3, 1),
    ],
)
def test_the_ellipsis_says_which_word_is_left_out(
    text: str, first: int, size: int, gap: int, expected: int
) -> None:
    blocks = at_ellipses(around("delete", first, size, text), text.split(), frozenset({gap}))
    assert blocks == around("delete", expected, size, text)


@pytest.mark.parametrize(
    ("text", "first", "size", "bracketed", "expected"),
    [
        ("gave him the sexton the keys", 3, 2, {2, 3}, 2),  # gave him [the sexton] the keys
        ("gave him the sexton the keys", 2, 2, {3, 4}, 3),  # gave him the [sexton the] keys
        ("gave him the sexton the keys", 2, 2, {2, 3}, 2),
        ("gave him a sexton the keys", 3, 2, {2, 3}, 3),
        ("x a b y a b z", 3, 3, {1, 2, 3}, 1),
        ("x a b y a b z", 1, 3, {3, 4, 5}, 3),
        ("a b y a b z", 2, 3, {0, 1, 2}, 2),
        ("x a b y a b", 1, 3, {3, 4, 5}, 1),
    ],
)
def test_the_brackets_say_which_word_is_put_in(
    text: str, first: int, size: int, bracketed: set[int], expected: int
) -> None:
    blocks = at_brackets(around("insert", first, size, text), text.split(), frozenset(bracketed))
    assert blocks == around("insert", expected, size, text)


def test_blocks_that_are_no_omission_or_insertion_stay() -> None:
    text = "all the people of the world"
    omission, insertion = around("delete", 2, 3, text), around("insert", 3, 2, text)
    changed = [omission[0], AlignmentBlock("replace", 2, 5, 2, 3), omission[2]]
    assert at_ellipses(list(changed), text.split(), frozenset({1})) == changed
    assert at_ellipses(list(insertion), text.split(), frozenset({1})) == insertion
    assert at_brackets(list(omission), text.split(), frozenset({1, 2})) == omission
    beside = [AlignmentBlock("replace", 0, 2, 0, 2), *omission[1:]]
    assert at_ellipses(list(beside), text.split(), frozenset({1})) == beside


FAR = " ".join(f"word{chr(97 + k // 26)}{chr(97 + k % 26)}" for k in range(60)).split()


@pytest.mark.parametrize(
    ("quote", "source", "q", "s", "found"),
    [
        ("we … rebuild the mill", "we came here to rebuild the mill", 1, 4, 0),
        ("we rebuild the mill", "we rebuild the mill", 1, 1, 0),
        ("we rebuild the mill", "we came here to rebuild the mill", 1, 4, 0),
        ("we rebuild the mill", "we all came here to rebuild the mill", 1, 5, None),
        ("we … rebuild the mill", "we all came here to rebuild the mill", 1, 5, 0),
        ("we rebuild the mill", "So we came. Rebuild the mill.", 1, 3, None),
        ("we must all … rebuild", "we must all go and rebuild", 3, 5, 0),
        ("we must all now … rebuild", "we must all now go and rebuild", 4, 6, None),
        ("rebuild the mill", "we rebuild the mill", 0, 1, None),
        ("wordaa … mill", " ".join([*FAR[:40], "mill"]), 1, 40, 0),
        ("wordaa … mill", " ".join([*FAR[:41], "mill"]), 1, 41, None),
    ],
)
def test_words_before_an_ellipsis(
    quote: str, source: str, q: int, s: int, found: int | None
) -> None:
    blocks = before_ellipsis(quotation_words(quote), source_words(source), q, s)
    if found is None:
        assert blocks == []
        return
    assert blocks[0] == AlignmentBlock("equal", found, found + q, 0, q)
    gone = [AlignmentBlock("delete", found + q, s, q, q)] if found + q < s else []
    assert blocks[1:] == gone


@pytest.mark.parametrize(
    ("quote", "source", "q", "s", "found"),
    [
        ("rebuild the mill … together", "rebuild the mill and the dam together", 3, 3, 6),
        ("rebuild the mill … together", "rebuild the mill together", 3, 3, 3),
        ("rebuild the mill together", "rebuild the mill and the dam together", 3, 3, None),
        ("rebuild … all of us now here", "rebuild it all of us now here", 1, 1, None),
        ("rebuild … all of us", "rebuild it all of us", 1, 1, 2),
        ("mill … zeal", " ".join(["mill", *FAR[:39], "zeal"]), 1, 1, 40),
        ("mill … zeal", " ".join(["mill", *FAR[:40], "zeal"]), 1, 1, None),
    ],
)
def test_words_after_an_ellipsis(
    quote: str, source: str, q: int, s: int, found: int | None
) -> None:
    words = quotation_words(quote)
    blocks = after_ellipsis(words, source_words(source), q, s)
    if found is None:
        assert blocks == []
        return
    gone = [AlignmentBlock("delete", s, found, q, q)] if found > s else []
    last = AlignmentBlock("equal", found, found + len(words) - q, q, len(words))
    assert blocks == [*gone, last]


@pytest.mark.parametrize(
    ("before", "lead"),
    [
        ("It rained. When J. Koss", "When J. Koss"),  # an initial
        ("It was I. When we", "When we"),
        ("It was plan B. When we", "It was plan B. When we"),  # taken for an initial
        ("It was plan B.", ""),
        ("It was b. When we", "When we"),
    ],
)
def test_stops_after_one_letter(before: str, lead: str) -> None:
    assert sentence_lead(before).strip() == lead
