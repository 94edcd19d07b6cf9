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

from quotecheck.attribution.candidate_features import Witness
from quotecheck.attribution.candidates import Proposal, proposals, shared
from quotecheck.attribution.nonreports import tells_what_is
from quotecheck.attribution.nonspeech_quotes import names_work
from quotecheck.attribution.speech_acts import owns
from quotecheck.attribution.text_view import Page
from quotecheck.records.quotation import Attribution, Evidence
from quotecheck.records.span_set import SpanSet
from quotecheck.records.span_tags import TaggedDocument
from quotecheck.weights import verified_table
from quotecheck.weights.boosted_trees import BoostedTrees, logistic

__all__ = ["Judged", "best_together", "in_order", "judged", "load_forests", "with_evidence"]

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
class Judged:
    """A reading with its chances, each in 0..1.

    ``right`` and ``exact`` are what the trees say of being right as a whole and of being exact;
    ``sure`` is the first, calibrated on the readings that were chosen.
    """

    proposal: Proposal
    right: float
    exact: float
    sure: float = 0.0

    @property
    def rank(self) -> float:
        return self.right + _EXACT * self.exact


@cache
def load_forests() -> tuple[BoostedTrees, BoostedTrees]:
    """Load the trees that tell whether a candidate is right, and whether it is exact."""
    table = verified_table("attributions.json")
    return BoostedTrees(table["right"]), BoostedTrees(table["exact"])


def judged(page: Page, rules: Sequence[Attribution], tagged: TaggedDocument) -> list[Judged]:
    """Every reading of the page with its chances, the best first."""
    witness = Witness(page, tagged)
    right, exact = load_forests()
    found: list[Judged] = []
    readings = [
        proposal
        for proposal in proposals(page, rules, tagged)
        if not any(names_work(page, span) for span in proposal.attribution.content)
        and not _only_points(page, proposal.attribution)
        and not tells_what_is(page.text, proposal.attribution)
    ]
    for first in range(0, len(readings), _AT_ONCE):
        part = readings[first : first + _AT_ONCE]
        evidence = [witness.features(proposal) for proposal in part]
        rows = [[row.get(name, math.nan) for name in right.features] for row in evidence]
        for proposal, odds, other in zip(
            part, right.log_odds(rows), exact.log_odds(rows), strict=True
        ):
            sure = max(right.calibrated(odds), _BESIDE if _stands_beside(page, proposal) else 0.0)
            if sure < _MARKED_SURE and _is_weakly_marked(page, proposal):
                continue
            found.append(Judged(proposal, logistic(odds), logistic(other), sure))
    return in_order(found)


def _stands_beside(page: Page, proposal: Proposal) -> bool:
    """Whether the reading is a sentence in marks and its clause, just as the rules found them."""
    one, rule = proposal.attribution, proposal.rule
    if rule is None or not owns(rule):
        return False
    if (one.content, one.cue, one.source) != (rule.content, rule.cue, rule.source):
        return False
    letter = next((c for c in one.content[0].of(page.text) if c.isalnum()), "")
    return not letter.islower()


def _is_weakly_marked(page: Page, proposal: Proposal) -> bool:
    """Whether a reading has but a few words in marks, and no rule to speak of sees it.

    Such words are more often held at arm's length than said: "for promoting “magic” pills".
    """
    if proposal.rule is not None and proposal.rule.confidence >= _LEAST_RULE:
        return False
    inside = [p for span in proposal.attribution.content for p in page.passages_in(span)]
    return bool(inside) and all(len(p.inner.of(page.text).split()) <= _FEW_WORDS for p in inside)


def _only_points(page: Page, attribution: Attribution) -> bool:
    """Whether all there is of the content is a word that points to what follows: "only"."""
    words = " ".join(span.of(page.text) for span in attribution.content).lower().split()
    return bool(words) and set(words) <= _POINTERS


def in_order(found: Iterable[Judged]) -> list[Judged]:
    """Readings by rank, the best first; equals in text order."""
    return sorted(found, key=_order)


def _order(one: Judged) -> tuple[float, object]:
    attribution = one.proposal.attribution
    return -one.rank, (attribution.content, attribution.cue, attribution.source)


def best_together(
    ranked: Sequence[Judged],
    minimum: float,
    held: SpanSet | None = None,
    sure: Sequence[Attribution] = (),
) -> list[tuple[Judged, Judged | None]]:
    """Readings that stand beside one another, each with the best one that it kept out.

    Args:
        ranked: the best first.
        minimum: the least calibrated chance to be right, in 0..1.
        held: content that is taken already.
        sure: the attributions that took it; their cues and sources are no content of others.
    """
    content, cues = held or SpanSet(), SpanSet(s for a in sure for s in (*a.cue, *a.source))
    free = [one for one in ranked if one.sure >= minimum and not _taken(one, content, cues)]
    near = _Near(ranked)
    kept = in_order(_divided(_one_by_one(free), _Near(free)))
    return [(one, _runner_up(one, near)) for one in kept]


