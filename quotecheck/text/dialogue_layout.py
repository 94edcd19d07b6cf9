"""Whether a text holds a dialogue: short sentences in marks, asked, exclaimed and said to "you"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quotecheck.records.text import Span

__all__ = ["is_dialogue", "may_be_dialogue"]

_MIN_PASSAGES: Final = 3
"""Passages in marks from which on a text may be a dialogue. By eye."""
_MOST_WORDS: Final = 8
"""Words of a line that is short: half of the sentences in marks of LitBank's train part, one in
seven of those of PolNeAR's."""
_LEAST_LIKELY: Final = 0.6
"""What shares of short lines and of questions, and half of that of lines that say "you", add up
to: over it in nine of ten texts of LitBank's train part with more than ten passages, and in one of
twelve of PolNeAR's."""
_LEAST_ASKED: Final = 0.15
"""The share of questions and exclamations from which on long lines in neighbouring paragraphs are a
dialogue too: over it in four of five novels of LitBank's train part with more than ten passages."""
_MOST_NEWS: Final = 0.006
"""Words of a paper (days, sums, spokesmen) for each word outside the marks. Of LitBank's train part
every text has fewer, of PolNeAR's two of three have more."""
_WORDS_OF_LEAD: Final = 60
"""Words that are counted beside those of the text: in a short one a single day tells little."""
_MOST_CHARS: Final = 80
"""Characters of a line that is short."""
_END_CHARS: Final = 4
"""Characters at the end of words in marks among which "?" or "!" stands."""
_ASKS = re.compile(r"[?!][\"'”’»“‘«›‹\s]*\Z")
_ENDS = frozenset(".?!,—-…")
_YOU = re.compile(r"\b(?:you|your|yours|yourself|thee|thou|thy|ye)\b", re.IGNORECASE)
_NEWS = re.compile(
    r"\b(?:[Oo]n (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|percent|per cent|according to|"
    r"spokes(?:man|woman|person|people|men)|reporters|statement|(?:19|20)\d\d|"
    r"[Cc]ampaign|[Gg]overnment|[Mm]inistry|[Pp]olice|[Cc]ouncil|[Cc]ompany)\b|[%$€£]\d|\d%"
)


def is_dialogue(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Whether people talk to one another in a text, rather than being quoted by its writer.

    Args:
        text: the raw text.
        paragraphs: its paragraphs.
        quoted: its outermost passages in quotation marks.
    """
    if len(quoted) < _MIN_PASSAGES:
        return False
    asked, said_to, short = _kinds_of_lines(text, quoted)
    if not asked and not said_to:
        return False  # one who tells something, perhaps
    likely = asked + short + 0.5 * said_to >= _LEAST_LIKELY * len(quoted)
    if not likely:
        likely = asked >= _LEAST_ASKED * len(quoted) and _are_answered(paragraphs, quoted)
    return likely and not _is_news(text, quoted)


def may_be_dialogue(text: str, quoted: Sequence[Span]) -> bool:
    """Whether a text may be a dialogue: so that a line in a new paragraph may be another's.

    It takes two short lines, where `is_dialogue` wants three and a sign of two parties.

    Args:
        text: the raw text.
        quoted: its outermost passages in quotation marks.
    """
    asked, said_to, short = _kinds_of_lines(text, quoted)
    likely = asked + short + 0.5 * said_to >= _LEAST_LIKELY * len(quoted)
    return len(quoted) > 1 and likely and not _is_news(text, quoted)


def _kinds_of_lines(text: str, quoted: Sequence[Span]) -> tuple[int, int, int]:
    """How many lines ask or exclaim, how many say "you", and how many are short."""
    asked = said_to = short = 0
    for span in quoted:
        words = span.of(text)
        asked += bool(_ASKS.search(words, max(0, len(words) - _END_CHARS)))
        said_to += bool(_YOU.search(words))
        short += _is_short(words)
    return asked, said_to, short


def _are_answered(paragraphs: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Whether words in marks stand in two paragraphs, one right after the other."""
    starts = [paragraph.start for paragraph in paragraphs]
    places = sorted({bisect_right(starts, span.start) for span in quoted})
    return any(there - here == 1 for here, there in pairwise(places))


def _is_short(words: str) -> bool:
    """Whether words in marks are a sentence of a few words."""
    if len(words) > _MOST_CHARS or len(words.split()) > _MOST_WORDS:
        return False
    first = next((c for c in words if c.isalnum()), "")
    return first.isupper() and words.rstrip("”\"’'»“‘ ")[-1:] in _ENDS


def _is_news(text: str, quoted: Sequence[Span]) -> bool:
    """Whether the writer's own words are those of a paper."""
    edges = [0, *(edge for span in quoted for edge in (span.start, span.end)), len(text)]
    outside = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    total = sum(len(part.split()) for part in outside) + _WORDS_OF_LEAD
    return sum(len(_NEWS.findall(part)) for part in outside) > _MOST_NEWS * total
