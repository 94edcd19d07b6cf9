"""Examples of the same statement in other words, and of another: quotations with candidates."""

from __future__ import annotations

import math
import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.checking.match_finder import MatchFinder
from quotecheck.checking.paraphrase_search import SemanticIndex
from quotecheck.comparison.wording import strip_marks
from quotecheck.comparison.words import quotation_words
from quotecheck.evaluation.metrics.misquotes import is_retrieved
from quotecheck.paraphrase.features import WORDING_FEATURES, least_clause

if TYPE_CHECKING:
    from quotecheck.checking.paraphrase_search import Candidates
    from quotecheck.library.library import Library

__all__ = ["FOLDS", "MOST", "Example", "drawn", "gather"]

FOLDS: Final = 5  # Parts of cross-validation, by group of quotations.
_FEWEST: Final = 4
"""Words of a quotation that has a meaning of its own to look for."""
MOST: Final = {
    "twin_sentence": 450, "twin_fragment": 900, "machine_translation": 250, "bible_sentence": 120,
    "bible_fragment": 200, "neighbour": 400, "twin_negated": 350, "twin_number": 200,
    "twin_name": 250, "twin_swapped": 44, "stranger": 150,
}  # fmt: skip
"""Cases of a kind that are taken, by lot: the kinds are as unequal as they were easy to make."""
_WITHOUT_SECOND: Final = 4
"""Of so many cases one is weighed as in a library that the multilingual encoder never read."""
_OF_SECOND: Final = [n for n, name in enumerate(WORDING_FEATURES) if "multilingual" in name]


@dataclass
class Example:
    """A case with its candidates.

    ``group`` is its document, all of whose cases are in one fold. ``right`` says which candidates
    say the same, ``near`` which the case was made from, though it says something else. ``pieces``
    gives the numbers of a candidate that is read piece by piece, ``clashes`` what contradicts it,
    ``least`` how much of the quotation's least found clause was found.
    """

    id: str
    kind: str
    group: str
    rows: Any
    right: Any
    near: Any
    pieces: Callable[[int], list[float]]
    clashes: Callable[[int], Sequence[Any]]
    least: Callable[[int], float]
    claimed_speaker_matches: Sequence[bool | None] = ()
    first: Any = None
    led: list[int] = field(default_factory=list)
    read: Any = None

    @property
    def wanted(self) -> Any:
        """The candidates that should come first."""
        return self.right if self.right.any() else self.near

    @property
    def fold(self) -> int:
        """Its fold."""
        return zlib.crc32(self.group.encode()) % FOLDS


def drawn(cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cases of each kind by lot, no more than `MOST` says, the same ones each time."""
    by: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases:
        if len(case["quote"].split()) >= _FEWEST:
            by[case["kind"]].append(case)
    lot = random.Random(17)
    return [
        case
        for kind in sorted(by)
        for case in lot.sample(by[kind], min(MOST.get(kind, 200), len(by[kind])))
    ]


def gather(cases: Iterable[dict[str, Any]], library: Library) -> list[Example]:
    """The cases with their candidates in a library that has vectors.

    Args:
        cases: as `quotecheck.evaluation.metrics.misquotes` has them.
        library: stays open while the examples are used: passages are read when they are asked for.
    """
    index, finder = SemanticIndex(library, None), MatchFinder(library.db.conn)
    examples: list[Example] = []
    for case in cases:
        quote, speaker = strip_marks(case["quote"]), case.get("claimed_speaker")
        places = finder.find(quote, quotation_words(quote), speaker).matches
        right_places = [(place.origin.row, place.start, place.end) for place in places]
        examples.append(_example(case, index.candidates(quote, speaker, right_places), index))
    return examples


def _example(case: dict[str, Any], candidates: Candidates, index: SemanticIndex) -> Example:
    near = case.get("near")
    origin = {"doc": near[0], "start": near[1], "end": near[2]} if near else None
    answers = [
        {"doc": index.key(hit.sentence.document), "start": hit.sentence.start,
         "end": hit.sentence.end}
        for hit in candidates.hits
    ]  # fmt: skip
    if zlib.crc32(case["id"].encode()) % _WITHOUT_SECOND == 0:
        for hit in candidates.hits:
            for n in _OF_SECOND:
                hit.numbers[n] = math.nan
    return Example(
        case["id"],
        case["kind"],
        case.get("doc") or (near[0] if near else case["id"]),
        [hit.numbers for hit in candidates.hits],
        np.array([case["doc"] is not None and is_retrieved(case, a) for a in answers], bool),
        np.array([origin is not None and is_retrieved(origin, a) for a in answers], bool),
        cache(lambda n: _pieces(candidates, n)),
        lambda n: candidates.clashes(candidates.hits[n]),
        lambda n: least_clause(candidates.quote, candidates.hits[n].laid),
        [hit.sentence.claimed_speaker_matches for hit in candidates.hits],
    )


def _pieces(candidates: Candidates, n: int) -> list[float]:
    """The numbers of a candidate that is read, which then knows its words in context."""
    hit = candidates.hits[n]
    ((numbers, words),) = candidates.pieces([hit])
    candidates.hits[n] = hit._replace(words=words)
    return numbers
