"""Source, cue and content: ordered rules over a parsed text, surest first, each with a name.

Stages before it: `marks` pairs the quotation marks, `parse` gives sentences. Behind it: `resolve`
turns sources into speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotecheck.annotations import (
    Attribution,
    ParsedDocument,
    QuotedPassage,
    Sentence,
    Span,
)
from quotecheck.attribute.cues import cue_class
from quotecheck.attribute.frames import ADVERBS
from quotecheck.attribute.headlines import headline_quotations, turn_quotations
from quotecheck.attribute.leftovers import leftover_passages
from quotecheck.attribute.page import Page, SpanSet
from quotecheck.attribute.quoted import direct_quotations
from quotecheck.attribute.relay import relayed_quotations
from quotecheck.attribute.reported import MINIMUM, reported_quotations
from quotecheck.attribute.via import with_via

__all__ = ["attribute", "needs_parse"]


def attribute(
    parsed: ParsedDocument,
    passages: Sequence[QuotedPassage],
    paragraphs: Sequence[Span],
    *,
    headline: Span | None = None,
    minimum: float = MINIMUM,
) -> tuple[Attribution, ...]:
    """Every quotation of a text, in text order.

    Args:
        parsed: the sentences of the text.
        passages: its passages in quotation marks.
        paragraphs: its paragraphs.
        headline: where the headline stands, if the reader knows.
        minimum: the least likelihood (0..1) of an indirect quotation that is reported.

    Returns:
        Attributions whose contents do not overlap. Scare quotes and titles are among them, with
        kinds of their own and no source.
    """
    page = Page(parsed, passages, paragraphs)
    taken = _Taken()
    taken.add(relayed_quotations(page))
    taken.add(turn_quotations(page))
    taken.add(headline_quotations(page, headline))
    direct, left = direct_quotations(page)
    dropped = taken.add(direct)
    found = taken.kept
    found += reported_quotations(page, found, minimum)
    gone = [span for attribution in dropped for span in attribution.content]
    left += [p for span in gone for p in page.passages_in(span)]
    found += leftover_passages(page, left, found)
    named = [
        a
        if a.rule == "headline"
        else replace(a, source=tuple(page.without_dateline(page.whole_name(s)) for s in a.source))
        for a in found
    ]
    return tuple(sorted(with_via(page, named), key=lambda a: (a.content, a.cue)))


class _Taken:
    """Attributions whose contents are apart: what comes first keeps its place."""

    def __init__(self) -> None:
        self.kept: list[Attribution] = []
        self._held = SpanSet()

    def add(self, more: Iterable[Attribution]) -> list[Attribution]:
        """Takes those in whose content is free; returns the others."""
        dropped = []
        for attribution in more:
            if any(self._held.touches(span) for span in attribution.content):
                dropped.append(attribution)
                continue
            self.kept.append(attribution)
            for span in attribution.content:
                self._held.add(span)
        return dropped


def needs_parse(sentence: Sentence) -> bool:
    """Whether a tagged sentence may hold an attribution, so that parsing it pays.

    True for sentences with a quotation mark, a verb or noun of the lexicon, or "according".
    """
    for token in sentence.tokens:
        if token.text[:1] in "“”\"‘«»„`'" and token.upos == "PUNCT":
            return True
        if token.text.lower() in ADVERBS or token.text.lower() == "according":
            return True
        lemma = token.lemma.lower()
        if token.upos == "VERB" and (cue_class(lemma) or lemma == "put"):
            return True
    return False
