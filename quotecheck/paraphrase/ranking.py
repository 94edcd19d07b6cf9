"""Which of the sentences that lie close says the same: cosine, words, speaker, piece by piece.

The vector of a sentence is one thought at arm's length. What decides between the nearest is how
well each word of the quotation finds its like there (the states of their pieces, rare words before
common ones), how well the words there are accounted for, and who speaks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.comparison.spelling import stem
from quotecheck.comparison.words import source_words
from quotecheck.language.synonyms import are_synonyms
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.weights import verified_table
from quotecheck.weights.boosted_trees import logistic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotecheck.paraphrase.encoder import States

__all__ = ["FEATURES", "LEAD", "Candidate", "Ranking", "Reading", "features", "ranking", "read"]

FEATURES: Final = (
    "cosine", "around", "said", "not said", "length", "words",
    *(
        f"{layer}: {side}{weighed}"
        for layer in ("middle", "last")
        for weighed in ("", ", rare first")
        for side in ("found", "found there")
    ),
)  # fmt: skip
"""What a candidate is weighed by, in the order of the weights. ``found`` is how well the pieces of
the quotation find their like in the sentence, ``found there`` the other way round; with ``rare
first`` a piece counts as much as its word is rare."""

LEAD: Final = 2.0
"""A lead over the second candidate that counts in full."""
_PLAIN: Final = 0.15
"""The weight of a mark or a piece of a function word; a content word has its rareness."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it is compared: its words' stems with their weights, its pieces."""

    stems: dict[str, float]
    forms: tuple[str, ...]
    states: States
    weights: Any
    length: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the library. ``around`` is the cosine of its passage."""

    reading: Reading
    cosine: float
    around: float
    said: bool | None


def read(text: str, states: States, weight: Callable[[str], float]) -> Reading:
    """Read a sentence.

    Args:
        text: the sentence.
        states: of its pieces.
        weight: how much a folded word tells, from 1 to about 10.
    """
    words = source_words(text)
    telling = [form for form in words.forms if form not in FUNCTION_WORDS]
    weights = np.full(len(states.starts), _PLAIN, dtype=np.float32)
    at = 0
    for n, first in enumerate(states.starts):
        while at < len(words) and words.ends[at] <= first:
            at += 1
        if at < len(words) and words.starts[at] <= first and words.forms[at] not in FUNCTION_WORDS:
            weights[n] = weight(words.forms[at])
    return Reading(
        {stem(form): weight(form) for form in telling},
        tuple(dict.fromkeys(telling)),
        states,
        weights,
        len(words),
    )


def features(quote: Reading, candidate: Candidate) -> tuple[float, ...]:
    """The numbers of a candidate, in the order of `FEATURES`; each about 0..1."""
    there = candidate.reading
    found: list[float] = []
    for mine, theirs in (
        (quote.states.middle, there.states.middle),
        (quote.states.last, there.states.last),
    ):
        if not len(mine) or not len(theirs):
            found += [0.0] * 4
            continue
        alike = mine @ theirs.T
        sides = (alike.max(1), alike.max(0))
        found += [float(side.mean()) for side in sides]
        weights = (quote.weights, there.weights)
        found += [float(side @ w / w.sum()) for side, w in zip(sides, weights, strict=True)]
    return (
        candidate.cosine,
        candidate.around,
        float(candidate.said is True),
        float(candidate.said is False),
        min(2.0, abs(math.log((there.length + 1) / (quote.length + 1)))),
        _shared(quote, there),
        *found,
    )


def _shared(quote: Reading, there: Reading) -> float:
    """How much of the weight of the quotation's words stands there, in any form or a synonym."""
    total = sum(quote.stems.values())
    if not total:
        return 0.0
    held = 0.0
    for form in quote.forms:
        weight = quote.stems[stem(form)]
        if stem(form) in there.stems:
            held += weight
        elif any(are_synonyms(form, other) for other in there.forms):
            held += 0.7 * weight
    return min(1.0, held / total)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights of `FEATURES` that order candidates, and those that say how likely the best one is.

    ``told`` is the probability from which a candidate is called the same statement, ``shown`` that
    from which it is shown at all.
    """

    weights: tuple[float, ...]
    likely: tuple[float, ...]
    lead: float
    intercept: float
    told: float
    shown: float

    def score(self, numbers: Sequence[float]) -> float:
        """What orders candidates; the higher the likelier."""
        return sum(w * x for w, x in zip(self.weights, numbers, strict=True))

    def probability(self, numbers: Sequence[float], lead: float) -> float:
        """How likely the best candidate is the statement, 0..1.

        Args:
            numbers: its features.
            lead: of its score over the second one's.
        """
        logit = self.intercept + self.lead * min(LEAD, lead)
        logit += sum(w * x for w, x in zip(self.likely, numbers, strict=True))
        return logistic(logit)


@cache
def ranking() -> Ranking:
    """The weights of this release: ``weights/en/paraphrase_ranking.json``."""
    held = verified_table("paraphrase_ranking.json")
    chance = held["probability"]
    return Ranking(
        tuple(held["weights"][name] for name in FEATURES),
        tuple(chance["weights"][name] for name in FEATURES),
        chance["lead"],
        chance["intercept"],
        chance["told"],
        chance["shown"],
    )
