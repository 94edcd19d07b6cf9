"""Quotation marks of all makes paired into passages."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotecheck.records.text import QuotedPassage, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from tests.support.cases import cases


def passages(text: str, blocks: tuple[Span, ...] = ()) -> tuple[QuotedPassage, ...]:
    return quoted_passages(text, paragraphs(text), blocks)


def inner(text: str) -> list[str]:
    """The words of each passage, nested ones behind a ``>``, unclosed ones before a ``…``."""
    return [">" * p.depth + p.inner.of(text) + ("" if p.closed else " …") for p in passages(text)]


@pytest.mark.parametrize(
    "case", cases("quotation_marks", "quotation_marks-negative"), ids=lambda case: case["label"]
)
def test_each_use_of_marks(case: dict[str, Any]) -> None:
    assert inner(case["text"]) == case["expect"]


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="each case says why")
@pytest.mark.parametrize(
    "case", cases("quotation_marks-known-failures"), ids=lambda case: case["label"]
)
def test_known_failures(case: dict[str, Any]) -> None:
    assert inner(case["text"]) == case["expect"]


@pytest.mark.parametrize(
    ("line", "carried"),
    [
        ("Ann Lee of the board in Tarn on", []),  # eight words with a capital: a name and a role
        ("Ann Lee of the board in Tarn on Monday", ["Ann Lee of the board in Tarn on Monday"]),
        ("it is not yours,", ["it is not yours,"]),
    ],
)
def test_an_open_passage_goes_on_to_a_closing_mark_unless_a_name_stands_there(
    line: str, carried: list[str]
) -> None:
    first = "The tide is ours, and it will stay ours."
    assert inner(f"“{first}\n\n{line}”\n\nNobody came.") == [f"{first} …", *carried]


def test_a_closed_mark_carries_nothing_into_the_next_paragraph() -> None:
    assert inner("“The tide is ours.”\n\nit is not yours,” she said.") == [
        "The tide is ours.",
        "it is not yours,",
    ]


def test_an_empty_text_has_no_passages() -> None:
    assert inner("") == []


def test_a_missing_opening_mark_leaves_outer_and_inner_beginning_alike() -> None:
    text = "The tide is ours,” she said."
    (found,) = passages(text)
    assert found.outer == Span(0, 18)
    assert found.inner == Span(0, 17)


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("''", "''"), ("«", "»"), ("‘", "’")]
)
def test_reopened_paragraphs(opening: str, closing: str) -> None:
    text = (
        f"She spoke. {opening}First of all.\n\n{opening}Second of all.\n\n"
        f"{opening}Last of all,{closing} she said.\n\n{opening}New,{closing} he said."
    )
    found = passages(text)
    assert [p.inner.of(text) for p in found] == [
        "First of all.", "Second of all.", "Last of all,", "New,",
    ]  # fmt: skip
    assert [p.closed for p in found] == [False, False, True, True]
    assert [p.continues for p in found] == [False, True, True, False]
    assert found[0].outer.end == found[0].inner.end == text.index("\n")


def test_a_quotation_through_paragraphs_without_marks() -> None:
    text = "“First of all.\n\nThen the water rose and rose.\n\nit fell at last,” she said."
    found = passages(text)
    assert [p.inner.of(text) for p in found] == [
        "First of all.", "Then the water rose and rose.", "it fell at last,",
    ]  # fmt: skip
    assert [p.continues for p in found] == [False, True, True]
    assert [p.closed for p in found] == [False, False, True]


@pytest.mark.parametrize(("between", "passages_found"), [(8, 10), (9, 2)])
def test_a_quotation_runs_through_eight_paragraphs_without_marks(
    between: int, passages_found: int
) -> None:
    middle = "\n\nThe nets were torn in the night and nobody knew." * between
    text = f"“The boats are late and the nets are torn{middle}\n\nand so we go,” she said."
    assert len(passages(text)) == passages_found


def test_the_name_below_a_pulled_quotation_is_no_part_of_it() -> None:
    text = (
        '"The river will not wait for us, and nor will I.\n\nMarta Oyelaran."\n\nThat was in May.'
    )
    assert inner(text) == ["The river will not wait for us, and nor will I. …"]


def test_blocks_need_no_marks() -> None:
    text = "He wrote:\n\nThe water is high.\n\nIt is “very” high.\n\nSo it was."
    block = Span(text.index("The"), text.index("\n\nSo"))
    found = passages(text, (block,))
    assert [(p.inner.of(text), p.block, p.continues, p.depth) for p in found] == [
        ("The water is high.", True, False, 0),
        ("It is “very” high.", True, True, 0),
        ("very", False, False, 1),
    ]


def test_marks_around_all_of_a_block_are_left_out_of_it() -> None:
    text = "He wrote:\n\n> “The water is high.”\n\nSo it was."
    start = text.index(">")
    (found,) = passages(text, (Span(start, text.index("\n\nSo")),))
    assert found.block
    assert found.outer.of(text) == "> “The water is high.”"
    assert found.inner.of(text) == "The water is high."


@pytest.mark.parametrize("credit", ["— Rudi Koss", "– Rudi Koss, mayor", "-- Koss (@koss) March 1"])
def test_the_credit_below_a_block_is_no_part_of_it(credit: str) -> None:
    text = f"He wrote:\n\n> The water is high.\n> {credit}\n\nSo it was."
    block = Span(text.index(">"), text.index("\n\nSo"))
    assert [p.inner.of(text) for p in passages(text, (block,))] == ["The water is high."]


def test_a_dash_that_is_no_credit() -> None:
    for text in ("— Rudi Koss", "The water.\n\n— and the wall", "The water.\n\n— " + "Aye. " * 50):
        found = passages(text, (Span(0, len(text)),))
        assert len(found) == len(paragraphs(text))


def test_blocks_that_overlap_or_hold_nothing() -> None:
    text = "One.\n\n> \n\nTwo.\n\nThree."
    two = Span(text.index("Two"), len(text))
    found = passages(text, (two, two, Span(0, 1), Span(6, 8), Span(5, 5)))
    assert [p.inner.of(text) for p in found] == ["O", "Two.", "Three."]


PIECES = st.sampled_from(
    [*"“”„‟\"'‘’‚«»‹›`*_>() ,.-—s5n", "''", "``", "'''", "\n\n", " he said ", "dogs", "’Tis"]
)


@given(
    st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
@example("\"'\"'\"'", [])
@example("> “a”", [(0, 5)])
def test_any_text_gives_ordered_nested_passages(text: str, places: list[tuple[int, int]]) -> None:
    blocks = tuple(Span(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in places)
    limits = paragraphs(text)
    found = quoted_passages(text, limits, blocks)
    stack: list[Span] = []
    for p in found:
        assert p.outer.contains(p.inner)
        words = p.inner.of(text)
        assert words
        assert words == words.strip()
        assert any(limit.contains(p.outer) for limit in limits)
        while stack and stack[-1].end <= p.outer.start:
            stack.pop()
        assert all(outer.contains(p.outer) for outer in stack)
        assert p.depth == len(stack)
        stack.append(p.outer)
    assert all(
        (a.outer.start, -a.outer.end) <= (b.outer.start, -b.outer.end) for a, b in pairwise(found)
    )


@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("abc é,"), min_size=3, max_size=12).filter(
                lambda w: w.strip(" ,") != "" and w[0].isalpha()
            ),
            st.sampled_from([("“", "”"), ("« ", " »"), ('"', '"'), ("''", "''")]),
        ),
        max_size=6,
    )
)
def test_planted_passages_are_found(planted: list[tuple[str, tuple[str, str]]]) -> None:
    text = " ".join(f"Then {a}{words.strip()},{b} he said." for words, (a, b) in planted)
    assert inner(text) == [words.strip() + "," for words, _ in planted]


@pytest.mark.usefixtures("no_hang")
def test_long_lines_take_linear_time() -> None:
    found = passages('"We go," he said. ' * 20_000)
    assert len(found) == 20_000
    for evil in (
        '"' * 500_000, "'" * 500_000, "' " * 100_000, "“" * 100_000, '"a ' * 50_000,
        "He's the dogs' " * 50_000, "<a " * 100_000, '"<' * 50_000, ",” a" * 20_000, "«»" * 50_000,
        "“a\n\n" * 10_000, "a”\n\n" * 10_000, "*_" * 100_000 + '"',
    ):  # fmt: skip
        passages(evil)
