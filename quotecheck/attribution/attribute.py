"""Source, cue and content: ordered rules over a parsed text, surest first, each with a name.

Stages before it: `marks` pairs the quotation marks, `parse` gives sentences. Behind it: `resolve`
turns sources into speakers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from quotecheck.attribution.answers import with_answerer
from quotecheck.attribution.candidate_selection import (
    score_candidates,
    select_compatible,
    with_evidence,
)
from quotecheck.attribution.credit_lines import credited_passages
from quotecheck.attribution.direct_speech import direct_quotations
from quotecheck.attribution.headlines import headline_quotations, turn_quotations
from quotecheck.attribution.layout_turns import mail_quotations, script_quotations
from quotecheck.attribution.media_sources import add_media_source
from quotecheck.attribution.nonspeech_quotes import names_work, nonspeech_quotes
from quotecheck.attribution.printed_turns import printed_turns
from quotecheck.attribution.relayed_speech import nested_quotations, relayed_quotations
from quotecheck.attribution.reported_speech import MINIMUM, reported_quotations
from quotecheck.attribution.reporting_frames import ADVERBS
from quotecheck.attribution.set_in_reports import set_in_reports
from quotecheck.attribution.source_extent import with_whole_source, within_its_clause
from quotecheck.attribution.speech_acts import spoken_beside
from quotecheck.attribution.speech_within_speech import speech_within
from quotecheck.attribution.text_view import TextView
from quotecheck.attribution.writers_clause import without_the_writer
from quotecheck.language.quotation_characters import ANY_MARK
from quotecheck.language.reporting_verbs import cue_class
from quotecheck.records.document import Segment
from quotecheck.records.quotation import Attribution, outermost
from quotecheck.records.span_set import SpanSet
from quotecheck.records.span_tags import TaggedDocument
from quotecheck.records.text import ParsedDocument, QuotedPassage, Sentence, Span

__all__ = ["DOUBTFUL", "LEAST", "attribute", "by_rules", "needs_parse", "worth_parsing"]

LEAST = 0.3
"""Readings less likely right than this are not reported (best full F1 on training documents)."""

DOUBTFUL = 0.1
"""The least likelihood of a frame that is worth a second opinion."""
_LIKELY = 0.35
"""A cue that the tagger hesitates to see is worth a parse from this probability."""
_MARKS = ANY_MARK.replace("’", "")
"""What shows that something is quoted; a curly apostrophe alone does not."""
_ANNOUNCED = re.compile(
    r"(?:(?:the|a|this|that|his|her|their) )?(?:remark|words?|phrase|quote|quotation|line|comment|"
    r"sentence|slogan) (?=[“\"])",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\.?)?[ \t]+(?=\S)", re.IGNORECASE)
"""The time of an entry of a live blog: "14:20 ‘Stay at home’, says minister"."""
_SURE = frozenset(
    {
        *("headline", "relay", "nested", "layout", "quoted:credit-line", "quoted:interrupted"),
        "quoted:words of",
    }
)
"""Rules for what the tagger's training data never shows: speech within speech, headlines, credits
on lines of their own, words broken off and taken up again."""


def attribute(
    parsed: ParsedDocument,
    passages: Sequence[QuotedPassage],
    paragraphs: Sequence[Span],
    *,
    headline: Span | None = None,
    turns: Sequence[Segment] = (),
    tagged: TaggedDocument | None = None,
    minimum: float | None = None,
) -> tuple[Attribution, ...]:
    """Every quotation of a text, in text order.

    Args:
        parsed: the sentences of the text.
        passages: its passages in quotation marks.
        paragraphs: its paragraphs.
        headline: where the headline stands, if the reader knows.
        turns: the turns of a talk that it writes down, in text order.
        tagged: what the span tagger sees in it; without it the rules stand alone.
        minimum: the least likelihood (0..1) of an attribution that is reported; None for the one
            that serves best.

    Returns:
        Attributions in text order, outer ones before those within them. The contents of those
        without a ``parent`` do not overlap. Scare quotes and titles are among them, with kinds of
        their own and no source.
    """
    view = TextView(parsed, passages, paragraphs)
    talk = printed_turns(view, turns)
    if tagged is None:
        attributions, left = by_rules(view, headline, MINIMUM if minimum is None else minimum, talk)
    else:
        rules, _ = by_rules(view, headline, DOUBTFUL, talk)
        least = LEAST if minimum is None else minimum
        credited = {(a.content, a.source) for a in credited_passages(view)}
        credited |= {(a.content, a.source) for a in (*talk, *set_in_reports(view))}
        attributions = [a for a in rules if a.rule in _SURE or (a.content, a.source) in credited]
        covered = SpanSet(span for a in attributions for span in a.content)
        attributions += [
            with_evidence(scored, other, view.text)
            for scored, other in select_compatible(
                score_candidates(view, rules, tagged), least, covered, attributions
            )
        ]
        if view.is_dialogue:
            attributions += spoken_beside(view, rules, attributions)
        left = list(view.passages)
    spoken = frozenset(talk)
    whole = [a for a in attributions if a in spoken]
    trimmed = (
        a if a.rule in _SURE else without_the_writer(view, a)
        for a in attributions
        if a not in spoken
    )
    attributions = [a for a in trimmed if a is not None]
    attributions = [within_its_clause(view, with_whole_source(view, a)) for a in attributions]
    attributions = whole + [
        _without_titles(view, _without_announcement(view, a)) for a in attributions
    ]
    attributions += nonspeech_quotes(view, left, attributions)
    attributions = [with_answerer(view, a) for a in attributions]
    named = [
        a
        if a.rule == "headline" or a in spoken
        else replace(a, source=tuple(view.without_dateline(view.whole_name(s)) for s in a.source))
        for a in attributions
    ]
    every = speech_within(view, passages, add_media_source(view, named))
    return tuple(sorted(every, key=lambda a: (a.content[0].start, -a.content[-1].end)))


def _without_announcement(view: TextView, attribution: Attribution) -> Attribution:
    """Words without the noun or the clock time before them: "the remark “Never” was his"."""
    first = attribution.content[0]
    noun = _ANNOUNCED.match(view.text, first.start, first.end)
    if noun is None and view.text[max(0, first.start - 1) : first.start] in {"", "\n"}:
        noun = _CLOCK.match(view.text, first.start, first.end)
    if noun is None:
        return attribution
    content = (Span(noun.end(), first.end), *attribution.content[1:])
    return replace(attribution, content=content, kind=view.kind_of(content))


def _without_titles(view: TextView, attribution: Attribution) -> Attribution:
    """A report in which nothing but names of works stands in marks has no words of the speaker."""
    if attribution.kind != "mixed":
        return attribution
    inside = [p for span in attribution.content for p in view.passages_in(span)]
    if inside and all(names_work(view, p.outer) for p in inside):
        return replace(attribution, kind="indirect")
    return attribution


def by_rules(
    view: TextView,
    headline: Span | None,
    minimum: float,
    talk: Sequence[Attribution] = (),
) -> tuple[list[Attribution], list[QuotedPassage]]:
    """What the ordered rules find, and the quoted passages that none of them takes.

    The turns of a ``talk`` come first: what is reported in one is read within it.
    """
    accepted = _Taken()
    accepted.add(talk)
    accepted.add(relayed_quotations(view))
    accepted.add(outermost(nested_quotations(view)))
    accepted.add([] if talk else turn_quotations(view))
    accepted.add(mail_quotations(view))
    accepted.add(script_quotations(view))
    accepted.add(credited_passages(view))
    accepted.add(headline_quotations(view, headline))
    accepted.add(a for a in set_in_reports(view) if a.confidence >= minimum)
    direct, left = direct_quotations(view)
    dropped = accepted.add(direct)
    attributions = accepted.kept
    attributions += reported_quotations(view, attributions, minimum)
    gone = [span for attribution in dropped for span in attribution.content]
    left += [p for span in gone for p in view.passages_in(span)]
    return attributions, left


class _Taken:
    """Attributions whose contents are apart: what comes first keeps its place."""

    def __init__(self) -> None:
        self.kept: list[Attribution] = []
        self._taken_spans = SpanSet()

    def add(self, more: Iterable[Attribution]) -> list[Attribution]:
        """Takes those in whose content is free; returns the others."""
        dropped = []
        for attribution in more:
            if any(self._taken_spans.touches(span) for span in attribution.content):
                dropped.append(attribution)
                continue
            self.kept.append(attribution)
            for span in attribution.content:
                self._taken_spans.add(span)
        return dropped


def worth_parsing(tagged: TaggedDocument | None) -> Callable[[Sentence], bool]:
    """Says of a sentence whether to parse it: where the tagger sees a cue.

    Args:
        tagged: what the span tagger sees; without it the lexicon decides (`needs_parse`).
    """
    if tagged is None:
        return needs_parse
    hesitant = tagged.wide.cues if tagged.wide else ()
    likely = [cue for cue in hesitant if cue.probability > _LIKELY]
    cues = SpanSet(cue.span for cue in (*tagged.cues, *likely))
    return lambda sentence: cues.touches(sentence.span)


def needs_parse(sentence: Sentence) -> bool:
    """Whether a tagged sentence may hold an attribution, so that parsing it pays.

    True for sentences with a quotation mark, a verb or noun of the lexicon, or "according".
    """
    for token in sentence.tokens:
        if token.text[:1] in _MARKS and token.upos == "PUNCT":
            return True
        if token.text.lower() in ADVERBS or token.text.lower() == "according":
            return True
        lemma = token.lemma.lower()
        if token.upos == "VERB" and (cue_class(lemma) or lemma == "put"):
            return True
    return False
