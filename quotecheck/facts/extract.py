"""What an article says about an utterance besides who and what: its facts, read from the parse.

The class of its cue, whether it was said at all, when, where, to whom, and through whose hands the
words came. Pure functions of a parsed document and the spans of an attribution.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotecheck.facts.circumstances import circumstances_of
from quotecheck.facts.factuality import modality_of, negation_of, tense_of
from quotecheck.facts.filters import is_statement
from quotecheck.facts.relay_chain import Representation, relay_chain, represented, spoken_through
from quotecheck.facts.report_likelihood import features, report_probability
from quotecheck.language.cue_classes import CLASSES, class_of, group_of
from quotecheck.language.quotation_characters import ANY_MARK
from quotecheck.records.quotation import Attribution, Facts, Quotation, RelayLink
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.syntax.clause import Clause, find_clause
from quotecheck.syntax.tree import Tree, tree_of

__all__ = [
    "CLASSES",
    "Reader",
    "class_of",
    "facts_of",
    "group_of",
    "is_statement",
    "relay_of",
    "with_facts",
]

_NO_FACTS = Facts()
_UNDER_THAT = frozenset({"that", "if", "whether", "how", "why", "who", "what", "when", "where"})


class Reader:
    """Reads the facts of one document's attributions.

    Args:
        parsed: the document.
    """

    def __init__(self, parsed: ParsedDocument) -> None:
        self._text = parsed.text
        self._sentences = parsed.sentences
        self._starts = [sentence.span.start for sentence in parsed.sentences]

    def facts(self, report: Attribution | Quotation) -> Facts:
        """The facts of an attribution, or of a quotation that was made of one."""
        if not report.cue or not report.is_speech:
            return _NO_FACTS
        return self._facts(self._clause(report), report)

    def relay(self, report: Attribution | Quotation) -> tuple[RelayLink, ...]:
        """The chain that its words took, outermost first; empty where nobody stands between."""
        if not report.is_speech:
            return ()
        return self._relay(self._clause(report), report)

    def both(self, quotation: Quotation) -> Quotation:
        """The quotation with its facts and its chain."""
        if not quotation.is_speech:
            return quotation
        clause = self._clause(quotation)
        facts = self._facts(clause, quotation)
        if quotation.kind == "indirect" and quotation.cue:
            values = features(clause, quotation, facts.cue_class, self._shape(quotation.content))
            facts = replace(facts, report_probability=round(report_probability(values), 3))
        return replace(quotation, facts=facts, relay=self._relay(clause, quotation))

    def report_features(self, quotation: Quotation) -> dict[str, float]:
        """The evidence for and against an indirect quotation's being a report, by name."""
        clause = self._clause(quotation)
        kind = self._facts(clause, quotation).cue_class
        return features(clause, quotation, kind, self._shape(quotation.content))

    def _facts(self, clause: Clause | None, report: Attribution | Quotation) -> Facts:
        if not report.cue:
            return _NO_FACTS
        if clause is None:
            return Facts(cue_class=class_of(report.cue_lemma))
        kind = clause.kind or class_of(report.cue_lemma)
        if kind == "say" and report.kind != "indirect" and self._is_question(report.content):
            kind = "ask"
        negation = negation_of(clause)
        addressee, time, place = circumstances_of(clause, self._text)
        return Facts(
            cue_class=kind,
            negated=bool(negation),
            tense=tense_of(clause),
            modality=modality_of(clause),
            negation=negation,
            addressee=addressee,
            time=time,
            place=place,
        )

    def _relay(
        self, clause: Clause | None, report: Attribution | Quotation
    ) -> tuple[RelayLink, ...]:
        spoken: Representation | None = None
        if report.source:
            index = self._sentence(report.source[0].start)
            if index is not None:
                spoken = represented(index, report.source)
            if spoken is None and isinstance(report, Quotation):
                spoken = self._by_role(report)
        if spoken is None and clause is not None:
            spoken = spoken_through(clause, report.source)
        via = report.via if isinstance(report, Attribution) else report.via_spans
        people = [span for span in via if report.parent or self._is_person(span)]
        return relay_chain(self._text, via, spoken, quoted=report.rule == "relay", people=people)

    def _is_person(self, span: Span) -> bool:
        """Whether the words at a place name a person; one word alone may be an outlet's name."""
        sentence = self._sentence(span.start)
        mentions = sentence.mentions if sentence is not None else ()
        return any(
            m.label == "Person" and m.span.overlaps(span) and " " in m.span.of(self._text)
            for m in mentions
        )

    def _by_role(self, quotation: Quotation) -> Representation | None:
        """Whom the speaker speaks for by a role that the article gives elsewhere."""
        if len(quotation.speakers) != 1 or quotation.speakers[0].role_span is None:
            return None
        span = quotation.speakers[0].role_span
        index = self._sentence(span.start)
        spoken = represented(index, (span,)) if index is not None else None
        return (spoken[0], quotation.source[0], True) if spoken is not None else None

    def _clause(self, report: Attribution | Quotation) -> Clause | None:
        if not report.cue:
            return None
        sentence = self._sentence(report.cue[0].start)
        if sentence is None:
            return None
        via = report.via if isinstance(report, Attribution) else report.via_spans
        shape = self._shape(report.content)
        return find_clause(sentence, report.cue, report.content, report.source, via, shape)

    def _sentence(self, offset: int) -> Tree | None:
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset >= self._sentences[place].span.end:
            return None
        return tree_of(self._sentences[place])

    def _shape(self, content: Sequence[Span]) -> str:
        """Of what form the content is: infinitive, gerund, clause, or "" for anything else."""
        if not content:
            return ""
        sentence = self._sentence(content[0].start)
        if sentence is None:
            return ""
        tokens = sentence.inside(content[0])
        for count, index in enumerate(tokens):
            token = sentence.tokens[index]
            if count == 0 and token.xpos == "VBG":
                return "gerund"
            if count == 0 and sentence.texts[index] in _UNDER_THAT:
                return "clause"
            if sentence.texts[index] == "to" and index + 1 < len(sentence.tokens):
                # "him to leave": nothing finite stands before the infinitive.
                return "infinitive" if sentence.tokens[index + 1].xpos == "VB" else ""
            if token.upos in {"VERB", "AUX"}:
                return "clause"
            if count > 3 or token.upos == "PUNCT":
                return ""
        return ""

    def _is_question(self, content: Sequence[Span]) -> bool:
        return bool(content) and content[-1].of(self._text).rstrip(ANY_MARK + " ").endswith("?")


