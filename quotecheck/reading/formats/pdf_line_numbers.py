"""Pages whose lines are numbered, as reporters of courts set them: the numbers are not words.

The lines of such a page are as far apart as the numbers, whatever stands on them, so that its
paragraphs are recognised by what a line begins with: ``Q.``, a name and a colon, a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from quotecheck.reading.formats.pdf_margins import Piece
from quotecheck.reading.transcripts.record_marks import begins_line

__all__ = ["numbered_lines"]

_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?:\s+(?P<words>\S.*))?", re.DOTALL)
_MIN_NUMBERED_LINES: Final = 5
"""Numbered lines of a page from which on the numbers are the reporter's."""
_LINES_SHARE: Final = 0.6
"""Of a page's lines: those that are numbered in their order."""
_PAGES_SHARE: Final = 0.5
"""Share of the pages that have numbered lines in a deposition."""
_LAST_NUMBER: Final = 60
"""The largest number of a line on one page."""
_REPEATED_PAGES: Final = 2
"""Pages that share a line at their edge from which on it is a running head."""
_PAGE = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*of\s*\d{1,4})?", re.IGNORECASE)


def numbered_lines(pages: Sequence[Sequence[Piece]]) -> list[tuple[int, str, str]] | None:
    """Read numbered pages without their numbers, heads and feet.

    Args:
        pages: the lines of each page from its top.

    Returns:
        Of each stretch of text the number of its page, what parts it from the one before (a line
        break or a space), and its words; None where the pages are not numbered so.
    """
    numberings = [_numbered(lines) for lines in pages]
    filled = [page for page, lines in zip(numberings, pages, strict=True) if lines]
    if not filled or sum(page is not None for page in filled) < _PAGES_SHARE * len(filled):
        return None
    heads = Counter(
        _masked(words)
        for page in numberings
        for words in {words for number, words in page or () if number is None}
    )
    stretches: list[tuple[int, str, str]] = []
    anew = True
    for number, (page, lines) in enumerate(zip(numberings, pages, strict=True)):
        for line, words in page or [(None, piece.text) for piece in lines]:
            if line is None and page is not None:
                is_foot = heads[_masked(words)] >= min(_REPEATED_PAGES, len(filled))
                if is_foot or _PAGE.fullmatch(words.strip()):
                    continue
            if not words.strip():
                anew = True
                continue
            begins = anew or line is None or begins_line(words) or words.isupper()
            stretches.append((number, "\n" if begins else " ", words.strip()))
            anew = words.isupper()
    return stretches


def _masked(words: str) -> str:
    return re.sub(r"\d+", "#", words.strip())


def _numbered(lines: Sequence[Piece]) -> list[tuple[int | None, str]] | None:
    """Each line of a page with its number, None where it has none; None for other pages."""
    numbered = list(_in_order(lines))
    numbers = [number for number, _ in numbered if number is not None]
    if len(numbers) < _MIN_NUMBERED_LINES or len(numbers) < _LINES_SHARE * len(numbered):
        return None
    return numbered


def _in_order(lines: Sequence[Piece]) -> Iterator[tuple[int | None, str]]:
    last = 0
    for piece in lines:
        match = _NUMBERED.fullmatch(piece.text.strip())
        value = int(match["number"]) if match else 0
        # A blank line's number may have been taken for a page's.
        if match is not None and last < value <= min(last + 3, _LAST_NUMBER):
            last = value
            yield value, match["words"] or ""
        else:
            yield None, piece.text
