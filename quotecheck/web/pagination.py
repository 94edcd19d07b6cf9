"""A long text cut into pages for the screen, and what stands in the margin of each paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from quotecheck.records.document import Document, Locator, Segment
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs

__all__ = ["locators_at", "margins", "sheet_of", "sheets", "speakers_on", "whole_words"]

_FIRST_SPACE: Final = re.compile(r"\s")
_LAST_SPACE: Final = re.compile(r"\s\S{0,60}\Z")

_CHARACTERS: Final = 24_000
_PARAGRAPHS: Final = 150
_LONGEST: Final = 12_000
"""Characters of a paragraph that are shown as one."""


def sheets(text: str) -> list[list[Span]]:
    r"""The paragraphs of each page, at least one page; of an overlong paragraph the parts.

    >>> [len(sheet) for sheet in sheets("One.\n\n" * 1000)][:2]
    [150, 150]
    """
    found: list[list[Span]] = [[]]
    length = 0
    for paragraph in paragraphs(text):
        for part in _parts(text, paragraph):
            size = part.end - part.start
            held = found[-1]
            if held and (length + size > _CHARACTERS or len(held) == _PARAGRAPHS):
                found.append([])
                length = 0
            found[-1].append(part)
            length += size
    return found


def _parts(text: str, paragraph: Span) -> list[Span]:
    parts = []
    start = paragraph.start
    while paragraph.end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut + 1 if cut > 0 else start + _LONGEST
        parts.append(Span(start, cut))
        start = cut
    return [*parts, Span(start, paragraph.end)]


def sheet_of(found: Sequence[Sequence[Span]], at: int) -> int:
    """The number, from 1, of the page that holds this offset."""
    starts = [sheet[0].start for sheet in found if sheet]
    return max(1, bisect_right(starts, at))


def margins(document: Document, regions: Sequence[Span]) -> dict[int, list[str]]:
    """What to note beside each region: whose turn begins, which page, time or chapter."""
    told: dict[int, list[str]] = {}
    if not regions:
        return told
    starts = [region.start for region in regions]
    last = regions[-1].end
    held: list[Locator | Segment] = [*document.locators, *document.segments]
    for one in held:
        if one.end <= starts[0] or one.start >= last:
            continue
        # What begins between two paragraphs belongs to the second.
        at = max(0, bisect_right(starts, one.start) - 1)
        if one.start >= regions[at].end:
            at += 1
        told.setdefault(at, []).append(_words(one))
    return {at: list(dict.fromkeys(words)) for at, words in told.items()}


def _words(one: Locator | Segment) -> str:
    if isinstance(one, Segment):
        return f"Turn: {one.speaker or 'speaker not named'}"
    return f"{one.kind} {one.label}" if one.kind == "page" else one.label


def locators_at(document: Document, at: int) -> list[str]:
    """The page, time and chapter of an offset, where the document has them."""
    return [_words(one) for one in document.locators if one.start <= at < one.end]


def whole_words(around: tuple[str, str, str]) -> tuple[str, str, str]:
    """The text before, at and after a place, without the words that are cut at its two ends.

    >>> whole_words(("edy, it was cold.", "We paid.", " said Ann Le"))
    ('it was cold.', 'We paid.', ' said Ann')
    """
    before, words, after = around
    start, end = _FIRST_SPACE.search(before), _LAST_SPACE.search(after)
    return before[start.end() :] if start else before, words, after[: end.start()] if end else after


def speakers_on(document: Document, regions: Sequence[Span]) -> list[tuple[str | None, int]]:
    """Who has turns there, and how many; the most first."""
    if not regions:
        return []
    whole = Span(regions[0].start, regions[-1].end)
    held = (s.speaker for s in document.segments if s.start < whole.end and s.end > whole.start)
    return Counter(held).most_common()
