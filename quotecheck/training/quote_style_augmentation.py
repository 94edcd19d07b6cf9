"""Writes a text in the typography of another house, so that a net learns words, not marks.

Newswires use straight marks, magazines curly ones, some agencies doubled apostrophes, the Guardian
single marks, and scanned pages lose a mark here and there. Every style maps the offsets along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

if TYPE_CHECKING:
    from random import Random

__all__ = ["STYLES", "restyled"]

STYLES: Final = {
    "straight": ('"', '"'),
    "curly": ("“", "”"),
    "apostrophes": ("''", "''"),
    "tex": ("``", "''"),
    "single": ("‘", "’"),
    "guillemets": ("«", "»"),
    "none": ("", ""),
}
_WEIGHTS: Final = (3, 3, 2, 0.5, 1.5, 0.5, 0.7)
_LOST: Final = 0.03
"""The share of closing marks that a restyled text loses."""


def restyled(text: str, random: Random, *, style: str | None = None) -> tuple[str, list[int]]:
    """The text with other outermost quotation marks, and where each offset of the old one went.

    Args:
        text: the raw text.
        random: chooses the style and the closing marks that are lost.
        style: one of `STYLES`; None for a random one.

    Returns:
        The new text, and a list of ``len(text) + 1`` offsets into it.

    >>> from random import Random
    >>> restyled('He said "no".', Random(0), style="single")[0]
    'He said ‘no’.'
    """
    opening, closing = STYLES[style or random.choices(list(STYLES), _WEIGHTS)[0]]
    changes: list[tuple[int, int, str]] = []
    for passage in quoted_passages(text, paragraphs(text)):
        if passage.depth or passage.block:
            continue
        changes.append((passage.outer.start, passage.inner.start, opening))
        if passage.closed:
            lost = style is None and random.random() < _LOST
            changes.append((passage.inner.end, passage.outer.end, "" if lost else closing))
    parts: list[str] = []
    moved: list[int] = []
    done = length = 0
    for start, end, new in sorted(changes):
        if start < done:
            continue
        parts += [text[done:start], new]
        moved += range(length, length + start - done)
        length += start - done
        moved += [length] * (end - start)
        length += len(new)
        done = end
    parts.append(text[done:])
    moved += range(length, length + len(text) - done + 1)
    return "".join(parts), moved
