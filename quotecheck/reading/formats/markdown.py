"""What Markdown sets off: the heading on top, the quotations after ``>``. Nothing is rewritten."""

from __future__ import annotations

import re

from quotecheck.records.text import Span

__all__ = ["blockquotes", "heading"]

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_QUOTED = re.compile(r" {0,3}>")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_STARTS_ANEW = re.compile(
    r" {0,3}(?:#{1,6} |[-*+] |\d{1,9}[.)] |```|~~~|(?:[-*_] ?){3,}\Z|<)|\s*\Z"
)
_ATX = re.compile(r"\s*#[ \t]+([^\r\n]+)")
_SETEXT = re.compile(r"\s*([^\s>#-][^\r\n]{0,300})(?:\r\n|\n|\r)=+[ \t]*(?:[\r\n]|\Z)")


def blockquotes(text: str) -> tuple[Span, ...]:
    r"""The quotations that ``>`` sets off, signs taken in.

    A line without ``>`` that goes straight on with the paragraph above belongs to it, as Markdown
    has it. Lines in fenced code are code.

    >>> text = "He wrote:\n\n> The water is high\nand rising.\n\nSo it is."
    >>> [span.of(text) for span in blockquotes(text)]
    ['> The water is high\nand rising.']
    """
    blocks: list[Span] = []
    start = end = -1  # the block at hand
    running = False  # its last line may go on without a sign
    fence = ""
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            break
        line = match[1]
        fenced = _FENCE.match(line)
        if fenced and not fence:
            fence = fenced[1][:3]
        elif fenced and fenced[1].startswith(fence):
            fence = ""
        sign = None if fence or fenced else _QUOTED.match(line)
        if sign:
            if start < 0:
                start = at + sign.end() - 1
            end = match.end(1)
            running = not _STARTS_ANEW.match(line[sign.end() :].lstrip(" >"))
        elif start >= 0 and running and not fence and not _STARTS_ANEW.match(line):
            end = match.end(1)
        elif start >= 0:
            blocks.append(Span(start, end))
            start = -1
        at = match.end()
    if start >= 0:
        blocks.append(Span(start, end))
    return tuple(blocks)


def heading(text: str) -> Span | None:
    """The heading that a text begins with, without its signs; None where it begins otherwise."""
    match = _ATX.match(text) or _SETEXT.match(text)
    if match is None:
        return None
    words = match[1].rstrip()
    bare = words.rstrip("#").rstrip() or words
    return Span(match.start(1), match.start(1) + len(bare))
