"""How much of a page's text is read, and how much besides: runs of four words against gold text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["ReadingScore", "score_reading"]

_GRAM_WORDS: Final = 4  # Words of a run that both texts must have, so that order counts.
_WORD = re.compile(r"\w+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_NO_SIGNS = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), None)
"""Signs that are not seen: soft hyphens, joiners, directions."""


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """Runs of words: of the gold text, of the text that was read, and of both."""

    gold: int
    found: int
    both: int

    @property
    def recall(self) -> float:
        """Share of the gold text that was read, 0 to 1."""
        return self.both / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """Share of what was read that is gold text, 0 to 1."""
        return self.both / self.found if self.found else 1.0


def score_reading(text: str, gold: str, optional: str = "") -> ReadingScore:
    r"""Compare a text that was read with the text that a page says.

    Both are cut at blank lines. Each run of four words within a block counts, and a block of fewer
    words as one; case, marks and white space do not. A run that was read more often than the gold
    text has it is wrong.

    Args:
        text: what was read.
        gold: what the page says.
        optional: what may be read or not, such as captions; it counts for nothing.

    >>> score_reading("Ann left us today\n\nHome", "Ann left us today.\n\nNobody waved.")
    ReadingScore(gold=2, found=2, both=1)
    """
    gold_runs, text_runs = _runs(gold), _runs(text)
    both = gold_runs & text_runs
    besides = (text_runs - both) & _runs(optional)
    return ReadingScore(gold_runs.total(), (text_runs - besides).total(), both.total())


def _runs(text: str) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for block in _BLANK_LINE.split(text.translate(_NO_SIGNS)):
        words = _WORD.findall(block.casefold())
        counts.update(_grams(words))
    return counts


def _grams(words: list[str]) -> Iterable[tuple[str, ...]]:
    if not words:
        return
    for start in range(max(1, len(words) - _GRAM_WORDS + 1)):
        yield tuple(words[start : start + _GRAM_WORDS])
