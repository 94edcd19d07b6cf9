"""What the span tagger proposes, as attributions: each cue with its source and its contents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from quotecheck.annotations import Attribution
from quotecheck.attribute.page import Page
from quotecheck.tagged import TaggedDocument, TaggedSpan

__all__ = ["tagged_attributions"]


def tagged_attributions(page: Page, tagged: TaggedDocument) -> list[Attribution]:
    """The tagger's attributions, in text order; contents that belong to no cue are left out.

    A cue has one source at most, and a source one cue: the surest ties are made first.
    """
    sources = _tied(tagged.sources)
    contents: dict[int, list[TaggedSpan]] = defaultdict(list)
    for content in tagged.contents:
        cue = content.cues[0][0] if content.cues else -1
        if cue >= 0:
            contents[cue].append(content)
    found = []
    for number, parts in sorted(contents.items()):
        cue_span = tagged.cues[number]
        source = sources.get(number)
        spans = tuple(sorted(part.span for part in parts))
        chance = min(
            cue_span.probability,
            *(part.probability * part.cues[0][1] for part in parts),
        )
        found.append(
            Attribution(
                content=spans,
                cue=(cue_span.span,),
                source=(source.span,) if source else (),
                kind=page.kind_of(spans),
                rule="tagger",
                confidence=round(chance, 3),
            )
        )
    return found


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
