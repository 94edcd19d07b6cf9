"""Chooses among readings: boosted trees over the evidence, then the best that go together.

Two forests (`weights/en/attributions.json`, fitted by ``python -m quotecheck.training
attributions`` on documents that the tagger never saw): how likely a reading is right as a whole
(its content for the better half, its source), and how likely all its spans are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat

from quotecheck.attribution.candidate_features import FeatureExtractor
from quotecheck.attribution.candidates import Candidate, generate_candidates, shared
from quotecheck.attribution.nonreports import tells_what_is
from quotecheck.attribution.nonspeech_quotes import names_work
from quotecheck.attribution.speech_acts import owns
from quotecheck.attribution.text_view import TextView
from quotecheck.records.quotation import Attribution, Evidence
from quotecheck.records.span_set import SpanSet
from quotecheck.records.span_tags import TaggedDocument
from quotecheck.weights import verified_table
from quotecheck.weights.boosted_trees import BoostedTrees
from quotecheck.weights.logistic import logistic

__all__ = [
    "ScoredCandidate",
    "by_rank",
    "load_forests",
    "score_candidates",
    "select_compatible",
    "with_evidence",
]

_EXACT = 0.6
"""What exact spans count for beside a right reading, when two readings compete."""

_COST = 0.2
"""What a reading must be worth to be one more."""
_BESIDE = 0.5
"""How sure at least is a whole passage with a reporting clause in its own sentence."""
_MARKED_SURE = 0.5
_LEAST_RULE = 0.4
_FEW_WORDS = 3
"""Words in marks that may be scare quotes: a reading of them is surer than ``_MARKED_SURE``, or
found by a rule at ``_LEAST_RULE`` at least."""
_STRETCH = 500
"""Characters; readings of the same words are looked for in stretches of so many."""

_POINTERS = frozenset({"also", "even", "just", "merely", "only", "simply"})
_AT_ONCE = 512
"""Readings weighed together."""


@dataclass(frozen=True, slots=True)
class ScoredCandidate:
    """A candidate with its probabilities, each in 0..1.

    ``correct`` and ``exact`` are what the trees give for being correct as a whole and for exact
    spans; ``calibrated`` is the first, calibrated on the candidates that were selected.
    """

    candidate: Candidate
    correct: float
    exact: float
    calibrated: float = 0.0

    @property
    def rank(self) -> float:
        return self.correct + _EXACT * self.exact


@cache
def load_forests() -> tuple[BoostedTrees, BoostedTrees]:
    """Load the trees that tell whether a candidate is right, and whether it is exact."""
    table = verified_table("attributions.json")
    return BoostedTrees(table["right"]), BoostedTrees(table["exact"])


def score_candidates(
    view: TextView, rules: Sequence[Attribution], tagged: TaggedDocument
) -> list[ScoredCandidate]:
    """Score every candidate of the text, the best first."""
    extractor = FeatureExtractor(view, tagged)
    right, exact = load_forests()
    scored_candidates: list[ScoredCandidate] = []
    readings = [
        candidate
        for candidate in generate_candidates(view, rules, tagged)
        if not any(names_work(view, span) for span in candidate.attribution.content)
        and not _only_points(view, candidate.attribution)
        and not tells_what_is(view.text, candidate.attribution)
    ]
    for first in range(0, len(readings), _AT_ONCE):
        part = readings[first : first + _AT_ONCE]
        evidence = [extractor.features(candidate) for candidate in part]
        rows = [list(map(row.get, right.features, repeat(math.nan))) for row in evidence]
        for candidate, odds, other in zip(
            part, right.log_odds(rows), exact.log_odds(rows), strict=True
        ):
            sure = max(right.calibrated(odds), _BESIDE if _stands_beside(view, candidate) else 0.0)
            if sure < _MARKED_SURE and _is_weakly_marked(view, candidate):
                continue
            scored_candidates.append(
                ScoredCandidate(candidate, logistic(odds), logistic(other), sure)
            )
    return by_rank(scored_candidates)


def _stands_beside(view: TextView, candidate: Candidate) -> bool:
    """Whether the reading is a sentence in marks and its clause, just as the rules found them."""
    attribution, rule = candidate.attribution, candidate.rule
    if rule is None or not owns(rule):
        return False
    if (attribution.content, attribution.cue, attribution.source) != (
        rule.content,
        rule.cue,
        rule.source,
    ):
        return False
    letter = next((c for c in attribution.content[0].of(view.text) if c.isalnum()), "")
    return not letter.islower()


def _is_weakly_marked(view: TextView, candidate: Candidate) -> bool:
    """Whether a reading has but a few words in marks, and no rule to speak of sees it.

    Such words are more often held at arm's length than said: "for promoting “magic” pills".
    """
    if candidate.rule is not None and candidate.rule.confidence >= _LEAST_RULE:
        return False
    inside = [p for span in candidate.attribution.content for p in view.passages_in(span)]
    return bool(inside) and all(len(p.inner.of(view.text).split()) <= _FEW_WORDS for p in inside)


def _only_points(view: TextView, attribution: Attribution) -> bool:
    """Whether all there is of the content is a word that points to what follows: "only"."""
    words = " ".join(span.of(view.text) for span in attribution.content).lower().split()
    return bool(words) and set(words) <= _POINTERS


def by_rank(candidates: Iterable[ScoredCandidate]) -> list[ScoredCandidate]:
    """Readings by rank, the best first; equals in text order."""
    return sorted(candidates, key=_order)


def _order(scored: ScoredCandidate) -> tuple[float, object]:
    attribution = scored.candidate.attribution
    return -scored.rank, (attribution.content, attribution.cue, attribution.source)


def select_compatible(
    ranked: Sequence[ScoredCandidate],
    minimum: float,
    covered: SpanSet | None = None,
    sure: Sequence[Attribution] = (),
) -> list[tuple[ScoredCandidate, ScoredCandidate | None]]:
    """Select candidates that do not overlap, each with the best candidate that it excluded.

    Args:
        ranked: the best first.
        minimum: the least calibrated chance to be right, in 0..1.
        covered: content that is taken already.
        sure: the attributions that took it; their cues and sources are not content of others.
    """
    content, cues = covered or SpanSet(), SpanSet(s for a in sure for s in (*a.cue, *a.source))
    free = [
        scored
        for scored in ranked
        if scored.calibrated >= minimum and not _is_covered(scored, content, cues)
    ]
    near = _Near(ranked)
    selected = by_rank(_divided(_one_by_one(free), _Near(free)))
    return [(scored, _runner_up(scored, near)) for scored in selected]


def _is_covered(scored: ScoredCandidate, content: SpanSet, cues: SpanSet) -> bool:
    attribution = scored.candidate.attribution
    claimed = (*attribution.content, *attribution.cue)
    return any(content.touches(span) or cues.touches(span) for span in claimed)


def _one_by_one(ranked: Sequence[ScoredCandidate]) -> list[ScoredCandidate]:
    """The best, then the best of what goes with it, and so on."""
    content, cues = SpanSet(), SpanSet()
    selected: list[ScoredCandidate] = []
    for scored in ranked:
        if _is_covered(scored, content, cues):
            continue
        selected.append(scored)
        for span in scored.candidate.attribution.content:
            content.add(span)
        for span in scored.candidate.attribution.cue:
            cues.add(span)
    return selected


def _divided(selected: Sequence[ScoredCandidate], free: _Near) -> list[ScoredCandidate]:
    """The candidates kept, except those outweighed by several others in their place.

    “A,” said one. “B,” said the other: whoever is given both leaves nothing to the other.
    """
    candidates_at: dict[int, list[ScoredCandidate]] = {}
    for scored in selected:
        for stretch in _stretches(scored):
            candidates_at.setdefault(stretch, []).append(scored)
    result: list[ScoredCandidate] = []
    for scored in selected:
        others = {
            id(o): o for n in _stretches(scored) for o in candidates_at[n] if o is not scored
        }.values()
        parts: list[ScoredCandidate] = []
        for rival in free.to(scored):
            if rival is scored or not _clash(rival, scored):
                continue
            if not any(_clash(rival, other) for other in (*others, *parts)):
                parts.append(rival)
        if len(parts) > 1 and sum(part.rank - _COST for part in parts) > scored.rank - _COST:
            for stretch in _stretches(scored):
                candidates_at[stretch] = [o for o in candidates_at[stretch] if o is not scored]
            for part in parts:
                for stretch in _stretches(part):
                    candidates_at.setdefault(stretch, []).append(part)
            result += parts
        else:
            result.append(scored)
    return result


def _clash(left: ScoredCandidate, right: ScoredCandidate) -> bool:
    """Whether two readings claim the same words."""
    a, b = left.candidate.attribution, right.candidate.attribution
    return bool(shared((*a.content, *a.cue), (*b.content, *b.cue)))


class _Near:
    """Finds readings by the stretches of text in which they lie.

    Args:
        ranked: readings, the best first.
    """

    def __init__(self, ranked: Sequence[ScoredCandidate]) -> None:
        self._ranked = ranked
        self._at: dict[int, list[int]] = {}
        for place, scored in enumerate(ranked):
            for stretch in _stretches(scored):
                self._at.setdefault(stretch, []).append(place)

    def to(self, scored: ScoredCandidate) -> Iterator[ScoredCandidate]:
        """Those in the same stretches, the best first, itself among them."""
        near = {place for stretch in _stretches(scored) for place in self._at.get(stretch, ())}
        return (self._ranked[place] for place in sorted(near))


def _runner_up(scored: ScoredCandidate, near: _Near) -> ScoredCandidate | None:
    """The best reading of the same words with another source."""
    winner = scored.candidate.attribution
    for other in near.to(scored):
        rival = other.candidate.attribution
        if rival.source != winner.source and shared(rival.content, winner.content):
            return other
    return None


def _stretches(scored: ScoredCandidate) -> set[int]:
    """The numbers of the stretches of `_STRETCH` characters in which content and cue lie."""
    return {
        number
        for span in (*scored.candidate.attribution.content, *scored.candidate.attribution.cue)
        for number in range(span.start // _STRETCH, span.end // _STRETCH + 1)
    }


def with_evidence(
    scored: ScoredCandidate, runner_up: ScoredCandidate | None, text: str
) -> Attribution:
    """The attribution with its confidence and what decided for it."""
    candidate = scored.candidate
    attribution = candidate.attribution
    readers = [
        name
        for name, reader in (
            ("rule", candidate.rule), ("tagger", candidate.tagged or candidate.wide)
        )
        if reader is not None
    ]  # fmt: skip
    evidence = [Evidence("reading", scored.calibrated, "probability", " and ".join(readers))]
    if candidate.rule is not None:
        rule = candidate.rule
        same = rule.source == attribution.source
        note = rule.rule if same else f"{rule.rule}: {_words(text, rule)}"
        evidence.append(Evidence("rule", rule.confidence, "probability", note))
    tagged = candidate.tagged or candidate.wide
    if tagged is not None:
        evidence.append(Evidence("tagger", tagged.confidence, "probability", _words(text, tagged)))
    if runner_up is not None:
        note = _words(text, runner_up.candidate.attribution)
        evidence.append(Evidence("runner-up", runner_up.calibrated, "probability", note))
    name = candidate.rule.rule if candidate.rule is not None else "tagger"
    if name == "quoted:orphan" and attribution.source:
        name = "tagger"  # the rules saw no source, so it is not their answer
    return replace(
        attribution, rule=name, confidence=round(scored.calibrated, 3), evidence=tuple(evidence)
    )


def _words(text: str, attribution: Attribution) -> str:
    source = " … ".join(s.of(text) for s in attribution.source)
    return f"source: {source}" if source else "no source"
