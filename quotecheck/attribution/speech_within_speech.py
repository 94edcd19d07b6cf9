"""Speech within speech: what is reported in a content, by whom, to any depth.

"Koss said that Amadi had told her the gate was open" has two speakers; “He told me, ‘Sign it,’”
has two. The content of each attribution is read as a text of its own: its sentences cut to it, its
own quotation marks taken off, so that marks within them are outermost. What the rules find there
stands in it, and is read in turn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quotecheck.attribution.direct_speech import direct_quotations
from quotecheck.attribution.media_sources import add_media_source
from quotecheck.attribution.relayed_speech import nested_quotations, relayed_quotations
from quotecheck.attribution.reported_speech import is_naming, likely_reports, told_that
from quotecheck.attribution.text_view import TextView
from quotecheck.language.cue_classes import class_of, group_of
from quotecheck.language.reporting_verbs import cue_class, introduces_speech
from quotecheck.records.quotation import Attribution, is_verbatim
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import Mention, ParsedDocument, QuotedPassage, Sentence, Span, Token
from quotecheck.syntax.tree import Tree

__all__ = ["speech_within"]

_LEAST = 0.5
"""The least likelihood of a report within a report; nobody asked for it, so it has to be likely."""
_PLAIN = 0.1
"""The same for a clause after a verb of speech that has a subject: the form itself tells."""
_BY_FORM = frozenset({"reported:clause", "reported:aside", "reported:as said"})
_NAMED = frozenset({"reported:object", "reported:as"})
_LOOSE = ("reported:object", "reported:oblique", "reported:infinitive", "reported:as")
_SPEAKING = frozenset({"i", "we"})
_NEVER = frozenset({"never", "not", "n't", "n’t"})
_NOT_CHARS = 30
"""Code points in front of a verb in which "never once" stands."""
_EDGE = 2
"""Code points of marks and stops at the end of a content."""
_HABIT_CHARS = 40
"""Code points in front of a verb in which "used to" stands; more than the two words take."""
_MOST_DEPTH = 12
"""Speech within speech within speech: deeper than people follow, and than any text goes."""


def speech_within(
    view: TextView, passages: Sequence[QuotedPassage], attributions: Iterable[Attribution]
) -> list[Attribution]:
    """The attributions with what is reported in their contents, outer ones before inner ones.

    Args:
        view: the text.
        passages: all its passages in quotation marks, nested ones too.
        attributions: attributions whose contents are apart.

    Returns:
        Each attribution and those within it, each with its ``parent`` and, in ``via``, who reports
        it. Where all the marks of a content are around words of an inner speaker, the outer one is
        indirect.
    """
    known = {
        attribution.parent: attribution
        for attribution in nested_quotations(view)
        if attribution.parent
    }
    region = _Region(view, passages)
    result: list[Attribution] = []
    for attribution in attributions:
        result += _opened(region, attribution, known, 0)
    return result


def _opened(
    region: _Region, outer: Attribution, known: dict[tuple[Span, ...], Attribution], depth: int
) -> list[Attribution]:
    """An attribution and all within it."""
    if not outer.is_speech or depth >= _MOST_DEPTH:
        return [outer]
    inner = [known[outer.content]] if outer.content in known else region.reports(outer)
    chain = (*outer.via, *outer.source)
    below: list[Attribution] = []
    for report in inner:
        nested = replace(report, parent=outer.content, via=(*chain, *report.via))
        below += _opened(region, nested, known, depth + 1)
    return [_own_kind(region.view, outer, inner), *below]


def _own_kind(view: TextView, outer: Attribution, inner: Sequence[Attribution]) -> Attribution:
    """The outer attribution, indirect where its only marks are around an inner speaker's words."""
    if outer.kind != "mixed" or outer.rule == "turn" or not inner:
        return outer
    inner_passages = [
        span
        for attribution in inner
        if is_verbatim(attribution.kind)
        for span in attribution.content
    ]
    marked = [p.outer for span in outer.content for p in view.passages_in(span)]
    if any(not any(span.contains(passage) for span in inner_passages) for passage in marked):
        return outer
    return replace(outer, kind="indirect")


