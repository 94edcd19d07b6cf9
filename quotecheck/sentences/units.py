"""What is compared: the sentences of a passage, and the clauses of its long ones.

A paraphrase gives one thought back; a passage holds several, and its vector is none of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from quotecheck.words import source_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotecheck.words import Words

__all__ = ["Clause", "Unit", "units"]

_FEWEST: Final = 4
"""Words of a sentence that stands by itself; shorter ones go with their neighbour."""
_LONG: Final = 22
"""Words from which a sentence's clauses are looked at too."""
_CLAUSE: Final = 7
_MOST: Final = 90
"""Words of a unit: about as many as the encoder reads."""
_ENDS = re.compile(r"[.!?…]")
_TITLE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Gen|Rep|St|Jr|Sr|No|vs|Messrs|Hon|Rev|Lt|Col|Capt)|\b[A-Z]|\.[A-Za-z])\Z"
)
_JOINT = re.compile(r"[;:]|—|–|--| - |,")
_STRONG = re.compile(r"[;:]|—|–|--| - ")
_LINKS: Final = frozenset("and but or nor yet for so because if unless when while that which who "
                          "whose where although though as than neither let".split())  # fmt: skip


class Clause(NamedTuple):
    """A stretch of raw text in the document's offsets, and where it stands in the unit's words."""

    start: int
    end: int
    first: int
    last: int


class Unit(NamedTuple):
    """A sentence: a stretch of raw text in the document's offsets, and the words that are encoded.

    ``clauses`` are parts of it, runs of neighbouring ones among them; ``first`` and ``last`` of a
    clause are positions in ``text``.
    """

    start: int
    end: int
    text: str
    clauses: tuple[Clause, ...] = ()


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
    ranges = []
    for first, last in zip(cuts, [*cuts[1:], total], strict=True):
        for begin in range(first, last, _MOST):
            ranges.append((begin, min(last, begin + _MOST)))
    return ranges


def _skipped(words: Words, stop: int) -> bool:
    low, high = words.ends[stop - 1], words.starts[stop]
    return any(low <= span.start < high for span in words.skipped)


def _clauses(
    text: str, offset: int, words: Words, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Cuts at strong marks, and at commas before a linking word; and pairs of clauses."""
    cuts = [first]
    for at in range(first + 1, last):
        between = text[words.ends[at - 1] - offset : words.starts[at] - offset]
        if len(between) == 1 or not _JOINT.search(between):
            continue
        links = words.forms[at] in _LINKS
        if at - cuts[-1] >= _CLAUSE and (_STRONG.search(between) or links):
            cuts.append(at)
    if len(cuts) > 1 and last - cuts[-1] < _CLAUSE:
        cuts.pop()
    if len(cuts) < 2:
        return
    bounds = [*cuts, last]
    for n in range(len(cuts)):
        yield bounds[n], bounds[n + 1]
        if n + 2 < len(bounds) and len(cuts) > 2 and bounds[n + 2] - bounds[n] <= _MOST:
            yield bounds[n], bounds[n + 2]


def _unit(text: str, offset: int, words: Words, first: int, last: int) -> Unit:
    pieces: list[str] = []
    length = 0
    places: list[tuple[int, int]] = []
    at = words.starts[first]
    for n in range(first, last):
        between = _between(text, offset, words, at, words.starts[n]) if n > first else ""
        word = text[words.starts[n] - offset : words.ends[n] - offset]
        pieces += (between, word)
        length += len(between)
        places.append((length, length + len(word)))
        length += len(word)
        at = words.ends[n]
    tail = _ENDS.match(text, at - offset)
    clauses = tuple(
        Clause(words.starts[a], words.ends[b - 1], places[a - first][0], places[b - 1 - first][1])
        for a, b in (_clauses(text, offset, words, first, last) if last - first >= _LONG else ())
    )
    shown = "".join(pieces) + (tail.group() if tail else "")
    return Unit(words.starts[first], at, shown, clauses)


def _between(text: str, offset: int, words: Words, low: int, high: int) -> str:
    """What stands between two words, without what was not spoken."""
    between = text[low - offset : high - offset]
    if between == " ":
        return between
    for span in words.skipped:
        if low <= span.start and span.end <= high:
            between = between.replace(text[span.start - offset : span.end - offset], " ")
    return " ".join(f"-{between}-".replace("_", " ").split())[1:-1] or " "
