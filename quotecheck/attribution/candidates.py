"""Every reading of an attribution that the rules, the tagger, or both together would give.

Where a rule and the tagger speak of the same cue or the same words, each one's source, cue and
content is also tried with the other's. Which reading stands is for
`quotecheck.attribution.candidate_selection`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import itemgetter

from quotecheck.attribution.speech_acts import SpeechActs
from quotecheck.attribution.tagger_candidates import tagged_attributions
from quotecheck.attribution.text_view import TextView
from quotecheck.records.quotation import Attribution
from quotecheck.records.span_tags import TaggedDocument
from quotecheck.records.text import Span

__all__ = ["Candidate", "generate_candidates", "overlap_share", "shared"]

_ALIKE = 0.3
"""Contents that share so much (intersection over union) are readings of one attribution."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading, and what each reader says of the same place; None where it says nothing."""

    attribution: Attribution
    rule: Attribution | None
    tagged: Attribution | None
    wide: Attribution | None


def shared(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Code points that stand in both lists of spans."""
    # Asked a hundred times for each reading, nearly always of one span and one span.
    total = 0
    for a in left:
        for b in right:
            first = a.start if a.start > b.start else b.start
            last = a.end if a.end < b.end else b.end
            if last > first:
                total += last - first
    return total


def overlap_share(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Intersection over union of two lists of spans, in code points; 1 where both are empty."""
    both = shared(left, right)
    union = -both
    for spans in (left, right):
        for span in spans:
            union += span.end - span.start
    return both / union if union else 1.0


def generate_candidates(
    view: TextView, rules: Sequence[Attribution], tagged: TaggedDocument
) -> list[Candidate]:
    """Every reading, each once.

    Args:
        view: the text.
        rules: what the rules found, doubtful frames among it.
        tagged: what the tagger sees.
    """
    sure = tagged_attributions(view, tagged)
    wide = tagged_attributions(view, tagged.wide) if tagged.wide else []
    nearest = _Nearest(rules), _Nearest(sure), _Nearest(wide)
    acts = SpeechActs(view, rules)
    candidates: dict[tuple[object, ...], Candidate] = {}
    keys: set[tuple[object, ...]] = set()
    for attribution in (*rules, *sure, *wide):
        rule, tag, open_ = (group.to(attribution) for group in nearest)
        readers = [reader for reader in (rule, tag, open_) if reader is not None]
        for mixed in _mixed(view, attribution, readers, keys):
            fitted = acts.fit(mixed)
            if fitted is None:
                continue
            key = (fitted.content, fitted.cue, fitted.source)
            if key not in candidates:
                candidates[key] = Candidate(fitted, rule, tag, open_)
    return list(candidates.values())


def _mixed(
    view: TextView,
    attribution: Attribution,
    readers: Sequence[Attribution],
    keys: set[tuple[object, ...]],
) -> Iterable[Attribution]:
    """Combine the contents, cues and sources of the readers; leave out what is in ``keys``."""
    contents = {reader.content: reader for reader in readers}
    for reader in readers:
        whole = with_whole_passages(view, reader.content)
        contents.setdefault(whole, reader)
    cues = dict.fromkeys(reader.cue for reader in readers)
    sources = dict.fromkeys(reader.source for reader in readers)
    for (content, owner), cue, source in product(contents.items(), cues, sources):
        key = (content, cue, source, attribution.rule)
        if key in keys:
            continue
        keys.add(key)
        if shared(content, cue) or shared(content, source) or shared(cue, source):
            continue
        yield replace(
            attribution,
            content=content,
            cue=cue,
            source=source,
            kind=view.kind_of(content)
            if owner is not attribution or content != attribution.content
            else attribution.kind,
        )


def with_whole_passages(view: TextView, content: Sequence[Span]) -> tuple[Span, ...]:
    """The content with every passage in quotation marks that it touches taken in whole."""
    result: list[Span] = []
    for span in content:
        for passage in view.passages_around(span):
            span = Span(min(span.start, passage.outer.start), max(span.end, passage.outer.end))
        if result and result[-1].end >= span.start:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


class _Nearest:
    """Finds among attributions the one that speaks of the same place as another."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        bounded = sorted(((_bounds(a), a) for a in attributions), key=itemgetter(0))
        self._all = [attribution for _, attribution in bounded]
        self._lows = [low for (low, _), _ in bounded]
        self._highs = [high for (_, high), _ in bounded]
        self._longest = max((high - low for (low, high), _ in bounded), default=0)

    def to(self, attribution: Attribution) -> Attribution | None:
        """The one with the same cue, else with the most content in common; None if none has."""
        most, best = _ALIKE - 1e-9, None
        for other in self._near(attribution):
            alike = overlap_share(attribution.content, other.content)
            score = alike + (1.0 if shared(attribution.cue, other.cue) else 0.0)
            if score > most:
                most, best = score, other
        return best

    def _near(self, attribution: Attribution) -> Iterable[Attribution]:
        low, high = _bounds(attribution)
        first = bisect_left(self._lows, low - self._longest)
        last = bisect_left(self._lows, high)
        return (self._all[n] for n in range(first, last) if self._highs[n] > low)


def _bounds(attribution: Attribution) -> tuple[int, int]:
    spans = (*attribution.content, *attribution.cue)
    return min(s.start for s in spans), max(s.end for s in spans)
