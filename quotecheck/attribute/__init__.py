"""Source, cue and content: ordered rules over a parsed text, surest first, each with a name.

Stages before it: `marks` pairs the quotation marks, `parse` gives sentences. Behind it: `resolve`
turns sources into speakers.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from quotecheck.attribute.page import Page
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
    found = relayed_quotations(page)
    for more in (turn_quotations(page), headline_quotations(page, headline)):
        found += _apart(more, found)
    direct, left = direct_quotations(page)
    apart = _apart(direct, found)
    found += apart
    found += reported_quotations(page, found, minimum)
    found += leftover_passages(page, [*left, *_dropped(direct, apart, page)], found)
    named = [
        a if a.rule == "headline" else replace(a, source=tuple(map(page.whole_name, a.source)))
        for a in found
    ]
    return tuple(sorted(with_via(page, named), key=lambda a: (a.content, a.cue)))


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


def _apart(more: Sequence[Attribution], found: Sequence[Attribution]) -> list[Attribution]:
    """Those of ``more`` whose content shares nothing with what was found before."""
    held = [span for a in found for span in a.content]
    return [a for a in more if not any(c.overlaps(h) for c in a.content for h in held)]


def _dropped(
    direct: Sequence[Attribution], kept: Sequence[Attribution], page: Page
) -> list[QuotedPassage]:
    gone = [span for a in direct if a not in kept for span in a.content]
    return [p for p in page.passages if any(span.overlaps(p.outer) for span in gone)]
