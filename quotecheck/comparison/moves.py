"""Words that a quotation has in another order than its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from quotecheck.comparison.context import Part
from quotecheck.comparison.words import fold
from quotecheck.language.clause_operators import AUXILIARIES, CONTINUATIONS, REASONS
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.records.check import Edit, Severity

__all__ = ["with_moves"]

_LETTERS = re.compile(r"[^\W_]+")
_NEAR_WORDS: Final = 40
"""Words before and after a place in which words that were put in are looked for."""
_FREE: Final = FUNCTION_WORDS | CONTINUATIONS
"""What begins an adverbial or a clause, which may stand elsewhere and say the same."""
_COORDINATION: Final = frozenset(("and", "or", "nor", "&"))


def with_moves(edits: Sequence[Edit], parts: Sequence[Part]) -> tuple[list[Edit], Severity]:
    """The edits with words that were moved told as such, and the severity of the new order.

    An adverbial, a clause or one of two words joined by "and" says the same elsewhere; a noun put
    elsewhere may have become the subject of what was done to it, and where one clause gives the
    reason or condition of another, the two may not change places.
    """
    out = list(edits)
    dropped = {fold(e.before) for e in out if e.before and not e.after}
    for k, edit in enumerate(out):
        if edit.before or not edit.after:
            continue
        words = [fold(word) for word in _LETTERS.findall(edit.after)]
        if not words or not (
            fold(edit.after) in dropped
            or (
                not FUNCTION_WORDS.issuperset(words)
                and any(_stands_near(part, words) for part in parts)
            )
        ):
            continue
        free = (
            words[0] in _FREE
            or words[-1] in _COORDINATION
            or words[-1].endswith("ly")
            or bool(AUXILIARIES & set(words))
        )
        out[k] = Edit("order", "", edit.after, "wording" if free else "meaning")
    moved = any(edit.kind == "order" for edit in out)
    turned = moved and any(
        REASONS & set(fold(f"{edit.before} {edit.after}").split()) for edit in out
    )
    compared = _compares(e.before for e in out if not e.after) and _compares(
        e.after for e in out if not e.before
    )
    return out, "meaning" if turned or compared else "none"


def _compares(texts: Iterable[str]) -> bool:
    """Whether "than" stands in one of some texts: put elsewhere, it turns the comparison."""
    return any("than" in text.casefold().split() for text in texts)


def _stands_near(part: Part, words: Sequence[str]) -> bool:
    """Whether words stand in a row in the source, in the sentence of a place."""
    forms, size = part.source.forms, len(words)
    first, last = part.alignment.first, part.alignment.last
    low = max(0, first - min(_NEAR_WORDS, part.source.before_stop(first)))
    high = min(len(forms), last + min(_NEAR_WORDS, part.source.to_stop(last)))
    return any(
        list(forms[k : k + size]) == list(words)
        for k in (*range(low, first - size + 1), *range(last, high - size + 1))
    )
