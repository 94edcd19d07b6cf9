"""Whether the first paragraph of a document is its headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotecheck.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from quotecheck.records.text import Span

__all__ = ["headline_of"]

_MAX_HEADLINE_CHARS: Final = 200
"""Code points of a headline; a longer first paragraph is text."""
_ENDS_SENTENCE = re.compile(r"[.!,;…][\"'”’»)\]]*\Z")
_BYLINE = re.compile(r"by [A-Z]|posted |published |updated ", re.IGNORECASE)


def headline_of(text: str, title: str | None, *, by_title_alone: bool = False) -> Span | None:
    """The first paragraph where it is a title: as the metadata has it, or short and without a stop.

    Args:
        text: a document's raw text.
        title: as the metadata have it.
        by_title_alone: whether only a paragraph that is the title counts.
    """
    paragraph_spans = paragraphs(text[:20_000])
    if len(paragraph_spans) < 2:  # a headline stands above something
        return None
    line = paragraph_spans[0].of(text)
    if title and _key(line) == _key(title):
        return paragraph_spans[0]
    if (
        by_title_alone
        or len(line) > _MAX_HEADLINE_CHARS
        or "\n" in line
        or not line[:1].isupper() | line[:1].isdigit() | (line[:1] in "\"“'‘«")
        or _ENDS_SENTENCE.search(line)
        or _BYLINE.match(line)
        or line.endswith(":")
    ):
        return None
    return paragraph_spans[0]


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
