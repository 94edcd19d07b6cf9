"""Sources other than one person: organisations, pairs; what "they", "it", "the poll" refer to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quotecheck.coreference.discourse import Discourse
from quotecheck.coreference.nominals import name_span
from quotecheck.coreference.organisations import PARTY_NOUNS, Organisations
from quotecheck.coreference.person_clusters import Person
from quotecheck.records.quotation import Attribution, Speaker
from quotecheck.records.text import Mention, Sentence, Span

__all__ = ["CollectiveSources"]

_REACH = 3
"""Paragraphs back within which "they" and "it" may stand for a source."""
_AND = re.compile(r"(?:,[^,.;:()“”\"]{1,40},)?\s+and\s+(?:\w+\.?\s+)?")
"""Between two names: "and", after what the first is ("Lee, Democrat of Ohio, and Ross")."""
_SIDE_BY_SIDE = 40
"""Names looked back at for two that stand side by side."""


def _joint_spans(text: str, mentions: Sequence[Mention]) -> list[Span]:
    """Organisations or states that stand side by side, from the first of ``mentions``.

    After a comma alone stands an apposition: "The Emir of Tarn, Emir Adeyemi II".
    """
    spans: list[Span] = []
    for mention in mentions:
        if spans and not re.fullmatch(
            r"[\s,]*(?:and|&|,)\s*(?:the\s+)?",
            text[spans[-1].end : mention.span.start],
        ):
            break
        spans.append(mention.span)
    between = text[spans[0].end : spans[-1].start] if spans else ""
    return spans if re.search(r"\band\b|&", between) else spans[:1]


class CollectiveSources:
    """The groups and organisations that have spoken so far, and those that are named.

    Args:
        discourse: who was named where.
        organisations: the organisations of the document.
    """

    def __init__(self, discourse: Discourse, organisations: Organisations) -> None:
        self.discourse = discourse
        self.organisations = organisations
        self.recent: list[tuple[int, tuple[Speaker, ...]]] = []

    def take(self, attribution: Attribution, speakers: tuple[Speaker, ...]) -> None:
        """Remember who spoke, if it was no single person; the label of a turn is one's."""
        if attribution.rule == "turn":
            return
        if len(speakers) > 1 or (speakers and speakers[0].label not in {"person", ""}):
            self.recent.append((self.discourse.paragraph(attribution.content[0].start), speakers))

    def meant(self, attribution: Attribution, *, plural: bool) -> tuple[Speaker, ...]:
        """What "they" or "it" stands for: the subject before it, or the last source that fits."""
        place = attribution.source[0].start
        sentence = self.discourse.sentence(place)
        content = attribution.content  # nobody is meant by a name in his own words
        subject = self.organisations.last_subject(place, sentence, plural=plural, outside=content)
        if subject is not None:
            noun = subject.of(self.discourse.text)
            if not plural and noun.islower() and noun.isalpha():  # "the commission … it said"
                subject = self.organisations.taken_up(noun, subject.start) or subject
            return (self.organisations.speaker(subject, "group" if plural else "organisation"),)
        paragraph = self.discourse.paragraph(attribution.content[0].start)
        for number, speakers in reversed(self.recent):
            if number > paragraph:
                continue
            if paragraph - number > _REACH:
                break
            several = len(speakers) > 1 or speakers[0].label == "group"
            single = speakers[0].label in {"organisation", "document"} and not several
            if (several or single) if plural else single:
                return speakers
        if plural:
            return ()
        named = self.organisations.last_organisation(place, sentence, outside=content)
        return () if named is None else (self.organisations.speaker(named),)

    def coordinated_pair(self, attribution: Attribution) -> tuple[Person, ...]:
        """Two persons whom the sentences before name side by side ("Daal and Moreno")."""
        place = attribution.source[0].start
        number = self.discourse.sentence(place)
        for back in range(number, max(-1, number - 2), -1):
            span = self.discourse.sentences[back].span
            people = [
                (a.span, p)
                for a, p in self.discourse.clusters.before(place, _SIDE_BY_SIDE)
                if span.contains(a.span)
            ]
            for (left, first), (right, second) in pairwise(people):
                between = self.discourse.text[left.end : right.start]
                if first is not second and _AND.fullmatch(between):
                    return first, second
        return ()

    def named(self, source: Span, sentence: Sentence, head: int) -> tuple[Speaker, ...]:
        """The organisations that a source names, by their full names."""
        joint = _joint_spans(self.discourse.text, self.organisations.named_in(source, sentence))
        if len(joint) > 1:
            return tuple(self.organisations.speaker(span) for span in joint)
        span = name_span(self.discourse.text, sentence, source, head)
        place = sentence.tokens[head].span
        for mention in sentence.mentions:  # "Clean Seas Now", of which the parse takes two words
            if mention.span.start != span.start or not mention.span.contains(place):
                continue
            rest = Span(span.end, max(span.end, mention.span.end))
            if not any(t.upos in {"VERB", "AUX"} for t in sentence.tokens if rest.contains(t.span)):
                span = Span(span.start, rest.end)
        return (self.organisations.speaker(span),)

    def taken_up(self, source: Span, core: Span, noun: str) -> Span | None:
        """What a bare noun for a party or a text takes up ("the company", "the poll")."""
        if len(core.of(self.discourse.text).split()) > 1:
            return None
        fuller = self.organisations.taken_up(noun, source.start)
        if fuller is not None or noun not in PARTY_NOUNS:
            return fuller
        number = self.discourse.sentence(source.start)
        return self.organisations.last_organisation(source.start, number, noun)
