"""The numbers that decide when a quotation counts as found, and how sure its place is.

All of them stand in ``weights/en/thresholds.json``, with how they came about; nothing else decides.
``python -m quotecheck.training match-probability`` rebuilds the file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from quotecheck.records.check import Severity, Verdict
from quotecheck.weights import verified_table
from quotecheck.weights.logistic import logistic

__all__ = ["FEATURES", "MatchEvidence", "Thresholds", "thresholds"]

FEATURES = ("share", "square", "run", "words", "short", "several", "others", "theirs", "not theirs")
"""What the probability rests on, in the order of the weights; see `MatchEvidence.features`."""


@dataclass(frozen=True, slots=True)
class MatchEvidence:
    """The evidence that a search found.

    ``share`` of the quotation that was found (0..1), ``matched`` weight of the words found,
    ``longest`` equal run in words, ``words`` of the quotation, ``places`` it is divided between,
    ``others`` that have the same words, and ``claimed_speaker_matches``: whether the claimed
    speaker says it there.
    """

    share: float
    matched: float
    longest: int
    words: int
    places: int
    others: int
    claimed_speaker_matches: bool | None

    def features(self) -> tuple[float, ...]:
        """Numbers about 0..1 each."""
        return (
            self.share,
            self.share * self.share,
            min(self.longest, 12) / 12,
            min(self.words, 40) / 40,
            float(self.words < 5),
            float(self.places > 1),
            math.log1p(self.others) / 5,
            float(self.claimed_speaker_matches is True),
            float(self.claimed_speaker_matches is False),
        )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When words count as found.

    ``share`` is the least share of a quotation, ``evidence`` the least weight of the words found
    plus the longest run: below it ordinary words may have met by chance. Under ``short`` words only
    ``exact`` counts. ``not_theirs`` is the share from which somebody else's words are called
    theirs. ``nearest`` is the share from which a near miss is reported; below ``faint`` what was
    found altered is also looked for by its meaning. ``intercept`` and ``weights`` (by `FEATURES`)
    make the probability that the place is the origin. One of n places with the same words is it
    with probability n ** -``equal_places``; ``verdicts`` are how often each "verdict severity" is
    right at a right place.
    """

    share: float
    evidence: float
    exact: float
    short: int
    not_theirs: float
    nearest: float
    faint: float
    intercept: float
    weights: Sequence[float]
    equal_places: float
    verdicts: Mapping[str, float]

    def is_found(self, evidence: MatchEvidence) -> bool:
        """Whether a search has found the quotation."""
        if not evidence.places:
            return False
        if evidence.share > self.exact and evidence.places == 1:
            return True
        if evidence.words < self.short:
            return False
        if evidence.claimed_speaker_matches is False:
            return evidence.share >= self.not_theirs
        return evidence.share >= self.share and evidence.matched + evidence.longest >= self.evidence

    def probability(self, evidence: MatchEvidence) -> float:
        """How likely the place is the origin, 0..1."""
        if not evidence.places:
            return 0.0
        pairs = zip(self.weights, evidence.features(), strict=True)
        logit = self.intercept + sum(weight * value for weight, value in pairs)
        return logistic(logit)

    def answer_probability(
        self, evidence: MatchEvidence, *, rivals: int, verdict: Verdict, severity: Severity
    ) -> float:
        """How likely place and verdict are both right, 0..1.

        Args:
            evidence: the evidence that the search found.
            rivals: further places that nothing tells from this one.
            verdict: the verdict decided on.
            severity: its severity.
        """
        right = self.verdicts.get(f"{verdict} {severity}", self.verdicts[""])
        return self.probability(evidence) * float((rivals + 1) ** -self.equal_places) * right


@cache
def thresholds() -> Thresholds:
    """The thresholds of this release."""
    table: Mapping[str, Any] = verified_table("thresholds.json")
    limits, score = table["found"], table["probability"]
    return Thresholds(
        share=limits["share"],
        evidence=limits["evidence"],
        exact=limits["exact"],
        short=int(limits["short"]),
        not_theirs=limits["not_theirs"],
        nearest=limits["nearest"],
        faint=limits["faint"],
        intercept=score["intercept"],
        weights=tuple(score[name] for name in FEATURES),
        equal_places=table["equal_places"],
        verdicts=table["verdicts"],
    )
