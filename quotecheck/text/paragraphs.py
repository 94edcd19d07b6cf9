"""Raw text: its paragraphs, its hash, and a normal form that remembers where it came from.

Nothing here edits a text: `paragraphs` returns places, and `normalise` a second text beside a map
back to the first. `decode`, which makes the text, keeps its line ends as they are.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from quotecheck.records.text import Span
from quotecheck.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["decode", "paragraphs", "trimmed"]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without the white space at its ends; None where nothing is left.

    >>> trimmed("He said  no .", 7, 11)
    Span(start=9, end=11)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


# ------------------------------------------------------------------------------------- paragraphs

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_WIDEST_WRAP = 130  # columns; hard-wrapped text is narrower, one-paragraph-a-line text wider
_FULL_LINE = 0.8  # of the width: a shorter line was ended on purpose


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""The paragraphs of a text, in order, without the white space around them.

    A blank line always parts two paragraphs. A single line break parts them too, unless the text
    is hard-wrapped: its lines are narrow, filled to a common width, and go on in lower case. Both
    news with one paragraph a line and wrapped plain text come out right. A line of
    nothing but Markdown's ``>`` is blank.

    Returns:
        Spans that never overlap and never are empty.

    >>> [p.of("One.\nTwo.\n\n  Three.") for p in paragraphs("One.\nTwo.\n\n  Three.")]
    ['One.', 'Two.', 'Three.']
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    open_paragraph: Span | None = None  # the paragraph being gathered
    last: Span | None = None  # the line before, None after a blank one
    for line, content in lines:
        if content is None:
            last = None
            continue
        indented = content.start - line.start >= 2 and last is not None
        if last is not None and open_paragraph is not None and not indented and width:
            joined = _goes_on(text, last, content, width)
        else:
            joined = False
        if joined and open_paragraph is not None:
            open_paragraph = Span(open_paragraph.start, content.end)
        else:
            if open_paragraph is not None:
                spans.append(open_paragraph)
            open_paragraph = content
        last = content
    if open_paragraph is not None:
        spans.append(open_paragraph)
    return tuple(spans)


def _lines(text: str) -> Iterator[tuple[Span, Span | None]]:
    """Every line with its content trimmed of white space, None for a blank one."""
    start = 0
    while start <= len(text):
        match = _LINE_END.search(text, start)
        end = match.start() if match else len(text)
        line = text[start:end]
        bare = line.strip()
        if bare.strip(_INVISIBLE + "> "):
            begin = start + len(line) - len(line.lstrip())
            yield Span(start, end), Span(begin, begin + len(bare))
        else:
            yield Span(start, end), None
        if match is None:
            return
        start = match.end()


def _wrap_width(text: str, lines: list[tuple[Span, Span | None]]) -> int:
    """The column at which a text is hard-wrapped, 0 where it is not."""
    contents = [content for _, content in lines if content is not None]
    pairs = [
        (before, after)
        for (_, before), (_, after) in pairwise(lines)
        if before is not None and after is not None
    ]
    if not pairs:
        return 0
    lengths = sorted(content.end - content.start for content in contents)
    # A stray long line (an address) must not hide the width of the others.
    width = lengths[min(len(lengths) - 1, int(0.98 * len(lengths)))]
    if width > _WIDEST_WRAP:
        return 0
    full = sum(_is_full(text, before, after, width) for before, after in pairs)
    lower = sum(_begins_lower(text, after) for _, after in pairs)
    return width if full >= 0.6 * len(pairs) and lower >= 0.35 * len(pairs) else 0


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line would not have found room on this one."""
    window = text[after.start : min(after.end, after.start + width)].lstrip("> ").split(None, 1)
    return line.end - line.start + 1 + len(window[0] if window else "") > _FULL_LINE * width


def _goes_on(text: str, line: Span, after: Span, width: int) -> bool:
    return _begins_lower(text, after) or _is_full(text, line, after, width)


def _begins_lower(text: str, line: Span) -> bool:
    return text[line.start : min(line.end, line.start + 8)].lstrip("> ")[:1].islower()


# ------------------------------------------------------------------------------------ normal form