def facts_of(parsed: ParsedDocument, attribution: Attribution) -> Facts:
    """The facts of one attribution; for several of a document, make a `Reader` once."""
    return Reader(parsed).facts(attribution)


def relay_of(parsed: ParsedDocument, attribution: Attribution) -> tuple[RelayLink, ...]:
    """The chain that one attribution's words took, outermost first."""
    return Reader(parsed).relay(attribution)


def with_facts(parsed: ParsedDocument, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """The quotations, each with its facts and its relay chain filled in.

    Args:
        parsed: the document.
        quotations: its quotations, outer ones before those within them.
    """
    reader = Reader(parsed)
    completed_all: list[Quotation] = []
    by_content: dict[tuple[Span, ...], Quotation] = {}
    for quotation in quotations:
        completed = reader.both(quotation)
        outer = by_content.get(completed.parent) if completed.parent else None
        completed_all.append(completed if outer is None else _told_by(completed, outer))
        by_content[completed.content] = completed_all[-1]
    return tuple(completed_all)


def _told_by(inner: Quotation, outer: Quotation) -> Quotation:
    """A quotation within another, with what that one makes of it and the name of who tells it.

    What is denied, or only asked, by who reports it ("denied that Amadi had told her") is not
    said, or only perhaps.
    """
    facts, around = inner.facts, outer.facts
    if around.negated or around.cue_class == "deny":
        doubt = around.negation or outer.cue
        facts = replace(facts, negated=True, negation=tuple(sorted({*facts.negation, *doubt})))
    elif not facts.modality and (around.modality or around.cue_class == "ask"):
        facts = replace(facts, modality=around.modality or "possible")
    name = outer.speaker
    if not isinstance(name, str):
        return replace(inner, facts=facts)
    tellers = set(outer.source)
    if inner.speaker == name:  # nobody tells of somebody else
        addressees = [
            (words, span)
            for words, span in zip(inner.via, inner.via_spans, strict=True)
            if span not in tellers
        ]
        return replace(
            inner,
            facts=facts,
            relay=tuple(link for link in inner.relay if link.span not in tellers),
            via=tuple(words for words, _ in addressees),
            via_spans=tuple(span for _, span in addressees),
        )
    return replace(
        inner,
        facts=facts,
        relay=tuple(
            replace(link, name=name) if link.span in tellers else link for link in inner.relay
        ),
        via=tuple(
            name if span in tellers else words
            for words, span in zip(inner.via, inner.via_spans, strict=True)
        ),
    )
