"""What is compared: the sentences of a passage.

A paraphrase gives one thought back; a passage holds several, and its vector is none of them. (The
clauses of long sentences, tried as well, found no more.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from quotecheck.comparison.words import source_words

if TYPE_CHECKING:
    from quotecheck.comparison.words import Words

__all__ = ["Unit", "unit_text", "units"]

_FEWEST: Final = 4
"""Words of a sentence that stands by itself; shorter ones go with their neighbour."""
_MOST: Final = 90
"""Words of a unit: about as many as the encoder reads."""
_ENDS = re.compile(r"[.!?…]")
_TITLE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Gen|Rep|St|Jr|Sr|No|vs|Messrs|Hon|Rev|Lt|Col|Capt)|\b[A-Z]|\.[A-Za-z])\Z"
)


class Unit(NamedTuple):
    """A sentence: a stretch of raw text in the document's offsets, and what is encoded of it."""

    start: int
    end: int
    text: str


def units(text: str, offset: int = 0) -> list[Unit]:
    """The sentences of a passage, in order of text.

    Labels, stage directions and verse numbers are left out of the words.

    Args:
        text: the passage's raw text.
        offset: where it begins in its document.

    >>> [u.text for u in units("CLINTON: Well, it is late. We must go home before the rain.")]
    ['Well, it is late.', 'We must go home before the rain.']
    """
    words = source_words(text, offset=offset)
    if not words.forms:
        return []
    return [_unit(text, offset, words, a, b) for a, b in _sentences(text, offset, words)]


def unit_text(text: str, start: int, end: int) -> str:
    """What is encoded of the unit that stands at a place of a passage, as `units` gives it.

    Args:
        text: the passage's raw text.
        start: where the unit begins in it.
        end: where it ends.

    >>> unit_text("CLINTON: Well, it (LAUGHTER) is late. We must go.", 9, 36)
    'Well, it is late.'
    """
    words = source_words(text[start:end])
    if not words.forms:
        return ""
    tail = _ENDS.match(text, end)
    said = _unit(text[start:end], 0, words, 0, len(words)).text
    return said + (tail.group() if tail else "")


def _sentences(text: str, offset: int, words: Words) -> list[tuple[int, int]]:
    """Sentences as half-open ranges of words."""
    cuts = [0]
    for stop in words.stops:
        before = text[max(0, words.ends[stop - 1] - 8 - offset) : words.ends[stop - 1] - offset]
        between = text[words.ends[stop - 1] - offset : words.starts[stop] - offset]
        if between.startswith(".") and _TITLE.search(before) and not _skipped(words, stop):
            continue
        if stop - cuts[-1] >= _FEWEST:
            cuts.append(stop)
    total = len(words)
    if len(cuts) > 1 and total - cuts[-1] < _FEWEST:
        cuts.pop()
    return [
        (begin, min(last, begin + _MOST))
        for first, last in zip(cuts, [*cuts[1:], total], strict=True)
        for begin in range(first, last, _MOST)
    ]


def _skipped(words: Words, stop: int) -> bool:
    low, high = words.ends[stop - 1], words.starts[stop]
    return any(low <= span.start < high for span in words.skipped)


def _unit(text: str, offset: int, words: Words, first: int, last: int) -> Unit:
    pieces: list[str] = []
    at = words.starts[first]
    for n in range(first, last):
        if n > first:
            pieces.append(_between(text, offset, words, at, words.starts[n]))
        pieces.append(text[words.starts[n] - offset : words.ends[n] - offset])
        at = words.ends[n]
    tail = _ENDS.match(text, at - offset)
    return Unit(words.starts[first], at, "".join(pieces) + (tail.group() if tail else ""))


def _between(text: str, offset: int, words: Words, low: int, high: int) -> str:
    """What stands between two words, without what was not spoken."""
    between = text[low - offset : high - offset]
    if between == " ":
        return between
    for span in words.skipped:
        if low <= span.start and span.end <= high:
            between = between.replace(text[span.start - offset : span.end - offset], " ")
    return " ".join(f"-{between}-".replace("_", " ").split())[1:-1] or " "
