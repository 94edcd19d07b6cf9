"""What is compared: the sentences of a passage, and the clauses of long ones.

A paraphrase gives one thought back; a passage holds several, and its vector is not one of them.
Nor is a long sentence's that of the clause which somebody quotes of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from quotecheck.comparison.words import source_words
from quotecheck.language.word_classes import COORDINATORS, RELATIVES, SUBORDINATORS
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex

if TYPE_CHECKING:
    from quotecheck.comparison.words import Words

__all__ = ["Unit", "bound_to_units", "sentences", "sentences_with_clauses", "unit_text"]

_FEWEST: Final = 4
"""Words of a sentence that stands by itself; shorter ones go with their neighbour."""
_MOST: Final = 90
"""Words of a unit: about as many as the encoder reads."""
_LONG: Final = 14
"""Words of a sentence whose clauses are units too, and the fewest of such a clause: with these and
the marks and words below the right sentence is first of 8,500 in .86 of the quotations in other
words (sentences alone: .73), for a third more units to a sentence."""
_CLAUSE: Final = 6  # Words of a clause at least (see above).
_CLAUSE_OPENERS: Final = COORDINATORS | RELATIVES | SUBORDINATORS
_CLAUSE_MARK = re.compile(r"[,;:—–]|\s-\s")
_RULES: Final = "sentences and clauses 2"
"""Changes with what is a unit and how its vector is made, so that older ones are made again."""
_ENDS = re.compile(r"[.!?…]")
_TITLE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Gen|Rep|St|Jr|Sr|No|vs|Messrs|Hon|Rev|Lt|Col|Capt)|\b[A-Z]|\.[A-Za-z])\Z"
)


class Unit(NamedTuple):
    """A sentence or a clause: a stretch of raw text in the document's offsets, and its words.

    ``inside`` tells of a clause where its words stand in the ``text`` of its sentence; of a
    sentence it is None.
    """

    start: int
    end: int
    text: str
    inside: Span | None = None


def sentences(text: str, offset: int = 0) -> list[Unit]:
    """The sentences of a passage, in order of text.

    Labels, stage directions and verse numbers are left out of the words.

    Args:
        text: the passage's raw text.
        offset: where it begins in its document.

    >>> [u.text for u in sentences("CLINTON: Well, it is late. We must go home before the rain.")]
    ['Well, it is late.', 'We must go home before the rain.']
    """
    words = source_words(text, offset=offset)
    if not words.forms:
        return []
    return [_unit(text, offset, words, a, b) for a, b in _sentences(text, offset, words)]


def sentences_with_clauses(text: str, offset: int = 0) -> list[Unit]:
    """The sentences of a passage, each followed by its clauses if it is long.

    Args:
        text: the passage's raw text.
        offset: where it begins in its document.

    >>> said = "We closed the mine in the spring because the price of coal had fallen for years."
    >>> [u.text for u in sentences_with_clauses(said)][1:]
    ['We closed the mine in the spring', 'because the price of coal had fallen for years.']
    """
    words = source_words(text, offset=offset)
    if not words.forms:
        return []
    units: list[Unit] = []
    for first, last in _sentences(text, offset, words):
        sentence = _unit(text, offset, words, first, last)
        units.append(sentence)
        end = 0
        for a, b in _clauses(text, offset, words, first, last):
            clause = _unit(text, offset, words, a, b)
            # A sentence's text is that of its clauses and what stands between them, in order.
            clause_words = clause.text.rstrip(".!?…")
            begin = sentence.text.index(clause_words, end)
            end = begin + len(clause_words)
            units.append(clause._replace(inside=Span(begin, end)))
    return units


def bound_to_units(encoder_sha256: str) -> str:
    """The sha256 of an encoder and of the rules by which vectors of units are made."""
    return sha256_hex(f"{encoder_sha256} {_RULES}".encode())


def _clauses(text: str, offset: int, words: Words, first: int, last: int) -> list[tuple[int, int]]:
    """The clauses of a sentence as half-open ranges of words; none where it is short or one."""
    if last - first < _LONG:
        return []
    cuts = [first]
    for n in range(first + 1, last):
        if n - cuts[-1] < _CLAUSE:
            continue
        between = text[words.ends[n - 1] - offset : words.starts[n] - offset]
        if words.forms[n] in _CLAUSE_OPENERS or _CLAUSE_MARK.search(between):
            cuts.append(n)
    if last - cuts[-1] < _CLAUSE:
        cuts.pop()
    if len(cuts) < 2:
        return []
    return list(zip(cuts, [*cuts[1:], last], strict=True))


def unit_text(text: str, start: int, end: int) -> str:
    """What is encoded of the unit that stands at a place of a passage, as `sentences` gives it.

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
    words_encoded = _unit(text[start:end], 0, words, 0, len(words)).text
    return words_encoded + (tail.group() if tail else "")


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
