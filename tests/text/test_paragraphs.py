"""Paragraphs of a raw text: hard-wrapped, one a line, turns, verse."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.text.paragraphs import paragraphs


def _paragraphs(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


WRAPPED = (
    "The harbour master said on Tuesday that the crane would be\n"
    "moved before the end of the month, and that nobody had been\n"
    "asked to pay for it. The council has\n"
    "yet to answer.\n"
    "\n"
    "A second meeting is planned for the week after next, when\n"
    "the new tide tables are due.\n"
)


def test_one_paragraph_a_line() -> None:
    text = "Crane To Move\nThe crane will move, the mayor said.\r\n\tNobody pays.\u2029Nobody."
    assert _paragraphs(text) == [
        "Crane To Move",
        "The crane will move, the mayor said.",
        "Nobody pays.",
        "Nobody.",
    ]


def test_hard_wrapped_text_is_joined() -> None:
    found = _paragraphs(WRAPPED)
    assert [p.split()[0] for p in found] == ["The", "A"]
    assert found[0].endswith("yet to answer.")


def test_hard_wrapped_text_with_indents_and_short_last_lines() -> None:
    text = WRAPPED.replace("\n\n", "\n").replace("A second", "   A second")
    assert [p.split()[0] for p in _paragraphs(text)] == ["The", "A"]


def test_wrapped_with_carriage_returns() -> None:
    assert len(_paragraphs(WRAPPED.replace("\n", "\r\n"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red,\nViolets are blue,\nSugar is dear,\nAnd so are you.",
        "ANN: Is it so?\nBEN: It is.\nANN: Good.\n",
        "Crane To Move\nBy Ann Lee\nThe crane will move, she said.",
    ],
)
def test_verse_turns_and_headlines_are_not_joined(text: str) -> None:
    assert len(_paragraphs(text)) == len(text.strip().split("\n"))


def test_quoted_lines_of_markdown() -> None:
    text = (
        "> She said that the water was high and that the\n"
        "> bridge would have to be closed for as long as it\n"
        "> takes.\n>\n> And so it was.\n"
    )
    assert [p[:9] for p in _paragraphs(text)] == ["> She sai", "> And so "]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\u200b\n\u200b", "\r\n \t\r\n"])
def test_nothing_holds_no_paragraph(text: str) -> None:
    assert paragraphs(text) == ()


@given(st.text(st.sampled_from("ab .>\n\r\t\u2028\u200b\x0c"), max_size=120))
def test_paragraphs_are_trimmed_ordered_and_leave_no_word_out(text: str) -> None:
    found = paragraphs(text)
    for span in found:
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(span.of(text) for span in found)
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]
