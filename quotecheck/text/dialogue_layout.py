"""Whether a text holds a dialogue: passages in marks that ask and exclaim, side by side."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quotecheck.records.text import Span

__all__ = ["is_dialogue"]

_LEAST_ASKING: Final = 0.15
"""The share of passages that end in "?" or "!": under 0.13 in nine of ten articles of PolNeAR's
train part, over 0.15 in four of five novels of LitBank's with more than ten passages."""
_MIN_PASSAGES: Final = 3
"""Passages in marks from which on a text may be a dialogue."""
_ASKS = re.compile(r"[?!][\"'”’»\s]*\Z")


def is_dialogue(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Whether people talk to one another in a text, rather than being quoted by its writer.

    Args:
        text: the raw text.
        paragraphs: its paragraphs.
        quoted: its outermost passages in quotation marks.
    """
    if len(quoted) < _MIN_PASSAGES:
        return False
    asking = sum(
        bool(_ASKS.search(text, max(span.start, span.end - 4), span.end)) for span in quoted
    )
    if asking < max(1.0, _LEAST_ASKING * len(quoted)):
        return False
    starts = [p.start for p in paragraphs]
    lines = sorted({bisect_right(starts, span.start) for span in quoted})
    answered = sum(there - here == 1 for here, there in pairwise(lines))
    return answered >= 1
