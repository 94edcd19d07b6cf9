"""Places of a search or a trace as people read them: no Markdown, and every document has a name.

The results themselves, every offset in them, and what programs are given stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from quotecheck.records.text import Span
from quotecheck.text.markdown_marks import shown_markdown, shown_pieces

if TYPE_CHECKING:
    from quotecheck.checking.trace import Occurrence, Trace
    from quotecheck.searching.query import Hit
    from quotecheck.searching.search import SearchResults

__all__ = ["readable_search", "readable_trace"]


def readable_search(
    results: SearchResults, names: Mapping[str, str], markdown: Collection[str]
) -> SearchResults:
    """The places of a search as people read them.

    Args:
        results: the results.
        names: what documents are called, by their keys; for those without a title.
        markdown: the keys of documents that are Markdown.
    """
    return replace(results, hits=tuple(_readable_hit(hit, names, markdown) for hit in results.hits))


def readable_trace(trace: Trace, names: Mapping[str, str], markdown: Collection[str]) -> Trace:
    """The occurrences and wordings of a trace as people read them; arguments as above."""
    clean = shown_markdown if any(o.document in markdown for o in trace.occurrences) else str
    return replace(
        trace,
        occurrences=tuple(_readable_occurrence(o, names, markdown) for o in trace.occurrences),
        variants=tuple(replace(v, words=clean(v.words)) for v in trace.variants),
    )


def _readable_hit(hit: Hit, names: Mapping[str, str], markdown: Collection[str]) -> Hit:
    title = hit.title or names.get(hit.document)
    if hit.document not in markdown:
        return replace(hit, title=title)
    text, matches = _without_marks(hit.text, hit.matches)
    return replace(hit, title=title and shown_markdown(title), text=text, matches=matches)


def _without_marks(text: str, matches: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """Markdown without its marks, and where the words that were sought stand in it now."""
    pieces: list[str] = []
    at = 0
    for match in matches:
        pieces += [text[at : match.start], text[match.start : match.end]]
        at = match.end
    shown = shown_pieces([*pieces, text[at:]], begins=True)
    spans: list[Span] = []
    length = 0
    for n, piece in enumerate(shown):
        if n % 2:
            spans.append(Span(length, length + len(piece)))
        length += len(piece)
    return "".join(shown), tuple(spans)


def _readable_occurrence(
    occurrence: Occurrence, names: Mapping[str, str], markdown: Collection[str]
) -> Occurrence:
    title = occurrence.title or names.get(occurrence.document)
    if occurrence.document not in markdown:
        return replace(occurrence, title=title)
    return replace(
        occurrence,
        title=title and shown_markdown(title),
        words=shown_markdown(occurrence.words),
        diff=tuple(
            (operation, shown_markdown(before), shown_markdown(after))
            for operation, before, after in occurrence.diff
        ),
    )
