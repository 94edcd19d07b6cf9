"""Find elements within a line of a page or book that are not part of the sentence around them.

Deleted words, the readings of ``<ruby>``, signs of notes, numbers of printed pages; and powers,
whose raised figures are kept raised.
"""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.units import UNIT_WORDS

__all__ = ["RUBY_READINGS", "STRUCK", "is_note_link", "is_page_mark", "marks_note", "raised_text"]

STRUCK: Final = ("del", "s", "strike")
RUBY_READINGS: Final = ("rt", "rp")
"""How the signs of ``<ruby>`` are pronounced, and the brackets around that."""

_NOTE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3}|[ivx]{1,4})\s*[\])]?")
_POWER = re.compile(r"[+\-−]?\d{1,3}|n")
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_LAST_WORD = re.compile(r"\w{1,40}\Z")
_SYMBOL_LETTERS: Final = 2
"""After at most so many letters a raised figure is a power ("mc²"), after more a note's sign."""
_NOTE_NAMES = re.compile(r"\b(?:reference|footnote|endnote|noteref|fnref)", re.IGNORECASE)
_PAGE_NAMES = re.compile(r"\b(?:doc-)?page-?break\b|\bpage-?(?:num(?:ber)?|no)\b", re.IGNORECASE)
_PAGE_TEXT = re.compile(r"\W{0,4}(?:(?:p|pg|page)\W{0,3})?(?:\d{1,4}|[ivxlc]{1,7})?\W{0,4}", re.I)


def raised_text(words: str, lead: str, *, linked: bool) -> str | None:
    """What a ``<sup>`` says in its sentence: None as it is, "" nothing, else the raised figures.

    Args:
        words: its text.
        lead: the text before it.
        linked: whether it links to a place or is called a reference.

    >>> raised_text("2", "an area of 12 km", linked=False), raised_text("2", "push", linked=False)
    ('²', '')
    >>> raised_text("st", "the 1", linked=False) is None, raised_text("[4]", "10", linked=True)
    (True, '')
    """
    words = words.strip()
    if linked or "[" in words:
        return "" if _NOTE.fullmatch(words) else None
    last = _LAST_WORD.search(lead[-40:])
    if last is not None and _POWER.fullmatch(words) and _is_base(last[0]):
        return words.translate(_RAISED)
    return "" if _NOTE.fullmatch(words) and not words.isalpha() else None


def _is_base(word: str) -> bool:
    """Whether a raised figure after a word is a power: of a number, a variable or a unit."""
    if word[-1].isdigit():
        return True
    return len(word) <= _SYMBOL_LETTERS or word.casefold() in UNIT_WORDS


def marks_note(attributes: str) -> bool:
    """Whether an element is called a reference or the like."""
    return _NOTE_NAMES.search(attributes) is not None


def is_note_link(attributes: str, words: str) -> bool:
    """Whether a link within a page is the sign of a note and no more.

    >>> is_note_link('class="footnote-anchor"', "1"), is_note_link('class="footnote-anchor"', "All")
    (True, False)
    """
    return marks_note(attributes) and _NOTE.fullmatch(words.strip()) is not None


def is_page_mark(attributes: str, words: str) -> bool:
    """Whether an element tells where a page of the printed book begins.

    >>> is_page_mark('epub:type="pagebreak" title="13"', "13"), is_page_mark('class="big"', "13")
    (True, False)
    """
    return _PAGE_NAMES.search(attributes) is not None and _PAGE_TEXT.fullmatch(words) is not None
