"""Which phrases of a quotation to ask an index for: rare ones that are quick to find.

A phrase is found by reading the lists of passages of its words side by side. A list is read whole
or, where another word of the phrase is far rarer, by leaps from one place of that word to the next.
The lists of function words are the long ones: phrases of content words alone pass over them
("fear … challenge"), so that what a query costs hardly grows with the library.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from quotecheck.language.word_classes import FUNCTION_WORDS

__all__ = ["Gram", "extended", "grams", "pairs", "phrase", "single"]

_LEAP: Final = 2_000
"""What a leap in a list costs, in entries read one after another (ten nanoseconds each)."""
_FEW: Final = math.log(12)
"""Of phrases that so few passages have (the log), the quickest is the best."""
_SLOW: Final = 60_000
"""Entries that weigh as much as e times as many passages."""
_APART: Final = 4
"""Words that may stand between two words of a phrase."""
_FURTHER: Final = _APART + 2
"""The same where a telling word is passed over."""
_PASSED_OVER: Final = 1.0
"""What a phrase loses that passes over a telling word: it is for where that one was changed."""
_SLACK: Final = 6
"""Words that the passage may have between them beyond those of the quotation: left out there."""
_SIDE_BY_SIDE: Final = ((0, 1), (0, 1, 2))
_WITH_A_GAP: Final = ((0, 2), (0, 1, 3), (0, 2, 3))
_PAIRED: Final = 6  # Ways to divide a phrase in two that are tried, the quickest first. By eye.
_COMBINED: Final = 10
"""Phrases that are combined with later ones. By eye; pairs grow with its square."""
_FAR: Final = 8
"""Words between two phrases from which on more do not matter."""
_PAIR_WORK: Final = 1_000_000
"""Entries that are read for a pair of phrases at most."""


class Gram(NamedTuple):
    """A phrase to ask for.

    ``common`` is the log of about how many passages have it, ``work`` how many entries of lists are
    read to find them, ``places`` are the indices of its words in the quotation's ``terms``.
    """

    common: float
    work: float
    places: tuple[int, ...]
    terms: Sequence[str]

    @property
    def query(self) -> str:
        """What to ask the index; most phrases never are."""
        return _query(self.terms, self.places)

    @property
    def rank(self) -> float:
        """The lower the better."""
        return max(self.common, _FEW) + self.work / _SLOW


def phrase(terms: Iterable[str]) -> str:
    """A phrase query: terms are letters and digits, the quotes keep AND, OR, NEAR harmless."""
    return '"' + " ".join(terms) + '"'


def _query(terms: Sequence[str], places: Sequence[int]) -> str:
    """Words in a row as a phrase, words with others between them as near one another."""
    runs: list[list[str]] = []
    for n, place in enumerate(places):
        if n and place == places[n - 1] + 1:
            runs[-1].append(terms[place])
        else:
            runs.append([terms[place]])
    if len(runs) == 1:
        return phrase(runs[0])
    return (
        f"NEAR({' '.join(map(phrase, runs))}, {places[-1] - places[0] - len(places) + 1 + _SLACK})"
    )


class _Lists:
    """How long the lists of a quotation's words are."""

    def __init__(self, terms: Sequence[str], frequency: Callable[[str], int], total: float) -> None:
        self.terms = terms
        self.counts = [frequency(term) for term in terms]
        self.logs = [math.log(count + 1) for count in self.counts]
        self.total = total

    def gram(self, places: Sequence[int]) -> Gram:
        # Neighbours depend on one another: two words in a row are likelier than chance, and a third
        # one adds little.
        common, work, leaps = 0.0, 0, _LEAP * min([self.counts[k] for k in places])
        for k in places:
            common += self.logs[k]
            work += min(self.counts[k], leaps)
        common -= 0.8 * self.total * (len(places) - 1)
        return Gram(common, float(work), tuple(places), self.terms)


def grams(terms: Sequence[str], frequency: Callable[[str], int], total: float) -> list[Gram]:
    """The phrases of a quotation, the best to ask for first.

    Args:
        terms: the quotation's words.
        frequency: in how many passages a word stands, about.
        total: the log of the number of passages.
    """
    lists = _Lists(terms, frequency, total)
    telling = [term not in FUNCTION_WORDS for term in terms]
    present = [count > 0 for count in lists.counts]
    close = {
        tuple(range(i, i + size))
        for size in (2, 3)
        for i in range(len(terms) - size + 1)
        if all(present[i : i + size]) and (size > 2 or telling[i] or telling[i + 1])
    }
    content = [k for k, tells in enumerate(telling) if tells and present[k]]
    close |= _near(content, _SIDE_BY_SIDE, _APART)
    ranked = [(gram.rank, gram.places, gram) for gram in map(lists.gram, close)]
    over = map(lists.gram, _near(content, _WITH_A_GAP, _FURTHER) - close)
    ranked += [(gram.rank + _PASSED_OVER, gram.places, gram) for gram in over]
    return [gram for _, _, gram in sorted(ranked)]


def _near(
    content: Sequence[int], shapes: Iterable[tuple[int, ...]], apart: int
) -> set[tuple[int, ...]]:
    """Telling words in the order of ``shapes`` with at most so many words between neighbours."""
    combinations = set()
    for shape in shapes:
        for i in range(len(content) - shape[-1]):
            some = tuple(content[i + k] for k in shape)
            if all(b - a <= apart + 1 for a, b in itertools.pairwise(some)):
                combinations.add(some)
    return combinations


def single(terms: Sequence[str], at: int, frequency: Callable[[str], int], total: float) -> Gram:
    """One word of a quotation as a phrase."""
    alone = _Lists(terms[at : at + 1], frequency, total).gram((0,))
    return alone._replace(places=(at,), terms=terms)


def pairs(ranked: Sequence[Gram], terms: Sequence[str]) -> Iterator[str]:
    """Queries for two of some phrases at once, those far from one another first.

    Phrases side by side are mostly found together, in all the places that have a stretch of the
    quotation; two from its two ends are found together in hardly any place but its own.

    Args:
        ranked: phrases that many passages have, the rarest first.
        terms: the quotation's words.
    """
    ways = [
        (-min(_FAR, abs(a.places[0] - b.places[0])), later + sooner, a.query, b.query)
        for later, b in enumerate(ranked[:_COMBINED])
        for sooner, a in enumerate(ranked[:later])
        if a.work + b.work < _PAIR_WORK
        and not {terms[k] for k in a.places} & {terms[k] for k in b.places}
    ]
    for _, _, first, second in sorted(ways)[:_PAIRED]:
        yield f"{first} AND {second}"


def extended(
    gram: Gram, terms: Sequence[str], frequency: Callable[[str], int], total: float
) -> Iterator[Gram]:
    """A phrase that too many passages have, with one more telling word after or before it."""
    lists = _Lists(terms, frequency, total)
    first, last = gram.places[0], gram.places[-1]
    after = range(last + 1, min(len(terms), last + _APART + 2))
    before = range(first - 1, max(-1, first - _APART - 2), -1)
    for side, at_end in ((after, True), (before, False)):
        for k in side:
            if lists.counts[k] and terms[k] not in FUNCTION_WORDS:
                yield lists.gram((*gram.places, k) if at_end else (k, *gram.places))
                break
