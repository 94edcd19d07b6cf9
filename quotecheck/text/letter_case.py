"""How a document writes a word: as a name, with a capital inside a sentence, or small."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from quotecheck.language.quotation_characters import ANY_MARK
from quotecheck.records.text import Span

__all__ = ["LetterCase"]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INSIDE = re.compile(r"(?<=[^\W\dA-Z_][ ,;]) ?[^\W\da-z_][^\W\d_]*(?:['’-][^\W\d_]+)*")
_ENDS: Final = (".", "?", "!", "…")
_TITLE_CASE: Final = 0.6
"""From this share of longer words with a capital on, a line is written as a title is."""
_LONG_WORD_LETTERS: Final = 4
"""Letters of a word that has a capital in a title; short ones are often small."""
_MIN_LONG_WORDS: Final = 3
"""Long words from which on the case of a line is judged."""
_LINE_CHARS: Final = 400
"""Characters to either side of a word that are looked at to see how its line is written."""
_OPENERS: Final = "([ \t"
_CLOSERS: Final = ANY_MARK + ")] \t\r"


class LetterCase:
    """The letter case of the words of one text.

    Args:
        text: the raw text.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def writes_as_name(self, span: Span) -> bool | None:
        """Return whether the words at a place are written as a name.

        True where a capital stands inside a sentence, there or elsewhere in the text; False where
        the first word has one only because a sentence begins, and is written small elsewhere; None
        where neither is seen.

        >>> case = LetterCase("Evidence was found. The evidence is old, said Baker.")
        >>> case.writes_as_name(Span(0, 8)), case.writes_as_name(Span(46, 51))
        (False, True)
        """
        match = _WORD.search(self.text, span.start, span.end)
        if match is None:
            return None
        word = match[0]
        if word.islower():
            return False
        if self._is_inside(match.start()) and not word.isupper():
            return True
        inside, small = self._words
        if word.capitalize() in inside:
            return True
        return False if word.lower() in small else None

    def _is_inside(self, start: int) -> bool:
        """Whether a word goes on a sentence, in a line that is not a title."""
        at, least = start - 1, max(0, start - _LINE_CHARS)
        while at >= least and self.text[at] in _OPENERS:
            at -= 1
        if at < least or not (self.text[at].isalnum() or self.text[at] in ",;'’%"):
            return False
        before = self.text[least:start].rpartition("\n")[2]
        line = before + self.text[start : start + _LINE_CHARS].partition("\n")[0]
        words = [word for word in _WORD.findall(line) if len(word) >= _LONG_WORD_LETTERS]
        capitals = sum(not word[0].islower() for word in words)
        return len(words) < _MIN_LONG_WORDS or capitals < _TITLE_CASE * len(words)

    @cached_property
    def _words(self) -> tuple[frozenset[str], frozenset[str]]:
        """Words with a capital inside a sentence, and words in small letters."""
        inside: set[str] = set()
        small: set[str] = set()
        for line in self.text.splitlines():
            if line.rstrip(_CLOSERS).endswith(_ENDS):  # others may be headings, all in capitals
                small.update(word for word in _WORD.findall(line) if word.islower())
                inside.update(word.strip() for word in _INSIDE.findall(line))
        return frozenset(inside), frozenset(small)
