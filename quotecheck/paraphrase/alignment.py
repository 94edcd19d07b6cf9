"""Two wordings aligned: which words correspond, and where in the longer one.

A quotation is often a clause of the sentence that it goes back to. So everything is reported twice:
of the whole sentence, and of the *window*, the stretch of it that accounts best for the quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.comparison.name_forms import are_name_forms
from quotecheck.language.synonyms import synonym_groups
from quotecheck.language.word_classes import ABBREVIATIONS

if TYPE_CHECKING:
    from quotecheck.paraphrase.statements import Statement

__all__ = ["Alignment", "align_statements", "name_likeness"]

_SYNONYMS: Final = 0.9
"""Likeness, 0..1, of two synonyms: below the same word, above all but the nearest by vector. By
eye."""
_LEAST: Final = 0.35
"""The cosine of two words from which on they are thought related; below lie all pairs."""
_WIDER: Final = 1.35
"""Content words of a window for one of the quotation's."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the content words of a quotation and of a sentence stand for one another.

    ``likeness`` is a table (quotation's content words, sentence's content words) of numbers 0..1.
    ``found`` is for each word of the quotation its best likeness in the window, ``best`` the number
    of that word of the sentence; ``first`` and ``last`` bound the window (content words of the
    sentence, half open); ``wholly`` are the best in the whole sentence, ``covered`` for each word
    of the window its best likeness in the quotation.
    """

    likeness: Any
    first: int
    last: int
    found: Any
    best: Any
    wholly: Any
    covered: Any


def align_statements(quote: Statement, sentence: Statement) -> Alignment:
    """Align the content words of a quotation with those of a sentence."""
    n, m = len(quote.content), len(sentence.content)
    if not n or not m:
        none, zeros = np.zeros(n, dtype=np.float32), np.zeros(m, dtype=np.float32)
        table = np.zeros((n, m), dtype=np.float32)
        return Alignment(table, 0, m, none, np.zeros(n, dtype=np.int64), none, zeros)
    likeness = quote.vectors @ sentence.vectors.T
    np.subtract(likeness, _LEAST, out=likeness)
    likeness *= 1 / (1 - _LEAST) * 0.85
    np.clip(likeness, 0, 0.85, out=likeness)
    _name_words(likeness, quote, sentence)
    _same_words(likeness, quote, sentence)
    weights = quote.weights
    width = max(3, round(_WIDER * n) + 1)
    if m > width:
        windows = np.lib.stride_tricks.sliding_window_view(likeness, width, axis=1)
        scores = weights @ windows.max(-1)
        first = int(scores.argmax())
        last = first + width
    else:
        first, last = 0, m
    inside = likeness[:, first:last]
    best = inside.argmax(1) + first
    likeness_found = inside.max(1)
    # The window begins and ends with a word that stands for one of the quotation's.
    used = best[likeness_found > 0.3]
    if len(used):
        first, last = int(used.min()), int(used.max()) + 1
    return Alignment(
        likeness,
        first,
        last,
        likeness_found,
        best,
        likeness.max(1),
        likeness[:, first:last].max(0) if last > first else np.zeros(0, np.float32),
    )


def _name_words(likeness: Any, quote: Statement, sentence: Statement) -> None:
    """Let names stand for one another by their letters, not by the company they keep."""
    quote_names = [i for i, is_name in enumerate(quote.names) if is_name]
    sentence_names = [j for j, is_name in enumerate(sentence.names) if is_name]
    if quote_names:
        likeness[quote_names] *= 0.5
    if sentence_names:
        likeness[:, sentence_names] *= 0.5
    capitals = [j for j, is_capital in enumerate(sentence.capitals) if is_capital]
    for i in (i for i, is_capital in enumerate(quote.capitals) if is_capital):
        for j in capitals:
            if quote.names[i] or sentence.names[j]:
                likeness[i, j] = name_likeness(quote.content[i], sentence.content[j])


def _same_words(likeness: Any, quote: Statement, sentence: Statement) -> None:
    """Let a word stand for itself in any form, and for its near synonyms."""
    stems: dict[str, list[int]] = {}
    groups: dict[tuple[int, str], list[int]] = {}
    for j, (form, other) in enumerate(zip(sentence.content, sentence.stems, strict=True)):
        stems.setdefault(other, []).append(j)
        for group in synonym_groups(form):
            groups.setdefault(group, []).append(j)
    for i, (form, stem_here) in enumerate(zip(quote.content, quote.stems, strict=True)):
        if groups:
            for group in synonym_groups(form):
                likeness[i, groups.get(group, [])] = _SYNONYMS
        likeness[i, stems.get(stem_here, [])] = 1.0


@lru_cache(maxsize=1 << 16)
def name_likeness(a: str, b: str) -> float:
    """How far two folded words may be one name in two spellings, 0..1.

    >>> name_likeness("zelensky", "zelenskyy") > 0.8, name_likeness("iran", "iranian")
    (True, 0.9)
    >>> name_likeness("seehofer", "zhejiang") < 0.3
    True
    """
    if a == b:
        return 1.0
    if are_name_forms(a, b):
        return 0.9
    if ABBREVIATIONS.get(a) == b or ABBREVIATIONS.get(b) == a:
        return 0.9
    from rapidfuzz.distance import JaroWinkler

    x, y = (_sounds(name) for name in (a, b))
    likeness = max(JaroWinkler.similarity(a, b), JaroWinkler.similarity(x, y) - 0.03)
    return max(0.0, min(0.9, (likeness - 0.72) / 0.2))


_SOUNDS: Final = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"shch|tsch|sch|tch|ch|sh|zh|cz|sz|š|č|ž", "c"),
        (r"kh|gh|q|ck", "k"),
        (r"ph|w", "v"),
        (r"ts|tz", "z"),
        (r"iy|yi|ij|yj|ii|y|j", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1 << 14)
def _sounds(name: str) -> str:
    for pattern, letters in _SOUNDS:
        name = pattern.sub(letters, name)
    return name
