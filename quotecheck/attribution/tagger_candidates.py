"""What the span tagger proposes, as attributions: each cue with its source and its contents."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotecheck.attribution.text_view import TextView
from quotecheck.records.quotation import Attribution
from quotecheck.records.span_tags import TaggedDocument, TaggedSpan
from quotecheck.records.text import Span

__all__ = ["tagged_attributions"]

_LOOSE_END = re.compile(r"(?<![\s,;])[\s,;]++(?:and|but|or|nor)[\s,;]*+\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]")
_DOUBTFUL = 0.6
"""Parts less likely than this are not taken from a sentence before the quotation."""


def tagged_attributions(view: TextView, tagged: TaggedDocument) -> list[Attribution]:
    """The tagger's attributions, in text order; contents that belong to no cue are left out.

    A cue has one source at most, and a source one cue: the surest ties are made first.
    """
    sources = _tied(tagged.sources)
    contents: dict[int, list[TaggedSpan]] = defaultdict(list)
    for content in tagged.contents:
        cue = content.cues[0][0] if content.cues else -1
        if cue >= 0:
            contents[cue].append(replace(content, span=_closed(view.text, content.span)))
    attributions = []
    for number, parts in sorted(contents.items()):
        cue_span = tagged.cues[number]
        parts = _without_strays(view, parts)
        source = sources.get(number)
        spans = tuple(sorted(part.span for part in parts))
        chance = min(
            cue_span.probability,
            *(part.probability * part.cues[0][1] for part in parts),
        )
        attributions.append(
            Attribution(
                content=spans,
                cue=(cue_span.span,),
                source=(_in_one_block(view, source.span),) if source else (),
                kind=view.kind_of(spans),
                rule="tagger",
                confidence=round(chance, 3),
            )
        )
    return attributions


def _in_one_block(view: TextView, span: Span) -> Span:
    """The part of a source in the last paragraph that it reaches: nothing runs over a block's end.

    "Rovers 3, Athletic 1" above "Manager Pieter Noor praised his keeper" is not part of his name.
    """
    number = bisect_right(view.paragraphs, span.end - 1, key=lambda paragraph: paragraph.start) - 1
    return Span(max(span.start, view.paragraphs[number].start), span.end) if number >= 0 else span


def _closed(text: str, span: Span) -> Span:
    """The span without a conjunction at its end, which goes on with something else."""
    loose = _LOOSE_END.search(span.of(text))
    return Span(span.start, span.start + loose.start()) if loose and loose.start() else span


def _without_strays(view: TextView, parts: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """The parts except doubtful ones without marks, of a sentence before words in marks."""
    quoted = [part.span.start for part in parts if view.is_quoted(part.span.start)]
    if not quoted:
        return list(parts)
    return [
        part
        for part in parts
        if view.is_quoted(part.span.start)
        or part.probability * part.cues[0][1] >= _DOUBTFUL
        or part.span.end > min(quoted)
        or not _SENTENCE_END.search(view.text, part.span.end, min(quoted))
    ]


def _tied(sources: Sequence[TaggedSpan]) -> dict[int, TaggedSpan]:
    """The source of each cue that has one."""
    ties = sorted(
        (
            (chance, -number, cue)
            for number, source in enumerate(sources)
            for cue, chance in source.cues
            if cue >= 0 and chance > 0.2
        ),
        reverse=True,
    )
    used: set[int] = set()
    result: dict[int, TaggedSpan] = {}
    for _, number, cue in ties:
        if -number not in used and cue not in result:
            used.add(-number)
            result[cue] = sources[-number]
    return result
