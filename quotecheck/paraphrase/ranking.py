"""Which of the sentences that lie close says the same, and how likely it does.

Three steps, each with weights of its own. All candidates are ordered by their wording
(`quotecheck.paraphrase.features.WORDING_FEATURES`), a sum. The few that lead are read piece by
piece by the encoder, and trees order them once more. Of the first of them trees tell the
probability that it is the same statement: what contradicts it counts there, and its lead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from quotecheck.paraphrase.features import STATE_FEATURES, WORDING_FEATURES
from quotecheck.weights import verified_table
from quotecheck.weights.boosted_trees import BoostedTrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotecheck.paraphrase.contradictions import Contradiction

__all__ = [
    "CHANCE_FEATURES",
    "KINDS",
    "REACH",
    "READ_FEATURES",
    "Ranking",
    "chance_numbers",
    "from_table",
    "lacks_a_like",
    "ranking",
    "without_gaps",
]

KINDS: Final = (
    "number", "name", "negation", "opposite", "quantifier", "addition", "roles",
)  # fmt: skip
"""The kinds of `quotecheck.paraphrase.contradictions.Contradiction`."""
READ_FEATURES: Final = (*WORDING_FEATURES, *STATE_FEATURES, "first score", "first lead")
"""What a sentence is weighed by that was read piece by piece. ``first lead`` is how far its score
by wording lies above that of the best other one."""
CHANCE_FEATURES: Final = (*READ_FEATURES, "score", "lead", *KINDS, "least clause")
"""What the probability of the first sentence rests on: ``score`` and ``lead`` are by
`READ_FEATURES`, then come how many contradictions of each kind there are, and how much of the
quotation's least found clause was found."""
LEAD: Final = 6.0
"""A lead over the second candidate that counts in full."""
REACH: Final = 5.0
"""How far below the first a candidate may lie by its wording, in log odds, and yet be read piece by
piece: of 126 right ones that were among the first four all lie within it, and 1.8 of four are
read."""


def without_gaps(numbers: Iterable[float]) -> list[float]:
    """Numbers for a sum: what cannot be measured (no name, no number to find) counts as found."""
    return [1.0 if math.isnan(number) else number for number in numbers]


def chance_numbers(
    read: Sequence[float],
    score: float,
    lead: float,
    contradictions: Iterable[Contradiction],
    least_clause: float,
) -> list[float]:
    """The numbers of the first sentence, in the order of `CHANCE_FEATURES`."""
    kinds = [contradiction.kind for contradiction in contradictions]
    counts = (float(kinds.count(kind)) for kind in KINDS)
    return [*read, score, min(LEAD, lead), *counts, least_clause]


_FEW_WORDS: Final = 7  # Content words up to which one that is missing is the statement. By eye.
_LOST: Final = 0.25  # Share of the weight, 0..1, that must be missing. By eye.
_LEAST: Final = {"middle: worst": 0.35, "last: worst": 0.24}
"""What the least found third of a short quotation must come to: one in twenty of the pairs that say
the same lies below, and most of those that share their subject alone do."""


def lacks_a_like(read: Sequence[float]) -> bool:
    """Whether a short quotation has a telling word that is like nothing in the sentence.

    A well is dug, a goat falls into it: of few words the one that differs is the statement.

    Args:
        read: the numbers of the sentence, in the order of `READ_FEATURES`.
    """
    at = READ_FEATURES.index
    if read[at("words")] > _FEW_WORDS or read[at("lost share")] < _LOST:
        return False
    return any(read[at(name)] < least for name, least in _LEAST.items())


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights of the three steps.

    ``read`` is how many sentences are read piece by piece; ``likely_from`` the probability from
    which a sentence is called the same statement, ``shown_from`` that from which it is shown at
    all.
    """

    first: tuple[float, ...]
    second: BoostedTrees
    chance: BoostedTrees
    read: int
    likely_from: float
    shown_from: float

    def by_wording(self, numbers: Sequence[float]) -> float:
        """What orders all candidates, by `WORDING_FEATURES`; the higher the likelier."""
        return sum(w * x for w, x in zip(self.first, without_gaps(numbers), strict=True))

    def by_pieces(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """What orders the candidates that were read, by `READ_FEATURES`."""
        return self.second.log_odds(rows)

    def probability(self, numbers: Sequence[float]) -> float:
        """How likely the first candidate is the statement, 0..1, by `CHANCE_FEATURES`."""
        return self.chance.calibrated(self.chance.log_odds([numbers])[0])


def from_table(table: Mapping[str, Any]) -> Ranking:
    """The weights that a table holds (``paraphrase_ranking.json``)."""
    return Ranking(
        tuple(table["first"][name] for name in WORDING_FEATURES),
        BoostedTrees(table["second"]),
        BoostedTrees(table["probability"]),
        int(table["read"]),
        float(table["told"]),
        float(table["shown"]),
    )


@cache
def ranking() -> Ranking:
    """The weights of this release."""
    return from_table(verified_table("paraphrase_ranking.json"))