def _taken(one: Judged, content: SpanSet, cues: SpanSet) -> bool:
    attribution = one.proposal.attribution
    mine = (*attribution.content, *attribution.cue)
    return any(content.touches(span) or cues.touches(span) for span in mine)


def _one_by_one(ranked: Sequence[Judged]) -> list[Judged]:
    """The best, then the best of what goes with it, and so on."""
    content, cues = SpanSet(), SpanSet()
    kept: list[Judged] = []
    for one in ranked:
        if _taken(one, content, cues):
            continue
        kept.append(one)
        for span in one.proposal.attribution.content:
            content.add(span)
        for span in one.proposal.attribution.cue:
            cues.add(span)
    return kept


def _divided(kept: Sequence[Judged], free: _Near) -> list[Judged]:
    """The readings kept, but for those in whose place several others are worth more together.

    “A,” said one. “B,” said the other: whoever is given both leaves nothing to the other.
    """
    held: dict[int, list[Judged]] = {}
    for one in kept:
        for stretch in _stretches(one):
            held.setdefault(stretch, []).append(one)
    result: list[Judged] = []
    for one in kept:
        others = {id(o): o for n in _stretches(one) for o in held[n] if o is not one}.values()
        parts: list[Judged] = []
        for rival in free.to(one):
            if rival is one or not _clash(rival, one):
                continue
            if not any(_clash(rival, other) for other in (*others, *parts)):
                parts.append(rival)
        if len(parts) > 1 and sum(part.rank - _COST for part in parts) > one.rank - _COST:
            for stretch in _stretches(one):
                held[stretch] = [o for o in held[stretch] if o is not one]
            for part in parts:
                for stretch in _stretches(part):
                    held.setdefault(stretch, []).append(part)
            result += parts
        else:
            result.append(one)
    return result


def _clash(left: Judged, right: Judged) -> bool:
    """Whether two readings claim the same words."""
    a, b = left.proposal.attribution, right.proposal.attribution
    return bool(shared((*a.content, *a.cue), (*b.content, *b.cue)))


class _Near:
    """Finds readings by the stretches of text in which they lie.

    Args:
        ranked: readings, the best first.
    """

    def __init__(self, ranked: Sequence[Judged]) -> None:
        self._ranked = ranked
        self._at: dict[int, list[int]] = {}
        for place, one in enumerate(ranked):
            for stretch in _stretches(one):
                self._at.setdefault(stretch, []).append(place)

    def to(self, one: Judged) -> Iterator[Judged]:
        """Those in the same stretches, the best first, itself among them."""
        near = {place for stretch in _stretches(one) for place in self._at.get(stretch, ())}
        return (self._ranked[place] for place in sorted(near))


def _runner_up(one: Judged, near: _Near) -> Judged | None:
    """The best reading of the same words with another source."""
    mine = one.proposal.attribution
    for other in near.to(one):
        theirs = other.proposal.attribution
        if theirs.source != mine.source and shared(theirs.content, mine.content):
            return other
    return None


def _stretches(one: Judged) -> set[int]:
    """The numbers of the stretches of `_STRETCH` characters in which content and cue lie."""
    return {
        number
        for span in (*one.proposal.attribution.content, *one.proposal.attribution.cue)
        for number in range(span.start // _STRETCH, span.end // _STRETCH + 1)
    }


def with_evidence(one: Judged, runner_up: Judged | None, text: str) -> Attribution:
    """The attribution with its confidence and what decided for it."""
    proposal = one.proposal
    attribution = proposal.attribution
    readers = [
        name
        for name, reader in (
            ("rule", proposal.rule), ("tagger", proposal.tagged or proposal.wide)
        )
        if reader is not None
    ]  # fmt: skip
    found = [Evidence("reading", one.sure, "probability", " and ".join(readers))]
    if proposal.rule is not None:
        rule = proposal.rule
        same = rule.source == attribution.source
        note = rule.rule if same else f"{rule.rule}: {_words(text, rule)}"
        found.append(Evidence("rule", rule.confidence, "probability", note))
    tagged = proposal.tagged or proposal.wide
    if tagged is not None:
        found.append(Evidence("tagger", tagged.confidence, "probability", _words(text, tagged)))
    if runner_up is not None:
        note = _words(text, runner_up.proposal.attribution)
        found.append(Evidence("runner-up", runner_up.sure, "probability", note))
    name = proposal.rule.rule if proposal.rule is not None else "tagger"
    if name == "quoted:orphan" and attribution.source:
        name = "tagger"  # the rules saw no source, so it is not their answer
    return replace(attribution, rule=name, confidence=round(one.sure, 3), evidence=tuple(found))


def _words(text: str, attribution: Attribution) -> str:
    source = " … ".join(s.of(text) for s in attribution.source)
    return f"source: {source}" if source else "no source"
