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

__all__ = ["locators_at", "margins", "paginate", "sheet_of", "speakers_on", "whole_words"]

_FIRST_SPACE: Final = re.compile(r"\s")
_LAST_SPACE: Final = re.compile(r"\s\S{0,60}\Z")

_CHARACTERS: Final = 24_000
"""Code points of a page: some ten printed pages, which a browser lays out at once."""
_PARAGRAPHS: Final = 150
"""Paragraphs of a page; of a transcript with short turns fewer characters are enough."""
_LONGEST: Final = 12_000
"""Characters of a paragraph that are shown as one."""


def paginate(text: str) -> list[list[Span]]:
    r"""The paragraphs of each page, at least one page; of an overlong paragraph the parts.

    >>> [len(sheet) for sheet in paginate("One.\n\n" * 1000)][:2]
    [150, 150]
    """
    sheets: list[list[Span]] = [[]]
    length = 0
    for paragraph in paragraphs(text):
        for part in _parts(text, paragraph):
            size = part.end - part.start
            sheet = sheets[-1]
            if sheet and (length + size > _CHARACTERS or len(sheet) == _PARAGRAPHS):
                sheets.append([])
                length = 0
            sheets[-1].append(part)
            length += size
    return sheets


def _parts(text: str, paragraph: Span) -> list[Span]:
    parts = []
    start = paragraph.start
    while paragraph.end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut + 1 if cut > 0 else start + _LONGEST
        parts.append(Span(start, cut))
        start = cut
    return [*parts, Span(start, paragraph.end)]


def sheet_of(sheets: Sequence[Sequence[Span]], at: int) -> int:
    """The number, from 1, of the page that holds this offset."""
    starts = [sheet[0].start for sheet in sheets if sheet]
    return max(1, bisect_right(starts, at))


def margins(document: Document, regions: Sequence[Span]) -> dict[int, list[str]]:
    """What to note beside each region: whose turn begins, which page, time or chapter."""
    words_at: dict[int, list[str]] = {}
    if not regions:
        return words_at
    starts = [region.start for region in regions]
    last = regions[-1].end
    places: list[Locator | Segment] = [*document.locators, *document.segments]
    for place in places:
        if place.end <= starts[0] or place.start >= last:
            continue
        # What begins between two paragraphs belongs to the second.
        at = max(0, bisect_right(starts, place.start) - 1)
        if place.start >= regions[at].end:
            at += 1
        words_at.setdefault(at, []).append(_words(place))
    return {at: list(dict.fromkeys(words)) for at, words in words_at.items()}


def _words(place: Locator | Segment) -> str:
    if isinstance(place, Segment):
        return f"Turn: {place.speaker or 'speaker not named'}"
    return f"{place.kind} {place.label}" if place.kind == "page" else place.label


def locators_at(document: Document, at: int) -> list[str]:
    """The page, time and chapter of an offset, where the document has them."""
    return [_words(locator) for locator in document.locators if locator.start <= at < locator.end]


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
    speakers = (s.speaker for s in document.segments if s.start < whole.end and s.end > whole.start)
    return Counter(speakers).most_common()