class _Region:
    """Reads the contents of attributions as texts of their own."""

    def __init__(self, view: TextView, passages: Sequence[QuotedPassage]) -> None:
        self.view = view
        self._passages = sorted(passages, key=lambda p: (p.outer.start, -p.outer.end))
        self._starts = [passage.outer.start for passage in self._passages]

    def reports(self, outer: Attribution) -> list[Attribution]:
        """What is reported in a content, in text order."""
        if not any(self._may_report(span) for span in outer.content):
            return []
        spans, marked = self._opened(outer)
        if not any(map(self._may_report, spans)):
            return []
        inside = TextView(ParsedDocument(self.view.text, tuple(self._cut(spans))), marked, spans)
        # The widest first: what is reported within a report is found when that is read in turn.
        told_reports = told_that(inside)
        cues = {report.cue for report in told_reports}
        likely = filter(_is_likely, likely_reports(inside, _PLAIN))
        reported = [*told_reports, *(report for report in likely if report.cue not in cues)]
        readings = (
            *relayed_quotations(inside),
            *direct_quotations(inside)[0],
            *sorted(reported, key=_width, reverse=True),
        )
        covered, accepted = SpanSet(), []
        for report in readings:
            claimed = (*report.content, *report.cue)
            if not self._is_report(inside, report, spans) or any(map(covered.touches, claimed)):
                continue
            for span in claimed:
                covered.add(span)
            accepted.append(replace(report, source=tuple(map(inside.whole_name, report.source))))
        return sorted(add_media_source(inside, accepted), key=lambda a: (a.content, a.cue))

    def _may_report(self, span: Span) -> bool:
        """Whether a verb or an adverb of speech stands in a span."""
        for word in self.view.words_in(span):
            lemma = word.token.lemma.lower()
            if word.token.upos == "VERB" and (introduces_speech(lemma) or cue_class(lemma)):
                return True
            if lemma == "accord":
                return True
        return False

    def _opened(self, outer: Attribution) -> tuple[list[Span], list[QuotedPassage]]:
        """The places to read and the passages in them, outermost at depth 0."""
        spans: list[Span] = []
        passages: list[QuotedPassage] = []
        for span in outer.content:
            first = bisect_left(self._starts, span.start)
            last = bisect_left(self._starts, span.end)
            inside = [p for p in self._passages[first:last] if span.contains(p.outer)]
            whole_passages = [p for p in inside if _is_whole(p, span)]
            place = self._without_that(whole_passages[-1].inner if whole_passages else span)
            spans.append(place)
            within = [p for p in inside if place.contains(p.outer)]
            level = min((p.depth for p in within), default=0)
            passages += [replace(p, depth=p.depth - level) for p in within]
        return spans, passages

    def _without_that(self, span: Span) -> Span:
        """The place after the "that" which ties it to its own cue."""
        words = self.view.words_in(span)
        if len(words) > 1 and words[0].token.text.lower() == "that":
            return Span(words[1].token.start, span.end)
        return span

    def _cut(self, spans: Sequence[Span]) -> Iterator[Sentence]:
        """The sentences of the text, each cut to these places."""
        for span in spans:
            tree: Tree | None = None
            indices: list[int] = []
            for word in self.view.words_in(span):
                if tree is not None and word.tree is not tree:
                    yield _part(tree, indices)
                    indices = []
                tree = word.tree
                indices.append(word.index)
            if tree is not None and indices:
                yield _part(tree, indices)

    def _is_report(self, inside: TextView, attribution: Attribution, spans: Sequence[Span]) -> bool:
        """Whether a reading of a content is speech with a source of its own."""
        places = (*attribution.content, *attribution.cue, *attribution.source)
        if not attribution.is_speech or not attribution.source or not attribution.cue:
            return False
        if any(not any(span.contains(place) for span in spans) for place in places):
            return False
        cue = attribution.cue[0].start
        kind = class_of(attribution.cue_lemma)
        if group_of(kind) != "statement" or kind == "show":
            return False
        if attribution.kind == "indirect" and attribution.rule.startswith(_LOOSE):
            before = inside.words_in(Span(max(0, cue - _NOT_CHARS), cue))
            if any(word.token.text.lower() in _NEVER for word in before[-3:]):
                return False  # "She never once asked for a torch"
        source = " ".join(span.of(inside.text) for span in attribution.source).lower()
        form = next((word.token.xpos for word in inside.words_in(attribution.cue[0])), "")
        if form == "VB" and _is_habit(inside, attribution.cue[0]):
            form = "VBD"
        # "would tell", "to say" report nothing that was said; nor do "I tell you he is mad" and "we
        # have asked for pumps"
        is_own = source in _SPEAKING and (form == "VBP" or attribution.rule.startswith(_LOOSE))
        return form != "VB" and not is_own


def _is_habit(inside: TextView, cue: Span) -> bool:
    """Whether the verb is what somebody "used to" say: that was said, and more than once."""
    before = inside.words_in(Span(max(0, cue.start - _HABIT_CHARS), cue.start))
    return [word.token.text.lower() for word in before[-2:]] == ["used", "to"]


def _part(tree: Tree, indices: Sequence[int]) -> Sentence:
    """A sentence cut to some of its words; a word whose head is left out is a root."""
    places = {index: place for place, index in enumerate(indices)}
    tokens: list[Token] = []
    for index in indices:
        token = tree.tokens[index]
        head = places.get(token.head, -1)
        deprel = token.deprel if head >= 0 or not tree.parsed else "root"
        tokens.append(
            Token(
                token.start,
                token.end,
                token.text,
                token.lemma,
                token.upos,
                token.xpos,
                token.feats,
                head,
                deprel,
            )
        )
    span = Span(tokens[0].start, tokens[-1].end)
    mentions: tuple[Mention, ...] = tuple(m for m in tree.mentions if span.contains(m.span))
    return Sentence(span, tuple(tokens), mentions, tree.parsed)


def _is_likely(attribution: Attribution) -> bool:
    if attribution.rule in _BY_FORM and introduces_speech(attribution.cue_lemma):
        return True
    named = (
        attribution.rule in _NAMED
        and attribution.kind != "indirect"
        and is_naming(attribution.cue_lemma)
    )
    return named or attribution.confidence >= _LEAST


def _is_whole(passage: QuotedPassage, span: Span) -> bool:
    """Whether a passage is all of a span except marks and stops at its ends."""
    return passage.inner.start <= span.start + _EDGE and passage.inner.end >= span.end - _EDGE


def _width(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
