"""Which passages in quotation marks are one act of speech, and which reporting clause owns them.

Decided on the layout, before any span is cut or joined: a passage that a reporting clause
introduces or follows in its own sentence is that clause's; a passage that is left open goes on in
the next paragraph; two closed passages with nothing between them have two speakers; a closed
passage does not belong to whoever speaks in the next paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from quotecheck.attribution.other_speakers import (
    asked_by_another,
    calls_source,
    parted_by_another,
)
from quotecheck.attribution.text_view import TextView
from quotecheck.language.reporting_verbs import cue_class, introduces_speech
from quotecheck.records.quotation import Attribution
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import QuotedPassage, Span

__all__ = ["SpeechActs", "owns", "spoken_beside", "stand_adjacent"]

_OWNING = frozenset(
    f"quoted:{name}" for name in ("inverted", "subject-cue", "lead", "lead-verb", "interrupted")
)
_SURE = 0.9
"""The confidence of a rule from which its reporting clause owns the passages beside it."""
_STOPS = frozenset(".?!…")
_LEFT_CHARS = 2_000
"""Code points after words in marks in which the writer is looked for. Bounds the time."""
_CALLS = re.compile(r",\s(?:sir|madam|ma[’']am|miss|(?:\w{2,7}\.?\s)?[A-Z][\w’'-]+)\s?\?\Z")
_LOOSE = " \t\r\n,;:.—–-"


def stand_adjacent(text: str, left: QuotedPassage, right: QuotedPassage) -> bool:
    """Whether two closed passages follow one another with nothing but a space between them."""
    between = text[left.outer.end : right.outer.start]
    return left.closed and not right.continues and bool(between) and not between.strip()


def owns(attribution: Attribution) -> bool:
    """Whether this is, as the rules found it, a passage with a reporting clause beside it."""
    sure = attribution.rule in _OWNING and attribution.confidence >= _SURE
    return sure and bool(attribution.source and attribution.cue)


def spoken_beside(
    view: TextView, rules: Sequence[Attribution], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """Of a dialogue: the passages with a reporting clause beside them that nothing else takes.

    What was learned from news takes “Not I,” said Ann Lee for a title; where people talk to one
    another such words are said. A speech that goes on in the next paragraph is taken in whole.
    """
    covered = SpanSet(
        span for attribution in attributions for span in (*attribution.content, *attribution.cue)
    )
    acts = SpeechActs(view, rules)
    spoken = []
    for rule in rules:
        if owns(rule) and not any(covered.touches(span) for span in (*rule.content, *rule.cue)):
            whole = acts.fit(rule) or rule
            free = not any(covered.touches(span) for span in whole.content)
            spoken.append(whole if free else rule)
    return spoken


class SpeechActs:
    """The acts of speech of a text.

    Args:
        view: the text.
        rules: what the ordered rules found; the surest of them own the passages they hold.
    """

    def __init__(self, view: TextView, rules: Sequence[Attribution]) -> None:
        self._view = view
        self._owner: dict[int, Span] = {}
        self._passages_of: dict[int, list[QuotedPassage]] = {}
        self._cues = SpanSet()
        self._source_of: dict[int, Sequence[Span]] = {}
        self._sources = SpanSet()
        self._chain: dict[int, list[QuotedPassage]] = {}
        self._beside: dict[int, set[int]] = {}
        self._find_chains()
        for rule in rules:
            if owns(rule):
                self._assign_passages(rule)
                self._source_of[rule.cue[0].start] = rule.source
                for span in rule.source:
                    self._sources.add(span)
        self._divide_chains()
        for passage in view.passages:
            owner = self._owner.get(passage.outer.start)
            if owner is not None:
                self._passages_of.setdefault(owner.start, []).append(passage)
                self._cues.add(owner)

    def fit(self, attribution: Attribution) -> Attribution | None:
        """The attribution without passages that are another's, and with all of an open speech.

        None when nothing of its content is left.
        """
        if not attribution.cue:
            # Who has a reporting clause of his own says what that clause introduces.
            is_taken = any(self._sources.touches(span) for span in attribution.source)
            return None if is_taken else self._of_one_turn(self._of_one_place(attribution))
        if self._has_another_source(attribution):
            return None
        if attribution.rule == "turn" or attribution.cue[0].of(self._view.text) == ":":
            attribution = self._without_reported(attribution)
        if self._takes_a_clause_for_words(attribution):
            return None
        passages = self._whole_passages(attribution)
        if not passages:
            return attribution
        cue = attribution.cue
        in_reach = [
            p
            for span in cue
            for owner in self._cues.overlapping(span)
            for p in self._passages_of.get(owner.start, ())
        ]
        here = self._view.paragraph_at(cue[0].start)
        beside_cue = in_reach or [
            p for p in passages if self._view.paragraph_at(p.outer.start) == here
        ]
        foreign = [
            p
            for p in passages
            if self._is_foreign(p, cue, in_reach)
            or self._is_before(p, beside_cue)
            or (p not in in_reach and calls_source(self._view.text, p, attribution.source))
        ]
        parted = parted_by_another(self._view, passages, attribution.source)
        together = list({p.outer.start: p for p in (*passages, *in_reach)}.values())
        questions = asked_by_another(self._view, together, attribution.source, self._source_beside)
        foreign += [p for p in (*parted, *questions) if p in passages and p not in foreign]
        if self._view.is_dialogue or self._view.may_be_dialogue:
            foreign += self._answers([p for p in passages if p not in foreign], in_reach)
        missing = [
            other
            for p in passages
            if p not in foreign
            for other in self._chain.get(p.outer.start, ())
            if other not in passages and other not in foreign
        ]
        if not foreign and not missing:
            return attribution
        content = _without(self._view.text, attribution.content, [p.outer for p in foreign])
        content += tuple(p.outer for p in missing)
        content = tuple(sorted(set(content)))
        if not content or any(span.overlaps(c) for span in content for c in cue):
            return None
        return replace(attribution, content=content, kind=self._view.kind_of(content))

    def _of_one_place(self, attribution: Attribution) -> Attribution:
        """Words without a cue, less those that were closed in a paragraph before the source's.

        Of what is left, a stretch outside marks that stands apart from whole passages is the
        writer's: "… His wife, Ann Lee, tells it otherwise. “There were no geese.”"
        """
        passages = self._whole_passages(attribution)
        if not passages or not attribution.source:
            return attribution
        place = self._view.paragraph_at(attribution.source[0].start)
        gone = [
            p
            for p in passages
            if self._view.paragraph_at(p.outer.start) < place and self._ends_speech(p)
        ]
        if not gone or len(gone) == len(passages):
            return attribution
        outers = [p.outer for p in passages if p not in gone]
        content = tuple(s for s in attribution.content if any(s.overlaps(o) for o in outers))
        return replace(attribution, content=content, kind=self._view.kind_of(content))

    def _of_one_turn(self, attribution: Attribution) -> Attribution | None:
        """In a dialogue: words without a clause of their own, except those that answer them."""
        if not self._view.is_dialogue or len(attribution.content) < 2:
            return attribution
        answers = self._answers(self._whole_passages(attribution), ())
        if not answers:
            return attribution
        gone = [passage.outer for passage in answers]
        content = _without(self._view.text, attribution.content, gone)
        kind = self._view.kind_of(content) if content else attribution.kind
        return replace(attribution, content=content, kind=kind) if content else None

    def _answers(
        self, passages: Sequence[QuotedPassage], beside_source: Sequence[QuotedPassage]
    ) -> list[QuotedPassage]:
        """In a dialogue: the passages of later paragraphs, which another speaks.

        A speech that goes on in the next paragraph is left open in this one.
        """
        answers: list[QuotedPassage] = []
        together = sorted({p.outer.start: p for p in (*passages, *beside_source)}.items())
        for (_, last), (_, passage) in pairwise(together):
            further = self._view.paragraph_at(passage.outer.start) > self._view.paragraph_at(
                last.outer.start
            )
            if answers or (further and last.closed and not passage.continues):
                answers.append(passage)
        asked = {p.outer.start for p in passages}
        return [p for p in answers if p.outer.start in asked]

    def _source_beside(self, passage: QuotedPassage) -> Sequence[Span]:
        """The source in the reporting clause that owns a passage; empty without one."""
        owner = self._owner.get(passage.outer.start)
        return self._source_of.get(owner.start, ()) if owner is not None else ()

    def _has_another_source(self, attribution: Attribution) -> bool:
        """Whether a reporting clause beside a passage has a subject that is not the source."""
        for span in attribution.cue:
            for owner in self._cues.overlapping(span):
                known = self._source_of.get(owner.start, ())
                if known and not any(a.overlaps(b) for a in known for b in attribution.source):
                    return True
        return False

    def _without_reported(self, turn: Attribution) -> Attribution:
        """A turn without the words in marks that it says another said."""
        gone = []
        for span in turn.content:
            for passage in self._view.passages_around(span):
                owner = self._owner.get(passage.outer.start)
                if owner is not None and span.contains(owner):
                    gone.append(passage.outer)
        if not gone:
            return turn
        content = _without(self._view.text, turn.content, gone)
        return replace(turn, content=content) if content else turn

    def _takes_a_clause_for_words(self, attribution: Attribution) -> bool:
        """Whether a content ends in a reporting clause, without the words that it introduces."""
        last = max(attribution.content)
        for owner in self._cues.overlapping(last):
            passages = self._passages_of.get(owner.start, ())
            if owner in attribution.cue or not last.contains(owner):
                continue
            behind = [p for p in passages if p.outer.start >= owner.end]
            if behind and not any(s.overlaps(p.outer) for s in attribution.content for p in behind):
                return True
        return False

    def _whole_passages(self, attribution: Attribution) -> list[QuotedPassage]:
        """The passages that make up a content; words in marks within a clause are none of them."""
        whole = []
        for span in attribution.content:
            inside = [
                p
                for p in self._view.passages_around(span)
                if span.contains(p.inner) and p.inner.end > p.inner.start
            ]
            if inside and not _without(self._view.text, [span], [p.outer for p in inside]):
                whole += inside
        return whole

    def _find_chains(self) -> None:
        """Note the passages that go on one another, and those that stand side by side."""
        chain: list[QuotedPassage] = []
        last: QuotedPassage | None = None
        for passage in self._view.passages:
            goes_on = last is not None and not last.closed and self._next_paragraph(last, passage)
            if goes_on and last is not None:
                chain = chain or [last]
                chain.append(passage)
                for link in chain:
                    self._chain[link.outer.start] = chain
            else:
                chain = []
            if last is not None and stand_adjacent(self._view.text, last, passage):
                self._beside.setdefault(last.outer.start, set()).add(passage.outer.start)
                self._beside.setdefault(passage.outer.start, set()).add(last.outer.start)
            last = passage

    def _next_paragraph(self, last: QuotedPassage, passage: QuotedPassage) -> bool:
        first, second = (
            self._view.paragraph_at(last.outer.start),
            self._view.paragraph_at(passage.outer.start),
        )
        opens = passage.outer.start == self._view.paragraphs[second].start
        return second == first + 1 and opens

    def _assign_passages(self, rule: Attribution) -> None:
        """Give a rule's cue the passages that it holds in its own paragraph."""
        paragraph = self._view.paragraph_at(rule.cue[0].start)
        for span in rule.content:
            for passage in self._view.passages_in(span):
                if self._view.paragraph_at(passage.outer.start) == paragraph:
                    self._owner.setdefault(passage.outer.start, rule.cue[0])

    def _divide_chains(self) -> None:
        """Give what goes on an open passage its owner; a clause of its own begins a new act."""
        for chain in {id(chain): chain for chain in self._chain.values()}.values():
            act: list[QuotedPassage] = []
            for passage in chain:
                owner = self._owner.get(passage.outer.start)
                last = self._owner.get(act[-1].outer.start) if act else None
                if act and owner is not None and owner != last:
                    act = []
                elif owner is None and last is not None:
                    self._owner[passage.outer.start] = last
                act.append(passage)
                self._chain[passage.outer.start] = act

    def _is_owned(self, passage: QuotedPassage, cue: Sequence[Span]) -> bool:
        owner = self._owner.get(passage.outer.start)
        return owner is not None and _among(owner, cue)

    def _is_foreign(
        self, passage: QuotedPassage, cue: Sequence[Span], beside_source: Sequence[QuotedPassage]
    ) -> bool:
        """Whether a passage is another's than the one's whom the cue introduces."""
        start = passage.outer.start
        if start in self._owner:
            return not self._is_owned(passage, cue)
        if not beside_source:
            return passage.closed and self._only_follows(passage, cue)
        if any(self._is_answered(p, passage) for p in beside_source):
            return True
        beside = self._beside.get(start, ())
        return any(p.outer.start in beside or (beside and self._asks(p)) for p in beside_source)

    def _is_answered(self, asked: QuotedPassage, passage: QuotedPassage) -> bool:
        """Whether words in a later paragraph follow a question that calls somebody by name."""
        if _CALLS.search(asked.inner.of(self._view.text)) is None:
            return False
        here, there = asked.outer.start, passage.outer.start
        return self._view.paragraph_at(there) > self._view.paragraph_at(here)

    def _is_before(self, passage: QuotedPassage, beside_cue: Sequence[QuotedPassage]) -> bool:
        """Whether words were closed in a paragraph before those that stand beside the cue."""
        if not beside_cue or passage.outer.start in self._owner:
            return False
        first = self._view.paragraph_at(beside_cue[0].outer.start)
        if self._view.paragraph_at(passage.outer.start) >= first:
            return False
        return self._ends_speech(passage) or self._is_left(passage, beside_cue[0])

    def _is_left(self, passage: QuotedPassage, later: QuotedPassage) -> bool:
        """Whether the writer goes on between a whole sentence in marks and those of a later line.

        “They have sold it.” / Ann Lee sat down. Her brother stood. “Who to?” he said.
        """
        text = self._view.text
        if not passage.closed or passage.inner.of(text).rstrip("”\"’'»")[-1:] not in _STOPS:
            return False
        end = min(later.outer.start, passage.outer.end + _LEFT_CHARS)
        words = self._view.words_in(Span(passage.outer.end, end))
        return any(not word.quoted and word.token.text[:1].isalpha() for word in words)

    def _ends_speech(self, passage: QuotedPassage) -> bool:
        """Whether a passage is one of several that go on one another, the last of them closed."""
        chain = self._chain.get(passage.outer.start, ())
        return len(chain) > 1 and chain[-1].closed

    def _asks(self, passage: QuotedPassage) -> bool:
        return passage.inner.of(self._view.text).rstrip("”\"’'»").endswith("?")

    def _only_follows(self, passage: QuotedPassage, cue: Sequence[Span]) -> bool:
        """Whether the cue is what somebody does in the next paragraph: "Ann Lee shrugged"."""
        words = [w for span in cue for w in self._view.words_in(span) if w.token.upos == "VERB"]
        cues = [w for w in words if introduces_speech(w.token.lemma) or cue_class(w.token.lemma)]
        after = self._view.paragraph_at(cue[0].start) > self._view.paragraph_at(passage.outer.start)
        return after and bool(words) and not cues


def _among(owner: Span, cue: Sequence[Span]) -> bool:
    return any(owner.overlaps(span) for span in cue)


def _without(text: str, content: Iterable[Span], gone: Sequence[Span]) -> tuple[Span, ...]:
    """The content with places cut out of it; what holds no letter then is left out."""
    rest: list[Span] = []
    for span in content:
        place = span.start
        for cut in sorted(gone):
            if cut.overlaps(span):
                rest.append(Span(place, max(place, cut.start)))
                place = max(place, cut.end)
        rest.append(Span(place, max(place, span.end)))
    stripped = (_stripped(text, span) for span in rest)
    return tuple(span for span in stripped if any(c.isalnum() for c in span.of(text)))


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
