"""Quotations that their layout sets off from the text around them, with marks or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.records.text import QuotedPassage, Span
from quotecheck.text.paragraphs import trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["block_quotations"]

_LONGEST_CREDIT = 160  # code points


def block_quotations(
    text: str, paragraphs: Sequence[Span], blocks: Sequence[Span]
) -> list[QuotedPassage]:
    """Cut blocks at paragraphs: one passage for each paragraph of a block, the later continuing.

    Markdown's ``>`` before a paragraph is left out of ``inner``. A last paragraph that begins with
    a dash names whom the block quotes, and is not a passage.

    Args:
        text: the raw text.
        paragraphs: its paragraphs in order.
        blocks: places of blocks, in any order; where they overlap the first one holds.

    Returns:
        Passages in text order, not overlapping, with ``block`` True.
    """
    passages: list[QuotedPassage] = []
    number = covered = 0
    for block in sorted(blocks):
        begin = max(block.start, covered)
        if block.end <= begin:
            continue
        covered = block.end
        while number < len(paragraphs) and paragraphs[number].end <= begin:
            number += 1
        pieces: list[QuotedPassage] = []
        at = number
        while at < len(paragraphs) and paragraphs[at].start < block.end:
            paragraph = paragraphs[at]
            at += 1
            outer = trimmed(text, max(begin, paragraph.start), min(block.end, paragraph.end))
            inner = outer and _without_signs(text, outer)
            if outer and inner:
                pieces.append(QuotedPassage(outer, inner, continues=bool(pieces), block=True))
        # A last line such as "— Ann Lee" names whom the block quotes and is not part of it.
        if len(pieces) > 1 and _is_credit(pieces[-1].inner.of(text)):
            pieces.pop()
        passages += pieces
    return passages


def _without_signs(text: str, outer: Span) -> Span | None:
    begin = outer.start
    while begin < outer.end and (text[begin] == ">" or text[begin].isspace()):
        begin += 1
    return Span(begin, outer.end) if begin < outer.end else None


def _is_credit(words: str) -> bool:
    dashed = words.startswith(("—", "–", "―", "--", "- ")) and words.strip("—–―- ")[:1].isupper()
    return dashed and len(words) <= _LONGEST_CREDIT
