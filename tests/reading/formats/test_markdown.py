"""Markdown: its text as it is, headings and quoted blocks as places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.reading.formats.markdown import blockquotes, heading
from tests.support.reading_checks import BODY, read_one, written


def test_markdown_keeps_its_text_and_tells_heading_and_blocks(tmp_path: Path) -> None:
    text = f"# Ferry *to* sail #\n\n{BODY}\n\n> We **mended** it.\n> Twice.\n\nSo it is.\n"
    document = read_one(written(tmp_path, "ferry.md", text))
    assert document.text == text
    assert document.reader == "markdown"
    assert document.title == "Ferry to sail", "a title is no part of the text"
    assert document.metadata_origin == {"title": "heading"}
    assert document.headline is not None
    assert document.headline.of(text) == "Ferry *to* sail"
    assert [b.of(text) for b in document.blocks] == ["> We **mended** it.\n> Twice."]


def test_plain_text_has_no_blockquotes(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "x.txt", "He wrote:\n\n> We mended it.")).blocks == ()


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("> one\nlazy\n\nnot", ["> one\nlazy"]),
        ("> one\n- not", ["> one"]),
        ("> one\n# not", ["> one"]),
        ("> one\n>\n> two", ["> one\n>\n> two"]),
        ("> one\n\n> two", ["> one", "> two"]),
        (">> deep\n> one", [">> deep\n> one"]),
        ("   > one\r\n   > two\r\n", ["> one\r\n   > two"]),
        ("    > code", []),
        ("```\n> code\n```\n> one", ["> one"]),
        ("a > b", []),
        ("", []),
    ],
)
def test_blockquotes(text: str, blocks: list[str]) -> None:
    assert [span.of(text) for span in blockquotes(text)] == blocks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# One\n\nTwo", "One"),
        ("\n\n#  C# and F# ##\n", "C# and F#"),
        ("One\n===\nTwo", "One"),
        ("## Second level", None),
        ("#hashtag", None),
        ("One\nTwo", None),
        ("", None),
    ],
)
def test_headings(text: str, words: str | None) -> None:
    found = heading(text)
    assert (found.of(text) if found else None) == words


@given(st.text(st.sampled_from("> #=-`~a\n\r\t"), max_size=80))
def test_markdown_never_raises_and_blocks_are_places(text: str) -> None:
    heading(text)
    for span in blockquotes(text):
        assert span.of(text).startswith(">")
