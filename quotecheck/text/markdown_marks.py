"""Markdown as a reader sees it: its marks are left out of what a page shows, never of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quotecheck.records.text import Span

__all__ = ["link_targets", "markdown_look", "shown_markdown", "shown_pieces"]

_CUT: Final = "\x02"
"""Between pieces while their marks are sought; no text that is worth showing has it."""

_HEADING: Final = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+")
_QUOTE: Final = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)
_LATER_LINE: Final = re.compile(r"\n[ ]{0,3}(?:>[ ]?)+")
_LATER_HEADING: Final = re.compile(r"\n[ ]{0,3}#{1,6}[ \t]+")
_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,1000}(?:[ ]\"[^\"\n]{0,200}\")?\)")
_CUT_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,1000}\Z")
"""A link at the end of a text that cuts it in two."""
_STARS: Final = re.compile(r"(?<![\w*\\])\*{1,3}(?=[^\s*])|(?<=[^\s*\\])\*{1,3}(?!\*)")
_LINES: Final = re.compile(r"(?<![\w_\\])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?![\w_])")
_CODE: Final = re.compile(r"`{1,3}")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def markdown_look(paragraph: str) -> str:
    """The class of a paragraph: a heading, a set-off quotation, or "".

    >>> markdown_look("## Costs"), markdown_look("> We paid it."), markdown_look("We paid it.")
    ('title-2', 'block', '')
    """
    if heading := _HEADING.match(paragraph):
        return f"title-{min(max(len(heading[1]), 2), 3)}"
    return "block" if _QUOTE.match(paragraph) else ""


def shown_markdown(text: str, *, begins: bool = False) -> str:
    """A stretch of Markdown without its marks.

    Args:
        text: the stretch; emphasis and links that it cuts in two lose the marks that are in it.
        begins: whether a paragraph begins with it.

    >>> shown_markdown("## The *gate* in [May](https://example.org)", begins=True)
    'The gate in May'
    >>> shown_markdown("The [gate](https://exam")
    'The gate'
    >>> shown_markdown("2 * 3 is snake_case")
    '2 * 3 is snake_case'
    """
    if begins and (heading := _HEADING.match(text)):
        text = text[heading.end() :].rstrip("# ")
    text = _QUOTE.sub("", text) if begins else _LATER_LINE.sub("\n", text)
    text = _LATER_HEADING.sub("\n", text)
    text = _CUT_LINK.sub(r"\1", _LINK.sub(r"\1", text))
    for pattern in (_STARS, _LINES, _CODE):
        text = pattern.sub("", text)
    return _ESCAPED.sub(r"\1", text)


def link_targets(text: str) -> list[Span]:
    """Where links of Markdown say where they lead: what is not shown of them.

    >>> text = "The [gate](https://example.org)."
    >>> [span.of(text) for span in link_targets(text)]
    ['](https://example.org)']
    """
    return [Span(link.end(1), link.end()) for link in _LINK.finditer(text)]


def shown_pieces(pieces: Sequence[str], *, begins: bool = False) -> list[str]:
    """Stretches of Markdown that follow one another, as many, without the marks of the whole.

    >>> shown_pieces(["The gate is **", "old", "** and tired"])
    ['The gate is ', 'old', ' and tired']
    """
    shown = shown_markdown(_CUT.join(pieces), begins=begins).split(_CUT)
    if len(shown) != len(pieces):  # a text that has the sign itself
        return [shown_markdown(piece, begins=begins and not n) for n, piece in enumerate(pieces)]
    return shown
