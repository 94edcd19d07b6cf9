"""Markdown as a page shows it: without its marks, and with every other sign."""

from __future__ import annotations

import pytest

from quotecheck.output.html.article import article_parts, title_of
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.text.markdown_marks import markdown_look, shown_markdown, shown_pieces
from tests.support.gold_sample import document_of


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# The gate", "The gate"),
        ("### The gate ###", "The gate"),
        ("The **gate** and the *wall*", "The gate and the wall"),
        ("__Both__ of _them_", "Both of them"),
        ("> We paid it.\n> Twice.", "We paid it.\nTwice."),
        ("[the note](https://example.org/a_b) says", "the note says"),
        ('![a lamp](lamp.png "old") burns', "a lamp burns"),
        ("`code` here", "code here"),
        (r"5 \* 3 \# 2", "5 * 3 # 2"),
    ],
)
def test_marks_go(written: str, shown: str) -> None:
    assert shown_markdown(written, begins=True) == shown


@pytest.mark.parametrize(
    "plain",
    ["2 * 3 * 4", "snake_case_name", "#1 of 3", "a > b", "We (they) [sic] paid", "5 ** 2", "“We!”"],
)
def test_other_signs_stay(plain: str) -> None:
    assert shown_markdown(plain, begins=True) == plain


def test_marks_at_the_beginning_count_there_alone() -> None:
    assert shown_markdown("# of lamps", begins=False) == "# of lamps"
    assert markdown_look("# The gate") == "title-2"
    assert markdown_look("###### Note") == "title-3"
    assert markdown_look("> Said") == "block"


def test_pieces_keep_their_number() -> None:
    assert shown_pieces(["**a", "b** c", "\n> d"]) == ["a", "b c", "\nd"]
    assert shown_pieces(["a \x02 b", "*c*"]) == ["a \x02 b", "c"]
    assert shown_pieces(["[a", "b](https://example.org)"]) == ["a", "b"]
    assert shown_pieces([]) == []


def test_only_markdown_loses_them() -> None:
    text = "# The *gate*\n\n“We **paid** it,” said Ann.\n\n> Set off"
    said = Quotation((Span(14, 31),), (), (), "direct", "r", 1.0)
    for reader, wanted in (
        ("markdown", ["The gate", "“We paid it,” said Ann.", "Set off"]),
        ("text", ["# The *gate*", "“We **paid** it,” said Ann.", "> Set off"]),
    ):
        parts = article_parts(document_of(text, reader=reader), [said])
        shown = [
            "".join(step.text for step in one.steps if step.kind == "text")
            for one in parts.paragraphs
        ]
        assert shown == wanted


def test_an_article_is_called_by_its_headline() -> None:
    def called(text: str, **fields: object) -> str:
        return title_of(document_of(text, **fields))

    text = "The Week the Wall Spoke\n\nIt ended."
    assert called(text) == "The Week the Wall Spoke"
    assert called(text, title="Given") == "Given"
    assert called("It ended.\n\nTwice.", path="/drafts/week.txt") == "week.txt"
    assert called("Now\n\nIt ended.", headline=Span(0, 3)) == "Now"
    assert isinstance(document_of(text), Document)
